# Three philosophers at one table: each takes the fork to the left and then the one to the right, and may wait for ever.
defmodule Table do
  @nodes [:alice@localhost]

  def dine(left, right, boss) do
    true = :global.set_lock({left, self()}, @nodes)
    true = :global.set_lock({right, self()}, @nodes)
    :global.del_lock({right, self()}, @nodes)
    :global.del_lock({left, self()}, @nodes)
    send(boss, :full)
  end
end

{:ok, eaten} = Agent.start(fn -> 0 end)

boss =
  spawn(fn ->
    for _ <- 1..3, do: receive(do: (:full -> Agent.update(eaten, fn count -> count + 1 end)))
  end)

Sandbox.eventually("all have eaten", fn -> Agent.get(eaten, fn count -> count == 3 end) end)
for {left, right} <- [{1, 2}, {2, 3}, {3, 1}], do: spawn(Table, :dine, [left, right, boss])
