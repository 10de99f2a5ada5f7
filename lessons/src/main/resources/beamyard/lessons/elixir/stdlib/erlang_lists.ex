# The functions of :lists and :maps that call functions; the others are written in Java.
defmodule :lists do
  def map(fun, [x | rest]), do: [fun.(x) | map(fun, rest)]
  def map(fun, []) when is_function(fun, 1), do: []
  def map(fun, other) when is_function(fun, 1) and not is_list(other), do: :erlang.error({:case_clause, other})

  def foreach(fun, [x | rest]) do
    fun.(x)
    foreach(fun, rest)
  end

  def foreach(fun, []) when is_function(fun, 1), do: :ok

  def foldl(fun, acc, [x | rest]), do: foldl(fun, fun.(x, acc), rest)
  def foldl(fun, acc, []) when is_function(fun, 2), do: acc
  def foldr(fun, acc, [x | rest]), do: fun.(x, foldr(fun, acc, rest))
  def foldr(fun, acc, []) when is_function(fun, 2), do: acc

  def filter(fun, [x | rest]) do
    if fun.(x), do: [x | filter(fun, rest)], else: filter(fun, rest)
  end

  def filter(fun, []) when is_function(fun, 1), do: []

  def filtermap(fun, [x | rest]) do
    case fun.(x) do
      true -> [x | filtermap(fun, rest)]
      {true, y} -> [y | filtermap(fun, rest)]
      false -> filtermap(fun, rest)
    end
  end

  def filtermap(fun, []) when is_function(fun, 1), do: []
  def flatmap(fun, [x | rest]), do: fun.(x) ++ flatmap(fun, rest)
  def flatmap(fun, []) when is_function(fun, 1), do: []

  def mapfoldl(fun, acc, [x | rest]) do
    {y, acc} = fun.(x, acc)
    {ys, acc} = mapfoldl(fun, acc, rest)
    {[y | ys], acc}
  end

  def mapfoldl(fun, acc, []) when is_function(fun, 2), do: {[], acc}

  def mapfoldr(fun, acc, [x | rest]) do
    {ys, acc} = mapfoldr(fun, acc, rest)
    {y, acc} = fun.(x, acc)
    {[y | ys], acc}
  end

  def mapfoldr(fun, acc, []) when is_function(fun, 2), do: {[], acc}
  def all(fun, [x | rest]), do: if(fun.(x), do: all(fun, rest), else: false)
  def all(fun, []) when is_function(fun, 1), do: true
  def any(fun, [x | rest]), do: if(fun.(x), do: true, else: any(fun, rest))
  def any(fun, []) when is_function(fun, 1), do: false

  def takewhile(fun, [x | rest]), do: if(fun.(x), do: [x | takewhile(fun, rest)], else: [])
  def takewhile(fun, []) when is_function(fun, 1), do: []
  def dropwhile(fun, [x | rest] = list), do: if(fun.(x), do: dropwhile(fun, rest), else: list)
  def dropwhile(fun, []) when is_function(fun, 1), do: []
  def splitwith(fun, list), do: {takewhile(fun, list), dropwhile(fun, list)}

  def partition(fun, list), do: partition(fun, list, [], [])

  defp partition(fun, [x | rest], yes, no) do
    if fun.(x), do: partition(fun, rest, [x | yes], no), else: partition(fun, rest, yes, [x | no])
  end

  defp partition(_, [], yes, no), do: {:lists.reverse(yes), :lists.reverse(no)}

  def search(fun, [x | rest]), do: if(fun.(x), do: {:value, x}, else: search(fun, rest))
  def search(fun, []) when is_function(fun, 1), do: false
  def zipwith(fun, [a | left], [b | right]), do: [fun.(a, b) | zipwith(fun, left, right)]
  def zipwith(fun, [], []) when is_function(fun, 2), do: []
  def keymap(fun, n, list), do: map(fn t -> :erlang.setelement(n, t, fun.(:erlang.element(n, t))) end, list)
  def uniq(list), do: uniq(fn x -> x end, list)

  def uniq(fun, list) do
    {kept, _} =
      foldl(
        fn x, {kept, seen} ->
          key = fun.(x)
          if is_map_key(seen, key), do: {kept, seen}, else: {[x | kept], :maps.put(key, true, seen)}
        end,
        {[], %{}},
        list
      )

    :lists.reverse(kept)
  end

  # A stable merge sort: fun.(a, b) says whether a may stand before b.
  def sort(fun, list), do: sort_runs(fun, list, length(list))

  defp sort_runs(_, list, n) when n < 2, do: list

  defp sort_runs(fun, list, n) do
    half = div(n, 2)
    {left, right} = :lists.split(half, list)
    merge_runs(fun, sort_runs(fun, left, half), sort_runs(fun, right, n - half), [])
  end

  defp merge_runs(fun, [a | left] = as, [b | right] = bs, acc) do
    if fun.(a, b), do: merge_runs(fun, left, bs, [a | acc]), else: merge_runs(fun, as, right, [b | acc])
  end

  defp merge_runs(_, [], bs, acc), do: :lists.reverse(acc, bs)
  defp merge_runs(_, as, [], acc), do: :lists.reverse(acc, as)

  def usort(fun, list), do: drop_equal(fun, sort(fun, list))

  defp drop_equal(fun, [a, b | rest]) do
    if fun.(b, a), do: drop_equal(fun, [a | rest]), else: [a | drop_equal(fun, [b | rest])]
  end

  defp drop_equal(_, list), do: list
  def merge(fun, a, b), do: merge_runs(fun, a, b, [])

  def zf(fun, list), do: filtermap(fun, list)

  def zip3([a | as], [b | bs], [c | cs]), do: [{a, b, c} | zip3(as, bs, cs)]
  def zip3([], [], []), do: []

  def zipwith3(fun, [a | as], [b | bs], [c | cs]), do: [fun.(a, b, c) | zipwith3(fun, as, bs, cs)]
  def zipwith3(fun, [], [], []) when is_function(fun, 3), do: []

  def unzip3(list), do: {map(&:erlang.element(1, &1), list), map(&:erlang.element(2, &1), list), map(&:erlang.element(3, &1), list)}
  def enumerate(from, list) when is_integer(from), do: enumerated(list, from)
  defp enumerated([x | rest], n), do: [{n, x} | enumerated(rest, n + 1)]
  defp enumerated([], _), do: []

  # Merging of lists that are sorted already; umerge keeps one of equals, the r-versions go down.
  def merge(lists), do: :lists.sort(:lists.append(lists))
  def merge3(a, b, c), do: :lists.merge(:lists.merge(a, b), c)
  def rmerge(a, b), do: :lists.merge(&>=/2, a, b)
  def rmerge(fun, a, b), do: :lists.reverse(:lists.merge(fun, :lists.reverse(a), :lists.reverse(b)))
  def rmerge3(a, b, c), do: rmerge(rmerge(a, b), c)
  def umerge(lists), do: :lists.usort(:lists.append(lists))
  def umerge3(a, b, c), do: :lists.umerge(:lists.umerge(a, b), c)

  def umerge(fun, [x | a], [y | b]) do
    cond do
      not fun.(x, y) -> [y | umerge(fun, [x | a], b)]
      fun.(y, x) -> umerge(fun, [x | a], b)
      true -> [x | umerge(fun, a, [y | b])]
    end
  end

  def umerge(_, [], b), do: b
  def umerge(_, a, []), do: a
  def rumerge(a, b), do: umerge(&>=/2, a, b)
  def rumerge(fun, a, b), do: umerge(fn x, y -> fun.(y, x) end, a, b)
  def rumerge3(a, b, c), do: rumerge(rumerge(a, b), c)

  def keymerge(n, [x | a], [y | b]) do
    if :erlang.element(n, x) <= :erlang.element(n, y), do: [x | keymerge(n, a, [y | b])], else: [y | keymerge(n, [x | a], b)]
  end

  def keymerge(_, [], b), do: b
  def keymerge(_, a, []), do: a
  def rkeymerge(n, a, b), do: :lists.reverse(keymerge(n, :lists.reverse(a), :lists.reverse(b)))

  def ukeymerge(n, [x | a], [y | b]) do
    {i, j} = {:erlang.element(n, x), :erlang.element(n, y)}

    cond do
      i < j -> [x | ukeymerge(n, a, [y | b])]
      i > j -> [y | ukeymerge(n, [x | a], b)]
      true -> ukeymerge(n, [x | a], b)
    end
  end

  def ukeymerge(_, [], b), do: b
  def ukeymerge(_, a, []), do: a
  def rukeymerge(n, a, b), do: :lists.reverse(ukeymerge(n, :lists.reverse(a), :lists.reverse(b)))
end

defmodule :maps do
  def map(fun, map) when is_map(map) and is_function(fun, 2),
    do: :maps.from_list(:lists.map(fn {k, v} -> {k, fun.(k, v)} end, :beamyard.fold_list(map)))

  def map(fun, map), do: refuse(fun, map)

  def filter(fun, map) when is_map(map) and is_function(fun, 2),
    do: :maps.from_list(:lists.filter(fn {k, v} -> chosen(fun.(k, v)) end, :beamyard.fold_list(map)))

  def filter(fun, map), do: refuse(fun, map)

  defp chosen(answer) do
    case answer do
      true -> true
      false -> false
    end
  end

  def filtermap(fun, map) when is_map(map) and is_function(fun, 2) do
    :maps.from_list(
      :lists.filtermap(
        fn {k, v} ->
          case fun.(k, v) do
            {true, value} -> {true, {k, value}}
            answer -> answer
          end
        end,
        :beamyard.fold_list(map)
      )
    )
  end

  def fold(fun, acc, map) when is_map(map) and is_function(fun, 3),
    do: :lists.foldl(fn {k, v}, acc -> fun.(k, v, acc) end, acc, :beamyard.fold_list(map))

  def fold(fun, _, map), do: refuse(fun, map)

  def foreach(fun, map) when is_map(map) and is_function(fun, 2),
    do: :lists.foreach(fn {k, v} -> fun.(k, v) end, :beamyard.fold_list(map))

  def foreach(fun, map), do: refuse(fun, map)

  def update_with(key, fun, map) when is_map(map), do: :maps.put(key, fun.(:maps.get(key, map)), map)

  def update_with(key, fun, initial, map) when is_map(map) do
    case map do
      %{^key => value} -> :maps.put(key, fun.(value), map)
      %{} -> :maps.put(key, initial, map)
    end
  end

  def merge_with(fun, a, b) when is_map(a) and is_map(b) do
    fold(
      fn key, value, acc ->
        case acc do
          %{^key => other} -> :maps.put(key, fun.(key, other, value), acc)
          %{} -> :maps.put(key, value, acc)
        end
      end,
      a,
      b
    )
  end

  def groups_from_list(fun, list), do: Enum.group_by(list, fun)

  defp refuse(_, map) when is_map(map), do: :erlang.error(:badarg)
  defp refuse(_, map), do: :erlang.error({:badmap, map})

  def intersect(a, b) when is_map(a) and is_map(b), do: :maps.with(:maps.keys(a), b)
  def intersect(a, b) when is_map(a), do: :erlang.error({:badmap, b}, [a, b])
  def intersect(a, b), do: :erlang.error({:badmap, a}, [a, b])

  def intersect_with(fun, a, b) when is_function(fun, 3) and is_map(a) and is_map(b) do
    :maps.map(fn key, value -> fun.(key, :maps.get(key, a), value) end, intersect(a, b))
  end

  def groups_from_list(fun, list) when is_function(fun, 1), do: groups_from_list(fun, & &1, list)

  def groups_from_list(fun, value, list) when is_function(fun, 1) and is_function(value, 1) do
    :lists.foldr(
      fn x, groups ->
        key = fun.(x)

        case groups do
          %{^key => values} -> %{groups | key => [value.(x) | values]}
          %{} -> :maps.put(key, [value.(x)], groups)
        end
      end,
      %{},
      list
    )
  end
end
