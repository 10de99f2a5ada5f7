# General balanced trees: a tree is rebuilt only when it is much deeper than its size asks for.
defmodule :gb_trees do
  # {size, node}; a node is {key, value, smaller, bigger} or nil

  def empty(), do: {0, nil}
  def is_empty({0, nil}), do: true
  def is_empty(_), do: false
  def size({size, _}) when is_integer(size) and size >= 0, do: size

  def lookup(key, {_, node}), do: find(key, node)
  defp find(key, {k, _, smaller, _}) when key < k, do: find(key, smaller)
  defp find(key, {k, _, _, bigger}) when key > k, do: find(key, bigger)
  defp find(_, {_, value, _, _}), do: {:value, value}
  defp find(_, nil), do: :none

  def is_defined(key, tree), do: lookup(key, tree) != :none

  def get(key, {_, node}), do: get_1(key, node)
  defp get_1(key, {k, _, smaller, _}) when key < k, do: get_1(key, smaller)
  defp get_1(key, {k, _, _, bigger}) when key > k, do: get_1(key, bigger)
  defp get_1(_, {_, value, _, _}), do: value

  def update(key, value, {size, node}), do: {size, replace(key, value, node)}
  defp replace(key, value, {k, v, smaller, bigger}) when key < k, do: {k, v, replace(key, value, smaller), bigger}
  defp replace(key, value, {k, v, smaller, bigger}) when key > k, do: {k, v, smaller, replace(key, value, bigger)}
  defp replace(key, value, {_, _, smaller, bigger}), do: {key, value, smaller, bigger}
  defp replace(key, _, nil), do: :erlang.error({:badkey, key})

  def insert(key, value, {size, node}) when is_integer(size) do
    size = size + 1
    {size, grown(put(key, value, node, size * size))}
  end

  # A new leaf comes back with its height and size, until a tree is found that is deep enough to be rebuilt.
  defp put(key, value, {k, v, smaller, bigger}, limit) when key < k do
    case put(key, value, smaller, :erlang.bsr(limit, 1)) do
      {:grown, smaller, height, size} -> joined({k, v, smaller, bigger}, height, size, bigger, limit)
      smaller -> {k, v, smaller, bigger}
    end
  end

  defp put(key, value, {k, v, smaller, bigger}, limit) when key > k do
    case put(key, value, bigger, :erlang.bsr(limit, 1)) do
      {:grown, bigger, height, size} -> joined({k, v, smaller, bigger}, height, size, smaller, limit)
      bigger -> {k, v, smaller, bigger}
    end
  end

  defp put(key, value, nil, 0), do: {:grown, {key, value, nil, nil}, 1, 1}
  defp put(key, value, nil, _), do: {key, value, nil, nil}
  defp put(key, _, _, _), do: :erlang.error({:key_exists, key})

  defp joined(node, height, size, other, _) do
    {other_height, other_size} = count(other)
    height = 2 * Kernel.max(height, other_height)
    size = size + other_size + 1
    if height > size * size, do: rebuilt(node, size), else: {:grown, node, height, size}
  end

  defp grown({:grown, node, _, _}), do: node
  defp grown(node), do: node

  defp count({_, _, nil, nil}), do: {1, 1}

  defp count({_, _, smaller, bigger}) do
    {h1, s1} = count(smaller)
    {h2, s2} = count(bigger)
    {2 * Kernel.max(h1, h2), s1 + s2 + 1}
  end

  defp count(nil), do: {1, 0}

  def enter(key, value, tree), do: if(is_defined(key, tree), do: update(key, value, tree), else: insert(key, value, tree))

  def balance({size, node}), do: {size, rebuilt(node, size)}

  defp rebuilt(node, size) do
    {node, []} = built(listed(node, []), size)
    node
  end

  defp built(list, 0), do: {nil, list}
  defp built([{key, value} | list], 1), do: {{key, value, nil, nil}, list}

  defp built(list, size) do
    bigger = div(size - 1, 2)
    {left, [{key, value} | list]} = built(list, size - 1 - bigger)
    {right, list} = built(list, bigger)
    {{key, value, left, right}, list}
  end

  def from_orddict(list) do
    size = length(list)
    {node, []} = built(list, size)
    {size, node}
  end

  def delete(key, {size, node}) when is_integer(size) and size >= 0, do: {size - 1, without(key, node)}
  defp without(key, {k, v, smaller, bigger}) when key < k, do: {k, v, without(key, smaller), bigger}
  defp without(key, {k, v, smaller, bigger}) when key > k, do: {k, v, smaller, without(key, bigger)}
  defp without(_, {_, _, smaller, bigger}), do: merged(smaller, bigger)

  defp merged(smaller, nil), do: smaller
  defp merged(nil, bigger), do: bigger

  defp merged(smaller, bigger) do
    {key, value, bigger} = first(bigger)
    {key, value, smaller, bigger}
  end

  def delete_any(key, tree), do: if(is_defined(key, tree), do: delete(key, tree), else: tree)
  def take(key, tree), do: {get(key, tree), delete(key, tree)}
  def take_any(key, tree), do: if(is_defined(key, tree), do: take(key, tree), else: :error)

  def take_smallest({size, node}) when is_integer(size) and size >= 0 do
    {key, value, node} = first(node)
    {key, value, {size - 1, node}}
  end

  defp first({key, value, nil, bigger}), do: {key, value, bigger}

  defp first({key, value, smaller, bigger}) do
    {k, v, smaller} = first(smaller)
    {k, v, {key, value, smaller, bigger}}
  end

  def take_largest({size, node}) when is_integer(size) and size >= 0 do
    {key, value, node} = last(node)
    {key, value, {size - 1, node}}
  end

  defp last({key, value, smaller, nil}), do: {key, value, smaller}

  defp last({key, value, smaller, bigger}) do
    {k, v, bigger} = last(bigger)
    {k, v, {key, value, smaller, bigger}}
  end

  def smallest({_, node}), do: leftmost(node)
  defp leftmost({key, value, nil, _}), do: {key, value}
  defp leftmost({_, _, smaller, _}), do: leftmost(smaller)
  def largest({_, node}), do: rightmost(node)
  defp rightmost({key, value, _, nil}), do: {key, value}
  defp rightmost({_, _, _, bigger}), do: rightmost(bigger)

  def to_list({_, node}), do: listed(node, [])
  defp listed({key, value, smaller, bigger}, acc), do: listed(smaller, [{key, value} | listed(bigger, acc)])
  defp listed(nil, acc), do: acc
  def keys(tree), do: for({key, _} <- to_list(tree), do: key)
  def values(tree), do: for({_, value} <- to_list(tree), do: value)

  def map(fun, {size, node}) when is_function(fun, 2), do: {size, mapped(fun, node)}
  defp mapped(_, nil), do: nil
  defp mapped(fun, {key, value, smaller, bigger}), do: {key, fun.(key, value), mapped(fun, smaller), mapped(fun, bigger)}

  def iterator({_, node}), do: down(node, [])
  defp down({_, _, nil, _} = node, acc), do: [node | acc]
  defp down({_, _, smaller, _} = node, acc), do: down(smaller, [node | acc])
  defp down(nil, acc), do: acc

  def iterator_from(key, {_, node}), do: down_from(key, node, [])
  defp down_from(key, {k, _, _, bigger}, acc) when k < key, do: down_from(key, bigger, acc)
  defp down_from(key, {k, _, smaller, _} = node, acc) when k > key, do: down_from(key, smaller, [node | acc])
  defp down_from(_, {_, _, _, _} = node, acc), do: [node | acc]
  defp down_from(_, nil, acc), do: acc

  def next([{key, value, _, bigger} | rest]), do: {key, value, down(bigger, rest)}
  def next([]), do: :none
end

defmodule :gb_sets do
  # {size, node}; a node is {element, smaller, bigger} or nil

  def empty(), do: {0, nil}
  def new(), do: empty()
  def is_empty({0, nil}), do: true
  def is_empty(_), do: false
  def size({size, _}), do: size
  def singleton(x), do: {1, {x, nil, nil}}
  def is_set({0, nil}), do: true
  def is_set({size, {_, _, _}}) when is_integer(size) and size >= 0, do: true
  def is_set(_), do: false

  def is_member(x, {_, node}), do: member(x, node)
  def is_element(x, set), do: is_member(x, set)
  defp member(x, {y, smaller, _}) when x < y, do: member(x, smaller)
  defp member(x, {y, _, bigger}) when x > y, do: member(x, bigger)
  defp member(_, {_, _, _}), do: true
  defp member(_, nil), do: false

  def insert(x, {size, node}) do
    size = size + 1
    {size, grown(put(x, node, size * size))}
  end

  defp put(x, {y, smaller, bigger}, limit) when x < y do
    case put(x, smaller, :erlang.bsr(limit, 1)) do
      {:grown, smaller, height, size} -> joined({y, smaller, bigger}, height, size, bigger)
      smaller -> {y, smaller, bigger}
    end
  end

  defp put(x, {y, smaller, bigger}, limit) when x > y do
    case put(x, bigger, :erlang.bsr(limit, 1)) do
      {:grown, bigger, height, size} -> joined({y, smaller, bigger}, height, size, smaller)
      bigger -> {y, smaller, bigger}
    end
  end

  defp put(x, nil, 0), do: {:grown, {x, nil, nil}, 1, 1}
  defp put(x, nil, _), do: {x, nil, nil}
  defp put(x, _, _), do: :erlang.error({:key_exists, x})

  defp joined(node, height, size, other) do
    {other_height, other_size} = count(other)
    height = 2 * Kernel.max(height, other_height)
    size = size + other_size + 1
    if height > size * size, do: rebuilt(node, size), else: {:grown, node, height, size}
  end

  defp grown({:grown, node, _, _}), do: node
  defp grown(node), do: node
  defp count({_, nil, nil}), do: {1, 1}

  defp count({_, smaller, bigger}) do
    {h1, s1} = count(smaller)
    {h2, s2} = count(bigger)
    {2 * Kernel.max(h1, h2), s1 + s2 + 1}
  end

  defp count(nil), do: {1, 0}

  def add(x, set), do: if(is_member(x, set), do: set, else: insert(x, set))
  def add_element(x, set), do: add(x, set)
  def balance({size, node}), do: {size, rebuilt(node, size)}

  defp rebuilt(node, size) do
    {node, []} = built(listed(node, []), size)
    node
  end

  defp built(list, 0), do: {nil, list}
  defp built([x | list], 1), do: {{x, nil, nil}, list}

  defp built(list, size) do
    bigger = div(size - 1, 2)
    {left, [x | list]} = built(list, size - 1 - bigger)
    {right, list} = built(list, bigger)
    {{x, left, right}, list}
  end

  def from_ordset(list) do
    size = length(list)
    {node, []} = built(list, size)
    {size, node}
  end

  def from_list(list), do: from_ordset(:ordsets.from_list(list))
  def to_list({_, node}), do: listed(node, [])
  defp listed({x, smaller, bigger}, acc), do: listed(smaller, [x | listed(bigger, acc)])
  defp listed(nil, acc), do: acc

  def delete(x, {size, node}), do: {size - 1, without(x, node)}
  defp without(x, {y, smaller, bigger}) when x < y, do: {y, without(x, smaller), bigger}
  defp without(x, {y, smaller, bigger}) when x > y, do: {y, smaller, without(x, bigger)}
  defp without(_, {_, smaller, nil}), do: smaller
  defp without(_, {_, nil, bigger}), do: bigger

  defp without(_, {_, smaller, bigger}) do
    {x, bigger} = first(bigger)
    {x, smaller, bigger}
  end

  def delete_any(x, set), do: if(is_member(x, set), do: delete(x, set), else: set)
  def del_element(x, set), do: delete_any(x, set)

  def take_smallest({size, node}) do
    {x, node} = first(node)
    {x, {size - 1, node}}
  end

  defp first({x, nil, bigger}), do: {x, bigger}

  defp first({x, smaller, bigger}) do
    {y, smaller} = first(smaller)
    {y, {x, smaller, bigger}}
  end

  def take_largest({size, node}) do
    {x, node} = last(node)
    {x, {size - 1, node}}
  end

  defp last({x, smaller, nil}), do: {x, smaller}

  defp last({x, smaller, bigger}) do
    {y, bigger} = last(bigger)
    {y, {x, smaller, bigger}}
  end

  def smallest({_, node}), do: leftmost(node)
  defp leftmost({x, nil, _}), do: x
  defp leftmost({_, smaller, _}), do: leftmost(smaller)
  def largest({_, node}), do: rightmost(node)
  defp rightmost({x, _, nil}), do: x
  defp rightmost({_, _, bigger}), do: rightmost(bigger)

  def union(a, b), do: from_ordset(:ordsets.union(to_list(a), to_list(b)))
  def union(sets), do: :lists.foldl(&union(&2, &1), empty(), sets)
  def intersection(a, b), do: from_ordset(:ordsets.intersection(to_list(a), to_list(b)))
  def intersection([set | rest]), do: :lists.foldl(&intersection(&2, &1), set, rest)
  def subtract(a, b), do: from_ordset(:ordsets.subtract(to_list(a), to_list(b)))
  def difference(a, b), do: subtract(a, b)
  def is_subset(a, b), do: :lists.all(&is_member(&1, b), to_list(a))
  def is_disjoint(a, b), do: not :lists.any(&is_member(&1, b), to_list(a))
  def filter(fun, set) when is_function(fun, 1), do: from_ordset(:lists.filter(fun, to_list(set)))
  def fold(fun, acc, set) when is_function(fun, 2), do: :lists.foldl(fun, acc, to_list(set))

  def iterator({_, node}), do: down(node, [])
  defp down({_, nil, _} = node, acc), do: [node | acc]
  defp down({_, smaller, _} = node, acc), do: down(smaller, [node | acc])
  defp down(nil, acc), do: acc
  def iterator_from(x, {_, node}), do: down_from(x, node, [])
  defp down_from(x, {y, _, bigger}, acc) when y < x, do: down_from(x, bigger, acc)
  defp down_from(x, {y, smaller, _} = node, acc) when y > x, do: down_from(x, smaller, [node | acc])
  defp down_from(_, {_, _, _} = node, acc), do: [node | acc]
  defp down_from(_, nil, acc), do: acc
  def next([{x, _, bigger} | rest]), do: {x, down(bigger, rest)}
  def next([]), do: :none
end
