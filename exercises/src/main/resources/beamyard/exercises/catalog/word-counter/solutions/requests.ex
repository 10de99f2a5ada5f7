defmodule DistributedCounter do
  def start_worker do
    spawn(fn ->
      :ok = :pg.join(:counters, self())
      wait()
    end)
  end

  defp wait do
    receive do
      _ -> wait()
    end
  end

  def count_words(files, nodes) do
    alive = for node <- nodes, node == node() or node in Node.list(), do: node
    count(files, alive, %{})
  end

  defp count([], _nodes, counts), do: counts

  defp count(files, nodes, counts) do
    nodes = if nodes == [], do: [node()], else: nodes

    requests =
      for {node, share} <- files |> Enum.zip(Stream.cycle(nodes)) |> Enum.group_by(&elem(&1, 1), &elem(&1, 0)) do
        {node, share, :erpc.send_request(node, __MODULE__, :count_files, [share])}
      end

    answers = for {node, share, request} <- requests, do: {node, share, answer(request)}
    counts = for({_node, _share, {:counted, result}} <- answers, do: result) |> Enum.reduce(counts, &merge/2)
    lost = for {_node, share, :lost} <- answers, file <- share, do: file
    dead = for {node, _share, :lost} <- answers, do: node
    count(lost, nodes -- dead, counts)
  end

  defp answer(request) do
    {:counted, :erpc.receive_response(request)}
  rescue
    error in ErlangError ->
      case error.original do
        {:erpc, :noconnection} -> :lost
        _ -> reraise(error, __STACKTRACE__)
      end
  end

  def broadcast_result(result) do
    for member <- :pg.get_members(:counters), do: send(member, {:word_count, result})
    :ok
  end

  def count_files(files), do: files |> Enum.map(&count_file/1) |> Enum.reduce(%{}, &merge/2)

  defp count_file(file) do
    file |> File.read!() |> String.downcase() |> String.split(~r/[^a-z0-9]+/, trim: true) |> Enum.frequencies()
  end

  defp merge(one, other), do: Map.merge(one, other, fn _word, a, b -> a + b end)
end
