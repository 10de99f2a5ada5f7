# A process of the agent's own node is no better off: get and update are two messages.
{:ok, stock} = Agent.start(fn -> 1 end)
{:ok, sold} = Agent.start(fn -> 0 end)

buy = fn ->
  if Agent.get(stock, fn count -> count end) > 0 do
    Agent.update(stock, fn count -> count - 1 end)
    Agent.update(sold, fn count -> count + 1 end)
  end
end

Sandbox.always("nothing is sold that is not there", fn -> Agent.get(sold, fn count -> count <= 1 end) end)
Sandbox.sometimes("something is sold", fn -> Agent.get(sold, fn count -> count == 1 end) end)
for _ <- 1..3, do: spawn(buy)
Process.sleep(10)
