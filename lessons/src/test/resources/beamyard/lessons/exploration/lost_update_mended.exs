# The counter is changed where it is, by one message.
defmodule Counter do
  def add do
    Agent.update({Counter, :alice@localhost}, fn count -> count + 1 end)
  end
end

{:ok, _} = Agent.start(fn -> 0 end, name: Counter)
Sandbox.eventually("both are counted", fn -> Agent.get(Counter, fn count -> count == 2 end) end)
Sandbox.always("never more than two", fn -> Agent.get(Counter, fn count -> count <= 2 end) end)
Node.spawn(:bob@localhost, Counter, :add, [])
Node.spawn(:carol@localhost, Counter, :add, [])
