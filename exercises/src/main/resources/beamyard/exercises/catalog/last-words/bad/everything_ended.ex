defmodule LastWords do
  def of(pid) do
    monitor = Process.monitor(pid)

    receive do
      {:DOWN, ^monitor, :process, _pid, :noproc} -> :unknown
      {:DOWN, ^monitor, :process, _pid, reason} -> {:ended, reason}
    end
  end
end
