# libcluster, written anew from what its documentation says: how nodes find each other, by strategies.
defmodule Cluster.Logger do
  require Logger

  def debug(topology, message) do
    if Application.get_env(:libcluster, :debug, false), do: Logger.debug(line(topology, message)), else: :ok
  end

  def info(topology, message), do: Logger.info(line(topology, message))
  def warn(topology, message), do: Logger.warning(line(topology, message))
  def error(topology, message), do: Logger.error(line(topology, message))

  defp line(topology, message), do: "[libcluster:#{topology}] #{message}"
end

defmodule Cluster.Strategy.State do
  defstruct topology: nil,
            connect: {:net_kernel, :connect_node, []},
            disconnect: {:erlang, :disconnect_node, []},
            list_nodes: {:erlang, :nodes, [:connected]},
            meta: nil,
            config: []
end

defmodule Cluster.Strategy do
  @callback start_link(term) :: term

  defmacro __using__(_) do
    quote do
      @behaviour Cluster.Strategy

      def child_spec(args), do: %{id: __MODULE__, type: :worker, start: {__MODULE__, :start_link, [args]}}
      defoverridable child_spec: 1
    end
  end

  # Connects to those that are not connected yet: :ok, or {:error, [{node, why}]}.
  def connect_nodes(topology, {_, _, _} = connect, {_, _, _} = list_nodes, nodes) when is_list(nodes) do
    known = [Node.self() | run(list_nodes, [])]

    failures =
      for node <- nodes, node not in known, outcome = tell(topology, node, run(connect, [node])), outcome != :ok, do: outcome

    if failures == [], do: :ok, else: {:error, failures}
  end

  defp tell(topology, node, true) do
    Cluster.Logger.info(topology, "connected to #{inspect(node)}")
    :ok
  end

  defp tell(topology, node, false) do
    Cluster.Logger.warn(topology, "unable to connect to #{inspect(node)}")
    {node, false}
  end

  defp tell(topology, node, :ignored) do
    Cluster.Logger.warn(topology, "unable to connect to #{inspect(node)}: not part of network")
    {node, :ignored}
  end

  # Disconnects from those that are connected.
  def disconnect_nodes(topology, {_, _, _} = disconnect, {_, _, _} = list_nodes, nodes) when is_list(nodes) do
    known = run(list_nodes, [])

    failures =
      for node <- nodes, node in known, outcome = farewell(topology, node, run(disconnect, [node])), outcome != :ok, do: outcome

    if failures == [], do: :ok, else: {:error, failures}
  end

  defp farewell(topology, node, true) do
    Cluster.Logger.info(topology, "disconnected from #{inspect(node)}")
    :ok
  end

  defp farewell(topology, node, reason) do
    Cluster.Logger.warn(topology, "failed disconnect from #{inspect(node)}: #{inspect(reason)}")
    {node, reason}
  end

  defp run({module, function, args}, more), do: apply(module, function, args ++ more)

  # What the polling strategies do with the nodes they have found: connect to those, leave those that have vanished.
  def __follow__(%Cluster.Strategy.State{} = state, found) do
    before = state.meta || MapSet.new()
    gone = MapSet.difference(before, found) |> MapSet.to_list()

    kept =
      case disconnect_nodes(state.topology, state.disconnect, state.list_nodes, gone) do
        :ok -> found
        {:error, failed} -> Enum.reduce(failed, found, fn {node, _}, nodes -> MapSet.put(nodes, node) end)
      end

    connected =
      case connect_nodes(state.topology, state.connect, state.list_nodes, MapSet.to_list(found)) do
        :ok -> kept
        {:error, failed} -> Enum.reduce(failed, kept, fn {node, _}, nodes -> MapSet.delete(nodes, node) end)
      end

    %{state | meta: connected}
  end
end

defmodule Cluster.Supervisor do
  use Supervisor

  def start_link([config]), do: start_link([config, []])
  def start_link([config, options]) when is_list(options), do: Supervisor.start_link(Cluster.Supervisor, config, options)

  def init([]), do: Supervisor.init([], strategy: :one_for_one)
  def init(topologies) when is_list(topologies), do: Supervisor.init(Enum.map(topologies, &child/1), strategy: :one_for_one)

  defp child({topology, spec}) do
    strategy = Keyword.fetch!(spec, :strategy)

    state = %Cluster.Strategy.State{
      topology: topology,
      connect: Keyword.get(spec, :connect, {:net_kernel, :connect_node, []}),
      disconnect: Keyword.get(spec, :disconnect, {:erlang, :disconnect_node, []}),
      list_nodes: Keyword.get(spec, :list_nodes, {:erlang, :nodes, [:connected]}),
      config: Keyword.get(spec, :config, [])
    }

    %{id: topology, start: {strategy, :start_link, [[state]]}, restart: :permanent, type: :worker}
    |> Map.merge(Map.new(Keyword.get(spec, :child_spec, [])))
  end
end

# Known nodes, each tried at the start and, with a timeout, again and again.
defmodule Cluster.Strategy.Epmd do
  use GenServer
  use Cluster.Strategy
  alias Cluster.Strategy.State

  def start_link([%State{config: config} = state]) do
    case Keyword.get(config, :hosts, []) do
      [] -> :ignore
      hosts when is_list(hosts) -> GenServer.start_link(__MODULE__, [state])
    end
  end

  def init([state]), do: {:ok, connect(state), Keyword.get(state.config, :timeout, :infinity)}
  def handle_info(:timeout, state), do: {:noreply, connect(state), Keyword.get(state.config, :timeout, :infinity)}
  def handle_info(_, state), do: {:noreply, state, Keyword.get(state.config, :timeout, :infinity)}

  defp connect(%State{config: config} = state) do
    Cluster.Strategy.connect_nodes(state.topology, state.connect, state.list_nodes, Keyword.get(config, :hosts, []))
    state
  end
end

# The nodes that the port mapper of this host knows, once.
defmodule Cluster.Strategy.LocalEpmd do
  use Cluster.Strategy
  alias Cluster.Strategy.State

  def start_link([%State{} = state]) do
    host = Node.self() |> Atom.to_string() |> String.split("@") |> List.last()

    case :erl_epmd.names() do
      {:ok, names} ->
        nodes = for {name, _} <- names, do: :"#{name}@#{host}"
        Cluster.Strategy.connect_nodes(state.topology, state.connect, state.list_nodes, nodes -- [Node.self()])

      {:error, reason} ->
        Cluster.Logger.warn(state.topology, "could not ask the port mapper: #{inspect(reason)}")
    end

    :ignore
  end
end

# The nodes on the hosts that .hosts.erlang lists.
defmodule Cluster.Strategy.ErlangHosts do
  use GenServer
  use Cluster.Strategy
  alias Cluster.Strategy.State

  def start_link([%State{topology: topology} = state]) do
    case :net_adm.host_file() do
      {:error, _} ->
        Cluster.Logger.warn(topology, "couldn't find .hosts.erlang file - not joining cluster")
        :ignore

      hosts ->
        GenServer.start_link(__MODULE__, [%{state | meta: hosts}])
    end
  end

  def init([state]), do: {:ok, connect(state), Keyword.get(state.config, :timeout, :infinity)}
  def handle_info(:timeout, state), do: {:noreply, connect(state), Keyword.get(state.config, :timeout, :infinity)}
  def handle_info(_, state), do: {:noreply, state, Keyword.get(state.config, :timeout, :infinity)}

  defp connect(%State{meta: hosts} = state) do
    nodes =
      for host <- hosts, {:ok, names} <- [:net_adm.names(host)], {name, _} <- names, do: :"#{name}@#{host}"

    Cluster.Strategy.connect_nodes(state.topology, state.connect, state.list_nodes, nodes -- [Node.self()])
    state
  end
end

# Heartbeats to a multicast group; who hears one connects.
defmodule Cluster.Strategy.Gossip do
  use GenServer
  use Cluster.Strategy
  alias Cluster.Strategy.State

  @port 45_892
  @address {233, 252, 1, 32}

  def start_link([%State{} = state]), do: GenServer.start_link(__MODULE__, [state])

  def init([%State{config: config} = state]) do
    group = {address(Keyword.get(config, :multicast_addr, @address)), Keyword.get(config, :port, @port)}
    :beamyard_discovery.join(elem(group, 0), elem(group, 1))
    {:ok, %{state | meta: {group, Keyword.get(config, :secret)}}, 0}
  end

  defp address({a, b, c, d}), do: "#{a}.#{b}.#{c}.#{d}"
  defp address(text) when is_binary(text), do: text

  def handle_info(:timeout, state), do: handle_info(:heartbeat, state)

  def handle_info(:heartbeat, %State{meta: {{address, port}, secret}} = state) do
    Cluster.Logger.debug(state.topology, "heartbeat")
    :beamyard_discovery.multicast(address, port, {:gossip, seal(secret), Node.self()})
    Process.send_after(self(), :heartbeat, :rand.uniform(5_000))
    {:noreply, state}
  end

  # Who does not know the secret cannot read the heartbeat.
  def handle_info({:gossip, seal, peer}, %State{meta: {_, secret}} = state) do
    if seal == seal(secret) and peer != Node.self() do
      Cluster.Logger.debug(state.topology, "received heartbeat from #{peer}")
      Cluster.Strategy.connect_nodes(state.topology, state.connect, state.list_nodes, [peer])
    end

    {:noreply, state}
  end

  def handle_info(_, state), do: {:noreply, state}

  defp seal(nil), do: :open
  defp seal(secret), do: :crypto.hash(:sha256, secret)
end

# The addresses that a DNS name has, asked for again and again.
defmodule Cluster.Strategy.DNSPoll do
  use GenServer
  use Cluster.Strategy
  alias Cluster.Strategy.State

  @polling_interval 5_000

  def start_link([%State{} = state]), do: GenServer.start_link(__MODULE__, [state])
  def init([state]), do: {:ok, poll(%{state | meta: MapSet.new()})}
  def handle_info(:poll, state), do: {:noreply, poll(state)}
  def handle_info(_, state), do: {:noreply, state}

  defp poll(%State{config: config} = state) do
    state = Cluster.Strategy.__follow__(state, found(state))
    Process.send_after(self(), :poll, Keyword.get(config, :polling_interval, @polling_interval))
    state
  end

  defp found(%State{topology: topology, config: config}) do
    query = Keyword.get(config, :query)
    base = Keyword.get(config, :node_basename)

    if is_binary(query) and query != "" and is_binary(base) and base != "" do
      resolver = Keyword.get(config, :resolver, fn _ -> :beamyard_discovery.addresses(base) end)
      for address <- resolver.(query), node = :"#{base}@#{text(address)}", node != Node.self(), into: MapSet.new(), do: node
    else
      Cluster.Logger.warn(topology, "dns polling strategy is selected, but query or node_basename param is invalid: " <> inspect(config))
      MapSet.new()
    end
  end

  defp text({a, b, c, d}), do: "#{a}.#{b}.#{c}.#{d}"
  defp text(text), do: text
end

# The pods that match a selector, as Kubernetes' API lists them.
defmodule Cluster.Strategy.Kubernetes do
  use GenServer
  use Cluster.Strategy
  alias Cluster.Strategy.State

  @polling_interval 5_000

  def start_link([%State{} = state]), do: GenServer.start_link(__MODULE__, [state])
  def init([state]), do: {:ok, load(%{state | meta: MapSet.new()})}
  def handle_info(:load, state), do: {:noreply, load(state)}
  def handle_info(_, state), do: {:noreply, state}

  defp load(%State{config: config} = state) do
    state = Cluster.Strategy.__follow__(state, found(state))
    Process.send_after(self(), :load, Keyword.get(config, :polling_interval, @polling_interval))
    state
  end

  defp found(%State{topology: topology, config: config}) do
    base = Keyword.get(config, :kubernetes_node_basename)
    selector = Keyword.get(config, :kubernetes_selector)

    cond do
      base in [nil, ""] ->
        Cluster.Logger.warn(topology, "kubernetes strategy is selected, but :kubernetes_node_basename is not configured!")
        MapSet.new()

      selector in [nil, ""] ->
        Cluster.Logger.warn(topology, "kubernetes strategy is selected, but :kubernetes_selector is not configured!")
        MapSet.new()

      true ->
        for address <- :beamyard_discovery.addresses(base),
            node = :"#{base}@#{host(address, Keyword.get(config, :mode, :ip), config)}",
            node != Node.self(),
            into: MapSet.new(),
            do: node
    end
  end

  defp host(address, :ip, _), do: address

  defp host(address, :dns, config) do
    cluster = Keyword.get(config, :kubernetes_cluster_name, "cluster")
    space = Keyword.get(config, :kubernetes_namespace, "default")
    "#{String.replace(address, ".", "-")}.#{space}.pod.#{cluster}.local"
  end

  defp host(address, :hostname, config) do
    cluster = Keyword.get(config, :kubernetes_cluster_name, "cluster")
    space = Keyword.get(config, :kubernetes_namespace, "default")
    service = Keyword.fetch!(config, :kubernetes_service_name)
    "#{String.replace(address, ".", "-")}.#{service}.#{space}.svc.#{cluster}.local"
  end
end

# The pods behind a headless service, by the addresses of its name.
defmodule Cluster.Strategy.Kubernetes.DNS do
  use GenServer
  use Cluster.Strategy
  alias Cluster.Strategy.State

  @polling_interval 5_000

  def start_link([%State{} = state]), do: GenServer.start_link(__MODULE__, [state])
  def init([state]), do: {:ok, load(%{state | meta: MapSet.new()})}
  def handle_info(:load, state), do: {:noreply, load(state)}
  def handle_info(_, state), do: {:noreply, state}

  defp load(%State{config: config} = state) do
    state = Cluster.Strategy.__follow__(state, found(state))
    Process.send_after(self(), :load, Keyword.get(config, :polling_interval, @polling_interval))
    state
  end

  defp found(%State{topology: topology, config: config}) do
    name = Keyword.get(config, :application_name)

    if name in [nil, ""] or Keyword.get(config, :service) in [nil, ""] do
      Cluster.Logger.warn(topology, "kubernetes.DNS strategy is selected, but :service or :application_name is not configured!")
      MapSet.new()
    else
      for address <- :beamyard_discovery.addresses(name), node = :"#{name}@#{address}", node != Node.self(), into: MapSet.new(), do: node
    end
  end
end
