# Who is told that the name is its own is the leader.
defmodule Election do
  def run do
    if :global.register_name(:leader, self()) == :yes do
      Agent.update({Leaders, :alice@localhost}, fn leaders -> [node() | leaders] end)
    end

    Process.sleep(:infinity)
  end
end

{:ok, _} = Agent.start(fn -> [] end, name: Leaders)
Sandbox.always("one leader at most", fn -> Agent.get(Leaders, fn leaders -> length(leaders) <= 1 end) end)
Sandbox.sometimes("a leader", fn -> Agent.get(Leaders, fn leaders -> leaders != [] end) end)
for node <- [:alice@localhost, :bob@localhost], do: Node.spawn(node, Election, :run, [])
