defmodule Map do
  def new(), do: %{}
  def new(list) when is_list(list), do: :maps.from_list(list)
  def new(%{} = map) when not is_struct(map), do: map
  def new(enumerable), do: enumerable |> Enum.to_list() |> :maps.from_list()
  def new(enumerable, transform), do: new_from_enum(enumerable, transform)
  defp new_from_enum(enumerable, transform) when is_function(transform, 1), do: enumerable |> Enum.map(transform) |> :maps.from_list()
  def from_keys(keys, value), do: :maps.from_keys(keys, value)
  def keys(map), do: :maps.keys(map)
  def values(map), do: :maps.values(map)
  def to_list(map), do: :maps.to_list(map)
  def has_key?(map, key), do: :maps.is_key(key, map)

  def get(map, key, default \\ nil) do
    case map do
      %{^key => value} -> value
      %{} -> default
      other -> :erlang.error({:badmap, other}, [map, key, default])
    end
  end

  def get_lazy(map, key, fun) when is_function(fun, 0) do
    case map do
      %{^key => value} -> value
      %{} -> fun.()
      other -> :erlang.error({:badmap, other})
    end
  end

  def fetch(map, key), do: :maps.find(key, map)
  def fetch!(map, key), do: :erlang.map_get(key, map)
  def put(map, key, value), do: :maps.put(key, value, map)

  def put_new(map, key, value) do
    case map do
      %{^key => _} -> map
      %{} -> :maps.put(key, value, map)
      other -> :erlang.error({:badmap, other})
    end
  end

  def put_new_lazy(map, key, fun) when is_function(fun, 0) do
    case map do
      %{^key => _} -> map
      %{} -> :maps.put(key, fun.(), map)
      other -> :erlang.error({:badmap, other})
    end
  end

  def replace(map, key, value) do
    case map do
      %{^key => _} -> :maps.put(key, value, map)
      %{} -> map
      other -> :erlang.error({:badmap, other})
    end
  end

  def replace!(map, key, value), do: :maps.update(key, value, map)

  def replace_lazy(map, key, fun) when is_map(map) and is_function(fun, 1) do
    case map do
      %{^key => value} -> :maps.put(key, fun.(value), map)
      %{} -> map
      other -> :erlang.error({:badmap, other})
    end
  end

  def delete(map, key), do: :maps.remove(key, map)
  def drop(map, keys) when is_map(map), do: :maps.without(Enum.to_list(keys), map)
  def drop(other, _), do: :erlang.error({:badmap, other})
  def take(map, keys) when is_map(map), do: :maps.with(Enum.to_list(keys), map)
  def take(other, _), do: :erlang.error({:badmap, other})
  def merge(a, b), do: :maps.merge(a, b)

  def merge(a, b, fun) when is_function(fun, 3) do
    if map_size(b) > map_size(a) do
      :maps.fold(
        fn key, value, acc ->
          case acc do
            %{^key => other} -> %{acc | key => fun.(key, value, other)}
            %{} -> :maps.put(key, value, acc)
          end
        end,
        b,
        a
      )
    else
      :maps.fold(
        fn key, value, acc ->
          case acc do
            %{^key => other} -> %{acc | key => fun.(key, other, value)}
            %{} -> :maps.put(key, value, acc)
          end
        end,
        a,
        b
      )
    end
  end

  def update(map, key, default, fun) when is_function(fun, 1) do
    case map do
      %{^key => value} -> %{map | key => fun.(value)}
      %{} -> :maps.put(key, default, map)
      other -> :erlang.error({:badmap, other})
    end
  end

  def update!(map, key, fun) when is_function(fun, 1), do: :maps.put(key, fun.(:erlang.map_get(key, map)), map)

  def pop(map, key, default \\ nil) do
    case :maps.take(key, map) do
      {_, _} = taken -> taken
      :error -> {default, map}
    end
  end

  def pop!(map, key) do
    case :maps.take(key, map) do
      {_, _} = taken -> taken
      :error -> raise KeyError, key: key, term: map
    end
  end

  def pop_lazy(map, key, fun) when is_function(fun, 0) do
    case :maps.take(key, map) do
      {_, _} = taken -> taken
      :error -> {fun.(), map}
    end
  end

  def get_and_update(map, key, fun) when is_function(fun, 1) do
    current = get(map, key)

    case fun.(current) do
      {got, value} -> {got, put(map, key, value)}
      :pop -> {current, delete(map, key)}
      other -> raise "the given function must return a two-element tuple or :pop, got: #{inspect(other)}"
    end
  end

  def get_and_update!(map, key, fun) when is_function(fun, 1) do
    current = fetch!(map, key)

    case fun.(current) do
      {got, value} -> {got, put(map, key, value)}
      :pop -> {current, delete(map, key)}
      other -> raise "the given function must return a two-element tuple or :pop, got: #{inspect(other)}"
    end
  end

  def split(map, keys) when is_map(map), do: {take(map, keys), drop(map, keys)}
  def split(other, _), do: :erlang.error({:badmap, other})
  def equal?(%{} = a, %{} = b), do: a === b
  def equal?(%{}, other), do: :erlang.error({:badmap, other})
  def equal?(other, _), do: :erlang.error({:badmap, other})
  def from_struct(module) when is_atom(module), do: :maps.remove(:__struct__, module.__struct__())
  def from_struct(%_{} = struct), do: :maps.remove(:__struct__, struct)
  def filter(map, fun) when is_map(map) and is_function(fun, 1), do: :maps.filter(fn k, v -> !!fun.({k, v}) end, map)
  def reject(map, fun) when is_map(map) and is_function(fun, 1),
    do: :maps.filter(fn k, v -> !fun.({k, v}) end, map)

  # Deprecated, and still there.

  def map(map, fun) when is_map(map), do: Map.new(map, fn {key, value} -> {key, fun.({key, value})} end)
  def size(map), do: map_size(map)
end
