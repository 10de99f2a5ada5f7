# Faults and time, spoken from inside the cluster. Real Elixir has no such module: it is the yard's own.
# Every function answers when what it asks for has happened. Times are milliseconds, 0.5 being half of one.
defmodule Sandbox do
  # The network.
  def partition(groups, options \\ []), do: act({:partition, Keyword.get(options, :name), groups})
  def cut_hosts(groups, options \\ []), do: act({:cut_hosts, Keyword.get(options, :name), groups})
  def blip(groups, ms), do: act({:blip, groups, ms})
  def heal, do: act({:heal, nil})
  def heal(name), do: act({:heal, name})
  def block(from, to), do: act({:block, from, to})
  def unblock(from, to), do: act({:unblock, from, to})

  def latency(one, other, latency) do
    act({:latency, one, other, latency})
    act({:latency, other, one, latency})
  end

  def latency_one_way(from, to, latency), do: act({:latency, from, to, latency})

  def bandwidth(one, other, bytes_per_second) do
    act({:bandwidth, one, other, bytes_per_second})
    act({:bandwidth, other, one, bytes_per_second})
  end

  def loss(one, other, percent) do
    act({:loss, one, other, percent})
    act({:loss, other, one, percent})
  end

  def hold(from, to), do: act({:hold, from, to})

  def held do
    for {id, from, to, what, bytes} <- :beamyard_sandbox.held() do
      %{id: id, from: from, to: to, what: what, bytes: bytes}
    end
  end

  def release, do: act(:release_all)
  def release(id), do: act({:release, id})
  def drop(id), do: act({:drop, id})
  def reset(one, other), do: act({:reset, one, other})
  def cuts, do: :beamyard_sandbox.cuts()

  # Nodes.
  def crash(node), do: act({:crash, node})
  def stop(node), do: act({:stop, node})
  def start(node, options \\ []) when is_list(options), do: act({:start, node, options})
  def restart(node), do: act({:restart, node})
  def pause(node), do: act({:pause, node})
  def resume(node), do: act({:resume, node})
  def slow(node, times), do: act({:slow, node, times})
  def skew(node, ms), do: act({:skew, node, ms})
  def nodes, do: :beamyard_sandbox.nodes()

  # Time.
  def now, do: div(:beamyard_sandbox.now(), 1_000_000)

  def advance(ms) when is_integer(ms) and ms >= 0 do
    receive do
    after
      ms -> :ok
    end
  end

  def advance(ms), do: raise(ArgumentError, "the time to advance is #{inspect(ms)}; needs a whole number of milliseconds, 0 or more")

  # What a program promises: explored by the command `explore`.
  def always(fun), do: always("", fun)
  def always(name, fun) when is_function(fun, 0), do: :beamyard_sandbox.property(:always, name, fun)
  def sometimes(fun), do: sometimes("", fun)
  def sometimes(name, fun) when is_function(fun, 0), do: :beamyard_sandbox.property(:sometimes, name, fun)
  def eventually(fun), do: eventually("", fun)
  def eventually(name, fun) when is_function(fun, 0), do: :beamyard_sandbox.property(:eventually, name, fun)

  # Looks at another node without the network; {:down, node} if it is not running.
  def on(node, fun) when is_function(fun, 0) do
    case :beamyard_sandbox.on(node, fun) do
      {:ok, value} -> value
      {:error, why} -> raise ArgumentError, why
      {:down, name} -> {:down, name}
    end
  end

  defp act(:release_all), do: act({:release_all})

  defp act(fault) do
    case :beamyard_sandbox.apply(fault) do
      :ok -> :ok
      {:error, why} -> raise ArgumentError, why
    end
  end
end
