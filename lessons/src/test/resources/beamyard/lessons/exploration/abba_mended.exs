# Two processes take the same two locks in the same order.
defmodule Work do
  def go(first, second, boss) do
    nodes = [:alice@localhost]
    true = :global.set_lock({first, self()}, nodes)
    true = :global.set_lock({second, self()}, nodes)
    :global.del_lock({second, self()}, nodes)
    :global.del_lock({first, self()}, nodes)
    send(boss, :done)
  end
end

{:ok, _} = Agent.start(fn -> 0 end, name: Done)
boss = spawn(fn ->
  count = fn count ->
    receive do
      :done -> Agent.update(Done, fn done -> done + 1 end)
    end
    count.(count)
  end
  count.(count)
end)
Sandbox.eventually("both are done", fn -> Agent.get(Done, fn done -> done == 2 end) end)
Node.spawn(:alice@localhost, Work, :go, [:a, :b, boss])
Node.spawn(:bob@localhost, Work, :go, [:a, :b, boss])
