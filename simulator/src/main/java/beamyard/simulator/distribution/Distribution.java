package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.Network;
import beamyard.simulator.network.NetworkOutcome;
import beamyard.simulator.network.Packet;
import beamyard.simulator.network.Socket;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.NodeLink;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.Signal;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.process.SignalRoute;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of one node: whether it has a name, who it is connected to, and what processes can ask about that.
 *
 * @see <a href="https://www.erlang.org/doc/man/net_kernel.html">net_kernel</a>
 */
public final class Distribution implements NodeLink, SignalRoute {
  private static final Atom DISCONNECT = Atom.of("disconnect");
  private static final Atom IGNORED = Atom.of("ignored");
  private static final Atom NET_KERNEL_TERMINATED = Atom.of("net_kernel_terminated");

  /** In place of a connection's number, where a node tells its own processes of itself. */
  private static final long NO_CONNECTION = 0;

  /** Before it a real node opens some for its own use. */
  private static final long FIRST_PORT = 6;

  private static final Atom NET_SUP = Atom.of("net_sup");

  private final Site site;
  private final Cookies cookies;
  private final NodeWatchers watchers;
  private final Ticker ticker;
  private final Connections connections;
  private final EpmdQueries queries;
  private Life life = Life.OFF;
  private Start start = Start.AT_BOOT;
  private @Nullable Starting starting;
  private @Nullable Socket epmd;
  private int port;

  /** Whether the node can be reached. */
  public enum Life {
    OFF,
    STARTING,
    ON,
    /** The name was taken. */
    REFUSED
  }

  /** How a node got its name: only one that turned distribution on itself may turn it off. */
  public enum Start {
    AT_BOOT,
    BY_CALL
  }

  /** A wish for a name that the port mapper has not answered yet. */
  record Starting(Wish wish, Start start, Optional<Caller> caller) {}

  /**
   * What a node wants to be called, and how it wants to behave.
   *
   * @param name complete, with a host
   * @param asGiven what failures show: the name as it was given and the options
   */
  record Wish(
      Atom name,
      NodeName.Kind kind,
      int tickTimeSeconds,
      int tickIntensity,
      Visibility visibility,
      MapTerm asGiven) {}

  /**
   * A node's distribution, turned off.
   *
   * @param vm the number of this incarnation, for its events
   * @param label for the names of its choices
   */
  public Distribution(
      int vm,
      String label,
      Endpoint endpoint,
      DistributionSettings settings,
      Engine engine,
      Network network,
      Trace trace) {
    site = new Site(vm, label, endpoint, settings, engine, network, trace);
    cookies = new Cookies(settings.cookie());
    watchers = new NodeWatchers();
    ticker = new Ticker(site);
    connections = new Connections(site, cookies, watchers, ticker);
    queries = new EpmdQueries(site);
  }

  private Distribution(Distribution original, Engine engine, Network network, Trace trace) {
    site = original.site.copy(engine, network, trace);
    cookies = original.cookies.copy();
    watchers = original.watchers.copy();
    ticker = original.ticker.copy(site);
    connections = original.connections.copy(site, cookies, watchers, ticker);
    queries = original.queries.copy(site);
    life = original.life;
    start = original.start;
    starting = original.starting;
    epmd = original.epmd;
    port = original.port;
  }

  /** An independent copy in the same state; needs its own processes by {@link #serve}. */
  public Distribution copy(Engine engine, Network network, Trace trace) {
    return new Distribution(this, engine, network, trace);
  }

  /** Names the processes of this node, once, before anything else happens. */
  public void serve(ProcessTable processes) {
    site.serve(processes);
  }

  // The network.

  /** Takes what the network has for this node. */
  public void accept(NetworkOutcome outcome) {
    if (outcome instanceof NetworkOutcome.Received(var owner, var socket, var packet)
        && packet instanceof TlsPacket.Sealed(Packet content, _)) {
      take(new NetworkOutcome.Received(owner, socket, content));
    } else {
      take(outcome);
    }
  }

  private void take(NetworkOutcome outcome) {
    if (queries.owns(outcome.socket())) {
      queries.accept(outcome);
      return;
    }
    switch (outcome) {
      case NetworkOutcome.Accepted(_, Socket socket, _, _) -> {
        if (life == Life.ON) {
          connections.setUp().answer(socket);
        } else {
          site.close(socket);
        }
      }
      case NetworkOutcome.Connected(_, Socket socket) -> {
        if (socket.equals(epmd)) {
          site.send(socket, registration());
        } else if (connections.setUp().owns(socket)) {
          connections.setUp().accept(outcome);
        }
      }
      case NetworkOutcome.Received(_, Socket socket, Packet packet) -> {
        if (packet instanceof EpmdPacket.Registration(Optional<Integer> given)
            && socket.equals(epmd)) {
          registered(given);
        } else if (connections.setUp().owns(socket)) {
          connections.setUp().accept(outcome);
        } else {
          connections.received(socket, packet);
        }
      }
      case NetworkOutcome.Writable(_, Socket socket) -> connections.writable(socket);
      case NetworkOutcome.Closed(_, Socket socket, _) -> {
        if (connections.setUp().owns(socket)) {
          connections.setUp().accept(outcome);
        } else {
          connections
              .peerAt(socket)
              .ifPresent(peer -> connections.down(peer, Atom.of("connection_closed")));
        }
      }
    }
  }

  /** Lets an event happen. */
  public void handle(DistributionEvent event) {
    switch (event) {
      case DistributionEvent.StepDue(_, long attempt) -> connections.setUp().stepDue(attempt);
      case DistributionEvent.SetupTimeout(_, long attempt) -> connections.setUp().timeout(attempt);
      case DistributionEvent.TickDue(_) -> ticker.tick(connections);
      case DistributionEvent.ExtraTickDue(_, int remaining, long interval) ->
          ticker.extraTick(remaining, interval, connections);
      case DistributionEvent.StopDue(_) -> turnOff();
    }
  }

  // On and off.

  /** Begins to turn distribution on, when the node boots: it is on when the host's port mapper has taken the name. */
  public void boot(NodeName bootName, NodeName.Kind kind) {
    var wish =
        new Wish(
            bootName.atom(),
            kind,
            site.settings.tickTimeSeconds(),
            site.settings.tickIntensity(),
            site.settings.visibility(),
            MapTerm.EMPTY);
    begin(new Starting(wish, Start.AT_BOOT, Optional.empty()));
  }

  /** Begins to turn distribution on; a process that asked for it gets the answer as {@code {tag, Answer}}. */
  void begin(Starting what) {
    life = Life.STARTING;
    starting = what;
    site.nameKind = what.wish().kind();
    site.visibility = what.wish().visibility();
    port = site.network.listen(site.endpoint);
    epmd = site.open(site.endpoint.host(), Epmd.PORT);
  }

  private EpmdPacket registration() {
    if (starting == null) {
      throw new AssertionError(site.label + " has a port mapper but no name to register");
    }
    String full = starting.wish().name().name();
    boolean hidden = site.visibility == Visibility.HIDDEN;
    return new EpmdPacket.Register(full.substring(0, full.indexOf('@')), port, hidden);
  }

  private void registered(Optional<Integer> given) {
    Starting what = Optional.ofNullable(starting).orElseThrow();
    starting = null;
    if (given.isEmpty()) {
      leaveEpmd();
      life = what.start() == Start.AT_BOOT ? Life.REFUSED : Life.OFF;
      Term failure = StartFailure.nameRefused(what.wish().asGiven());
      what.caller().ifPresent(caller -> site.answer(caller, Tuple.of(Atom.ERROR, failure)));
      return;
    }
    life = Life.ON;
    start = what.start();
    changeName(what.wish().name(), given.get());
    connections.know(site.name);
    ticker.start(what.wish().tickTimeSeconds(), what.wish().tickIntensity());
    site.record(new DistributionFact.NodeNamed(site.name, site.creation));
    watchers.up(site.name, true, NO_CONNECTION).forEach(site::tell);
    Pid supervisor = startService(NET_SUP, new Attendant());
    startService(Atom.of("erl_epmd"), new Attendant());
    startService(Atom.of("auth"), new Attendant());
    startService(Site.NET_KERNEL, new NetKernel());
    what.caller().ifPresent(caller -> site.answer(caller, Tuple.of(Atom.OK, supervisor)));
  }

  private Pid startService(Atom service, Routine body) {
    var initialCall = new InitialCall(service, Atom.of("init"), 1);
    Pid pid = site.processes().spawn(body, initialCall, Optional.empty());
    site.processes().register(service, pid);
    return pid;
  }

  private void changeName(Atom name, int creation) {
    site.name = name;
    site.creation = creation;
    site.processes().identityChanged();
  }

  private void leaveEpmd() {
    site.network.stopListening(site.endpoint, port);
    site.close(Optional.ofNullable(epmd).orElseThrow());
    epmd = null;
  }

  /** How the node got its name. */
  public Start startedBy() {
    return start;
  }

  /** Whether distribution is on, or the name was refused. */
  public Life life() {
    return life;
  }

  /** Turns distribution off a moment later; what {@code net_kernel:stop/0} answers. */
  Term stop(long atNanos) {
    if (life != Life.ON) {
      return Tuple.of(Atom.ERROR, Atom.of("not_found"));
    }
    if (start == Start.AT_BOOT) {
      return Tuple.of(Atom.ERROR, Atom.of("not_allowed"));
    }
    site.schedule(atNanos, new DistributionEvent.StopDue(site.vm));
    return Atom.OK;
  }

  private void turnOff() {
    if (life != Life.ON) {
      return; // stopped twice
    }
    connections.closeAll(NET_KERNEL_TERMINATED);
    watchers.down(site.name, true, NO_CONNECTION, NET_KERNEL_TERMINATED).forEach(site::tell);
    leaveEpmd();
    site.record(new DistributionFact.NodeUnnamed(site.name));
    for (Atom service : List.of(Site.NET_KERNEL, Atom.of("auth"), Atom.of("erl_epmd"), NET_SUP)) {
      site.processes()
          .whereis(service)
          .ifPresent(
              pid ->
                  site.deliver(
                      new Address.OfProcess(pid),
                      new Signal.Exit(pid, Atom.of("kill"), ExitCause.EXIT_CALL)));
    }
    life = Life.OFF;
    changeName(NodeName.NONODE, 0);
    cookies.reset();
  }

  // What processes ask.

  @Override
  public Atom name() {
    return site.name;
  }

  @Override
  public boolean isAlive() {
    return life == Life.ON;
  }

  @Override
  public int creation() {
    return site.creation;
  }

  @Override
  public List<Atom> nodes(List<NodeKind> kinds) {
    var nodes = new ArrayList<Atom>();
    if (kinds.contains(NodeKind.KNOWN)) {
      // Those not connected come newest first; the first node of all is the one without a name.
      for (Atom node : connections.known().reversed()) {
        boolean connected = connections.to(node).filter(Connection::isUp).isPresent();
        if (node != site.name && !connected) {
          nodes.add(node);
        }
      }
      if (site.name != NodeName.NONODE) {
        nodes.add(NodeName.NONODE);
      }
    }
    if (wants(kinds, NodeKind.HIDDEN)) {
      connections.addUp(Visibility.HIDDEN, nodes);
    }
    if (wants(kinds, NodeKind.VISIBLE)) {
      connections.addUp(Visibility.VISIBLE, nodes);
    }
    boolean self = kinds.contains(NodeKind.THIS) || kinds.contains(NodeKind.KNOWN);
    if (self && !nodes.contains(site.name)) {
      nodes.add(site.name);
    }
    return nodes;
  }

  @Override
  public Term nodes(List<NodeKind> kinds, List<Atom> infos) {
    var entries = new ArrayList<Term>();
    for (Atom node : nodes(kinds)) {
      MapTerm info = MapTerm.EMPTY;
      for (Atom each : infos) {
        info = info.put(each, each == NodeWatchers.CONNECTION_ID ? connectionId(node) : type(node));
      }
      entries.add(Tuple.of(node, info));
    }
    return ListTerm.of(entries);
  }

  private Term connectionId(Atom node) {
    return connections
        .to(node)
        .filter(Connection::isUp)
        .<Term>map(up -> IntegerTerm.of(up.id))
        .orElse(Atom.UNDEFINED);
  }

  private Atom type(Atom node) {
    if (node == site.name) {
      return Atom.of("this");
    }
    return connections
        .to(node)
        .filter(Connection::isUp)
        .map(up -> Atom.of(up.visible ? "visible" : "hidden"))
        .orElse(Atom.of("known"));
  }

  private static boolean wants(List<NodeKind> kinds, NodeKind kind) {
    return kinds.contains(kind)
        || kinds.contains(NodeKind.CONNECTED)
        || kinds.contains(NodeKind.KNOWN);
  }

  @Override
  public boolean isConnectedOrConnecting(Atom node) {
    return connections.to(node).isPresent();
  }

  @Override
  public boolean isBusy(Atom node) {
    return connections.isBusy(node);
  }

  @Override
  public Port port(Atom node) {
    long number = connections.to(node).map(connection -> connection.id).orElse(NO_CONNECTION);
    return new Port(site.name, FIRST_PORT + number, site.creation);
  }

  @Override
  public Atom cookie(Atom node) {
    return life == Life.ON ? cookies.of(node) : Atom.of("nocookie");
  }

  @Override
  public void setCookie(Atom changed) {
    cookies.setOwn(changed);
  }

  @Override
  public void setCookie(Atom node, Atom changed) {
    if (node == site.name) {
      cookies.setOwn(changed);
    } else {
      cookies.set(node, changed);
    }
  }

  @Override
  public Routine connect(Atom node, Visibility visibility) {
    Atom type = Atom.of(visibility == Visibility.VISIBLE ? "normal" : "hidden");
    return new KernelCall(Tuple.of(Atom.of("connect"), type, node));
  }

  @Override
  public Routine disconnect(Atom node) {
    return new KernelCall(Tuple.of(DISCONNECT, node));
  }

  @Override
  public void monitorNode(Pid watcher, Atom node) {
    if (node == site.name) {
      return; // the own node does not go down before its processes
    }
    boolean connected = connections.to(node).isPresent();
    if (!connected && !connections.mayCall(node)) {
      site.tell(watcher, Tuple.of(Atom.of("nodedown"), node));
      return;
    }
    watchers.count(watcher, node);
    if (!connected) {
      connections.call(node, Visibility.VISIBLE, site.now());
    }
  }

  @Override
  public void demonitorNode(Pid watcher, Atom node) {
    watchers.uncount(watcher, node);
  }

  @Override
  public Term monitorNodes(Pid watcher, Term flag) {
    return watchers.monitorNodes(watcher, flag);
  }

  @Override
  public Term monitorNodes(Pid watcher, Term flag, Term options) {
    return watchers.monitorNodes(watcher, flag, options);
  }

  @Override
  public Routine spawnRemote(
      Atom node, Atom module, Atom function, List<Term> arguments, SpawnOptions options) {
    return new RemoteSpawn(node, module, function, arguments, options);
  }

  @Override
  public Reference spawnRequest(
      ProcessContext self,
      Atom node,
      Atom module,
      Atom function,
      List<Term> arguments,
      SpawnOptions options) {
    Reference reference = self.makeReference();
    self.signal(
        new Address.OfName(Site.NET_KERNEL, node),
        new Signal.SpawnRequest(
            self.self(),
            reference,
            self.groupLeader(),
            module,
            function,
            ListTerm.of(arguments),
            options));
    return reference;
  }

  @Override
  public boolean abandonSpawnRequest(ProcessContext self, Reference request) {
    return site.processes().abandonSpawnRequest(self.self(), request);
  }

  @Override
  public Routine start(Term name, Term options) {
    return new StartCall(name, options);
  }

  @Override
  public Routine stop() {
    return new StopCall();
  }

  String host() {
    return site.endpoint.host();
  }

  /** How the node behaves towards others. */
  public DistributionSettings settings() {
    return site.settings;
  }

  /** The supervisor of what distribution consists of; empty while it is off. */
  Optional<Pid> supervisor() {
    return site.processes().whereis(NET_SUP);
  }

  void askEpmd(String host, EpmdPacket question, Caller caller) {
    queries.ask(host, question, caller);
  }

  @Override
  public Term tickTime() {
    if (life != Life.ON) {
      return IGNORED;
    }
    return ticker.changingToSeconds() == 0
        ? IntegerTerm.of(ticker.tickTimeSeconds())
        : ongoingChange();
  }

  private Term ongoingChange() {
    return Tuple.of(Atom.of("ongoing_change_to"), IntegerTerm.of(ticker.changingToSeconds()));
  }

  @Override
  public Term setTickTime(int seconds, int transitionSeconds) {
    if (life != Life.ON) {
      return IGNORED;
    }
    if (ticker.changingToSeconds() != 0) {
      return ongoingChange();
    }
    if (seconds == ticker.tickTimeSeconds()) {
      return Atom.of("unchanged");
    }
    ticker.change(seconds, transitionSeconds, connections);
    return Atom.of("change_initiated");
  }

  @Override
  public Flow route(Address to, Signal signal, Sender sender, long atNanos) {
    return connections.route(to, signal, sender, atNanos);
  }

  /** A request to the {@code net_kernel} process; empty if the answer comes later, or never. */
  Optional<Term> request(Term request, Caller from, long atNanos) {
    if (!(request instanceof Tuple tuple) || tuple.size() == 0) {
      return plainRequest(request);
    }
    String what = tuple.get(0) instanceof Atom first ? first.name() : "";
    if (what.equals("connect") && tuple.size() == 3 && tuple.get(2) instanceof Atom peer) {
      Visibility visibility =
          tuple.get(1) == Atom.of("hidden") ? Visibility.HIDDEN : Visibility.VISIBLE;
      return connections.connect(peer, visibility, from, atNanos);
    }
    if (tuple.size() != 2) {
      return Optional.empty();
    }
    return switch (what) {
      case "disconnect" ->
          Optional.of(Atom.of(tuple.get(1) instanceof Atom peer && disconnectFrom(peer)));
      case "is_auth" -> Optional.of(Atom.of("yes"));
      case "allow" -> Optional.of(allow(tuple.get(1)));
      default -> Optional.empty();
    };
  }

  private Optional<Term> plainRequest(Term request) {
    return switch (request instanceof Atom atom ? atom.name() : "") {
      case "longnames" -> Optional.of(Atom.of(site.nameKind == NodeName.Kind.LONG));
      case "nodename" -> Optional.of(site.name);
      case "ticktime" -> Optional.of(tickTime());
      case "allowed" -> Optional.of(Tuple.of(Atom.OK, ListTerm.of(connections.allowed())));
      default -> Optional.empty();
    };
  }

  private boolean disconnectFrom(Atom peer) {
    Optional<Connection> connection = connections.to(peer).filter(Connection::isUp);
    connection.ifPresent(up -> connections.close(up, DISCONNECT));
    return connection.isPresent();
  }

  private Term allow(Term nodes) {
    if (!(nodes instanceof ListTerm list) || !list.isProper()) {
      return Atom.ERROR;
    }
    var atoms = new ArrayList<Atom>();
    for (Term node : list) {
      if (!(node instanceof Atom atom)) {
        return Atom.ERROR;
      }
      atoms.add(atom);
    }
    connections.allow(atoms);
    return Atom.OK;
  }

  /** Whether the node got its name from its command line, and not from a call. */
  public boolean isStartedAtBoot() {
    return start == Start.AT_BOOT;
  }

  // Views.

  /**
   * A connection as views show it.
   *
   * @param waitingBytes what waits with the node because the operating system does not take it yet
   * @param busy whether processes that send by it are suspended
   */
  public record Peer(
      Atom node,
      boolean up,
      boolean visible,
      int creation,
      int bufferedSignals,
      long received,
      long sent,
      long waitingBytes,
      boolean busy) {}

  /** The connections that are up or being made. */
  public List<Peer> peers() {
    return connections.all().stream()
        .map(
            c ->
                new Peer(
                    c.peer,
                    c.isUp(),
                    c.visible,
                    c.peerCreation,
                    c.buffered.size(),
                    c.received,
                    c.sent,
                    connections.waitingBytes(c),
                    c.busy))
        .toList();
  }
}
