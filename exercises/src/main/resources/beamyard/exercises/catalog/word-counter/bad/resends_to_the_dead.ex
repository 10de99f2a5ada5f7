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
    tasks = files |> Enum.zip(Stream.cycle(nodes)) |> Map.new(fn {file, node} -> start(file, node) end)
    counts = gather(tasks, nodes, %{})
    :net_kernel.monitor_nodes(false)
    forget()
    counts
  end

  defp start(file, node) do
    task = Task.Supervisor.async_nolink({Counter.TaskSupervisor, node}, __MODULE__, :count_files, [[file]])
    {task.ref, {file, node}}
  end

  defp gather(tasks, _nodes, counts) when map_size(tasks) == 0, do: counts

  defp gather(tasks, nodes, counts) do
    receive do
      {ref, result} when is_map_key(tasks, ref) ->
        Process.demonitor(ref, [:flush])
        gather(Map.delete(tasks, ref), nodes, merge(counts, result))

      {:nodedown, node} ->
        gather(tasks, nodes -- [node], counts)

      {:DOWN, ref, :process, _pid, :noconnection} when is_map_key(tasks, ref) ->
        {{file, _node}, tasks} = Map.pop(tasks, ref)
        {ref, given} = start(file, List.last(nodes))
        gather(Map.put(tasks, ref, given), nodes, counts)
    end
  end

  defp forget do
    receive do
      {:nodedown, _} -> forget()
      {:nodeup, _} -> forget()
    after
      0 -> :ok
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
