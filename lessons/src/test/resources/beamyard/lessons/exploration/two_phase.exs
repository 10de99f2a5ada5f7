# The coordinator tells each to commit as soon as it has voted: another may never vote. Explore it with --faults 1 --kinds crash.
defmodule Participant do
  def run(coordinator) do
    receive do
      {:prepare, ref} -> send(coordinator, {ref, node(), :yes})
    end

    receive do
      decision when decision in [:commit, :abort] -> decision
    end
  end
end

{:ok, log} = Agent.start(fn -> [] end)

Sandbox.always("all commit, or none", fn ->
  Agent.get(log, fn log -> not (:commit in log and :abort in log) end)
end)

Sandbox.sometimes("all commit", fn -> Agent.get(log, fn log -> log == [:commit, :commit] end) end)
parts = for node <- [:bob@localhost, :carol@localhost], do: Node.spawn(node, Participant, :run, [self()])
ref = make_ref()

for pid <- parts do
  monitor = Process.monitor(pid)
  send(pid, {:prepare, ref})

  decision =
    receive do
      {^ref, there, :yes} when there == node(pid) -> :commit
      {:DOWN, ^monitor, _, _, _} -> :abort
    end

  Agent.update(log, fn log -> [decision | log] end)
  send(pid, decision)
end
