defmodule MapSet do
  defstruct map: %{}, version: 2

  def new(), do: %MapSet{}
  def new(%MapSet{} = set), do: set
  def new(enumerable), do: %MapSet{map: :maps.from_keys(Enum.to_list(enumerable), [])}
  def new(enumerable, transform) when is_function(transform, 1), do: enumerable |> Enum.map(transform) |> new()

  def put(%MapSet{map: map} = set, x), do: %{set | map: :maps.put(x, [], map)}
  def delete(%MapSet{map: map} = set, x), do: %{set | map: :maps.remove(x, map)}
  def member?(%MapSet{map: map}, x), do: is_map_key(map, x)
  def size(%MapSet{map: map}), do: map_size(map)
  def to_list(%MapSet{map: map}), do: :maps.keys(map)
  def equal?(%MapSet{map: a}, %MapSet{map: b}), do: a === b
  def subset?(%MapSet{map: a}, %MapSet{map: b}), do: map_size(a) <= map_size(b) and Enum.all?(:maps.keys(a), &is_map_key(b, &1))
  def disjoint?(%MapSet{map: a}, %MapSet{map: b}), do: not Enum.any?(:maps.keys(a), &is_map_key(b, &1))
  def union(%MapSet{map: a} = set, %MapSet{map: b}), do: %{set | map: :maps.merge(a, b)}
  def difference(%MapSet{map: a} = set, %MapSet{map: b}), do: %{set | map: :maps.without(:maps.keys(b), a)}
  def intersection(%MapSet{map: a} = set, %MapSet{map: b}), do: %{set | map: :maps.with(:maps.keys(b), a)}

  def symmetric_difference(a, b), do: union(difference(a, b), difference(b, a))

  def filter(%MapSet{map: map} = set, fun), do: %{set | map: :maps.filter(fn x, _ -> !!fun.(x) end, map)}
  def reject(%MapSet{map: map} = set, fun), do: %{set | map: :maps.filter(fn x, _ -> !fun.(x) end, map)}
end
