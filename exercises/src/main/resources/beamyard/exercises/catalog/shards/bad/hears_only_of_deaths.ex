defmodule Shards do
  # The node with the highest hash of key and node owns the key: when a node goes, only its own keys move.
  def owner(key), do: Enum.max_by([node() | Node.list()], &{:erlang.phash2({key, &1}), &1})

  def start(keys) do
    starter = self()

    spawn(fn ->
      Process.register(self(), __MODULE__)
      :net_kernel.monitor_nodes(true)
      send(starter, {__MODULE__, :started})
      loop(keys, mine(keys))
    end)

    receive do
      {__MODULE__, :started} -> :ok
    end
  end

  def held do
    send(__MODULE__, {:held, self()})

    receive do
      {__MODULE__, held} -> held
    end
  end

  defp loop(keys, held) do
    receive do
      {:nodeup, _node} -> loop(keys, held)
      {:nodedown, _node} -> loop(keys, mine(keys))
      {:held, from} ->
        send(from, {__MODULE__, held})
        loop(keys, held)
    end
  end

  defp mine(keys), do: keys |> Enum.filter(&(owner(&1) == node())) |> Enum.sort()
end
