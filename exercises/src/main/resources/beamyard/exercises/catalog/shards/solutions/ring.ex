defmodule Shards do
  use GenServer

  @points 40

  # Every node stands at many points of a ring; a key belongs to the next point.
  def owner(key) do
    place = :erlang.phash2(key)
    ring = for(node <- [node() | Node.list()], point <- 1..@points, do: {:erlang.phash2({node, point}), node}) |> Enum.sort()

    case Enum.find(ring, fn {at, _node} -> at >= place end) do
      nil -> ring |> hd() |> elem(1)
      {_at, node} -> node
    end
  end

  def start(keys) do
    {:ok, _} = GenServer.start(__MODULE__, keys, name: __MODULE__)
    :ok
  end

  def held, do: GenServer.call(__MODULE__, :held)

  @impl true
  def init(keys) do
    :ok = :net_kernel.monitor_nodes(true)
    {:ok, {keys, mine(keys)}}
  end

  @impl true
  def handle_call(:held, _from, {keys, held}), do: {:reply, held, {keys, held}}

  @impl true
  def handle_info({event, _node}, {keys, _held}) when event in [:nodeup, :nodedown], do: {:noreply, {keys, mine(keys)}}

  defp mine(keys), do: for(key <- Enum.sort(keys), owner(key) == node(), do: key)
end
