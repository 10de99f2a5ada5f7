# Dictionaries and sets of Erlang. Unlike OTP, sets and dicts of the first version are maps inside, so that what they
# print, and the order of their lists, differ.
defmodule :orddict do
  def new(), do: []
  def is_key(key, [{k, _} | rest]) when key > k, do: is_key(key, rest)
  def is_key(key, [{k, _} | _]), do: key == k
  def is_key(_, []), do: false
  def to_list(dict), do: dict
  def from_list(pairs), do: :lists.ukeysort(1, Enum.reverse(pairs))
  def size(dict), do: length(dict)
  def is_empty([]), do: true
  def is_empty([_ | _]), do: false
  def fetch(key, [{k, _} | rest]) when key > k, do: fetch(key, rest)
  def fetch(key, [{k, value} | _]) when key == k, do: value

  def find(key, [{k, _} | _]) when key < k, do: :error
  def find(key, [{k, _} | rest]) when key > k, do: find(key, rest)
  def find(_, [{_, value} | _]), do: {:ok, value}
  def find(_, []), do: :error
  def fetch_keys(dict), do: for({key, _} <- dict, do: key)

  def take(key, dict) do
    case find(key, dict) do
      {:ok, value} -> {value, erase(key, dict)}
      :error -> :error
    end
  end

  def erase(key, [{k, _} | _] = dict) when key < k, do: dict
  def erase(key, [{k, _} = pair | rest]) when key > k, do: [pair | erase(key, rest)]
  def erase(_, [_ | rest]), do: rest
  def erase(_, []), do: []

  def store(key, value, [{k, _} | _] = dict) when key < k, do: [{key, value} | dict]
  def store(key, value, [{k, _} = pair | rest]) when key > k, do: [pair | store(key, value, rest)]
  def store(key, value, [_ | rest]), do: [{key, value} | rest]
  def store(key, value, []), do: [{key, value}]

  def append(key, x, dict), do: update(key, &(&1 ++ [x]), [x], dict)
  def append_list(key, list, dict), do: update(key, &(&1 ++ list), list, dict)

  def update(key, fun, [{k, _} = pair | rest]) when key > k, do: [pair | update(key, fun, rest)]
  def update(key, fun, [{k, value} | rest]) when key == k, do: [{key, fun.(value)} | rest]

  def update(key, _, initial, [{k, _} | _] = dict) when key < k, do: [{key, initial} | dict]
  def update(key, fun, initial, [{k, _} = pair | rest]) when key > k, do: [pair | update(key, fun, initial, rest)]
  def update(key, fun, _, [{_, value} | rest]), do: [{key, fun.(value)} | rest]
  def update(key, _, initial, []), do: [{key, initial}]
  def update_counter(key, increment, dict), do: update(key, &(&1 + increment), increment, dict)

  def fold(fun, acc, [{key, value} | rest]), do: fold(fun, fun.(key, value, acc), rest)
  def fold(fun, acc, []) when is_function(fun, 3), do: acc
  def map(fun, [{key, value} | rest]), do: [{key, fun.(key, value)} | map(fun, rest)]
  def map(fun, []) when is_function(fun, 2), do: []
  def filter(fun, dict) when is_function(fun, 2), do: :lists.filter(fn {key, value} -> fun.(key, value) end, dict)

  def merge(fun, a, b) when is_function(fun, 3) do
    fold(fn key, value, acc -> update(key, &fun.(key, &1, value), value, acc) end, a, b)
  end
end

defmodule :dict do
  # {:dict, map}
  def new(), do: {:dict, %{}}
  def from_list(pairs), do: {:dict, :maps.from_list(pairs)}
  def to_list({:dict, map}), do: :maps.to_list(map)
  def size({:dict, map}), do: map_size(map)
  def is_empty(dict), do: :dict.size(dict) == 0
  def is_key(key, {:dict, map}), do: is_map_key(map, key)
  def fetch_keys({:dict, map}), do: :maps.keys(map)

  def fetch(key, {:dict, map}) do
    case map do
      %{^key => value} -> value
      %{} -> :erlang.error(:badarg, [key, {:dict, map}])
    end
  end

  def find(key, {:dict, map}), do: :maps.find(key, map)

  def take(key, {:dict, map}) do
    case :maps.take(key, map) do
      {value, map} -> {value, {:dict, map}}
      :error -> :error
    end
  end

  def erase(key, {:dict, map}), do: {:dict, :maps.remove(key, map)}
  def store(key, value, {:dict, map}), do: {:dict, :maps.put(key, value, map)}
  def append(key, x, dict), do: update(key, &(&1 ++ [x]), [x], dict)
  def append_list(key, list, dict), do: update(key, &(&1 ++ list), list, dict)
  def update(key, fun, dict), do: store(key, fun.(fetch(key, dict)), dict)

  def update(key, fun, initial, {:dict, map}) do
    case map do
      %{^key => value} -> {:dict, %{map | key => fun.(value)}}
      %{} -> {:dict, :maps.put(key, initial, map)}
    end
  end

  def update_counter(key, increment, dict), do: update(key, &(&1 + increment), increment, dict)
  def fold(fun, acc, {:dict, map}) when is_function(fun, 3), do: :maps.fold(fun, acc, map)
  def map(fun, {:dict, map}) when is_function(fun, 2), do: {:dict, :maps.map(fun, map)}
  def filter(fun, {:dict, map}) when is_function(fun, 2), do: {:dict, :maps.filter(fun, map)}
  def merge(fun, {:dict, a}, {:dict, b}) when is_function(fun, 3), do: {:dict, :maps.merge_with(fun, a, b)}
end

defmodule :sets do
  # The second version is a map with empty lists for values; the first is {:set, map} here.
  def new(), do: {:set, %{}}
  def new(version: 1), do: new()
  def new(version: 2), do: %{}
  def from_list(list), do: {:set, :maps.from_keys(list, [])}
  def from_list(list, version: 1), do: from_list(list)
  def from_list(list, version: 2), do: :maps.from_keys(list, [])

  defp inside({:set, map}), do: map
  defp inside(map) when is_map(map), do: map
  defp like({:set, _}, map), do: {:set, map}
  defp like(_, map), do: map

  def is_set({:set, map}) when is_map(map), do: true
  def is_set(map), do: is_map(map) and Enum.all?(:maps.values(map), &(&1 == []))
  def size(set), do: map_size(inside(set))
  def is_empty(set), do: :sets.size(set) == 0
  def to_list(set), do: :maps.keys(inside(set))
  def is_element(x, set), do: is_map_key(inside(set), x)
  def add_element(x, set), do: like(set, :maps.put(x, [], inside(set)))
  def del_element(x, set), do: like(set, :maps.remove(x, inside(set)))
  def union(a, b), do: like(a, :maps.merge(inside(a), inside(b)))
  def union([set | rest]), do: :lists.foldl(&union(&2, &1), set, rest)
  def union([]), do: new()
  def intersection(a, b), do: like(a, :maps.with(to_list(b), inside(a)))
  def intersection([set | rest]), do: :lists.foldl(&intersection(&2, &1), set, rest)
  def subtract(a, b), do: like(a, :maps.without(to_list(b), inside(a)))
  def is_subset(a, b), do: :lists.all(&is_element(&1, b), to_list(a))
  def is_disjoint(a, b), do: not :lists.any(&is_element(&1, b), to_list(a))
  def filter(fun, set) when is_function(fun, 1), do: like(set, :maps.filter(fn x, _ -> fun.(x) end, inside(set)))
  def fold(fun, acc, set) when is_function(fun, 2), do: :lists.foldl(fun, acc, to_list(set))
end
