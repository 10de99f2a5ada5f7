# Double-ended queues {rear, front}, balanced as in OTP, where one may look at them.
defmodule :queue do
  def new, do: {[], []}
  def is_queue({rear, front}) when is_list(rear) and is_list(front), do: true
  def is_queue(_), do: false
  def is_empty({[], []}), do: true
  def is_empty({_, _}), do: false
  def len({rear, front}), do: length(rear) + length(front)
  def to_list({rear, front}) when is_list(rear) and is_list(front), do: front ++ :lists.reverse(rear)
  def to_list(_), do: :erlang.error(:badarg)
  def from_list(list) when is_list(list), do: from_front(list)
  def member(x, {rear, front}), do: :lists.member(x, rear) or :lists.member(x, front)

  def x in {[_] = rear, []}, do: {[x], rear}
  def x in {rear, front} when is_list(rear) and is_list(front), do: {[x | rear], front}
  def _ in _, do: :erlang.error(:badarg)
  def in_r(x, {[], [_] = front}), do: {front, [x]}
  def in_r(x, {rear, front}) when is_list(rear) and is_list(front), do: {rear, [x | front]}
  def in_r(_, _), do: :erlang.error(:badarg)

  def out({[], []} = queue), do: {:empty, queue}
  def out({[x], []}), do: {{:value, x}, {[], []}}

  def out({[last | rear], []}) do
    [x | front] = :lists.reverse(rear)
    {{:value, x}, {[last], front}}
  end

  def out({rear, [x]}), do: {{:value, x}, from_rear(rear)}
  def out({rear, [x | front]}), do: {{:value, x}, {rear, front}}

  def out_r(queue) do
    {answer, rest} = out(reverse(queue))
    {answer, reverse(rest)}
  end

  def peek({[], []}), do: :empty
  def peek({rear, []}), do: {:value, :lists.last(rear)}
  def peek({_, [x | _]}), do: {:value, x}
  def peek_r(queue), do: peek(reverse(queue))

  def get(queue) do
    case peek(queue) do
      {:value, x} -> x
      :empty -> :erlang.error(:empty)
    end
  end

  def get_r(queue), do: get(reverse(queue))
  def head(queue), do: get(queue)
  def cons(x, queue), do: in_r(x, queue)
  def snoc(queue, x), do: :queue.in(x, queue)
  def last(queue), do: get_r(queue)

  def drop(queue) do
    case out(queue) do
      {:empty, _} -> :erlang.error(:empty)
      {_, rest} -> rest
    end
  end

  def drop_r(queue), do: reverse(drop(reverse(queue)))
  def tail(queue), do: drop(queue)
  def init(queue), do: drop_r(queue)
  def reverse({rear, front}), do: {front, rear}
  def join({rear, front}, {[], []}), do: {rear, front}
  def join({[], []}, {rear, front}), do: {rear, front}
  def join({rear1, front1}, {rear2, front2}), do: {rear2, front1 ++ :lists.reverse(rear1, front2)}

  def split(n, queue) when is_integer(n) and n >= 0 do
    {first, second} = :lists.split(n, to_list(queue))
    {from_list(first), from_list(second)}
  end

  def filter(fun, queue) do
    from_list(
      Enum.flat_map(to_list(queue), fn x ->
        case fun.(x) do
          true -> [x]
          false -> []
          list -> list
        end
      end)
    )
  end

  def fold(fun, acc, queue), do: :lists.foldl(fun, acc, to_list(queue))
  def any(fun, queue), do: Enum.any?(to_list(queue), fun)
  def all(fun, queue), do: Enum.all?(to_list(queue), fun)
  def delete(x, queue), do: from_list(:lists.delete(x, to_list(queue)))

  defp from_rear([]), do: {[], []}
  defp from_rear([_] = rear), do: {[], rear}

  defp from_rear(rear) do
    {stays, goes} = :lists.split(div(length(rear), 2), rear)
    {stays, :lists.reverse(goes)}
  end

  defp from_front([]), do: {[], []}
  defp from_front([_] = front), do: {front, []}

  defp from_front(front) do
    {stays, goes} = :lists.split(div(length(front), 2), front)
    {:lists.reverse(goes), stays}
  end

  # Names of the first days of the module, some of them misspelt.
  def daeh(queue), do: get_r(queue)
  def lait(queue), do: drop_r(queue)
  def liat(queue), do: drop_r(queue)
  def delete_r(x, queue), do: queue |> to_list() |> :lists.reverse() |> then(&:lists.delete(x, &1)) |> :lists.reverse() |> from_list()
  def delete_with(fun, queue) when is_function(fun, 1), do: queue |> to_list() |> without_first(fun) |> from_list()
  def delete_with_r(fun, queue) when is_function(fun, 1), do: queue |> to_list() |> :lists.reverse() |> without_first(fun) |> :lists.reverse() |> from_list()
  defp without_first([], _), do: []
  defp without_first([x | rest], fun), do: if(fun.(x), do: rest, else: [x | without_first(rest, fun)])
  def filtermap(fun, queue) when is_function(fun, 1), do: :lists.filtermap(fun, to_list(queue)) |> from_list()

end

defmodule :ordsets do
  def intersection([first | rest]), do: Enum.reduce(rest, first, &intersection(&2, &1))

  def new, do: []
  def from_list(list), do: :lists.usort(list)
  def to_list(set), do: set
  def size(set), do: length(set)
  def is_set(term), do: is_list(term) and :lists.usort(term) == term
  def is_empty(set), do: set == []
  def is_element(x, set), do: :lists.member(x, set)
  def add_element(x, set), do: :lists.umerge([x], set)
  def del_element(x, set), do: Enum.reject(set, &(&1 == x))
  def union(a, b), do: :lists.umerge(a, b)
  def union(sets), do: Enum.reduce(sets, [], &union/2)
  def intersection(a, b), do: Enum.filter(a, &:lists.member(&1, b))
  def subtract(a, b), do: Enum.reject(a, &:lists.member(&1, b))
  def is_subset(a, b), do: Enum.all?(a, &:lists.member(&1, b))
  def is_disjoint(a, b), do: intersection(a, b) == []
  def fold(fun, acc, set), do: :lists.foldl(fun, acc, set)
  def filter(fun, set), do: :lists.filter(fun, set)
end

defmodule :proplists do
  def get_value(key, list), do: get_value(key, list, :undefined)
  def get_value(key, [key | _], _) when is_atom(key), do: true
  def get_value(key, [{key, value} | _], _), do: value
  def get_value(key, [_ | rest], default), do: get_value(key, rest, default)
  def get_value(_, [], default), do: default
  def get_bool(key, list), do: get_value(key, list) == true
  def is_defined(key, list), do: Enum.any?(list, &(key_of(&1) == {:key, key}))
  def get_keys(list), do: list |> Enum.flat_map(&(with {:key, key} <- key_of(&1), do: [key])) |> :lists.usort()
  def get_all_values(key, list), do: for(x <- list, key_of(x) == {:key, key}, do: value_of(x))
  def lookup(key, list), do: Enum.find(list, :none, &(key_of(&1) == {:key, key})) |> expanded()
  def lookup_all(key, list), do: for(x <- list, key_of(x) == {:key, key}, do: expanded(x))
  def delete(key, list), do: Enum.reject(list, &(key_of(&1) == {:key, key}))

  def compact(list) do
    Enum.map(list, fn
      {key, true} when is_atom(key) -> key
      other -> other
    end)
  end

  def split(list, keys) do
    grouped = for key <- keys, do: for(x <- list, key_of(x) == {:key, key}, do: x)
    {grouped, Enum.reject(list, fn x -> Enum.any?(keys, &(key_of(x) == {:key, &1})) end)}
  end

  def append_values(key, list) do
    Enum.flat_map(get_all_values(key, list), fn
      values when is_list(values) -> values
      value -> [value]
    end)
  end

  def property({key, true}) when is_atom(key), do: key
  def property(property), do: property
  def property(key, true) when is_atom(key), do: key
  def property(key, value), do: {key, value}

  def substitute_aliases(aliases, list) do
    Enum.map(list, fn x ->
      with {:key, key} <- key_of(x), {_, other} <- List.keyfind(aliases, key, 0) do
        if is_atom(x), do: property(other, true), else: property(put_elem(x, 0, other))
      else
        _ -> x
      end
    end)
  end

  def substitute_negations(negations, list) do
    Enum.map(list, fn x ->
      with {:key, key} <- key_of(x), {_, other} <- List.keyfind(negations, key, 0) do
        case x do
          {_, true} -> {other, false}
          {_, false} -> property(other, true)
          key when is_atom(key) -> {other, false}
          {_, _} -> property(other, true)
        end
      else
        _ -> x
      end
    end)
  end

  # What stands for a property goes where its first occurrence was; the others go.
  def expand(expansions, list) do
    Enum.reduce(expansions, list, fn {property, instead}, list -> expand_one(expanded(property), instead, list) end)
  end

  defp expand_one({key, value}, instead, list) do
    case Enum.split_while(list, &(key_of(&1) != {:key, key})) do
      {_, []} -> list
      {before, [first | rest]} -> if expanded(first) == {key, value}, do: before ++ instead ++ delete(key, rest), else: list
    end
  end

  def normalize(list, stages), do: Enum.reduce(stages, list, &normal/2) |> compact()
  defp normal({:aliases, aliases}, list), do: substitute_aliases(aliases, list)
  defp normal({:negations, negations}, list), do: substitute_negations(negations, list)
  defp normal({:expand, expansions}, list), do: expand(expansions, list)

  def to_map(list, stages), do: list |> normalize(stages) |> to_map()

  def unfold(list), do: Enum.map(list, &expanded/1)
  def to_map(list), do: for(x <- :lists.reverse(list), is_atom(x) or (is_tuple(x) and tuple_size(x) == 2), into: %{}, do: {elem(key_of(x), 1), value_of(x)})
  def from_map(map), do: :maps.to_list(map)

  defp key_of(key) when is_atom(key), do: {:key, key}
  defp key_of(tuple) when is_tuple(tuple) and tuple_size(tuple) > 0, do: {:key, elem(tuple, 0)}
  defp key_of(_), do: []
  defp value_of(key) when is_atom(key), do: true
  defp value_of({_, value}), do: value
  defp expanded(:none), do: :none
  defp expanded(key) when is_atom(key), do: {key, true}
  defp expanded(other), do: other
end
