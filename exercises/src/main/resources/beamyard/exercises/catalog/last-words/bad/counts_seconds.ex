defmodule LastWords do
  def of(pid) do
    monitor = Process.monitor(pid)

    receive do
      {:DOWN, ^monitor, :process, _pid, :noconnection} -> {:lost, node(pid)}
      {:DOWN, ^monitor, :process, _pid, :noproc} -> :unknown
      {:DOWN, ^monitor, :process, _pid, reason} -> {:ended, reason}
    after
      5_000 ->
        Process.demonitor(monitor, [:flush])
        {:lost, node(pid)}
    end
  end
end
