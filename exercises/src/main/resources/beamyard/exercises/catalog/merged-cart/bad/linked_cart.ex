defmodule Cart do
  def open do
    {:ok, cart} = Agent.start_link(fn -> [] end)
    :global.register_name(Cart, cart, &Cart.merge/3)
    :ok
  end

  def add(item), do: Agent.update({:global, Cart}, &[item | &1])
  def items, do: Agent.get({:global, Cart}, &Enum.sort/1)

  def merge(_name, one, other) do
    spawn(fn ->
      items = Agent.get(other, & &1)
      Agent.update(one, &(items ++ &1))
      Agent.stop(other)
    end)

    one
  end
end
