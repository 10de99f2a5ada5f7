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

  def count_words(files, nodes), do: count(files, nodes, %{})

  # What is left to do, who is left to do it, and what was counted so far.
  defp count([], _nodes, counts), do: counts

  defp count(files, nodes, counts) do
    {counts, lost, dead} =
      files
      |> deal(if nodes == [], do: [node()], else: nodes)
      |> Enum.map(&start/1)
      |> Enum.reduce({counts, [], []}, &collect/2)

    count(lost, nodes -- dead, counts)
  end

  defp deal(files, nodes) do
    files
    |> Enum.zip(Stream.cycle(nodes))
    |> Enum.group_by(fn {_file, node} -> node end, fn {file, _node} -> file end)
  end

  defp start({node, files}) do
    task = Task.Supervisor.async_nolink({Counter.TaskSupervisor, node}, __MODULE__, :count_files, [files])
    {node, files, {:started, task.ref}}
  catch
    :exit, _ -> {node, files, :unreachable}
  end

  defp collect({node, files, :unreachable}, {counts, lost, dead}), do: {counts, files ++ lost, [node | dead]}

  defp collect({node, files, {:started, ref}}, {counts, lost, dead}) do
    receive do
      {^ref, result} ->
        Process.demonitor(ref, [:flush])
        {merge(counts, result), lost, dead}
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
