defmodule Enum.EmptyError do
  defexception message: "empty error"
end

defmodule Enum.OutOfBoundsError do
  defexception message: "out of bounds error"
end

defmodule Enum do
  # Lists are walked directly; everything else goes through the protocol, one element at a time, so that effects of
  # lazy streams happen in their order.

  defp each_element(list, acc, fun) when is_list(list), do: :lists.foldl(fun, acc, list)

  defp each_element(first..last//step, acc, fun), do: reduce_range(first, last, step, acc, fun)

  # a map that is no struct is folded over, which for large ones is not the order of their lists
  defp each_element(map, acc, fun) when is_map(map) and not is_map_key(map, :__struct__),
    do: :maps.fold(fn key, value, acc -> fun.({key, value}, acc) end, acc, map)

  defp each_element(enumerable, acc, fun) do
    {_, result} = Enumerable.reduce(enumerable, {:cont, acc}, fn x, acc -> {:cont, fun.(x, acc)} end)
    result
  end

  defp reduce_range(first, last, step, acc, fun) when step > 0 and first <= last,
    do: reduce_range(first + step, last, step, fun.(first, acc), fun)

  defp reduce_range(first, last, step, acc, fun) when step < 0 and first >= last,
    do: reduce_range(first + step, last, step, fun.(first, acc), fun)

  defp reduce_range(_, _, _, acc, _), do: acc

  # where the protocol walks over a map, it does so as over its list
  defp as_listed(map) when is_map(map) and not is_map_key(map, :__struct__), do: :maps.to_list(map)
  defp as_listed(enumerable), do: enumerable

  # the elements in the order in which they are folded over
  defp in_order(map) when is_map(map) and not is_map_key(map, :__struct__), do: collect(map, fn x, acc -> [x | acc] end)
  defp in_order(enumerable), do: to_list(enumerable)

  # fun answers {:cont, acc} or {:halt, acc}
  defp each_until([], acc, _), do: acc

  defp each_until([x | rest], acc, fun) do
    case fun.(x, acc) do
      {:cont, acc} -> each_until(rest, acc, fun)
      {:halt, acc} -> acc
    end
  end

  defp each_until(enumerable, acc, fun) do
    {_, result} = Enumerable.reduce(enumerable, {:cont, acc}, fun)
    result
  end

  defp collect(enumerable, fun), do: :lists.reverse(each_element(enumerable, [], fun))

  def to_list(enumerable) when is_list(enumerable), do: enumerable
  def to_list(enumerable) when is_map(enumerable) and not is_struct(enumerable), do: :maps.to_list(enumerable)
  def to_list(enumerable), do: reverse(enumerable) |> :lists.reverse()

  def all?(enumerable), do: all?(enumerable, fn x -> x end)

  def all?(enumerable, fun) do
    each_until(enumerable, true, fn x, _ -> if fun.(x), do: {:cont, true}, else: {:halt, false} end)
  end

  def any?(enumerable), do: any?(enumerable, fn x -> x end)

  def any?(enumerable, fun) do
    each_until(enumerable, false, fn x, _ -> if fun.(x), do: {:halt, true}, else: {:cont, false} end)
  end

  def at(enumerable, index, default \\ nil) when is_integer(index) do
    case fetch(enumerable, index) do
      {:ok, x} -> x
      :error -> default
    end
  end

  def fetch(enumerable, index) when is_integer(index) and index >= 0 do
    case each_until(enumerable, {:skip, index}, fn
           x, {:skip, 0} -> {:halt, {:found, x}}
           _, {:skip, n} -> {:cont, {:skip, n - 1}}
         end) do
      {:found, x} -> {:ok, x}
      {:skip, _} -> :error
    end
  end

  def fetch(enumerable, index) when is_integer(index) do
    list = to_list(enumerable)
    from_start = length(list) + index
    if from_start < 0, do: :error, else: fetch(list, from_start)
  end

  def fetch!(enumerable, index) when is_integer(index) do
    case fetch(enumerable, index) do
      {:ok, x} -> x
      :error -> raise Enum.OutOfBoundsError
    end
  end

  def chunk_every(enumerable, count), do: chunk_every(enumerable, count, count, [])
  def chunk_every(enumerable, count, step), do: chunk_every(enumerable, count, step, [])

  def chunk_every(enumerable, count, step, leftover)
      when is_integer(count) and count > 0 and is_integer(step) and step > 0 do
    chunks(to_list(enumerable), count, step, leftover, [])
  end

  defp chunks([], _, _, _, acc), do: :lists.reverse(acc)

  defp chunks(list, count, step, leftover, acc) do
    {chunk, rest} = split(list, count)

    cond do
      length(chunk) == count ->
        next = drop(list, step)
        # the last full chunk has nothing after it to begin another
        if rest == [] and step >= count do
          :lists.reverse([chunk | acc])
        else
          if next == [], do: :lists.reverse([chunk | acc]), else: chunks(next, count, step, leftover, [chunk | acc])
        end

      leftover == :discard ->
        :lists.reverse(acc)

      true ->
        filled = chunk ++ take(leftover, count - length(chunk))
        :lists.reverse([filled | acc])
    end
  end

  def chunk_by(enumerable, fun) do
    case each_element(as_listed(enumerable), {[], [], nil}, fn
           x, {[], [], nil} ->
             {[], [x], {:key, fun.(x)}}

           x, {done, current, {:key, key}} ->
             case fun.(x) do
               ^key -> {done, [x | current], {:key, key}}
               other -> {[:lists.reverse(current) | done], [x], {:key, other}}
             end
         end) do
      {_, [], _} -> []
      {done, current, _} -> :lists.reverse([:lists.reverse(current) | done])
    end
  end

  def chunk_while(enumerable, acc, chunk_fun, after_fun) do
    {chunks, acc} =
      each_until(enumerable, {[], acc}, fn x, {chunks, acc} ->
        case chunk_fun.(x, acc) do
          {:cont, chunk, acc} -> {:cont, {[chunk | chunks], acc}}
          {:cont, acc} -> {:cont, {chunks, acc}}
          {:halt, acc} -> {:halt, {chunks, acc}}
        end
      end)

    case after_fun.(acc) do
      {:cont, _} -> :lists.reverse(chunks)
      {:cont, chunk, _} -> :lists.reverse([chunk | chunks])
    end
  end

  def concat(enumerables), do: flat_map(enumerables, fn x -> x end)
  def concat(left, right) when is_list(left) and is_list(right), do: left ++ right
  def concat(left, right), do: in_order(left) ++ in_order(right)

  def count(list) when is_list(list), do: length(list)

  def count(enumerable) do
    case Enumerable.count(enumerable) do
      {:ok, count} -> count
      {:error, _} -> each_element(enumerable, 0, fn _, n -> n + 1 end)
    end
  end

  def count(enumerable, fun) do
    each_element(enumerable, 0, fn x, n -> if fun.(x), do: n + 1, else: n end)
  end

  def count_until(enumerable, limit) when is_integer(limit) and limit > 0,
    do: count_until(enumerable, fn _ -> true end, limit)

  def count_until(enumerable, fun, limit) when is_integer(limit) and limit > 0 do
    each_until(enumerable, 0, fn x, n ->
      n = if fun.(x), do: n + 1, else: n
      if n == limit, do: {:halt, n}, else: {:cont, n}
    end)
  end

  def dedup(enumerable), do: dedup_by(enumerable, fn x -> x end)

  def dedup_by(enumerable, fun) do
    {kept, _} =
      each_element(enumerable, {[], :none}, fn x, {kept, last} ->
        case {:key, fun.(x)} do
          ^last -> {kept, last}
          key -> {[x | kept], key}
        end
      end)

    :lists.reverse(kept)
  end

  def drop(enumerable, 0), do: to_list(enumerable)

  def drop(list, count) when is_list(list) and is_integer(count) and count > 0, do: drop_from(list, count)
  def drop(enumerable, count) when is_integer(count) and count > 0, do: drop_from(in_order(enumerable), count)

  def drop(enumerable, count) when is_integer(count) do
    list = to_list(enumerable)
    take(list, Kernel.max(length(list) + count, 0))
  end

  defp drop_from(list, 0), do: list
  defp drop_from([], _), do: []
  defp drop_from([_ | rest], n), do: drop_from(rest, n - 1)

  def drop_every(enumerable, 0), do: to_list(enumerable)
  def drop_every([], nth) when is_integer(nth), do: []

  def drop_every(enumerable, nth) when is_integer(nth) and nth > 0 do
    for {x, i} <- with_index(enumerable), rem(i, nth) != 0, do: x
  end

  def drop_while(list, fun) when is_list(list), do: drop_leading(list, fun)
  def drop_while(enumerable, fun), do: drop_leading(in_order(enumerable), fun)

  defp drop_leading([x | rest] = list, fun), do: if(fun.(x), do: drop_leading(rest, fun), else: list)
  defp drop_leading([], _), do: []

  def each(enumerable, fun) do
    each_element(enumerable, nil, fn x, _ ->
      fun.(x)
      nil
    end)

    :ok
  end

  def empty?(list) when is_list(list), do: list == []

  def empty?(enumerable) do
    case Enumerable.count(enumerable) do
      {:ok, count} -> count == 0
      {:error, _} -> each_until(enumerable, true, fn _, _ -> {:halt, false} end)
    end
  end

  def filter(enumerable, fun) do
    collect(enumerable, fn x, acc -> if fun.(x), do: [x | acc], else: acc end)
  end

  def reject(enumerable, fun) do
    collect(enumerable, fn x, acc -> if fun.(x), do: acc, else: [x | acc] end)
  end

  def find(enumerable, default \\ nil, fun) do
    each_until(enumerable, default, fn x, default ->
      if fun.(x), do: {:halt, x}, else: {:cont, default}
    end)
  end

  def find_index(enumerable, fun) do
    case each_until(enumerable, {:at, 0}, fn x, {:at, i} ->
           if fun.(x), do: {:halt, {:found, i}}, else: {:cont, {:at, i + 1}}
         end) do
      {:found, i} -> i
      {:at, _} -> nil
    end
  end

  def find_value(enumerable, default \\ nil, fun) do
    each_until(enumerable, default, fn x, default ->
      case fun.(x) do
        value when value in [nil, false] -> {:cont, default}
        value -> {:halt, value}
      end
    end)
  end

  def flat_map(enumerable, fun) do
    each_element(enumerable, [], fn x, acc ->
      case fun.(x) do
        list when is_list(list) -> :lists.reverse(list, acc)
        other -> each_element(other, acc, fn y, acc -> [y | acc] end)
      end
    end)
    |> :lists.reverse()
  end

  def flat_map_reduce(enumerable, acc, fun) do
    {done, acc} =
      each_until(enumerable, {[], acc}, fn x, {done, acc} ->
        case fun.(x, acc) do
          {:halt, acc} -> {:halt, {done, acc}}
          {list, acc} -> {:cont, {:lists.reverse(to_list(list), done), acc}}
        end
      end)

    {:lists.reverse(done), acc}
  end

  def frequencies(enumerable), do: frequencies_by(enumerable, fn x -> x end)

  def frequencies_by(enumerable, key_fun) when is_function(key_fun) do
    each_element(enumerable, %{}, fn x, counts ->
      key = key_fun.(x)

      case counts do
        %{^key => n} -> %{counts | key => n + 1}
        %{} -> :maps.put(key, 1, counts)
      end
    end)
  end

  def group_by(enumerable, key_fun, value_fun \\ fn x -> x end)

  def group_by(enumerable, key_fun, value_fun) when is_function(key_fun) do
    groups =
      each_element(enumerable, %{}, fn x, groups ->
        key = key_fun.(x)
        value = value_fun.(x)

        case groups do
          %{^key => values} -> %{groups | key => [value | values]}
          %{} -> :maps.put(key, [value], groups)
        end
      end)

    :maps.map(fn _, values -> :lists.reverse(values) end, groups)
  end

  # An old form, with the map to begin with in second place.
  def group_by(enumerable, groups, key_fun) when is_function(key_fun) do
    enumerable |> reverse() |> reduce(groups, fn x, groups -> add_to_group(groups, key_fun.(x), x) end)
  end

  defp add_to_group(%{} = groups, key, x), do: Map.update(groups, key, [x], &[x | &1])
  defp add_to_group(groups, key, x) when is_list(groups), do: Keyword.update(groups, key, [x], &[x | &1])
  defp add_to_group(groups, _, _), do: raise(ArgumentError, "unsupported dict: #{inspect(groups)}")

  def intersperse(enumerable, separator) do
    case in_order(enumerable) do
      [] -> []
      [first | rest] -> [first | flat_map(rest, fn x -> [separator, x] end)]
    end
  end

  def into(enumerable, []), do: to_list(enumerable)
  def into(%{} = enumerable, %{} = map) when not is_struct(enumerable) and not is_struct(map),
    do: :maps.merge(map, enumerable)

  def into(enumerable, %{} = map) when is_list(enumerable) and not is_struct(map),
    do: :maps.merge(map, :maps.from_list(enumerable))

  def into(enumerable, %{} = map) when not is_struct(map),
    do: each_element(enumerable, map, fn {k, v}, map -> :maps.put(k, v, map) end)

  def into(enumerable, collectable), do: into_protocol(enumerable, collectable, fn x -> x end)

  def into(enumerable, [], transform), do: map(enumerable, transform)

  def into(enumerable, %{} = map, transform) when not is_struct(map) do
    each_element(enumerable, map, fn x, map ->
      {k, v} = transform.(x)
      :maps.put(k, v, map)
    end)
  end

  def into(enumerable, collectable, transform), do: into_protocol(enumerable, collectable, transform)

  defp into_protocol(enumerable, collectable, transform) do
    __collect__(collectable, fn initial, fun ->
      each_element(as_listed(enumerable), initial, fn x, acc -> fun.(acc, {:cont, transform.(x)}) end)
    end)
  end

  # What `for` with `into` comes down to: the loop hands each element to the collector.
  def __collect__(collectable, loop) do
    {initial, fun} = Collectable.into(collectable)

    try do
      loop.(initial, fun)
    catch
      kind, reason ->
        fun.(initial, :halt)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      acc -> fun.(acc, :done)
    end
  end

  def join(enumerable, joiner \\ "") when is_binary(joiner), do: map_join(enumerable, joiner, fn x -> x end)

  def map_join(enumerable, joiner \\ "", mapper) when is_binary(joiner) do
    each_element(enumerable, [], fn
      x, [] -> [to_text(mapper.(x))]
      x, acc -> [to_text(mapper.(x)), joiner | acc]
    end)
    |> :lists.reverse()
    |> :erlang.iolist_to_binary()
  end

  defp to_text(x) when is_binary(x), do: x
  defp to_text(x), do: String.Chars.to_string(x)

  def map(list, fun) when is_list(list), do: :lists.map(fun, list)
  def map(enumerable, fun), do: collect(enumerable, fn x, acc -> [fun.(x) | acc] end)

  def map_every(enumerable, 1, fun), do: map(enumerable, fun)
  def map_every(enumerable, 0, _), do: to_list(enumerable)

  def map_every(enumerable, nth, fun) when is_integer(nth) and nth > 1 do
    for {x, i} <- with_index(enumerable), do: if(rem(i, nth) == 0, do: fun.(x), else: x)
  end

  def map_intersperse(enumerable, separator, mapper), do: enumerable |> map(mapper) |> intersperse(separator)

  def map_reduce(list, acc, fun) when is_list(list), do: :lists.mapfoldl(fun, acc, list)

  def map_reduce(enumerable, acc, fun) do
    {mapped, acc} =
      each_element(enumerable, {[], acc}, fn x, {mapped, acc} ->
        {y, acc} = fun.(x, acc)
        {[y | mapped], acc}
      end)

    {:lists.reverse(mapped), acc}
  end

  defp max_sort_fun(fun) when is_function(fun, 2), do: fun
  defp max_sort_fun(module) when is_atom(module), do: &(module.compare(&1, &2) != :lt)

  defp min_sort_fun(fun) when is_function(fun, 2), do: fun
  defp min_sort_fun(module) when is_atom(module), do: &(module.compare(&1, &2) != :gt)

  def max(enumerable), do: max(enumerable, &>=/2, fn -> raise Enum.EmptyError end)
  def max(enumerable, empty) when is_function(empty, 0), do: max(enumerable, &>=/2, empty)
  def max(enumerable, sorter), do: max(enumerable, sorter, fn -> raise Enum.EmptyError end)

  def max(enumerable, sorter, empty) do
    sorter = max_sort_fun(sorter)
    best(enumerable, fn best, x -> if sorter.(best, x), do: best, else: x end, empty)
  end

  def min(enumerable), do: min(enumerable, &<=/2, fn -> raise Enum.EmptyError end)
  def min(enumerable, empty) when is_function(empty, 0), do: min(enumerable, &<=/2, empty)
  def min(enumerable, sorter), do: min(enumerable, sorter, fn -> raise Enum.EmptyError end)

  def min(enumerable, sorter, empty) do
    sorter = min_sort_fun(sorter)
    best(enumerable, fn best, x -> if sorter.(best, x), do: best, else: x end, empty)
  end

  defp best(enumerable, choose, empty) do
    case each_element(enumerable, :none, fn
           x, :none -> {:best, x}
           x, {:best, best} -> {:best, choose.(best, x)}
         end) do
      :none -> empty.()
      {:best, best} -> best
    end
  end

  def max_by(enumerable, fun), do: max_by(enumerable, fun, &>=/2, fn -> raise Enum.EmptyError end)
  def max_by(enumerable, fun, empty) when is_function(empty, 0), do: max_by(enumerable, fun, &>=/2, empty)
  def max_by(enumerable, fun, sorter), do: max_by(enumerable, fun, sorter, fn -> raise Enum.EmptyError end)

  def max_by(enumerable, fun, sorter, empty) when is_function(fun, 1) do
    best_by(enumerable, fun, max_sort_fun(sorter), empty)
  end

  def min_by(enumerable, fun), do: min_by(enumerable, fun, &<=/2, fn -> raise Enum.EmptyError end)
  def min_by(enumerable, fun, empty) when is_function(empty, 0), do: min_by(enumerable, fun, &<=/2, empty)
  def min_by(enumerable, fun, sorter), do: min_by(enumerable, fun, sorter, fn -> raise Enum.EmptyError end)

  def min_by(enumerable, fun, sorter, empty) when is_function(fun, 1) do
    best_by(enumerable, fun, min_sort_fun(sorter), empty)
  end

  defp best_by(enumerable, fun, sorter, empty) do
    case each_element(enumerable, :none, fn
           x, :none ->
             {:best, x, fun.(x)}

           x, {:best, _, best_key} = best ->
             key = fun.(x)
             if sorter.(best_key, key), do: best, else: {:best, x, key}
         end) do
      :none -> empty.()
      {:best, best, _} -> best
    end
  end

  def min_max(enumerable, empty \\ fn -> raise Enum.EmptyError end) when is_function(empty, 0) do
    case each_element(enumerable, :none, fn
           x, :none -> {x, x}
           x, {low, high} -> {if(x < low, do: x, else: low), if(x > high, do: x, else: high)}
         end) do
      :none -> empty.()
      result -> result
    end
  end

  def min_max_by(enumerable, fun, sorter_or_empty \\ &</2, empty \\ fn -> raise Enum.EmptyError end)

  def min_max_by(enumerable, fun, empty, _) when is_function(fun, 1) and is_function(empty, 0), do: min_max_by(enumerable, fun, &</2, empty)

  def min_max_by(enumerable, fun, sorter, empty)
      when is_function(fun, 1) and (is_atom(sorter) or is_function(sorter, 2)) and is_function(empty, 0) do
    less = if is_atom(sorter), do: &(sorter.compare(&1, &2) == :lt), else: sorter

    case each_element(enumerable, :none, fn x, acc ->
           key = fun.(x)

           case acc do
             :none ->
               {x, key, x, key}

             {low, low_key, high, high_key} ->
               cond do
                 less.(key, low_key) -> {x, key, high, high_key}
                 less.(high_key, key) -> {low, low_key, x, key}
                 true -> acc
               end
           end
         end) do
      :none -> empty.()
      {low, _, high, _} -> {low, high}
    end
  end

  def member?(list, x) when is_list(list), do: :lists.any(fn y -> y === x end, list)

  def member?(enumerable, x) do
    case Enumerable.member?(enumerable, x) do
      {:ok, answer} -> answer
      {:error, _} -> any?(enumerable, fn y -> y === x end)
    end
  end

  def product(enumerable), do: each_element(enumerable, 1, &*/2)

  # The same numbers are drawn in the same order as by a real node, so that a seed gives what it gives there.

  def random(list) when is_list(list) do
    case length(list) do
      0 -> raise Enum.EmptyError
      length -> :lists.nth(random_integer(0, length - 1) + 1, list)
    end
  end

  def random(first.._//step = range) do
    case Range.size(range) do
      0 -> raise Enum.EmptyError
      size -> random_integer(0, size - 1) * step + first
    end
  end

  def random(enumerable) do
    case Enumerable.slice(enumerable) do
      {:error, _} ->
        case take_random(enumerable, 1) do
          [] -> raise Enum.EmptyError
          [x] -> x
        end

      {:ok, 0, _} ->
        raise Enum.EmptyError

      _ ->
        random(to_list(enumerable))
    end
  end

  defp random_integer(limit, limit), do: limit
  defp random_integer(lower, upper), do: lower + :rand.uniform(upper - lower + 1) - 1

  def reduce(enumerable, fun) do
    best(as_listed(enumerable), fn acc, x -> fun.(x, acc) end, fn -> raise Enum.EmptyError end)
  end

  def reduce(enumerable, acc, fun), do: each_element(enumerable, acc, fun)
  def reduce_while(enumerable, acc, fun), do: enumerable |> Enumerable.reduce({:cont, acc}, fun) |> elem(1)

  def reverse(list) when is_list(list), do: :lists.reverse(list)
  def reverse(enumerable), do: each_element(enumerable, [], fn x, acc -> [x | acc] end)
  def reverse(enumerable, tail), do: each_element(enumerable, to_list(tail), fn x, acc -> [x | acc] end)

  def reverse_slice(enumerable, start, count) when is_integer(start) and start >= 0 and is_integer(count) and count >= 0 do
    list = in_order(enumerable)
    {before, rest} = split(list, start)
    {slice, rest} = split(rest, count)
    before ++ reverse(slice, rest)
  end

  def scan(enumerable, fun) do
    case in_order(enumerable) do
      [] -> []
      [first | rest] -> [first | scan(rest, first, fun)]
    end
  end

  def scan(enumerable, acc, fun) do
    {scanned, _} =
      each_element(enumerable, {[], acc}, fn x, {scanned, acc} ->
        acc = fun.(x, acc)
        {[acc | scanned], acc}
      end)

    :lists.reverse(scanned)
  end

  def shuffle(enumerable) do
    drawn = reduce(enumerable, [], fn x, acc -> [{:rand.uniform(), x} | acc] end)
    :lists.foldl(fn {_, x}, acc -> [x | acc] end, [], :lists.keysort(1, drawn))
  end

  def slice(enumerable, first..last//step) do
    list = to_list(enumerable)
    count = length(list)
    from = if first < 0, do: Kernel.max(first + count, 0), else: first
    to = if last < 0, do: last + count, else: last

    cond do
      step > 0 and step == 1 -> slice_list(list, from, to - from + 1)
      step > 0 -> list |> slice_list(from, to - from + 1) |> take_every(step)
      # a range made without a step, whose ends only seem to go down: 1..-2
      step == -1 -> slice_list(list, from, to - from + 1)
      true -> raise ArgumentError, "Enum.slice/2 does not accept ranges with negative steps, got: #{inspect(first..last//step)}"
    end
  end

  def slice(_, _, 0), do: []

  def slice(enumerable, start, count) when is_integer(start) and start >= 0 and is_integer(count) and count > 0 do
    if is_list(enumerable), do: slice_list(enumerable, start, count), else: slice_lazy(enumerable, start, count)
  end

  def slice(enumerable, start, count) when is_integer(start) and is_integer(count) and count > 0 do
    list = to_list(enumerable)
    slice_list(list, Kernel.max(length(list) + start, 0), count)
  end

  defp slice_lazy(enumerable, start, count) do
    {taken, _, _} =
      each_until(enumerable, {[], start, count}, fn
        _, {taken, skip, n} when skip > 0 -> {:cont, {taken, skip - 1, n}}
        x, {taken, 0, 1} -> {:halt, {[x | taken], 0, 0}}
        x, {taken, 0, n} -> {:cont, {[x | taken], 0, n - 1}}
      end)

    :lists.reverse(taken)
  end

  defp slice_list(_, _, count) when count <= 0, do: []
  defp slice_list(list, start, count), do: list |> drop_from(start) |> take_from(count)

  def slide(enumerable, index, at) when is_integer(index), do: slide(enumerable, index..index, at)

  def slide(_, _.._//step = range, _) when step != 1,
    do: raise(ArgumentError, "Enum.slide/3 does not accept ranges with custom steps, got: #{inspect(range)}")

  def slide(enumerable, index..index, index), do: to_list(enumerable)

  def slide(enumerable, first..last//_ = range, at) when is_integer(at) do
    list = in_order(enumerable)
    size = length(list)
    place = fn i -> if i < 0, do: i + size, else: i end
    {from, to, goal} = {place.(first), place.(last), place.(at)}

    cond do
      from > to or from >= size or from == to and from == goal ->
        list

      goal < from ->
        {head, rest} = split(list, goal)
        {middle, rest} = split(rest, from - goal)
        {moved, tail} = split(rest, to - from + 1)
        head ++ moved ++ middle ++ tail

      goal == from ->
        list

      goal > to ->
        {head, rest} = split(list, from)
        {moved, rest} = split(rest, to - from + 1)
        {middle, tail} = split(rest, goal - to)
        head ++ middle ++ moved ++ tail

      true ->
        raise ArgumentError,
              "insertion index for slide must be outside the range being moved (tried to insert #{inspect(range)} at #{at})"
    end
  end

  def sort(enumerable), do: :lists.sort(to_list(enumerable))
  def sort(enumerable, :asc), do: sort(enumerable)
  def sort(enumerable, :desc), do: sort(enumerable, &>=/2)
  def sort(enumerable, sorter), do: :lists.sort(to_sort_fun(sorter), in_order(enumerable))

  defp to_sort_fun(:asc), do: &<=/2
  defp to_sort_fun(:desc), do: &>=/2
  defp to_sort_fun(fun) when is_function(fun, 2), do: fun
  defp to_sort_fun(module) when is_atom(module), do: &(module.compare(&1, &2) != :gt)
  defp to_sort_fun({:asc, module}) when is_atom(module), do: &(module.compare(&1, &2) != :gt)
  defp to_sort_fun({:desc, module}) when is_atom(module), do: &(module.compare(&1, &2) != :lt)

  def sort_by(enumerable, mapper, sorter \\ :asc) when is_function(mapper, 1) do
    less = to_sort_fun(sorter)

    enumerable
    |> map(fn x -> {mapper.(x), x} end)
    |> then(fn pairs -> :lists.sort(fn {a, _}, {b, _} -> less.(a, b) end, pairs) end)
    |> map(fn {_, x} -> x end)
  end

  def split(enumerable, count) when is_integer(count) and count >= 0 do
    split_from(in_order(enumerable), count, [])
  end

  def split(enumerable, count) when is_integer(count) do
    list = to_list(enumerable)
    split_from(list, Kernel.max(length(list) + count, 0), [])
  end

  defp split_from([x | rest], n, acc) when n > 0, do: split_from(rest, n - 1, [x | acc])
  defp split_from(rest, _, acc), do: {:lists.reverse(acc), rest}

  def split_while(enumerable, fun), do: split_leading(in_order(enumerable), fun, [])

  defp split_leading([x | rest] = list, fun, acc) do
    if fun.(x), do: split_leading(rest, fun, [x | acc]), else: {:lists.reverse(acc), list}
  end

  defp split_leading([], _, acc), do: {:lists.reverse(acc), []}

  def split_with(enumerable, fun) do
    {yes, no} =
      each_element(enumerable, {[], []}, fn x, {yes, no} ->
        if fun.(x), do: {[x | yes], no}, else: {yes, [x | no]}
      end)

    {:lists.reverse(yes), :lists.reverse(no)}
  end

  def sum(first..last//step = range) do
    case Enumerable.count(range) do
      {:ok, 0} -> 0
      {:ok, n} -> div(n * (first + first + step * (n - 1)), 2) + 0 * last
    end
  end

  def sum(enumerable), do: each_element(enumerable, 0, &+/2)

  def take(_, 0), do: []
  def take(list, count) when is_list(list) and is_integer(count) and count > 0, do: take_from(list, count)

  def take(enumerable, count) when is_integer(count) and count > 0 do
    {taken, _} =
      each_until(enumerable, {[], count}, fn
        x, {taken, 1} -> {:halt, {[x | taken], 0}}
        x, {taken, n} -> {:cont, {[x | taken], n - 1}}
      end)

    :lists.reverse(taken)
  end

  def take(enumerable, count) when is_integer(count) do
    list = to_list(enumerable)
    drop_from(list, Kernel.max(length(list) + count, 0))
  end

  defp take_from([x | rest], n) when n > 0, do: [x | take_from(rest, n - 1)]
  defp take_from(_, _), do: []

  def take_every(_, 0), do: []
  def take_every([], nth) when is_integer(nth), do: []

  def take_every(enumerable, nth) when is_integer(nth) and nth > 0 do
    for {x, i} <- with_index(enumerable), rem(i, nth) == 0, do: x
  end

  def take_random(_, 0), do: []
  def take_random([], _), do: []

  def take_random(enumerable, count) when is_integer(count) and count > 0 do
    # a reservoir: each new element takes a random place, if it is one of those kept
    {size, kept} =
      reduce(enumerable, {0, %{}}, fn x, {index, kept} ->
        place = random_integer(0, index)

        kept =
          cond do
            index < count -> :maps.put(place, x, :maps.put(index, :maps.get(place, kept, nil), kept))
            place < count -> :maps.put(place, x, kept)
            true -> kept
          end

        {index + 1, kept}
      end)

    for index <- 0..(Kernel.min(size, count) - 1)//1, do: :maps.get(index, kept)
  end

  def take_while(enumerable, fun) do
    enumerable
    |> each_until([], fn x, acc -> if fun.(x), do: {:cont, [x | acc]}, else: {:halt, acc} end)
    |> :lists.reverse()
  end

  def uniq(enumerable), do: uniq_by(enumerable, fn x -> x end)

  def uniq_by(enumerable, fun) do
    {kept, _} =
      each_element(enumerable, {[], %{}}, fn x, {kept, seen} ->
        key = fun.(x)

        case seen do
          %{^key => _} -> {kept, seen}
          %{} -> {[x | kept], :maps.put(key, true, seen)}
        end
      end)

    :lists.reverse(kept)
  end

  def unzip(list) when is_list(list), do: list |> :lists.reverse() |> unzip([], [])

  def unzip(enumerable) do
    {left, right} = each_element(enumerable, {[], []}, fn {a, b}, {left, right} -> {[a | left], [b | right]} end)
    {:lists.reverse(left), :lists.reverse(right)}
  end

  defp unzip([{a, b} | rest], left, right), do: unzip(rest, [a | left], [b | right])
  defp unzip([], left, right), do: {left, right}

  def with_index(enumerable, fun_or_offset \\ 0)

  def with_index(enumerable, offset) when is_integer(offset) do
    {pairs, _} = map_reduce(enumerable, offset, fn x, i -> {{x, i}, i + 1} end)
    pairs
  end

  def with_index(enumerable, fun) when is_function(fun, 2) do
    {mapped, _} = map_reduce(enumerable, 0, fn x, i -> {fun.(x, i), i + 1} end)
    mapped
  end

  def zip(left, right), do: zip_with(left, right, fn a, b -> {a, b} end)
  def zip(enumerables), do: zip_with(enumerables, &List.to_tuple/1)

  def zip_with(left, right, fun) when is_list(left) and is_list(right) and is_function(fun, 2), do: zip_lists(left, right, fun)

  def zip_with(left, right, fun) when is_list(left) and is_function(fun, 2) do
    # the other side may be endless, so it is walked only as far as this one goes
    zip_lists(left, take(right, length(left)), fun)
  end

  def zip_with(left, right, fun) when is_list(right) and is_function(fun, 2), do: zip_lists(take(left, length(right)), right, fun)

  def zip_with(left, right, fun) when is_function(fun, 2), do: zip_with([left, right], fn [a, b] -> fun.(a, b) end)

  def zip_with([], _), do: []

  def zip_with(enumerables, fun) do
    enumerables = to_list(enumerables)

    if all?(enumerables, &is_list/1) do
      zip_many(enumerables, fun)
    else
      enumerables |> Stream.zip_with(fun) |> to_list()
    end
  end

  defp zip_lists([a | left], [b | right], fun), do: [fun.(a, b) | zip_lists(left, right, fun)]
  defp zip_lists(_, _, _), do: []

  defp zip_many([], _), do: []

  defp zip_many(lists, fun) do
    if any?(lists, &(&1 == [])) do
      []
    else
      heads = map(lists, &hd/1)
      [fun.(heads) | zip_many(map(lists, &tl/1), fun)]
    end
  end

  def zip_reduce(left, right, acc, fun) when is_function(fun, 3),
    do: zip_reduce([left, right], acc, fn [a, b], acc -> fun.(a, b, acc) end)

  def zip_reduce(enumerables, acc, fun) when is_function(fun, 2) do
    enumerables |> zip_with(fn xs -> xs end) |> each_element(acc, fun)
  end

  # Deprecated, and still there.

  def partition(enumerable, fun), do: split_with(enumerable, fun)
  def chunk(enumerable, count), do: chunk(enumerable, count, count, nil)
  def chunk(enumerable, count, step), do: chunk(enumerable, count, step, nil)
  def chunk(enumerable, count, step, leftover), do: chunk_every(enumerable, count, step, leftover || :discard)
  def filter_map(enumerable, filter, mapper), do: enumerable |> filter(filter) |> map(mapper)
  def uniq(enumerable, fun), do: uniq_by(enumerable, fun)
end
