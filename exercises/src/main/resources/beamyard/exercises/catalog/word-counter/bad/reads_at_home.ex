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
    texts = Enum.map(files, &File.read!/1)
    nodes = if nodes == [], do: [node()], else: nodes

    texts
    |> Enum.zip(Stream.cycle(nodes))
    |> Enum.map(fn {text, node} ->
      Task.Supervisor.async_nolink({Counter.TaskSupervisor, node}, __MODULE__, :count_text, [text])
    end)
    |> Task.await_many(30_000)
    |> Enum.reduce(%{}, &merge/2)
  end

  def count_text(text) do
    text |> String.downcase() |> String.split(~r/[^a-z0-9]+/, trim: true) |> Enum.frequencies()
  end

  defp merge(one, other), do: Map.merge(one, other, fn _word, a, b -> a + b end)

  def broadcast_result(result) do
    for member <- :pg.get_members(:counters), do: send(member, {:word_count, result})
    :ok
  end
end
