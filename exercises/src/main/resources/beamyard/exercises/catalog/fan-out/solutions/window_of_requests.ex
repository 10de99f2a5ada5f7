defmodule FanOut do
  def call(nodes, module, function, arguments, limit) do
    numbered = Enum.with_index(nodes)
    {first, rest} = Enum.split(numbered, limit)
    start = fn {node, number} -> {number, node, worker(node, module, function, arguments)} end

    first
    |> Enum.map(start)
    |> gather(rest, start, %{})
    |> Enum.sort()
    |> Enum.map(fn {_number, answer} -> answer end)
  end

  # A process a call; the caller only monitors it.
  defp worker(node, module, function, arguments) do
    {_pid, monitor} =
      spawn_monitor(fn -> exit({:told, ask(node, module, function, arguments)}) end)

    monitor
  end

  defp gather([], [], _start, answers), do: answers

  defp gather(running, rest, start, answers) do
    receive do
      {:DOWN, monitor, :process, _pid, {:told, told}} ->
        {number, node, ^monitor} = List.keyfind(running, monitor, 2)
        running = List.keydelete(running, monitor, 2)
        {next, rest} = Enum.split(rest, 1)
        gather(running ++ Enum.map(next, start), rest, start, Map.put(answers, number, {node, told}))
    end
  end

  defp ask(node, module, function, arguments) do
    {:ok, :erpc.call(node, module, function, arguments, 5_000)}
  catch
    :error, {:erpc, :timeout} -> {:error, :timeout}
    :error, {:erpc, _} -> {:error, :unreachable}
    _, _ -> {:error, :failed}
  end
end
