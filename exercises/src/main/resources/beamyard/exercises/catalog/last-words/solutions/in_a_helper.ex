defmodule LastWords do
  # A helper does the watching, and the caller watches the helper.
  def of(pid) do
    {_helper, monitor} = spawn_monitor(fn -> exit({:told, watch(pid)}) end)

    receive do
      {:DOWN, ^monitor, :process, _helper, {:told, words}} -> words
    end
  end

  defp watch(pid) do
    Process.monitor(pid)

    receive do
      {:DOWN, _monitor, :process, ^pid, :noconnection} -> {:lost, node(pid)}
      {:DOWN, _monitor, :process, ^pid, :noproc} -> :unknown
      {:DOWN, _monitor, :process, ^pid, reason} -> {:ended, reason}
    end
  end
end
