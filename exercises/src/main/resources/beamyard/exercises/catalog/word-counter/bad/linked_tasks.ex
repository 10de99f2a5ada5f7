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

    files
    |> Enum.zip(Stream.cycle(nodes))
    |> Enum.group_by(&elem(&1, 1), &elem(&1, 0))
    |> Enum.map(fn {node, share} ->
      Task.Supervisor.async({Counter.TaskSupervisor, node}, __MODULE__, :count_files, [share])
    end)
    |> Task.await_many(30_000)
    |> Enum.reduce(%{}, &merge/2)
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
