defmodule Singleton do
  use GenServer

  @name {:global, __MODULE__}

  # On every node a keeper tries to be the one; while another is, it watches that one.
  def start do
    spawn(&keep/0)
    :ok
  end

  defp keep do
    case GenServer.start(__MODULE__, nil, name: @name) do
      {:ok, pid} -> watch(pid)
      {:error, {:already_started, pid}} -> watch(pid)
    end
  end

  defp watch(pid) do
    :net_kernel.monitor_nodes(true)
    where = node(pid)

    receive do
      {:nodedown, ^where} -> keep()
    end
  end

  def node_of, do: GenServer.call(@name, :node)

  @impl true
  def init(_), do: {:ok, nil}

  @impl true
  def handle_call(:node, _from, state), do: {:reply, node(), state}
end
