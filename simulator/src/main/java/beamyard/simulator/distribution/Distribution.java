package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.distribution.Connection.State;
import beamyard.simulator.distribution.DistributionSettings.AutoConnect;
import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.Network;
import beamyard.simulator.network.NetworkOutcome;
import beamyard.simulator.network.Packet;
import beamyard.simulator.network.Socket;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.LogReport;
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
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of one node: its name, its connections, the signals that cross them, and who watches them.
 *
 * <p>A signal to a node that is not connected connects to it and waits; signals wait in the order they were sent. When a
 * connection ends, processes of this node first get the exit signals of links, then the {@code DOWN}s, then {@code nodedown}s.
 *
 * @see <a href="https://www.erlang.org/doc/man/net_kernel.html">net_kernel</a>
 */
public final class Distribution implements NodeLink, SignalRoute {
  static final long SECOND = 1_000_000_000L;
  static final Atom NOCONNECTION = Atom.of("noconnection");
  static final Atom NET_KERNEL = Atom.of("net_kernel");
  private static final Atom CONNECTION_CLOSED = Atom.of("connection_closed");
  private static final Atom DISCONNECT = Atom.of("disconnect");
  private static final Atom NET_TICK_TIMEOUT = Atom.of("net_tick_timeout");
  private static final Atom NOCOOKIE = Atom.of("nocookie");

  private final int vm;
  private final String label;
  private final Endpoint endpoint;
  private final DistributionSettings settings;
  private final Engine engine;
  private final Network network;
  private final Trace trace;
  private @Nullable ProcessTable processes;
  private final SetUp setUp;
  private final NodeWatchers watchers;

  private Atom name = NodeName.NONODE;
  private int creation;
  private Life life = Life.OFF;
  private NodeName.Kind nameKind = NodeName.Kind.SHORT;
  private Start start = Start.AT_BOOT;
  private @Nullable Starting starting;
  private @Nullable Socket epmd;
  private int port;
  private Atom cookie;
  private final LinkedHashMap<Atom, Atom> cookies = new LinkedHashMap<>();
  private final LinkedHashSet<Atom> allowed = new LinkedHashSet<>();

  /** By peer, those that are up in the order in which they came up. */
  private final LinkedHashMap<Atom, Connection> connections = new LinkedHashMap<>();

  private final LinkedHashMap<Socket, Atom> bySocket = new LinkedHashMap<>();
  private final LinkedHashSet<Atom> known = new LinkedHashSet<>();
  private final LinkedHashSet<Atom> barred = new LinkedHashSet<>();
  private long nextConnection = 1;
  private final Ticker ticker;

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

  private record Starting(Atom name, Start start, Optional<Caller> caller) {}

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
    this.vm = vm;
    this.label = label;
    this.endpoint = endpoint;
    this.settings = settings;
    this.engine = engine;
    this.network = network;
    this.trace = trace;
    this.cookie = settings.cookie();
    this.setUp = new SetUp(this);
    this.watchers = new NodeWatchers();
    this.ticker = new Ticker(settings.tickTimeSeconds(), settings.tickIntensity());
  }

  private Distribution(Distribution original, Engine engine, Network network, Trace trace) {
    vm = original.vm;
    label = original.label;
    endpoint = original.endpoint;
    settings = original.settings;
    this.engine = engine;
    this.network = network;
    this.trace = trace;
    setUp = original.setUp.copy(this);
    watchers = original.watchers.copy();
    name = original.name;
    creation = original.creation;
    life = original.life;
    nameKind = original.nameKind;
    start = original.start;
    starting = original.starting;
    epmd = original.epmd;
    port = original.port;
    cookie = original.cookie;
    cookies.putAll(original.cookies);
    allowed.addAll(original.allowed);
    original.connections.forEach((peer, connection) -> connections.put(peer, connection.copy()));
    bySocket.putAll(original.bySocket);
    known.addAll(original.known);
    barred.addAll(original.barred);
    nextConnection = original.nextConnection;
    ticker = original.ticker.copy();
  }

  /** An independent copy in the same state; needs its own processes by {@link #serve}. */
  public Distribution copy(Engine engine, Network network, Trace trace) {
    return new Distribution(this, engine, network, trace);
  }

  /** Names the processes of this node, once, before anything else happens. */
  public void serve(ProcessTable processes) {
    this.processes = processes;
  }

  private ProcessTable processes() {
    if (processes == null) {
      throw new AssertionError("the distribution of " + label + " has no processes to serve");
    }
    return processes;
  }

  // What the parts of this package need.

  int vm() {
    return vm;
  }

  DistributionSettings settings() {
    return settings;
  }

  Network network() {
    return network;
  }

  NodeName.Kind nameKind() {
    return nameKind;
  }

  /** The instant inside the time slice if a process of this node is running, else the engine's. */
  long now() {
    return processes == null ? engine.now() : processes.now();
  }

  long schedule(long atNanos, DistributionEvent event) {
    return engine.schedule(atNanos, 0, event);
  }

  void cancel(long ticket) {
    engine.cancel(ticket);
  }

  boolean knowsHost(String host) {
    return network.hasHost(host);
  }

  Socket open(String host, int toPort) {
    return network.connect(endpoint, host, toPort, now());
  }

  int drawChallenge() {
    return (int) engine.choices().between(label + "/challenge", Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  void record(DistributionFact fact) {
    if (trace.isOn()) {
      trace.record(now(), fact);
    }
  }

  void logError(String text) {
    Term message = Bits.of(text);
    processes().log(new LogReport(Atom.ERROR, netKernel(), NET_KERNEL, message), netKernel());
  }

  void refuseCookie(Atom peer) {
    record(new DistributionFact.CookieRefused(name, peer));
  }

  private Pid netKernel() {
    return processes().whereis(NET_KERNEL).orElseThrow(() -> new AssertionError("no net_kernel on " + label));
  }

  private void deliver(Address to, Signal signal) {
    processes().deliver(to, signal, now());
  }

  private void tell(Pid pid, Term message) {
    deliver(new Address.OfProcess(pid), new Signal.Message(kernelPid().orElse(pid), message));
  }

  private void answer(Caller caller, Term answer) {
    Term message = Tuple.of(caller.tag(), answer);
    deliver(caller.address(), new Signal.Message(kernelPid().orElse(caller.pid()), message));
  }

  // The network.

  /** Takes what the network has for this node. */
  public void accept(NetworkOutcome outcome) {
    switch (outcome) {
      case NetworkOutcome.Accepted(_, Socket socket, _, _) -> {
        if (life == Life.ON) {
          setUp.answer(socket);
        } else {
          network.close(socket, now());
        }
      }
      case NetworkOutcome.Connected(_, Socket socket) -> {
        if (socket.equals(epmd)) {
          boolean hidden = settings.visibility() == Visibility.HIDDEN;
          String first = Optional.ofNullable(starting).orElseThrow().name().name().replaceFirst("@.*", "");
          network.send(socket, new EpmdPacket.Register(first, port, hidden), now());
        } else if (setUp.owns(socket)) {
          setUp.accept(outcome);
        }
      }
      case NetworkOutcome.Received(_, Socket socket, Packet packet) -> {
        if (packet instanceof EpmdPacket.Registration(Optional<Integer> given) && socket.equals(epmd)) {
          registered(given);
        } else if (setUp.owns(socket)) {
          setUp.accept(outcome);
        } else {
          received(socket, packet);
        }
      }
      case NetworkOutcome.Closed(_, Socket socket, _) -> {
        Atom peer = bySocket.get(socket);
        if (setUp.owns(socket)) {
          setUp.accept(outcome);
        } else if (peer != null) {
          connectionDown(peer, CONNECTION_CLOSED);
        }
      }
    }
  }

  /** A packet came on a stream of a connection that is up, or was. */
  void received(Socket socket, Packet packet) {
    Atom peer = bySocket.get(socket);
    if (peer == null) {
      return; // the connection was ended by this side
    }
    Connection connection = connections.get(peer);
    connection.received++;
    switch ((ConnectionPacket) packet) {
      case ConnectionPacket.Tick() -> {}
      case ConnectionPacket.Control(Address to, Signal signal, _) -> {
        deliver(to, signal);
      }
    }
  }

  /** Lets an event happen. */
  public void handle(DistributionEvent event) {
    switch (event) {
      case DistributionEvent.StepDue(_, long attempt) -> setUp.stepDue(attempt);
      case DistributionEvent.SetupTimeout(_, long attempt) -> setUp.timeout(attempt);
      case DistributionEvent.TickDue(_) -> tick();
      case DistributionEvent.ExtraTickDue(_, int remaining, long interval) -> extraTick(remaining, interval);
      case DistributionEvent.StopDue(_) -> turnOff();
    }
  }

  // On and off.

  /** Begins to turn distribution on, when the node boots: it is on when the host's port mapper has taken the name. */
  public void boot(NodeName bootName, NodeName.Kind kind) {
    begin(new Starting(bootName.atom(), Start.AT_BOOT, Optional.empty()), kind);
  }

  private void begin(Starting what, NodeName.Kind kind) {
    life = Life.STARTING;
    starting = what;
    nameKind = kind;
    port = network.listen(endpoint);
    epmd = network.connect(endpoint, endpoint.host(), Epmd.PORT, now());
  }

  private void registered(Optional<Integer> given) {
    Starting what = Optional.ofNullable(starting).orElseThrow();
    starting = null;
    if (given.isEmpty()) {
      network.stopListening(endpoint, port);
      network.close(Optional.ofNullable(epmd).orElseThrow(), now());
      epmd = null;
      life = what.start() == Start.AT_BOOT ? Life.REFUSED : Life.OFF;
      what.caller().ifPresent(caller -> answer(caller, Tuple.of(Atom.ERROR, NetKernel.startFailure(what.name(), nameKind))));
      return;
    }
    life = Life.ON;
    start = what.start();
    name = what.name();
    creation = given.get();
    known.add(name);
    ticker.start(now());
    record(new DistributionFact.NodeNamed(name, creation));
    processes().identityChanged();
    Pid kernel = processes().spawn(new NetKernel(), new InitialCall(NET_KERNEL, Atom.of("init"), 1), Optional.empty());
    processes().register(NET_KERNEL, kernel);
    what.caller().ifPresent(caller -> answer(caller, Tuple.of(Atom.OK, kernel)));
  }

  /** Whether distribution is on, or the name was refused. */
  public Life life() {
    return life;
  }

  private void turnOff() {
    if (life != Life.ON) {
      return;
    }
    for (Atom peer : List.copyOf(connections.keySet())) {
      Connection connection = connections.get(peer);
      if (connection.isUp()) {
        network.close(connection.openSocket(), now());
        connectionDown(peer, Atom.of("net_kernel_terminated"));
      } else {
        attemptFailed(peer, connection.owner);
      }
    }
    setUp.abandonAll();
    network.stopListening(endpoint, port);
    network.close(Optional.ofNullable(epmd).orElseThrow(), now());
    epmd = null;
    record(new DistributionFact.NodeUnnamed(name));
    deliver(new Address.OfProcess(netKernel()), new Signal.Exit(netKernel(), Atom.of("kill"), ExitCause.EXIT_CALL));
    life = Life.OFF;
    name = NodeName.NONODE;
    creation = 0;
    cookie = settings.cookie();
    cookies.clear();
    allowed.clear();
    barred.clear();
    processes().identityChanged();
  }

  // Connections being made.

  /** What to do with a node that calls. */
  enum Acceptance {
    NEW,
    /** Both call each other, and the other's call is the one that counts. */
    INSTEAD_OF_OWN,
    /** Both call each other, and this node's call is the one that counts. */
    OWN_GOES_ON,
    /** There is a connection; the other node may have lost it. */
    IS_UP,
    ANOTHER_WAITS
  }

  Acceptance accepts(Atom peer, long attempt) {
    Connection connection = connections.get(peer);
    if (connection == null) {
      connections.put(peer, new Connection(peer, nextConnection++, attempt));
      known.add(peer);
      return Acceptance.NEW;
    }
    return switch (connection.state) {
      case PENDING -> {
        if (TermOrder.STANDARD.compare(name, peer) > 0) {
          yield Acceptance.OWN_GOES_ON;
        }
        setUp.abandon(connection.owner);
        connection.owner = attempt;
        yield Acceptance.INSTEAD_OF_OWN;
      }
      case UP -> {
        connection.state = State.UP_PENDING;
        connection.owner = attempt;
        yield Acceptance.IS_UP;
      }
      case UP_PENDING -> Acceptance.ANOTHER_WAITS;
    };
  }

  boolean allows(Atom peer) {
    return allowed.isEmpty() || allowed.contains(peer);
  }

  boolean isPending(Atom peer, long attempt) {
    Connection connection = connections.get(peer);
    return connection != null && connection.state == State.PENDING && connection.owner == attempt;
  }

  /** The other node has lost the connection that is up here: it ends, and the attempt goes on to make a new one. */
  void replaceFormer(Atom peer, long attempt) {
    Connection former = connections.get(peer);
    if (former != null && former.state == State.UP_PENDING && former.owner == attempt) {
      network.close(former.openSocket(), now());
      connectionDown(peer, Atom.of("wait_pending"));
    }
  }

  private Connection call(Atom peer, Visibility visibility, long atNanos) {
    record(new DistributionFact.ConnectionStarted(name, peer));
    var connection = new Connection(peer, nextConnection++, setUp.call(peer, visibility, atNanos));
    connections.put(peer, connection);
    known.add(peer);
    return connection;
  }

  void attemptFailed(Atom peer, long attempt) {
    Connection connection = connections.get(peer);
    if (connection == null || connection.owner != attempt) {
      return; // another attempt has taken over
    }
    if (connection.state == State.UP_PENDING) {
      connection.state = State.UP;
      return;
    }
    connections.remove(peer);
    lost(connection);
    watchers.lost(peer).forEach(notice -> tell(notice.watcher(), notice.message()));
    connection.callers.forEach(caller -> answer(caller, Atom.FALSE));
  }

  void connectionUp(Atom peer, Socket socket, int peerCreation, boolean visible) {
    Connection connection = connections.remove(peer);
    connections.put(peer, connection);
    bySocket.put(socket, peer);
    connection.state = State.UP;
    connection.socket = socket;
    connection.peerCreation = peerCreation;
    connection.visible = visible;
    connection.sent = 1;
    connection.received = 1;
    record(new DistributionFact.NodeUp(name, peer, visible, connection.id));
    scheduleTick();
    watchers.up(peer, visible, connection.id).forEach(notice -> tell(notice.watcher(), notice.message()));
    connection.callers.forEach(caller -> answer(caller, Atom.TRUE));
    connection.callers = new ArrayList<>();
    List<Connection.Waiting> buffered = connection.buffered;
    connection.buffered = new ArrayList<>();
    buffered.forEach(waiting -> transmit(connection, waiting.to(), waiting.signal(), now()));
  }

  private void connectionDown(Atom peer, Term reason) {
    Connection connection = connections.remove(peer);
    bySocket.remove(connection.openSocket());
    if (connection.state == State.UP_PENDING) {
      connections.put(peer, new Connection(peer, nextConnection++, connection.owner));
    } else if (settings.autoConnect() == AutoConnect.ONCE) {
      barred.add(peer);
    }
    record(new DistributionFact.NodeDown(name, peer, reason, connection.id));
    lost(connection);
    watchers.lost(peer).forEach(notice -> tell(notice.watcher(), notice.message()));
    watchers
        .down(peer, connection.visible, connection.id, reason)
        .forEach(notice -> tell(notice.watcher(), notice.message()));
  }

  private void lost(Connection connection) {
    if (!connection.buffered.isEmpty()) {
      record(new DistributionFact.SignalsLost(name, connection.peer, connection.buffered.size()));
    }
    processes().nodeLost(connection.peer);
  }

  private void failSpawn(Signal.SpawnRequest request) {
    deliver(
        new Address.OfProcess(request.from()),
        new Signal.SpawnReply(
            request.from(), request.reference(), Optional.empty(), NOCONNECTION, request.options()));
  }

  private boolean disconnectFrom(Atom peer) {
    Connection connection = connections.get(peer);
    if (connection == null || !connection.isUp()) {
      return false;
    }
    network.close(connection.openSocket(), now());
    connectionDown(peer, DISCONNECT);
    return true;
  }

  // Ticks.

  private void scheduleTick() {
    if (ticker.ticket == Ticker.NOT_SCHEDULED) {
      ticker.ticket = schedule(ticker.next(now()), new DistributionEvent.TickDue(vm));
    }
  }

  /*
   * A connection on which nothing was sent since the last look gets a tick; one on which nothing came during as many looks
   * as there are in a tick time is given up. So silence is noticed after 0.75 to 1.25 tick times, with 4 ticks in one.
   */
  private void tick() {
    ticker.ticket = Ticker.NOT_SCHEDULED;
    for (Connection connection : List.copyOf(connections.values())) {
      if (!connection.isUp()) {
        continue;
      }
      boolean heard = connection.received != connection.receivedAtTick;
      connection.silentTicks = heard ? 0 : connection.silentTicks + 1;
      connection.receivedAtTick = connection.received;
      if (connection.silentTicks >= ticker.intensity) {
        logError("** Node " + connection.peer + " not responding **\n** Removing (timedout) connection **");
        network.close(connection.openSocket(), now());
        connectionDown(connection.peer, NET_TICK_TIMEOUT);
        continue;
      }
      if (connection.sent == connection.sentAtTick || !connection.visible && !heard) {
        sendTick(connection);
      }
      connection.sentAtTick = connection.sent;
    }
    if (!bySocket.isEmpty()) {
      scheduleTick();
    }
  }

  private void sendTick(Connection connection) {
    record(new DistributionFact.TickSent(name, connection.peer));
    connection.sent++;
    network.send(connection.openSocket(), new ConnectionPacket.Tick(), now());
  }

  private void extraTick(int remaining, long intervalNanos) {
    if (remaining == 1) {
      ticker.changed(now());
      record(new DistributionFact.TickTimeChanged(name, ticker.tickTimeSeconds));
      rescheduleTick();
    }
    connections.values().stream().filter(Connection::isUp).forEach(this::sendTick);
    if (remaining > 1) {
      schedule(now() + intervalNanos, new DistributionEvent.ExtraTickDue(vm, remaining - 1, intervalNanos));
    }
  }

  private void rescheduleTick() {
    if (ticker.ticket != Ticker.NOT_SCHEDULED) {
      cancel(ticker.ticket);
      ticker.ticket = Ticker.NOT_SCHEDULED;
      scheduleTick();
    }
  }

  // Signals.

  @Override
  public void route(Address to, Signal signal, long atNanos) {
    Atom peer = nodeOf(to);
    Connection connection = connections.get(peer);
    if (connection != null && connection.isUp()) {
      transmit(connection, to, signal, atNanos);
    } else if (connection != null) {
      buffer(connection, to, signal);
    } else if (connects(signal) && mayCall(peer)) {
      buffer(call(peer, Visibility.VISIBLE, atNanos), to, signal);
    } else {
      refuse(to, signal);
    }
  }

  static Atom nodeOf(Address to) {
    return switch (to) {
      case Address.OfProcess(Pid pid) -> pid.node();
      case Address.OfName(_, Atom node) -> node;
      case Address.OfAlias(Reference alias) -> alias.node();
    };
  }

  /** Answers and withdrawals are of no use to a node that is not connected: it has heard of the loss. */
  private static boolean connects(Signal signal) {
    return switch (signal) {
      case Signal.Message _, Signal.Link _, Signal.Monitor _, Signal.GroupLeader _, Signal.SpawnRequest _ -> true;
      case Signal.Exit exit -> exit.cause() == ExitCause.EXIT_CALL;
      case Signal.Unlink _, Signal.UnlinkAck _, Signal.Demonitor _, Signal.Down _, Signal.SpawnReply _ -> false;
    };
  }

  private boolean mayCall(Atom peer) {
    return life == Life.ON
        && peer != NodeName.NONODE
        && settings.autoConnect() != AutoConnect.NEVER
        && !barred.contains(peer)
        && allows(peer);
  }

  private void buffer(Connection connection, Address to, Signal signal) {
    record(new DistributionFact.SignalBuffered(name, connection.peer));
    connection.buffered.add(new Connection.Waiting(to, signal));
  }

  private void transmit(Connection connection, Address to, Signal signal, long atNanos) {
    connection.sent++;
    network.send(
        connection.openSocket(), new ConnectionPacket.Control(to, signal, SignalSize.of(to, signal)), atNanos);
  }

  private void refuse(Address to, Signal signal) {
    switch (signal) {
      case Signal.Monitor(Pid from, Reference reference, Address watched) ->
          deliver(
              new Address.OfProcess(from), new Signal.Down(from, reference, watchedTerm(watched), NOCONNECTION));
      case Signal.Link(Pid from) -> {
        if (to instanceof Address.OfProcess(Pid other)) {
          deliver(new Address.OfProcess(from), new Signal.Exit(other, NOCONNECTION, ExitCause.LINK));
        }
      }
      case Signal.SpawnRequest request -> failSpawn(request);
      case Signal.Message _,
          Signal.Exit _,
          Signal.GroupLeader _,
          Signal.Unlink _,
          Signal.UnlinkAck _,
          Signal.Demonitor _,
          Signal.Down _,
          Signal.SpawnReply _ ->
          record(new DistributionFact.SignalsLost(name, nodeOf(to), 1));
    }
  }

  private static Term watchedTerm(Address watched) {
    return switch (watched) {
      case Address.OfProcess(Pid pid) -> pid;
      case Address.OfName(Atom registered, Atom node) -> Tuple.of(registered, node);
      case Address.OfAlias(Reference alias) -> alias;
    };
  }

  // What processes ask.

  @Override
  public Atom name() {
    return name;
  }

  @Override
  public boolean isAlive() {
    return life == Life.ON;
  }

  @Override
  public int creation() {
    return creation;
  }

  @Override
  public List<Atom> nodes(List<NodeKind> kinds) {
    var nodes = new ArrayList<Atom>();
    if (kinds.contains(NodeKind.KNOWN)) {
      nodes.add(NodeName.NONODE);
      for (Atom node : known) {
        Connection connection = connections.get(node);
        if (node != name && node != NodeName.NONODE && (connection == null || !connection.isUp())) {
          nodes.add(node);
        }
      }
    }
    if (wants(kinds, NodeKind.HIDDEN)) {
      connections.values().stream().filter(c -> c.isUp() && !c.visible).forEach(c -> nodes.add(c.peer));
    }
    if (wants(kinds, NodeKind.VISIBLE)) {
      connections.values().stream().filter(c -> c.isUp() && c.visible).forEach(c -> nodes.add(c.peer));
    }
    boolean self = kinds.contains(NodeKind.THIS) || kinds.contains(NodeKind.KNOWN);
    if (self && !nodes.contains(name)) {
      nodes.add(name);
    }
    return nodes;
  }

  private static boolean wants(List<NodeKind> kinds, NodeKind kind) {
    return kinds.contains(kind) || kinds.contains(NodeKind.CONNECTED) || kinds.contains(NodeKind.KNOWN);
  }

  @Override
  public boolean isConnectedOrConnecting(Atom node) {
    return connections.containsKey(node);
  }

  @Override
  public Atom cookie(Atom node) {
    return life == Life.ON ? cookies.getOrDefault(node, cookie) : NOCOOKIE;
  }

  @Override
  public void setCookie(Atom changed) {
    cookie = changed;
  }

  @Override
  public void setCookie(Atom node, Atom changed) {
    if (node == name) {
      cookie = changed;
    } else {
      cookies.put(node, changed);
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
    if (node == name) {
      return; // the own node does not go down before its processes
    }
    Connection connection = connections.get(node);
    if (connection == null && !mayCall(node)) {
      tell(watcher, Tuple.of(Atom.of("nodedown"), node));
      return;
    }
    watchers.count(watcher, node);
    if (connection == null) {
      call(node, Visibility.VISIBLE, now());
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
  public Routine spawnRemote(Atom node, Atom module, Atom function, List<Term> arguments, SpawnOptions options) {
    return new RemoteSpawn(node, module, function, arguments, options);
  }

  @Override
  public Reference spawnRequest(
      ProcessContext self, Atom node, Atom module, Atom function, List<Term> arguments, SpawnOptions options) {
    Reference reference = self.makeReference();
    self.signal(
        new Address.OfName(NET_KERNEL, node),
        new Signal.SpawnRequest(
            self.self(), reference, self.groupLeader(), module, function, ListTerm.of(arguments), options));
    return reference;
  }

  @Override
  public boolean abandonSpawnRequest(ProcessContext self, Reference request) {
    return processes().abandonSpawnRequest(self.self(), request);
  }

  @Override
  public Routine start(Term arguments) {
    return new StartCall(arguments);
  }

  @Override
  public Routine stop() {
    return new StopCall();
  }

  /** Begins to turn distribution on for a process, which gets the answer as {@code {tag, Answer}}. */
  void start(NodeName newName, NodeName.Kind kind, Pid caller, Term tag) {
    begin(new Starting(newName.atom(), Start.BY_CALL, Optional.of(new Caller(caller, tag))), kind);
  }

  /** Turns distribution off a moment later; what {@code net_kernel:stop/0} answers. */
  Term stop(long atNanos) {
    if (life != Life.ON) {
      return Tuple.of(Atom.ERROR, Atom.of("not_found"));
    }
    if (start == Start.AT_BOOT) {
      return Tuple.of(Atom.ERROR, Atom.of("not_allowed"));
    }
    schedule(atNanos, new DistributionEvent.StopDue(vm));
    return Atom.OK;
  }

  String host() {
    return endpoint.host();
  }

  Optional<Pid> kernelPid() {
    return processes().whereis(NET_KERNEL);
  }

  @Override
  public Term tickTime() {
    if (life != Life.ON) {
      return Atom.of("ignored");
    }
    return ticker.changingToSeconds == 0
        ? IntegerTerm.of(ticker.tickTimeSeconds)
        : ongoing();
  }

  private Term ongoing() {
    return Tuple.of(Atom.of("ongoing_change_to"), IntegerTerm.of(ticker.changingToSeconds));
  }

  @Override
  public Term setTickTime(int seconds, int transitionSeconds) {
    if (life != Life.ON) {
      return Atom.of("ignored");
    }
    if (ticker.changingToSeconds != 0) {
      return ongoing();
    }
    if (seconds == ticker.tickTimeSeconds) {
      return Atom.of("unchanged");
    }
    long interval = ticker.change(seconds, now());
    rescheduleTick();
    long transition = transitionSeconds * SECOND;
    int extraTicks = transition > 0 ? Math.toIntExact(1 + (transition - 1) / interval + 1) : 1;
    extraTick(extraTicks, interval);
    return Atom.of("change_initiated");
  }

  /** A request to the {@code net_kernel} process; empty if the answer comes later, or never. */
  Optional<Term> request(Term request, Caller from, long atNanos) {
    if (!(request instanceof Tuple tuple) || tuple.size() == 0) {
      return plainRequest(request);
    }
    String what = tuple.get(0) instanceof Atom first ? first.name() : "";
    if (what.equals("connect") && tuple.size() == 3 && tuple.get(2) instanceof Atom peer) {
      Visibility visibility = tuple.get(1) == Atom.of("hidden") ? Visibility.HIDDEN : Visibility.VISIBLE;
      return connectRequest(peer, visibility, from, atNanos);
    }
    if (tuple.size() != 2) {
      return Optional.empty();
    }
    return switch (what) {
      case "disconnect" -> Optional.of(Atom.of(tuple.get(1) instanceof Atom peer && disconnectFrom(peer)));
      case "is_auth" -> Optional.of(Atom.of("yes"));
      case "allow" -> Optional.of(allow(tuple.get(1)));
      default -> Optional.empty();
    };
  }

  private Optional<Term> plainRequest(Term request) {
    return switch (request instanceof Atom atom ? atom.name() : "") {
      case "longnames" -> Optional.of(Atom.of(nameKind == NodeName.Kind.LONG));
      case "nodename" -> Optional.of(name);
      case "ticktime" -> Optional.of(tickTime());
      case "allowed" -> Optional.of(Tuple.of(Atom.OK, ListTerm.of(List.copyOf(allowed))));
      default -> Optional.empty();
    };
  }

  private Optional<Term> connectRequest(Atom peer, Visibility visibility, Caller caller, long atNanos) {
    Connection connection = connections.get(peer);
    if (peer == name || connection != null && connection.isUp()) {
      return Optional.of(Atom.TRUE);
    }
    if (connection == null) {
      if (!allows(peer)) {
        logError("** Connection attempt with disallowed node " + peer + " **");
        return Optional.of(Atom.FALSE);
      }
      barred.remove(peer);
      connection = call(peer, visibility, atNanos);
    }
    connection.callers.addFirst(caller);
    return Optional.empty();
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
    allowed.addAll(atoms);
    return Atom.OK;
  }

  // Views.

  /** A connection as views show it. */
  public record Peer(Atom node, boolean up, boolean visible, int creation, int bufferedSignals) {}

  /** The connections that are up or being made. */
  public List<Peer> peers() {
    return connections.values().stream()
        .map(c -> new Peer(c.peer, c.isUp(), c.visible, c.peerCreation, c.buffered.size()))
        .toList();
  }
}
