defmodule Stream do
  # Two kinds of lazy enumerables. A %Stream{} is a source with stages: a stage makes a reducer of the reducer downstream
  # of it. Reducers carry {acc, states}: the states of the stages that keep one, upstream first. Everything that has more
  # than one source or must close something is a function made by `generator`.
  #
  # funs and accs have the newest stage first; done, for a stage that still has something to say when its source ends,
  # is {how many stages and how many states come before it, what to do}.
  defstruct enum: nil, funs: [], accs: [], done: nil

  defp stage(%Stream{} = stream, fun), do: %{stream | funs: [fun | stream.funs]}
  defp stage(enum, fun), do: %Stream{enum: enum, funs: [fun]}
  defp stage(%Stream{} = stream, state, fun), do: %{stream | funs: [fun | stream.funs], accs: [state | stream.accs]}
  defp stage(enum, state, fun), do: %Stream{enum: enum, funs: [fun], accs: [state]}

  defp stage(%Stream{done: nil, funs: funs, accs: accs} = stream, state, fun, finish) do
    %{stream | funs: [fun | funs], accs: [state | accs], done: {length(funs), length(accs), finish}}
  end

  defp stage(enum, state, fun, finish), do: %Stream{enum: enum, funs: [fun], accs: [state], done: {0, 0, finish}}

  def reduce_lazy(%Stream{enum: enum, funs: funs, accs: accs, done: done}, command, fun) do
    last = fn x, {acc, []} ->
      {tag, acc} = fun.(x, acc)
      {tag, {acc, []}}
    end

    reducer = connect(funs, last)

    finish =
      case done do
        nil ->
          nil

        {stages, states, finish} ->
          downstream = connect(:lists.sublist(funs, length(funs) - stages - 1), last)
          {states, fn state, rest -> finish.(state, rest, downstream) end}
      end

    drive(&Enumerable.reduce(enum, &1, reducer), command, :lists.reverse(accs), finish)
  end

  defp connect(funs, last), do: :lists.foldl(fn stage, downstream -> stage.(downstream) end, last, funs)

  defp drive(step, {command, acc}, states, finish) do
    case step.({command, {acc, states}}) do
      {:suspended, {acc, states}, next} -> {:suspended, acc, &drive(next, &1, states, finish)}
      {end_kind, {acc, _}} when finish == nil or command == :halt -> {end_kind, acc}
      {_, {acc, states}} -> finish(acc, states, finish)
    end
  end

  defp finish(acc, states, {before, finish}) do
    case :lists.nthtail(before, states) do
      [:stopped | _] -> {:halted, acc}
      [state | rest] -> finished(finish.(state, {acc, rest}))
    end
  end

  defp finished({:cont, {acc, _}}), do: {:done, acc}
  defp finished({:halt, {acc, _}}), do: {:halted, acc}

  defp finished({:suspend, {acc, _} = carried}) do
    {:suspended, acc,
     fn
       {:suspend, acc} -> finished({:suspend, put_elem(carried, 0, acc)})
       {:halt, acc} -> {:halted, acc}
       {:cont, acc} -> {:done, acc}
     end}
  end

  # Calls the reducer downstream of a stage with a state, and puts the stage's new state back.
  defp pass(downstream, x, acc, rest, state) do
    {tag, {acc, rest}} = downstream.(x, {acc, rest})
    {tag, {acc, [state | rest]}}
  end

  def map(enum, fun) when is_function(fun, 1) do
    stage(enum, fn downstream -> fn x, carried -> downstream.(fun.(x), carried) end end)
  end

  def filter(enum, fun) when is_function(fun, 1) do
    stage(enum, fn downstream ->
      fn x, carried -> if fun.(x), do: downstream.(x, carried), else: {:cont, carried} end
    end)
  end

  def reject(enum, fun) when is_function(fun, 1) do
    stage(enum, fn downstream ->
      fn x, carried -> if fun.(x), do: {:cont, carried}, else: downstream.(x, carried) end
    end)
  end

  def each(enum, fun) when is_function(fun, 1) do
    stage(enum, fn downstream ->
      fn x, carried ->
        fun.(x)
        downstream.(x, carried)
      end
    end)
  end

  def take_while(enum, fun) when is_function(fun, 1) do
    stage(enum, fn downstream ->
      fn x, carried -> if fun.(x), do: downstream.(x, carried), else: {:halt, carried} end
    end)
  end

  def drop_while(enum, fun) when is_function(fun, 1) do
    stage(enum, true, fn downstream ->
      fn x, {acc, [dropping | rest]} ->
        if dropping && fun.(x), do: {:cont, {acc, [true | rest]}}, else: pass(downstream, x, acc, rest, false)
      end
    end)
  end

  def take(_, 0), do: %Stream{enum: []}
  def take([], _), do: %Stream{enum: []}

  def take(enum, count) when is_integer(count) and count > 0 do
    stage(enum, count, fn downstream ->
      fn
        _, {_, [0 | _]} = carried ->
          {:halt, carried}

        x, {acc, [left | rest]} ->
          case pass(downstream, x, acc, rest, left - 1) do
            {_, carried} when left == 1 -> {:halt, carried}
            answer -> answer
          end
      end
    end)
  end

  def take(enum, count) when is_integer(count) and count < 0 do
    fn command, fun -> Enumerable.reduce(Enum.take(enum, count), command, fun) end
  end

  def drop(enum, 0), do: stage(enum, fn downstream -> downstream end)

  def drop(enum, count) when is_integer(count) and count > 0 do
    stage(enum, count, fn downstream ->
      fn
        x, {acc, [0 | rest]} -> pass(downstream, x, acc, rest, 0)
        _, {acc, [left | rest]} -> {:cont, {acc, [left - 1 | rest]}}
      end
    end)
  end

  def drop(enum, count) when is_integer(count) and count < 0 do
    behind = -count

    stage(enum, {0, [], []}, fn downstream ->
      fn
        x, {acc, [{held, front, back} | rest]} when held < behind ->
          {:cont, {acc, [{held + 1, front, [x | back]} | rest]}}

        x, {acc, [{held, [], back} | rest]} ->
          [first | front] = :lists.reverse(back)
          pass(downstream, first, acc, rest, {held, front, [x]})

        x, {acc, [{held, [first | front], back} | rest]} ->
          pass(downstream, first, acc, rest, {held, front, [x | back]})
      end
    end)
  end

  def take_every(_, 0), do: %Stream{enum: []}

  def take_every(enum, nth) when is_integer(nth) and nth >= 0 do
    every(enum, nth, fn downstream -> downstream end, fn _ -> fn _, carried -> {:cont, carried} end end)
  end

  def drop_every(enum, nth) when is_integer(nth) and nth >= 0 do
    every(enum, nth, fn _ -> fn _, carried -> {:cont, carried} end end, fn downstream -> downstream end)
  end

  def map_every(enum, nth, fun) when is_integer(nth) and nth >= 0 and is_function(fun, 1) do
    every(enum, nth, fn downstream -> fn x, carried -> downstream.(fun.(x), carried) end end, fn downstream -> downstream end)
  end

  # The first of every nth elements goes one way, all others the other; nth 0: all go the other way.
  defp every(enum, 0, _, other), do: stage(enum, other)

  defp every(enum, nth, one, other) do
    stage(enum, 0, fn downstream ->
      {first, others} = {one.(downstream), other.(downstream)}

      fn
        x, {acc, [0 | rest]} -> pass(first, x, acc, rest, rem(1, nth))
        x, {acc, [at | rest]} -> pass(others, x, acc, rest, rem(at + 1, nth))
      end
    end)
  end

  def with_index(enum, offset \\ 0) when is_integer(offset) do
    stage(enum, offset, fn downstream ->
      fn x, {acc, [index | rest]} -> pass(downstream, {x, index}, acc, rest, index + 1) end
    end)
  end

  def dedup(enum), do: dedup_by(enum, fn x -> x end)

  def dedup_by(enum, fun) when is_function(fun, 1) do
    stage(enum, nil, fn downstream ->
      fn x, {acc, [last | rest]} ->
        key = {:key, fun.(x)}
        if key === last, do: {:cont, {acc, [last | rest]}}, else: pass(downstream, x, acc, rest, key)
      end
    end)
  end

  def uniq(enum), do: uniq_by(enum, fn x -> x end)

  def uniq_by(enum, fun) when is_function(fun, 1) do
    stage(enum, %{}, fn downstream ->
      fn x, {acc, [seen | rest]} ->
        key = fun.(x)

        if is_map_key(seen, key),
          do: {:cont, {acc, [seen | rest]}},
          else: pass(downstream, x, acc, rest, :maps.put(key, true, seen))
      end
    end)
  end

  def scan(enum, fun) when is_function(fun, 2), do: scanned(enum, :none, fun)
  def scan(enum, acc, fun) when is_function(fun, 2), do: scanned(enum, {:some, acc}, fun)

  defp scanned(enum, start, fun) do
    stage(enum, start, fn downstream ->
      fn x, {acc, [state | rest]} ->
        value =
          case state do
            :none -> x
            {:some, last} -> fun.(x, last)
          end

        pass(downstream, value, acc, rest, {:some, value})
      end
    end)
  end

  def intersperse(enum, element) do
    transform(enum, [], fn x, between -> {between ++ [x], [element]} end)
  end

  def chunk_every(enum, count), do: chunk_every(enum, count, count, [])
  def chunk_every(enum, count, step), do: chunk_every(enum, count, step, [])

  def chunk_every(enum, count, step, leftover)
      when is_integer(count) and count > 0 and is_integer(step) and step > 0 do
    # held: the elements of the chunk that is being filled, newest first; skip: how many to pass over before it begins
    chunk_while(
      enum,
      {[], 0, 0},
      fn
        _, {[], 0, skip} when skip > 0 -> {:cont, {[], 0, skip - 1}}
        x, {held, size, 0} when size + 1 < count -> {:cont, {[x | held], size + 1, 0}}
        x, {held, _, 0} -> {:cont, :lists.reverse(held, [x]), next_chunk([x | held], count, step)}
      end,
      fn
        {_, 0, _} ->
          {:cont, nil}

        {_, size, _} when leftover == :discard or (size <= count - step and step < count and size == 0) ->
          {:cont, nil}

        {held, size, _} ->
          {:cont, :lists.reverse(held, Enum.take(leftover, count - size)), nil}
      end
    )
  end

  defp next_chunk(_, count, step) when step >= count, do: {[], 0, step - count}
  defp next_chunk(held, count, step), do: {:lists.sublist(held, count - step), count - step, 0}

  def chunk_by(enum, fun) when is_function(fun, 1) do
    chunk_while(
      enum,
      nil,
      fn
        x, nil ->
          {:cont, {[x], fun.(x)}}

        x, {held, key} ->
          case fun.(x) do
            ^key -> {:cont, {[x | held], key}}
            other -> {:cont, :lists.reverse(held), {[x], other}}
          end
      end,
      fn
        nil -> {:cont, nil}
        {held, _} -> {:cont, :lists.reverse(held), nil}
      end
    )
  end

  def chunk_while(enum, acc, chunk_fun, after_fun) when is_function(chunk_fun, 2) and is_function(after_fun, 1) do
    stage(
      enum,
      {:open, acc},
      fn downstream ->
        fn x, {acc, [{:open, state} | rest]} ->
          case chunk_fun.(x, state) do
            {:cont, state} -> {:cont, {acc, [{:open, state} | rest]}}
            {:halt, state} -> {:halt, {acc, [{:open, state} | rest]}}
            {:cont, chunk, state} -> stop_with(pass(downstream, chunk, acc, rest, {:open, state}))
          end
        end
      end,
      fn {:open, state}, {acc, rest}, downstream ->
        case after_fun.(state) do
          {:cont, _} -> {:cont, {acc, rest}}
          {:cont, chunk, _} -> downstream.(chunk, {acc, rest})
        end
      end
    )
  end

  # Who consumes the stream wants no more: there is nothing to finish.
  defp stop_with({:halt, {acc, [_ | rest]}}), do: {:halt, {acc, [:stopped | rest]}}
  defp stop_with(answer), do: answer

  def run(enum) do
    _ = Enumerable.reduce(enum, {:cont, nil}, fn _, _ -> {:cont, nil} end)
    :ok
  end

  # ---- generators ---------------------------------------------------------------------------------------------------

  # An enumerable made of a state: step answers {:one, x, state}, {:many, enumerable, state} or {:end, state}; close is
  # called once, however it ends.
  defp generator(start, step, close) do
    fn command, fun -> generate(start.(), command, fun, step, close) end
  end

  defp generate(state, {:suspend, acc}, fun, step, close),
    do: {:suspended, acc, &generate(state, &1, fun, step, close)}

  defp generate(state, {:halt, acc}, _, _, close) do
    close.(state)
    {:halted, acc}
  end

  defp generate(state, {:cont, acc}, fun, step, close) do
    case guarded(state, close, fn -> step.(state) end) do
      {:one, x, state} ->
        generate(state, guarded(state, close, fn -> fun.(x, acc) end), fun, step, close)

      {:many, inner, state} ->
        marked = fn x, {_, acc} ->
          {tag, acc} = fun.(x, acc)
          {tag, {tag, acc}}
        end

        spread(&Enumerable.reduce(inner, &1, marked), {:cont, acc}, state, fun, step, close)

      {:end, state} ->
        close.(state)
        {:done, acc}
    end
  end

  # Gives on the elements of an inner enumerable; one that halts by itself does not end the outer.
  defp spread(next, {:halt, acc}, state, _, _, close) do
    next.({:halt, {:halt, acc}})
    close.(state)
    {:halted, acc}
  end

  defp spread(next, {:suspend, acc}, state, fun, step, close),
    do: {:suspended, acc, &spread(next, &1, state, fun, step, close)}

  defp spread(next, {:cont, acc}, state, fun, step, close) do
    case guarded(state, close, fn -> next.({:cont, {:cont, acc}}) end) do
      {:suspended, {_, acc}, next} -> {:suspended, acc, &spread(next, &1, state, fun, step, close)}
      {_, {:halt, acc}} -> generate(state, {:halt, acc}, fun, step, close)
      {_, {_, acc}} -> generate(state, {:cont, acc}, fun, step, close)
    end
  end

  defp guarded(state, close, fun) do
    try do
      fun.()
    catch
      kind, reason ->
        stack = __STACKTRACE__
        close.(state)
        :erlang.raise(kind, reason, stack)
    end
  end

  # An enumerable as a thing to take elements from, one at a time: a continuation or :ended.
  defp source(enum), do: &Enumerable.reduce(enum, &1, fn x, _ -> {:suspend, {:value, x}} end)

  defp pull(:ended), do: :ended

  defp pull(next) do
    case next.({:cont, :none}) do
      {:suspended, {:value, x}, next} -> {x, next}
      {:suspended, :none, next} -> pull(next)
      {_, {:value, x}} -> {x, :ended}
      {_, :none} -> :ended
    end
  end

  defp close_source(:ended), do: :ok
  defp close_source(next), do: next.({:halt, :none})

  def unfold(acc, fun) when is_function(fun, 1) do
    generator(
      fn -> acc end,
      fn acc ->
        case fun.(acc) do
          nil -> {:end, acc}
          {x, acc} -> {:one, x, acc}
        end
      end,
      fn _ -> :ok end
    )
  end

  def iterate(start, fun) when is_function(fun, 1) do
    unfold({:first, start}, fn
      {:first, x} -> {x, {:next, x}}
      {:next, x} -> (fn next -> {next, {:next, next}} end).(fun.(x))
    end)
  end

  def repeatedly(fun) when is_function(fun, 0), do: unfold(nil, fn nil -> {fun.(), nil} end)

  def duplicate(value, count) when is_integer(count) and count >= 0 do
    unfold(count, fn
      0 -> nil
      left -> {value, left - 1}
    end)
  end

  def interval(millis) when is_integer(millis) and millis >= 0 when millis == :infinity do
    unfold(0, fn count ->
      Process.sleep(millis)
      {count, count + 1}
    end)
  end

  def timer(millis) when is_integer(millis) and millis >= 0 when millis == :infinity, do: take(interval(millis), 1)

  def cycle([]), do: raise(ArgumentError, "cannot cycle over an empty enumerable")

  def cycle(list) when is_list(list) do
    unfold({list, list}, fn
      {list, [x | rest]} -> {x, {list, rest}}
      {[x | rest] = list, []} -> {x, {list, rest}}
    end)
  end

  def cycle(enum) do
    generator(
      fn -> {source(enum), 0} end,
      fn {next, given} ->
        case pull(next) do
          {x, next} -> {:one, x, {next, given + 1}}
          :ended when given == 0 -> raise ArgumentError, "cannot cycle over an empty enumerable"
          :ended -> {:many, [], {source(enum), 0}}
        end
      end,
      fn {next, given} -> if given > 0, do: close_source(next) end
    )
  end

  def resource(start_fun, next_fun, after_fun)
      when is_function(start_fun, 0) and is_function(next_fun, 1) and is_function(after_fun, 1) do
    generator(
      start_fun,
      fn acc ->
        case next_fun.(acc) do
          {:halt, acc} -> {:end, acc}
          {[x], acc} -> {:one, x, acc}
          {enum, acc} -> {:many, enum, acc}
        end
      end,
      after_fun
    )
  end

  def transform(enum, acc, reducer) when is_function(reducer, 2),
    do: transformed(enum, fn -> acc end, reducer, nil, fn _ -> :ok end)

  def transform(enum, start_fun, reducer, after_fun)
      when is_function(start_fun, 0) and is_function(reducer, 2) and is_function(after_fun, 1),
      do: transformed(enum, start_fun, reducer, nil, after_fun)

  def transform(enum, start_fun, reducer, last_fun, after_fun)
      when is_function(start_fun, 0) and is_function(reducer, 2) and is_function(last_fun, 1) and
             is_function(after_fun, 1),
      do: transformed(enum, start_fun, reducer, last_fun, after_fun)

  defp transformed(enum, start_fun, reducer, last_fun, after_fun) do
    generator(
      fn -> {source(enum), start_fun.()} end,
      fn
        {:finished, acc} ->
          {:end, {:finished, acc}}

        {next, acc} ->
          case {pull(next), last_fun} do
            {:ended, nil} -> {:end, {:ended, acc}}
            {:ended, last_fun} -> transform_step(last_fun.(acc), :finished, :finished)
            {{x, following}, _} -> transform_step(reducer.(x, acc), following, following)
          end
      end,
      fn {next, acc} ->
        if is_function(next), do: close_source(next)
        after_fun.(acc)
      end
    )
  end

  defp transform_step({:halt, acc}, source, _), do: {:end, {source, acc}}
  defp transform_step({[x], acc}, _, next), do: {:one, x, {next, acc}}
  defp transform_step({enum, acc}, _, next), do: {:many, enum, {next, acc}}

  def flat_map(enum, fun) when is_function(fun, 1), do: transform(enum, nil, fn x, nil -> {fun.(x), nil} end)
  def concat(enumerables), do: flat_map(enumerables, fn enum -> enum end)
  def concat(first, second), do: flat_map([first, second], fn enum -> enum end)

  def zip(left, right), do: zip_with([left, right], &:erlang.list_to_tuple/1)
  def zip(enumerables), do: zip_with(enumerables, &:erlang.list_to_tuple/1)

  def zip_with(left, right, fun) when is_function(fun, 2), do: zip_with([left, right], fn [a, b] -> fun.(a, b) end)

  def zip_with(enumerables, fun) when is_function(fun, 1) do
    generator(
      fn -> :lists.map(&source/1, Enum.to_list(enumerables)) end,
      fn
        [] ->
          {:end, []}

        sources ->
          case pull_each(sources, [], []) do
            {:all, values, sources} -> {:one, fun.(values), sources}
            {:ended, sources} -> {:end, sources}
          end
      end,
      fn sources -> :lists.foreach(&close_source/1, sources) end
    )
  end

  defp pull_each([], values, pulled), do: {:all, :lists.reverse(values), :lists.reverse(pulled)}

  defp pull_each([next | rest], values, pulled) do
    case pull(next) do
      :ended -> {:ended, :lists.reverse(pulled, [:ended | rest])}
      {x, next} -> pull_each(rest, [x | values], [next | pulled])
    end
  end

  def into(enum, collectable, transform \\ fn x -> x end) when is_function(transform, 1) do
    fn command, fun ->
      {initial, collect} = Collectable.into(collectable)

      collected = fn x, {acc, collection} ->
        {tag, acc} = fun.(x, acc)
        {tag, {acc, collect.(collection, {:cont, transform.(x)})}}
      end

      collect_into(&Enumerable.reduce(enum, &1, collected), command, initial, collect)
    end
  end

  defp collect_into(next, {command, acc}, collection, collect) do
    result =
      try do
        next.({command, {acc, collection}})
      catch
        kind, reason ->
          stack = __STACKTRACE__
          collect.(collection, :halt)
          :erlang.raise(kind, reason, stack)
      end

    case result do
      {:suspended, {acc, collection}, next} ->
        {:suspended, acc, &collect_into(next, &1, collection, collect)}

      {end_kind, {acc, collection}} ->
        collect.(collection, :done)
        {end_kind, acc}
    end
  end

  # Deprecated, and still there.

  def chunk(enumerable, count), do: chunk(enumerable, count, count, nil)
  def chunk(enumerable, count, step), do: chunk(enumerable, count, step, nil)
  def chunk(enumerable, count, step, leftover), do: chunk_every(enumerable, count, step, leftover || :discard)
  def filter_map(enumerable, filter, mapper), do: enumerable |> filter(filter) |> map(mapper)
  def uniq(enumerable, fun), do: uniq_by(enumerable, fun)
end
