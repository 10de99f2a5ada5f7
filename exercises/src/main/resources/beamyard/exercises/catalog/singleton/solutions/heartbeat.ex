defmodule Singleton do
  use GenServer

  # On every node a process looks once a second whether there is one, and else tries to be it.
  def start do
    spawn(&look/0)
    :ok
  end

  defp look do
    if :global.whereis_name(__MODULE__) == :undefined do
      GenServer.start(__MODULE__, nil, name: {:global, __MODULE__})
    end

    Process.sleep(1_000)
    look()
  end

  def node_of, do: GenServer.call({:global, __MODULE__}, :node)

  @impl true
  def init(_), do: {:ok, nil}

  @impl true
  def handle_call(:node, _from, state), do: {:reply, node(), state}
end
