defmodule LastWords do
  def of(pid) do
    if Process.alive?(pid), do: wait(pid), else: :unknown
  end

  defp wait(pid) do
    monitor = Process.monitor(pid)

    receive do
      {:DOWN, ^monitor, :process, _pid, :noconnection} -> {:lost, node(pid)}
      {:DOWN, ^monitor, :process, _pid, reason} -> {:ended, reason}
    end
  end
end
