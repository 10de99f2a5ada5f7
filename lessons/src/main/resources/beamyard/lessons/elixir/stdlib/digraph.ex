# Graphs whose edges have a direction. As in OTP, a graph is three tables and a word that tells whether cycles are allowed.
defmodule :digraph do
  def new, do: new([])

  def new(options) do
    {cyclic, protection} = checked(options, true, :protected)
    vertices = :ets.new(:vertices, [:set, protection])
    edges = :ets.new(:edges, [:set, protection])
    neighbours = :ets.new(:neighbours, [:bag, protection])
    :ets.insert(neighbours, [{:"$vid", 0}, {:"$eid", 0}])
    {:digraph, vertices, edges, neighbours, cyclic}
  end

  defp checked([], cyclic, protection), do: {cyclic, protection}
  defp checked([:cyclic | rest], _, protection), do: checked(rest, true, protection)
  defp checked([:acyclic | rest], _, protection), do: checked(rest, false, protection)
  defp checked([:private | rest], cyclic, _), do: checked(rest, cyclic, :private)
  defp checked([:protected | rest], cyclic, _), do: checked(rest, cyclic, :protected)
  defp checked(_, _, _), do: :erlang.error(:badarg)

  def delete({:digraph, vertices, edges, neighbours, _}) do
    Enum.each([vertices, edges, neighbours], &:ets.delete/1)
    true
  end

  def info({:digraph, vertices, edges, neighbours, cyclic}) do
    memory = Enum.sum(Enum.map([vertices, edges, neighbours], &:ets.info(&1, :memory)))

    [
      cyclicity: if(cyclic, do: :cyclic, else: :acyclic),
      memory: memory,
      protection: :ets.info(vertices, :protection)
    ]
  end

  def add_vertex({:digraph, _, _, neighbours, _} = graph), do: add_vertex(graph, [:"$v" | next(neighbours, :"$vid")])
  def add_vertex(graph, vertex), do: add_vertex(graph, vertex, [])

  def add_vertex({:digraph, vertices, _, _, _}, vertex, label) do
    :ets.insert(vertices, {vertex, label})
    vertex
  end

  # Numbers of vertices and edges without a name are kept among the neighbours.
  defp next(neighbours, key) do
    [{^key, number}] = :ets.lookup(neighbours, key)
    :ets.delete(neighbours, key)
    :ets.insert(neighbours, {key, number + 1})
    number
  end

  def vertex({:digraph, vertices, _, _, _}, vertex), do: found(vertices, vertex)
  def no_vertices({:digraph, vertices, _, _, _}), do: :ets.info(vertices, :size)
  def vertices({:digraph, vertices, _, _, _}), do: :ets.select(vertices, [{{:"$1", :_}, [], [:"$1"]}])
  def edge({:digraph, _, edges, _, _}, edge), do: found(edges, edge)
  def no_edges({:digraph, _, edges, _, _}), do: :ets.info(edges, :size)
  def edges({:digraph, _, edges, _, _}), do: :ets.select(edges, [{{:"$1", :_, :_, :_}, [], [:"$1"]}])

  def edges({:digraph, _, _, neighbours, _}, vertex),
    do: :ets.select(neighbours, [{{{:out, vertex}, :"$1"}, [], [:"$1"]}, {{{:in, vertex}, :"$1"}, [], [:"$1"]}])

  defp found(table, key) do
    case :ets.lookup(table, key) do
      [object] -> object
      [] -> false
    end
  end

  def source_vertices(graph), do: for(vertex <- vertices(graph), in_degree(graph, vertex) == 0, do: vertex) |> :lists.reverse()
  def sink_vertices(graph), do: for(vertex <- vertices(graph), out_degree(graph, vertex) == 0, do: vertex) |> :lists.reverse()

  def in_degree(graph, vertex), do: length(in_edges(graph, vertex))
  def out_degree(graph, vertex), do: length(out_edges(graph, vertex))
  def in_edges({:digraph, _, _, neighbours, _}, vertex), do: of(neighbours, {:in, vertex})
  def out_edges({:digraph, _, _, neighbours, _}, vertex), do: of(neighbours, {:out, vertex})
  def in_neighbours({:digraph, _, edges, neighbours, _}, vertex), do: ends(edges, of(neighbours, {:in, vertex}), 2)
  def out_neighbours({:digraph, _, edges, neighbours, _}, vertex), do: ends(edges, of(neighbours, {:out, vertex}), 3)

  defp of(neighbours, key), do: neighbours |> :ets.lookup(key) |> Enum.map(&elem(&1, 1)) |> :lists.reverse()
  defp ends(edges, names, position), do: Enum.map(names, &:ets.lookup_element(edges, &1, position))

  def add_edge({:digraph, _, _, neighbours, _} = graph, from, to),
    do: add_edge(graph, [:"$e" | next(neighbours, :"$eid")], from, to, [])

  def add_edge({:digraph, _, _, neighbours, _} = graph, from, to, label),
    do: add_edge(graph, [:"$e" | next(neighbours, :"$eid")], from, to, label)

  def add_edge(graph, edge, from, to, label) do
    cond do
      vertex(graph, from) == false -> {:error, {:bad_vertex, from}}
      vertex(graph, to) == false -> {:error, {:bad_vertex, to}}
      other_ends?(graph, edge, from, to) -> {:error, {:bad_edge, [from, to]}}
      true -> add_between(graph, edge, from, to, label)
    end
  end

  # An edge that is there keeps its ends.
  defp other_ends?(graph, edge, from, to) do
    case edge(graph, edge) do
      {_, ^from, ^to, _} -> false
      {_, _, _, _} -> true
      false -> false
    end
  end

  defp add_between({:digraph, _, _, _, false} = graph, edge, from, to, label) do
    cond do
      from == to -> {:error, {:bad_edge, [from, to]}}
      path = get_path(graph, to, from) -> {:error, {:bad_edge, path}}
      true -> insert(graph, edge, from, to, label)
    end
  end

  defp add_between(graph, edge, from, to, label), do: insert(graph, edge, from, to, label)

  defp insert({:digraph, _, edges, neighbours, _}, edge, from, to, label) do
    :ets.insert(neighbours, [{{:out, from}, edge}, {{:in, to}, edge}])
    :ets.insert(edges, {edge, from, to, label})
    edge
  end

  def del_edge({:digraph, _, edges, neighbours, _}, edge) do
    case :ets.lookup(edges, edge) do
      [{_, from, to, _}] ->
        :ets.delete_object(neighbours, {{:out, from}, edge})
        :ets.delete_object(neighbours, {{:in, to}, edge})
        :ets.delete(edges, edge)

      [] ->
        true
    end
  end

  def del_edges(graph, edges) do
    Enum.each(edges, &del_edge(graph, &1))
    true
  end

  def del_vertex({:digraph, vertices, _, _, _} = graph, vertex) do
    del_edges(graph, edges(graph, vertex))
    :ets.delete(vertices, vertex)
  end

  def del_vertices(graph, vertices) do
    Enum.each(vertices, &del_vertex(graph, &1))
    true
  end

  def del_path(graph, from, to) do
    case get_path(graph, from, to) do
      false ->
        true

      path ->
        for [a, b] <- Enum.chunk_every(path, 2, 1, :discard), edge <- out_edges(graph, a), ends_at?(graph, edge, b), do: del_edge(graph, edge)
        del_path(graph, from, to)
    end
  end

  defp ends_at?(graph, edge, vertex), do: match?({_, _, ^vertex, _}, edge(graph, edge))

  # A path that goes deep first; the way that OTP takes: the last edge made is tried first.
  def get_path(graph, from, to), do: deep(graph, Enum.map(out_neighbours(graph, from), &{&1, [from]}), to, MapSet.new([from]))

  defp deep(_, [], _, _), do: false
  defp deep(_, [{to, way} | _], to, _), do: :lists.reverse([to | way])

  defp deep(graph, [{vertex, way} | rest], to, seen) do
    if MapSet.member?(seen, vertex) do
      deep(graph, rest, to, seen)
    else
      further = Enum.map(out_neighbours(graph, vertex), &{&1, [vertex | way]})
      deep(graph, further ++ rest, to, MapSet.put(seen, vertex))
    end
  end

  def get_cycle(graph, vertex) do
    case get_path(graph, vertex, vertex) do
      [_, _ | _] = path when length(path) > 2 -> path
      false -> false
      [vertex, vertex] -> longer_cycle(graph, vertex)
    end
  end

  # A loop is a cycle only if there is no other.
  defp longer_cycle(graph, vertex) do
    starts = for next <- out_neighbours(graph, vertex), next != vertex, do: {next, [vertex]}
    deep(graph, starts, vertex, MapSet.new()) || [vertex]
  end

  # The fewest edges.
  def get_short_path(graph, from, to), do: broad(graph, [{from, []}], to, MapSet.new())
  def get_short_cycle(graph, vertex), do: get_short_path(graph, vertex, vertex)

  defp broad(_, [], _, _), do: false

  defp broad(graph, ways, to, seen) do
    {found, further, seen} =
      Enum.reduce_while(ways, {nil, [], seen}, fn {vertex, way}, {_, further, seen} ->
        nexts = graph |> out_neighbours(vertex) |> Enum.uniq() |> :lists.reverse()

        if to in nexts do
          {:halt, {:lists.reverse([to, vertex | way]), [], seen}}
        else
          fresh = Enum.reject(nexts, &MapSet.member?(seen, &1))
          {:cont, {nil, :lists.reverse(Enum.map(fresh, &{&1, [vertex | way]})) ++ further, Enum.into(fresh, seen)}}
        end
      end)

    found || broad(graph, :lists.reverse(further), to, seen)
  end
end

# What is worked out of graphs.
defmodule :digraph_utils do
  def topsort(graph) do
    order = graph |> postorder() |> :lists.reverse()
    if is_acyclic(graph), do: order, else: false
  end

  def is_acyclic(graph), do: loop_vertices(graph) == [] and Enum.all?(strong_components(graph), &match?([_], &1))
  def loop_vertices(graph), do: for(vertex <- :digraph.vertices(graph), vertex in :digraph.out_neighbours(graph, vertex), do: vertex)

  def postorder(graph) do
    {order, _} = Enum.reduce(roots_first(graph), {[], MapSet.new()}, &visit(graph, :out_neighbours, &1, &2))
    :lists.reverse(order)
  end

  def preorder(graph), do: graph |> trees(:digraph.vertices(graph), :out_neighbours) |> Enum.concat()

  defp roots_first(graph), do: :digraph.vertices(graph)

  defp visit(graph, direction, vertex, {order, seen}) do
    if MapSet.member?(seen, vertex) do
      {order, seen}
    else
      nexts = :erlang.apply(:digraph, direction, [graph, vertex])
      {order, seen} = Enum.reduce(nexts, {order, MapSet.put(seen, vertex)}, &visit(graph, direction, &1, &2))
      {[vertex | order], seen}
    end
  end

  defp trees(graph, vertices, direction) do
    {trees, _} =
      Enum.reduce(vertices, {[], MapSet.new()}, fn vertex, {trees, seen} ->
        case before(graph, direction, vertex, {[], seen}) do
          {[], seen} -> {trees, seen}
          {tree, seen} -> {[:lists.reverse(tree) | trees], seen}
        end
      end)

    :lists.reverse(trees)
  end

  defp before(graph, direction, vertex, {tree, seen}) do
    if MapSet.member?(seen, vertex) do
      {tree, seen}
    else
      nexts = if direction == :both, do: :digraph.out_neighbours(graph, vertex) ++ :digraph.in_neighbours(graph, vertex), else: :erlang.apply(:digraph, direction, [graph, vertex])
      Enum.reduce(nexts, {[vertex | tree], MapSet.put(seen, vertex)}, &before(graph, direction, &1, &2))
    end
  end

  def components(graph), do: trees(graph, :digraph.vertices(graph), :both)
  def strong_components(graph), do: trees(graph, :lists.reverse(postorder(graph)), :in_neighbours)

  def cyclic_strong_components(graph),
    do: Enum.filter(strong_components(graph), fn [vertex | rest] -> rest != [] or vertex in :digraph.out_neighbours(graph, vertex) end)

  def reachable(vertices, graph), do: from(graph, vertices, :out_neighbours)
  def reaching(vertices, graph), do: from(graph, vertices, :in_neighbours)
  def reachable_neighbours(vertices, graph), do: from(graph, Enum.flat_map(vertices, &:digraph.out_neighbours(graph, &1)), :out_neighbours)
  def reaching_neighbours(vertices, graph), do: from(graph, Enum.flat_map(vertices, &:digraph.in_neighbours(graph, &1)), :in_neighbours)
  defp from(graph, vertices, direction), do: graph |> trees(vertices, direction) |> Enum.concat()

  def is_tree(graph), do: :digraph.no_edges(graph) == :digraph.no_vertices(graph) - 1 and length(components(graph)) == 1
  def is_arborescence(graph), do: arborescence_root(graph) != :no

  def arborescence_root(graph) do
    if :digraph.no_edges(graph) == :digraph.no_vertices(graph) - 1 and Enum.all?(:digraph.vertices(graph), &(:digraph.in_degree(graph, &1) <= 1)) do
      case Enum.filter(:digraph.vertices(graph), &(:digraph.in_degree(graph, &1) == 0)) do
        [root] -> {:yes, root}
        _ -> :no
      end
    else
      :no
    end
  end

  def subgraph(graph, vertices), do: subgraph(graph, vertices, [])

  def subgraph(graph, vertices, _options) do
    part = :digraph.new()
    for vertex <- vertices, {_, label} <- [:digraph.vertex(graph, vertex)], do: :digraph.add_vertex(part, vertex, label)

    for edge <- :digraph.edges(graph), {_, from, to, label} = :digraph.edge(graph, edge), from in vertices, to in vertices,
      do: :digraph.add_edge(part, edge, from, to, label)

    part
  end
end
