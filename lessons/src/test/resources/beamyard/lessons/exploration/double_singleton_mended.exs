# Each side of a split starts the singleton that it misses; when they meet again the greater node gives way.
defmodule Keeper do
  def start(runs) do
    :net_kernel.monitor_nodes(true, node_type: :all)
    Process.register(self(), Keeper)
    loop(runs)
  end

  defp loop(runs) do
    receive do
      {:nodedown, _, _} -> loop(true)
      {:nodeup, other, _} -> loop(runs and node() < other)
      {:runs, from} -> send(from, {node(), runs}) && loop(runs)
    end
  end

  def running do
    nodes = [:alice@localhost, :bob@localhost]
    for node <- nodes, do: send({Keeper, node}, {:runs, self()})
    for node <- nodes, receive(do: ({^node, runs} -> runs)), do: node
  end
end

# Hidden connections, since what :global does at others would be tried in all orders too. Start with --apart.
:net_kernel.hidden_connect_node(:bob@localhost)
Node.spawn(:alice@localhost, Keeper, :start, [true])
Node.spawn(:bob@localhost, Keeper, :start, [false])
Sandbox.sometimes("each side has one", fn -> Node.list(:hidden) == [] end)
Process.sleep(100)
Sandbox.partition([[:alice@localhost], [:bob@localhost]])
Process.sleep(90_000)
Sandbox.heal()
:net_kernel.hidden_connect_node(:bob@localhost)
Sandbox.eventually("there is one", fn -> length(Keeper.running()) == 1 end)
