defmodule Singleton do
  @doc "Does on this node what it takes for there to be one, wherever."
  def start do
    :ok
  end

  @doc "Asks the one where it lives."
  def node_of do
    GenServer.call({:global, __MODULE__}, :node)
  end
end
