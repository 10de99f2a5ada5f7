defmodule LastWords do
  def of(pid) do
    Process.flag(:trap_exit, true)
    Process.link(pid)

    receive do
      {:EXIT, ^pid, :noconnection} -> {:lost, node(pid)}
      {:EXIT, ^pid, :noproc} -> :unknown
      {:EXIT, ^pid, reason} -> {:ended, reason}
    end
  end
end
