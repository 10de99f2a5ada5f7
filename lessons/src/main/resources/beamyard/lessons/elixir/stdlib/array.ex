# Arrays that grow: {:array, size, most, default, elements}; elements is a tree of tuples with ten leaves each, in which
# a number stands for that many elements that were never set. most is 0 for an array of a fixed size.
defmodule :array do
  @leaves 10

  def new(), do: new([])

  def new(size) when is_integer(size) and size >= 0, do: made(size, :fixed, :undefined)
  def new(options), do: with_options(options, 0, :extendible, :undefined)
  def new(size, options) when is_integer(size) and size >= 0, do: with_options(options, size, :fixed, :undefined)

  defp with_options(options, size, kind, default) do
    options
    |> List.wrap()
    |> Enum.reduce({size, kind, default}, fn
      :fixed, {size, _, default} -> {size, :fixed, default}
      {:fixed, true}, {size, _, default} -> {size, :fixed, default}
      {:fixed, false}, {size, _, default} -> {size, :extendible, default}
      {:default, default}, {size, kind, _} -> {size, kind, default}
      {:size, size}, {_, _, default} when is_integer(size) and size >= 0 -> {size, :fixed, default}
      size, {_, _, default} when is_integer(size) and size >= 0 -> {size, :fixed, default}
      _, _ -> :erlang.error(:badarg)
    end)
    |> then(fn {size, kind, default} -> made(size, kind, default) end)
  end

  defp made(size, kind, default) do
    span = if size > 0, do: span(size - 1, @leaves), else: @leaves
    {:array, size, if(kind == :fixed, do: 0, else: span), default, span}
  end

  defp span(index, most) when index >= most, do: span(index, most * @leaves)
  defp span(_, most), do: most

  def is_array({:array, size, most, _, _}) when is_integer(size) and is_integer(most), do: true
  def is_array(_), do: false
  def size({:array, size, _, _, _}), do: size
  def default({:array, _, _, default, _}), do: default
  def fix({:array, size, _, default, elements}), do: {:array, size, 0, default, elements}
  def is_fix({:array, _, 0, _, _}), do: true
  def is_fix({:array, _, _, _, _}), do: false
  def relax({:array, size, 0, default, elements}), do: {:array, size, if(size > 0, do: span(size - 1, @leaves), else: @leaves), default, elements}
  def relax({:array, _, _, _, _} = array), do: array

  def get(index, {:array, size, most, default, elements}) when is_integer(index) and index >= 0 do
    cond do
      index < size -> element(index, elements, default)
      most > 0 -> default
      true -> :erlang.error(:badarg)
    end
  end

  def get(_, _), do: :erlang.error(:badarg)

  defp element(_, span, default) when is_integer(span), do: default

  defp element(index, node, default) when tuple_size(node) == 11 do
    step = :erlang.element(11, node)
    element(rem(index, step), :erlang.element(div(index, step) + 1, node), default)
  end

  defp element(index, leaf, _), do: :erlang.element(index + 1, leaf)

  def set(index, value, {:array, size, most, default, elements}) when is_integer(index) and index >= 0 do
    cond do
      index < size ->
        {:array, size, most, default, put(index, value, elements, default)}

      most > 0 ->
        {elements, most} = grown(index, elements, most)
        {:array, index + 1, most, default, put(index, value, elements, default)}

      true ->
        :erlang.error(:badarg)
    end
  end

  def set(_, _, _), do: :erlang.error(:badarg)

  defp grown(index, elements, most) when index < most, do: {elements, most}
  defp grown(index, span, _) when is_integer(span), do: (fn most -> {most, most} end).(span(index, @leaves))

  defp grown(index, elements, most) do
    node = :erlang.setelement(11, :erlang.setelement(1, :erlang.make_tuple(11, most), elements), most)
    grown(index, node, most * @leaves)
  end

  defp put(index, value, @leaves, default), do: put(index, value, :erlang.make_tuple(@leaves, default), default)

  defp put(index, value, span, default) when is_integer(span) do
    step = div(span, @leaves)
    put(index, value, :erlang.make_tuple(11, step), default)
  end

  defp put(index, value, node, default) when tuple_size(node) == 11 do
    step = :erlang.element(11, node)
    at = div(index, step) + 1
    :erlang.setelement(at, node, put(rem(index, step), value, :erlang.element(at, node), default))
  end

  defp put(index, value, leaf, _), do: :erlang.setelement(index + 1, leaf, value)

  def reset(index, {:array, size, _, default, _} = array) when index < size, do: set(index, default, array)
  def reset(_, {:array, _, most, _, _} = array) when most > 0, do: array
  def reset(_, _), do: :erlang.error(:badarg)

  def resize(array), do: resize(sparse_size(array), array)

  def resize(size, {:array, old, most, default, elements}) when is_integer(size) and size >= 0 do
    if size > old do
      {elements, span} = if most > 0, do: grown(size - 1, elements, most), else: grown(size - 1, elements, span(max(old - 1, 0), @leaves))
      {:array, size, if(most > 0, do: span, else: 0), default, elements}
    else
      {:array, size, most, default, elements}
    end
  end

  def to_list({:array, size, _, _, _} = array), do: for(index <- 0..(size - 1)//1, do: get(index, array))
  def sparse_to_list(array), do: for({_, value} <- sparse_to_orddict(array), do: value)
  def to_orddict({:array, size, _, _, _} = array), do: for(index <- 0..(size - 1)//1, do: {index, get(index, array)})
  def sparse_to_orddict(array), do: for({_, value} = pair <- to_orddict(array), value != default(array), do: pair)

  def sparse_size(array) do
    case List.last(sparse_to_orddict(array)) do
      nil -> 0
      {index, _} -> index + 1
    end
  end

  def from_list(list), do: from_list(list, :undefined)

  def from_list(list, default) when is_list(list) do
    {array, _} = :lists.foldl(fn x, {array, index} -> {set(index, x, array), index + 1} end, {new(default: default), 0}, list)
    array
  end

  def from_orddict(pairs), do: from_orddict(pairs, :undefined)
  def from_orddict(pairs, default), do: :lists.foldl(fn {index, x}, array -> set(index, x, array) end, new(default: default), pairs)

  def map(fun, array) when is_function(fun, 2), do: changed(fun, to_orddict(array), array)
  def sparse_map(fun, array) when is_function(fun, 2), do: changed(fun, sparse_to_orddict(array), array)
  defp changed(fun, pairs, array), do: :lists.foldl(fn {index, x}, acc -> set(index, fun.(index, x), acc) end, array, pairs)
  def foldl(fun, acc, array) when is_function(fun, 3), do: :lists.foldl(fn {i, x}, acc -> fun.(i, x, acc) end, acc, to_orddict(array))
  def foldr(fun, acc, array) when is_function(fun, 3), do: :lists.foldr(fn {i, x}, acc -> fun.(i, x, acc) end, acc, to_orddict(array))
  def sparse_foldl(fun, acc, array) when is_function(fun, 3), do: :lists.foldl(fn {i, x}, acc -> fun.(i, x, acc) end, acc, sparse_to_orddict(array))
  def sparse_foldr(fun, acc, array) when is_function(fun, 3), do: :lists.foldr(fn {i, x}, acc -> fun.(i, x, acc) end, acc, sparse_to_orddict(array))
end
