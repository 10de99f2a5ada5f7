# Two nodes read a counter, add one and write it: one of the two may get lost.
defmodule Counter do
  def add do
    value = Agent.get({Counter, :alice@localhost}, fn count -> count end)
    Agent.update({Counter, :alice@localhost}, fn _ -> value + 1 end)
  end
end

{:ok, _} = Agent.start(fn -> 0 end, name: Counter)
Sandbox.eventually("both are counted", fn -> Agent.get(Counter, fn count -> count == 2 end) end)
Node.spawn(:bob@localhost, Counter, :add, [])
Node.spawn(:carol@localhost, Counter, :add, [])
