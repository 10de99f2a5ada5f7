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
    :net_kernel.monitor_nodes(true)
    nodes = if nodes == [], do: [node()], else: Enum.filter(nodes, &(&1 == node() or &1 in Node.list()))
    files |> Enum.zip(Stream.cycle(nodes)) |> Enum.each(&start/1)
    given = Enum.zip(files, Stream.cycle(nodes))
    counts = gather(given, nodes, %{})
    :net_kernel.monitor_nodes(false)
    counts
  end

  defp start({file, node}) do
    caller = self()
    Node.spawn(node, fn -> send(caller, {:counted, file, count_files([file])}) end)
  end

  defp gather([], _nodes, counts), do: counts

  # A node's end is looked at first, so that no work is given to the dead.
  defp gather(given, nodes, counts) do
    receive do
      {:nodedown, node} ->
        left = if nodes -- [node] == [], do: [node()], else: nodes -- [node]
        again = for {file, ^node} <- given, do: {file, hd(left)}
        Enum.each(again, &start/1)
        given = again ++ Enum.reject(given, fn {_file, on} -> on == node end)
        gather(given, left, counts)
    after
      0 ->
        receive do
          {:counted, file, result} -> gather(List.delete(given, List.keyfind(given, file, 0)), nodes, merge(counts, result))
          {:nodedown, _} = message ->
            send(self(), message)
            gather(given, nodes, counts)
        end
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
