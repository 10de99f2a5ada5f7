# A client writes to one replica and reads from the other, which may not have heard of the write yet.
defmodule Replica do
  use GenServer
  def init(peers), do: {:ok, {peers, nil}}

  def handle_call({:write, value}, _from, {peers, _}) do
    for peer <- peers, do: GenServer.cast({Replica, peer}, {:write, value})
    {:reply, :ok, {peers, value}}
  end

  def handle_call(:read, _from, {peers, value}), do: {:reply, value, {peers, value}}
  def handle_cast({:write, value}, {peers, _}), do: {:noreply, {peers, value}}

  def start(peers) do
    GenServer.start(Replica, peers, name: Replica)
    Process.sleep(:infinity)
  end
end

Node.spawn(:alice@localhost, Replica, :start, [[:bob@localhost]])
Node.spawn(:bob@localhost, Replica, :start, [[:alice@localhost]])
Process.sleep(100)
{:ok, _} = Agent.start(fn -> :new end, name: Seen)
Sandbox.always("what is read is what was written", fn -> Agent.get(Seen, fn seen -> seen == :new end) end)
:ok = GenServer.call({Replica, :alice@localhost}, {:write, :new})
seen = GenServer.call({Replica, :bob@localhost}, :read)
Agent.update(Seen, fn _ -> seen end)
