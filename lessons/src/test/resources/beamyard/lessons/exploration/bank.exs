# Two transfers ask for the balance and then take money: both may find it there.
defmodule Account do
  use GenServer
  def init(balance), do: {:ok, balance}
  def handle_call(:balance, _from, balance), do: {:reply, balance, balance}
  def handle_call({:take, amount}, _from, balance), do: {:reply, :ok, balance - amount}
  def handle_call({:put, amount}, _from, balance), do: {:reply, :ok, balance + amount}

  def transfer(from, to, amount) do
    if GenServer.call(from, :balance) >= amount do
      :ok = GenServer.call(from, {:take, amount})
      :ok = GenServer.call(to, {:put, amount})
    end
  end
end

{:ok, anna} = GenServer.start(Account, 10)
{:ok, ben} = GenServer.start(Account, 0)
Sandbox.always("nobody owes the bank", fn -> GenServer.call(anna, :balance) >= 0 end)
Sandbox.eventually("no money is made or lost", fn -> GenServer.call(anna, :balance) + GenServer.call(ben, :balance) == 10 end)
for _ <- 1..2, do: Node.spawn(:bob@localhost, Account, :transfer, [anna, ben, 10])
