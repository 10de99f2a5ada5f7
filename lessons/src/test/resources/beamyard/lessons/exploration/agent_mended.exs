# What is looked at and what is changed is one message.
{:ok, stock} = Agent.start(fn -> 1 end)
{:ok, sold} = Agent.start(fn -> 0 end)

buy = fn ->
  got = Agent.get_and_update(stock, fn count -> if count > 0, do: {true, count - 1}, else: {false, count} end)
  if got, do: Agent.update(sold, fn count -> count + 1 end)
end

Sandbox.always("nothing is sold that is not there", fn -> Agent.get(sold, fn count -> count <= 1 end) end)
Sandbox.sometimes("something is sold", fn -> Agent.get(sold, fn count -> count == 1 end) end)
for _ <- 1..3, do: spawn(buy)
Process.sleep(10)
