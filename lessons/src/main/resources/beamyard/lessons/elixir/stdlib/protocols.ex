defprotocol Enumerable do
  def reduce(enumerable, acc, fun)
  def count(enumerable)
  def member?(enumerable, element)
  def slice(enumerable)
end

defimpl Enumerable, for: List do
  def count(list), do: {:ok, length(list)}
  def member?([], _), do: {:ok, false}
  def member?(_, _), do: {:error, __MODULE__}
  def slice([]), do: {:ok, 0, fn _, _ -> [] end}
  def slice(_), do: {:error, __MODULE__}
  def reduce(_, {:halt, acc}, _), do: {:halted, acc}
  def reduce(list, {:suspend, acc}, fun), do: {:suspended, acc, &reduce(list, &1, fun)}
  def reduce([], {:cont, acc}, _), do: {:done, acc}
  def reduce([x | rest], {:cont, acc}, fun), do: reduce(rest, fun.(x, acc), fun)
end

defimpl Enumerable, for: Map do
  def count(map), do: {:ok, map_size(map)}
  def member?(map, {key, value}), do: {:ok, match?(%{^key => ^value}, map)}
  def member?(_, _), do: {:ok, false}

  def slice(map) do
    size = map_size(map)
    {:ok, size, fn start, count -> map |> :maps.to_list() |> :lists.sublist(start + 1, count) end}
  end

  def reduce(map, acc, fun), do: Enumerable.List.reduce(:maps.to_list(map), acc, fun)
end

defimpl Enumerable, for: Function do
  def count(function) when is_function(function, 2), do: {:error, __MODULE__}
  def count(function), do: not_enumerable(function)
  def member?(function, _) when is_function(function, 2), do: {:error, __MODULE__}
  def member?(function, _), do: not_enumerable(function)
  def slice(function) when is_function(function, 2), do: {:error, __MODULE__}
  def slice(function), do: not_enumerable(function)
  def reduce(function, acc, fun) when is_function(function, 2), do: function.(acc, fun)
  def reduce(function, _, _), do: not_enumerable(function)

  defp not_enumerable(function) do
    raise Protocol.UndefinedError,
      protocol: Enumerable,
      value: function,
      description: "only anonymous functions of arity 2 are enumerable"
  end
end

defimpl Enumerable, for: Range do
  def count(first..last//step) when (step > 0 and first <= last) or (step < 0 and first >= last),
    do: {:ok, div(last - first, step) + 1}

  def count(_.._//_), do: {:ok, 0}

  def member?(first..last//step, x) when is_integer(x) do
    inside = if step > 0, do: x >= first and x <= last, else: x <= first and x >= last
    {:ok, inside and rem(x - first, step) == 0}
  end

  def member?(_, _), do: {:ok, false}
  def slice(_), do: {:error, __MODULE__}
  def reduce(first..last//step, acc, fun), do: reduce(first, last, acc, fun, step)

  defp reduce(_, _, {:halt, acc}, _, _), do: {:halted, acc}
  defp reduce(first, last, {:suspend, acc}, fun, step), do: {:suspended, acc, &reduce(first, last, &1, fun, step)}

  defp reduce(first, last, {:cont, acc}, fun, step) when (step > 0 and first <= last) or (step < 0 and first >= last),
    do: reduce(first + step, last, fun.(first, acc), fun, step)

  defp reduce(_, _, {:cont, acc}, _, _), do: {:done, acc}
end

defimpl Enumerable, for: MapSet do
  def count(set), do: {:ok, map_size(set.map)}
  def member?(set, x), do: {:ok, is_map_key(set.map, x)}
  def slice(set), do: {:ok, map_size(set.map), fn start, count -> set.map |> :maps.keys() |> :lists.sublist(start + 1, count) end}
  def reduce(set, acc, fun), do: Enumerable.List.reduce(:maps.keys(set.map), acc, fun)
end

defimpl Enumerable, for: Stream do
  def count(_), do: {:error, __MODULE__}
  def member?(_, _), do: {:error, __MODULE__}
  def slice(_), do: {:error, __MODULE__}
  def reduce(stream, acc, fun), do: Stream.reduce_lazy(stream, acc, fun)
end

defimpl Enumerable, for: Date.Range do
  def count(range), do: Enumerable.Range.count(days(range))

  def member?(range, %{__struct__: Date} = date), do: Enumerable.Range.member?(days(range), Date.to_gregorian_days(date))
  def member?(_, _), do: {:ok, false}
  def slice(_), do: {:error, __MODULE__}

  def reduce(range, acc, fun) do
    Enumerable.Range.reduce(days(range), acc, fn day, acc -> fun.(Date.from_gregorian_days(day), acc) end)
  end

  defp days(range) do
    %{
      __struct__: Range,
      first: range.first_in_iso_days,
      last: range.last_in_iso_days,
      step: range.step
    }
  end
end

defprotocol Collectable do
  def into(collectable)
end

defimpl Collectable, for: List do
  def into(list) do
    {[],
     fn
       acc, {:cont, x} -> [x | acc]
       acc, :done -> list ++ :lists.reverse(acc)
       _, :halt -> :ok
     end}
  end
end

defimpl Collectable, for: Map do
  def into(map) do
    {map,
     fn
       acc, {:cont, {key, value}} -> :maps.put(key, value, acc)
       acc, :done -> acc
       _, :halt -> :ok
     end}
  end
end

defimpl Collectable, for: BitString do
  def into(binary) when is_binary(binary) do
    {[binary],
     fn
       acc, {:cont, x} when is_binary(x) -> [acc | x]
       acc, :done -> IO.iodata_to_binary(acc)
       _, :halt -> :ok
     end}
  end

  def into(bits) do
    {bits,
     fn
       acc, {:cont, x} when is_bitstring(x) -> <<acc::bitstring, x::bitstring>>
       acc, :done -> acc
       _, :halt -> :ok
     end}
  end
end

defimpl Collectable, for: MapSet do
  def into(set) do
    {set,
     fn
       acc, {:cont, x} -> MapSet.put(acc, x)
       acc, :done -> acc
       _, :halt -> :ok
     end}
  end
end

defprotocol String.Chars do
  def to_string(term)
end

defimpl String.Chars, for: Atom do
  def to_string(nil), do: ""
  def to_string(atom), do: :erlang.atom_to_binary(atom)
end

defimpl String.Chars, for: BitString do
  def to_string(term) when is_binary(term), do: term

  def to_string(term) do
    raise Protocol.UndefinedError,
      protocol: String.Chars,
      value: term,
      description: "cannot convert a bitstring to a string"
  end
end

defimpl String.Chars, for: List do
  def to_string(charlist), do: List.to_string(charlist)
end

defimpl String.Chars, for: Integer do
  def to_string(integer), do: :erlang.integer_to_binary(integer)
end

defimpl String.Chars, for: Float do
  def to_string(float), do: :erlang.float_to_binary(float, [:short])
end

defimpl String.Chars, for: [Date, Time, NaiveDateTime, DateTime, Version, URI] do
  def to_string(%module{} = value), do: module.to_string(value)
end

defprotocol List.Chars do
  def to_charlist(term)
end

defimpl List.Chars, for: Atom do
  def to_charlist(nil), do: []
  def to_charlist(atom), do: :erlang.atom_to_list(atom)
end

defimpl List.Chars, for: BitString do
  def to_charlist(term) when is_binary(term), do: String.to_charlist(term)

  def to_charlist(term) do
    raise Protocol.UndefinedError,
      protocol: List.Chars,
      value: term,
      description: "cannot convert a bitstring to a charlist"
  end
end

defimpl List.Chars, for: List do
  def to_charlist(list), do: list
end

defimpl List.Chars, for: Integer do
  def to_charlist(integer), do: :erlang.integer_to_list(integer)
end

defimpl List.Chars, for: Float do
  def to_charlist(float), do: :erlang.float_to_list(float, [:short])
end
