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
    nodes = if nodes == [], do: [node()], else: nodes
    work = files |> Enum.zip(Stream.cycle(nodes)) |> Enum.reduce({%{}, nodes}, &give/2)
    work |> gather(%{})
  end

  # Gives a file to a node; if that node cannot be asked, to the next one that can.
  defp give({file, node}, {tasks, nodes}) do
    task = Task.Supervisor.async_nolink({Counter.TaskSupervisor, node}, __MODULE__, :count_files, [[file]])
    {Map.put(tasks, task.ref, {file, node}), nodes}
  catch
    :exit, _ -> give_to_another({file, node}, {tasks, nodes})
  end

  defp give_to_another({file, dead}, {tasks, nodes}) do
    left = if nodes -- [dead] == [], do: [node()], else: nodes -- [dead]
    busy = Enum.frequencies_by(Map.values(tasks), fn {_file, node} -> node end)
    give({file, Enum.min_by(left, &Map.get(busy, &1, 0))}, {tasks, left})
  end

  defp gather({tasks, _nodes}, counts) when map_size(tasks) == 0, do: counts

  defp gather({tasks, nodes}, counts) do
    receive do
      {ref, result} when is_map_key(tasks, ref) ->
        Process.demonitor(ref, [:flush])
        gather({Map.delete(tasks, ref), nodes}, merge(counts, result))

      {:DOWN, ref, :process, _pid, :noconnection} when is_map_key(tasks, ref) ->
        {given, tasks} = Map.pop(tasks, ref)
        gather(give_to_another(given, {tasks, nodes}), counts)

      {:DOWN, ref, :process, _pid, reason} when is_map_key(tasks, ref) ->
        exit(reason)
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
