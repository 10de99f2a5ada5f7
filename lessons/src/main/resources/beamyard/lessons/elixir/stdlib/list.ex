defmodule List do
  def first(list, default \\ nil)
  def first([], default), do: default
  def first([x | _], _), do: x
  def last(list, default \\ nil)
  def last([], default), do: default
  def last([x], _), do: x
  def last([_ | rest], default), do: last(rest, default)
  def wrap(nil), do: []
  def wrap(list) when is_list(list), do: list
  def wrap(x), do: [x]
  def flatten(list), do: :lists.flatten(list)
  def flatten(list, tail), do: :lists.flatten(list, tail)
  def foldl(list, acc, fun) when is_list(list) and is_function(fun), do: :lists.foldl(fun, acc, list)
  def foldr(list, acc, fun) when is_list(list) and is_function(fun), do: :lists.foldr(fun, acc, list)
  def duplicate(x, n), do: :lists.duplicate(n, x)
  def delete([x | rest], x), do: rest
  def delete([other | rest], x), do: [other | delete(rest, x)]
  def delete([], _), do: []
  def keyfind(list, key, position, default \\ nil) when is_integer(position) do
    case :lists.keyfind(key, position + 1, list) do
      false -> default
      found -> found
    end
  end

  def keyfind!(list, key, position) when is_integer(position) do
    case :lists.keyfind(key, position + 1, list) do
      false ->
        raise KeyError,
          key: key,
          term: list,
          message: "key #{inspect(key)} at position #{inspect(position)} not found in: #{inspect(list)}"

      found -> found
    end
  end

  def keymember?(list, key, position) when is_integer(position), do: :lists.keymember(key, position + 1, list)
  def keyreplace(list, key, position, new) when is_integer(position),
    do: :lists.keyreplace(key, position + 1, list, new)
  def keystore(list, key, position, new) when is_integer(position), do: :lists.keystore(key, position + 1, list, new)
  def keydelete(list, key, position) when is_integer(position), do: :lists.keydelete(key, position + 1, list)
  def keysort(list, position, sorter \\ :asc)

  def keysort(list, position, :asc) when is_list(list) and is_integer(position),
    do: :lists.keysort(position + 1, list)

  def keysort(list, position, sorter) when is_list(list) and is_integer(position),
    do: Enum.sort_by(list, &elem(&1, position), sorter)

  def keytake(list, key, position) when is_integer(position) do
    case :lists.keytake(key, position + 1, list) do
      {:value, x, rest} -> {x, rest}
      false -> nil
    end
  end

  def zip([]), do: []

  def zip(lists) when is_list(lists), do: zip_rows(listed(lists), [])

  defp listed([x | rest]), do: [to_list(x) | listed(rest)]
  defp listed([]), do: []
  defp listed(x), do: to_list(x)
  defp to_list(tuple) when is_tuple(tuple), do: :erlang.tuple_to_list(tuple)
  defp to_list(list) when is_list(list), do: list

  defp zip_rows(lists, acc) do
    if Enum.all?(lists, &match?([_ | _], &1)) do
      zip_rows(:lists.map(&tl/1, lists), [:erlang.list_to_tuple(:lists.map(&hd/1, lists)) | acc])
    else
      :lists.reverse(acc)
    end
  end

  def insert_at(list, index, x) when is_list(list) and is_integer(index) do
    at = if index < 0, do: max(length(list) + index + 1, 0), else: index
    {front, back} = Enum.split(list, at)
    front ++ [x | back]
  end

  def replace_at(list, index, x) when is_list(list) and is_integer(index), do: update_at(list, index, fn _ -> x end)

  def update_at(list, index, fun) when is_list(list) and is_function(fun) and is_integer(index) do
    at = if index < 0, do: length(list) + index, else: index
    change(list, at, fun)
  end

  defp change([x | rest], 0, fun), do: [fun.(x) | rest]
  defp change([x | rest], n, fun) when n > 0, do: [x | change(rest, n - 1, fun)]
  defp change(list, _, _), do: list

  def delete_at(list, index) when is_integer(index) do
    {_, list} = pop_at(list, index)
    list
  end

  def pop_at(list, index, default \\ nil) when is_integer(index) do
    at = if index < 0, do: length(list) + index, else: index

    case at >= 0 and Enum.split(list, at) do
      {front, [x | back]} -> {x, front ++ back}
      _ -> {default, list}
    end
  end

  def starts_with?([x | rest], [x | prefix]), do: starts_with?(rest, prefix)
  def starts_with?(list, []) when is_list(list), do: true
  def starts_with?(list, [_ | _]) when is_list(list), do: false
  def improper?(list) when is_list(list), do: improper_tail?(list)
  defp improper_tail?([_ | rest]) when is_list(rest), do: improper_tail?(rest)
  defp improper_tail?([]), do: false
  defp improper_tail?(_), do: true
  def ascii_printable?(list, limit \\ :infinity)
      when is_list(list) and (limit == :infinity or (is_integer(limit) and limit >= 0)),
      do: printable?(list, limit)

  defp printable?(_, 0), do: true
  defp printable?([c | rest], limit) when c in 32..126 or c in 7..13 or c == 27, do: printable?(rest, one_less(limit))
  defp printable?([], _), do: true
  defp printable?(_, _), do: false
  defp one_less(:infinity), do: :infinity
  defp one_less(n), do: n - 1

  def to_atom(charlist), do: :erlang.list_to_atom(charlist)
  def to_existing_atom(charlist), do: :erlang.list_to_existing_atom(charlist)
  def to_float(charlist), do: :erlang.list_to_float(charlist)
  def to_integer(charlist), do: :erlang.list_to_integer(charlist)
  def to_integer(charlist, base), do: :erlang.list_to_integer(charlist, base)
  def to_tuple(list), do: :erlang.list_to_tuple(list)

  def to_string(list) when is_list(list) do
    converted =
      try do
        :unicode.characters_to_binary(list)
      rescue
        ArgumentError -> :error
      end

    case converted do
      binary when is_binary(binary) ->
        binary

      {kind, encoded, rest} ->
        raise UnicodeConversionError, encoded: encoded, rest: rest, kind: if(kind == :error, do: :invalid, else: :incomplete)

      :error ->
        raise ArgumentError,
              "cannot convert the given list to a string.\n\nTo be converted to a string, a list must either be empty or " <>
                "only\ncontain the following elements:\n\n  * strings\n  * integers representing Unicode code points\n" <>
                "  * a list containing one of these three elements\n\nPlease check the given list or call inspect/1 to " <>
                "get the list representation, got:\n\n#{inspect(list)}\n"
    end
  end

  def to_charlist(list) when is_list(list) do
    case :unicode.characters_to_list(list) do
      chars when is_list(chars) -> chars
      _ ->
        raise ArgumentError,
              "cannot convert the given list to a charlist.\n\nTo be converted to a charlist, a list must contain only:\n\n" <>
                "  * strings\n  * integers representing Unicode code points\n  * or a list containing one of these three " <>
                "elements\n\nPlease check the given list or call inspect/1 to get the list representation, got:\n\n" <>
                "#{inspect(list)}\n"
    end
  end

  def myers_difference(a, b) when is_list(a) and is_list(b), do: shortest_edit(a, b, nil)

  def myers_difference(a, b, script) when is_list(a) and is_list(b) and is_function(script), do: shortest_edit(a, b, script)

  # Myers' greedy algorithm: all paths of n edits advance together, one on each diagonal, and the first at the end wins.
  # Of the paths, each holds its edits, the last one first; a diagonal is reached from below (deletion) or above.

  defp shortest_edit(a, b, script), do: rounds(0, length(a) + length(b), [{0, a, b, []}], script)

  defp rounds(n, most, paths, script) do
    case advanced(paths, [], script) do
      {:done, edits} -> grouped(edits, [])
      {:next, paths} when n <= most -> rounds(n + 1, most, branched(paths, script), script)
    end
  end

  defp advanced([], acc, _), do: {:next, :lists.reverse(acc)}

  defp advanced([path | rest], acc, script) do
    case follow_equal(path) do
      {_, [], [], edits} -> {:done, edits}
      path -> advanced(rest, [path | acc], script)
    end
  end

  defp follow_equal({y, [x | a], [x | b], edits}), do: follow_equal({y + 1, a, b, [{:eq, x} | edits]})
  defp follow_equal(path), do: path

  # Each path can insert or delete; where two meet on a diagonal, the one further on stays.
  defp branched([first | _] = paths, script), do: [down(first) | between(paths, script)]

  defp between([{y1, _, _, _} = path | [{y2, _, _, _} = next | _] = rest], script) do
    [if(y1 > y2, do: right(path, script), else: down(next)) | between(rest, script)]
  end

  defp between([last], script), do: [right(last, script)]

  defp down({y, [x | a], b, edits}), do: {y + 1, a, b, [{:del, x} | edits]}
  defp down({y, [], b, edits}), do: {y + 1, [], b, edits}
  defp right({y, a, [x | b], edits}, nil), do: {y, a, b, [{:ins, x} | edits]}

  defp right({y, [old | rest] = a, [new | b], edits}, script) do
    case script.(old, new) do
      nil -> {y, a, b, [{:ins, new} | edits]}
      diff -> {y + 1, rest, b, [{:diff, diff} | edits]}
    end
  end

  defp right({y, [], [x | b], edits}, _), do: {y, [], b, [{:ins, x} | edits]}
  defp right({y, a, [], edits}, _), do: {y, a, [], edits}

  defp grouped([], acc), do: acc
  defp grouped([{:diff, script} | rest], acc), do: grouped(rest, [{:diff, script} | acc])
  defp grouped([{kind, x} | rest], [{kind, xs} | acc]), do: grouped(rest, [{kind, [x | xs]} | acc])
  defp grouped([{kind, x} | rest], acc), do: grouped(rest, [{kind, [x]} | acc])
end
