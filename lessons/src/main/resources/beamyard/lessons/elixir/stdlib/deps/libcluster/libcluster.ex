# libcluster, written anew from what its documentation says: how nodes find each other, by strategies.
defmodule Cluster.Logger do
  require Logger

  def debug(topology, message) do
    if Application.get_env(:libcluster, :debug, false) in [nil, false, "false"],
      do: :ok,
      else: Logger.debug(line(topology, message))
  end

  def info(topology, message), do: Logger.info(line(topology, message))
  def warn(topology, message), do: Logger.warning(line(topology, message))
  def error(topology, message), do: Logger.error(line(topology, message))

  defp line(topology, message), do: "[libcluster:#{topology}] #{message}"
end

defmodule Cluster.Strategy.State do
  defstruct topology: nil, connect: nil, disconnect: nil, list_nodes: nil, meta: nil, config: []
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

  # Connects to those that are not connected yet: :ok, or {:error, [{node, why}]}, the last failure first.
  def connect_nodes(topology, {_, _, _} = connect, {_, _, _} = list_nodes, nodes) when is_list(nodes) do
    nodes |> difference(run(list_nodes, [])) |> others(&tell(topology, &1, run(connect, [&1])))
  end

  defp tell(topology, node, outcome) do
    case outcome do
      true ->
        Cluster.Logger.info(topology, "connected to #{inspect(node)}")
        :ok

      false ->
        Cluster.Logger.warn(topology, "unable to connect to #{inspect(node)}")
        {node, false}

      :ignored ->
        Cluster.Logger.warn(topology, "unable to connect to #{inspect(node)}: not part of network")
        {node, :ignored}
    end
  end

  # Disconnects from those that are connected.
  def disconnect_nodes(topology, {_, _, _} = disconnect, {_, _, _} = list_nodes, nodes) when is_list(nodes) do
    nodes |> intersection(run(list_nodes, [])) |> others(&farewell(topology, &1, run(disconnect, [&1])))
  end

  defp farewell(topology, node, true) do
    Cluster.Logger.info(topology, "disconnected from #{inspect(node)}")
    :ok
  end

  defp farewell(topology, node, false), do: undone(topology, node, "because we're already disconnected", :ok)
  defp farewell(topology, node, :ignored), do: undone(topology, node, "because it is not part of the network", :ok)
  defp farewell(topology, node, reason), do: undone(topology, node, "with: #{inspect(reason)}", {node, reason})

  defp undone(topology, node, why, outcome) do
    Cluster.Logger.warn(topology, "disconnect from #{inspect(node)} failed #{why}")
    outcome
  end

  # Both are sets, unless one of the lists is empty.
  def difference(nodes, others) when nodes == [] or others == [], do: nodes
  def difference(nodes, others) when is_list(nodes) and is_list(others), do: MapSet.difference(MapSet.new(nodes), MapSet.new(others))
  def intersection(nodes, others) when nodes == [] or others == [], do: []
  def intersection(nodes, others) when is_list(nodes) and is_list(others), do: MapSet.intersection(MapSet.new(nodes), MapSet.new(others))

  defp others(nodes, act) do
    failures = for node <- nodes, node != Node.self(), outcome = act.(node), outcome != :ok, do: outcome
    if failures == [], do: :ok, else: {:error, Enum.reverse(failures)}
  end

  defp run({module, function, args}, more) do
    arity = length(args) + length(more)
    unless function_exported?(module, function, arity), do: raise("#{module}.#{function}/#{arity} is undefined!")
    apply(module, function, args ++ more)
  end

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
  def start_link([_, options] = args), do: Supervisor.start_link(Cluster.Supervisor, args, options)

  def init([topologies, options]),
    do: topologies |> Enum.map(&child/1) |> Supervisor.init(Keyword.put(options, :strategy, :one_for_one))

  defp child({topology, spec}) do
    strategy = Keyword.fetch!(spec, :strategy)

    state = %Cluster.Strategy.State{
      topology: topology,
      connect: Keyword.get(spec, :connect, {:net_kernel, :connect_node, []}),
      disconnect: Keyword.get(spec, :disconnect, {:erlang, :disconnect_node, []}),
      list_nodes: Keyword.get(spec, :list_nodes, {:erlang, :nodes, [:connected]}),
      config: Keyword.get(spec, :config, [])
    }

    %{id: topology, start: {strategy, :start_link, [[state]]}}
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

  def handle_info(tick, state) when tick in [:timeout, :connect],
    do: {:noreply, connect(state), Keyword.get(state.config, :timeout, :infinity)}

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
    {:ok, names} = :erl_epmd.names()
    nodes = for {name, _} <- names, do: :"#{name}@#{host}"
    Cluster.Strategy.connect_nodes(state.topology, state.connect, state.list_nodes, nodes)
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

  def handle_info(tick, state) when tick in [:timeout, :connect],
    do: {:noreply, connect(state), Keyword.get(state.config, :timeout, :infinity)}

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

  def start_link(args), do: GenServer.start_link(__MODULE__, args)

  # Of the addresses of the node's own interfaces it matters only whether they are any.
  def init([%State{config: config} = state]) do
    for key <- [:if_addr, :multicast_if], given = config[key], do: address(given)
    {a, b, c, d} = address(Keyword.get(config, :multicast_addr, @address))
    group = {"#{a}.#{b}.#{c}.#{d}", Keyword.get(config, :port, @port)}
    :beamyard_discovery.join(elem(group, 0), elem(group, 1))
    {:ok, %{state | meta: {group, Keyword.get(config, :secret)}}, {:continue, nil}}
  end

  defp address(given) do
    case given do
      {_, _, _, _} -> given
      text when is_binary(text) -> parsed(text)
    end
  end

  defp parsed(text) do
    {:ok, address} = :inet.parse_ipv4_address(String.to_charlist(text))
    address
  end

  def handle_continue(_, state), do: handle_info(:heartbeat, state)

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

  defp seal(nil), do: :open
  defp seal(secret), do: :crypto.hash(:sha256, secret)
end

# The addresses that a DNS name has, asked for again and again.
defmodule Cluster.Strategy.DNSPoll do
  use GenServer
  use Cluster.Strategy
  alias Cluster.Strategy.State

  @polling_interval 5_000

  def start_link(args), do: GenServer.start_link(__MODULE__, args)
  def init([state]), do: {:ok, poll(%{state | meta: MapSet.new()})}
  def handle_info(tick, state) when tick in [:timeout, :poll], do: {:noreply, poll(state)}
  def handle_info(_, state), do: {:noreply, state}

  defp poll(%State{config: config} = state) do
    state = Cluster.Strategy.__follow__(state, found(state))
    Process.send_after(self(), :poll, Keyword.get(config, :polling_interval, @polling_interval))
    state
  end

  defp found(%State{config: config} = state) do
    resolver = Keyword.get(config, :resolver, fn _ -> :beamyard_discovery.addresses(config[:node_basename]) end)
    resolve(Keyword.fetch(config, :query), Keyword.fetch(config, :node_basename), resolver, state)
  end

  defp resolve({:ok, query}, {:ok, base}, resolver, %State{topology: topology})
       when is_binary(query) and is_binary(base) and query != "" and base != "" do
    Cluster.Logger.debug(topology, "polling dns for '#{query}'")
    for address <- resolver.(query), node = :"#{base}@#{text(address)}", node != Node.self(), into: MapSet.new(), do: node
  end

  defp resolve({:ok, query}, {:ok, base}, _, state) do
    problem(state, "query or basename param is invalid: #{inspect(%{query: query, node_basename: base})}")
  end

  defp resolve(:error, :error, _, state), do: problem(state, "query and basename params missed")

  defp problem(%State{topology: topology}, what) do
    Cluster.Logger.warn(topology, "dns polling strategy is selected, but " <> what)
    MapSet.new()
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
  def handle_info(tick, state) when tick in [:timeout, :load], do: {:noreply, load(state)}
  def handle_info(_, state), do: {:noreply, state}

  defp load(%State{config: config} = state) do
    state = Cluster.Strategy.__follow__(state, found(state))
    Process.send_after(self(), :load, Keyword.get(config, :polling_interval, @polling_interval))
    state
  end

  defp found(%State{topology: topology, config: config}) do
    base = Keyword.fetch!(config, :kubernetes_node_basename)
    selector = Keyword.fetch!(config, :kubernetes_selector)

    cond do
      base == nil ->
        Cluster.Logger.warn(topology, "kubernetes strategy is selected, but :kubernetes_node_basename is not configured!")
        MapSet.new()

      selector == nil ->
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
  def init([state]), do: {:ok, load(%{state | meta: MapSet.new()}), 0}
  def handle_info(tick, state) when tick in [:timeout, :load], do: {:noreply, load(state)}
  def handle_info(_, state), do: {:noreply, state}

  defp load(%State{config: config} = state) do
    state = Cluster.Strategy.__follow__(state, found(state))
    Process.send_after(self(), :load, Keyword.get(config, :polling_interval, @polling_interval))
    state
  end

  defp found(%State{topology: topology, config: config}) do
    name = Keyword.fetch!(config, :application_name)
    service = Keyword.fetch!(config, :service)

    cond do
      name == nil ->
        Cluster.Logger.warn(topology, "kubernetes.DNS strategy is selected, but :application_name is not configured!")
        MapSet.new()

      service == nil ->
        Cluster.Logger.warn(topology, "kubernetes strategy is selected, but :service is not configured!")
        MapSet.new()

      true ->
        pods(topology, name, service, :beamyard_discovery.addresses(name))
    end
  end

  # A name that nobody has does not exist.
  defp pods(topology, _, service, []) do
    Cluster.Logger.error(topology, "lookup against #{service} failed: :nxdomain")
    MapSet.new()
  end

  defp pods(_, name, _, addresses), do: MapSet.new(addresses, &:"#{name}@#{&1}")
end
