defmodule Cart do
  use GenServer

  def open do
    with {:ok, pid} <- GenServer.start(__MODULE__, []) do
      :yes = :global.register_name(__MODULE__, pid, &__MODULE__.merge/3)
      :ok
    end
  end

  def add(item), do: GenServer.call({:global, __MODULE__}, {:add, item})
  def items, do: GenServer.call({:global, __MODULE__}, :items)

  # Called by :global when two halves of the cluster meet and each has a cart: one goes on with the items of both.
  def merge(_name, one, other) do
    GenServer.call(one, {:add_all, GenServer.call(other, :items)})
    one
  end

  @impl true
  def init(items), do: {:ok, items}

  @impl true
  def handle_call({:add, item}, _from, items), do: {:reply, :ok, Enum.sort([item | items])}
  def handle_call({:add_all, more}, _from, items), do: {:reply, :ok, Enum.sort(items ++ more)}
  def handle_call(:items, _from, items), do: {:reply, items, items}
end
