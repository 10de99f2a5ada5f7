package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.distribution.Connection.State;
import beamyard.simulator.distribution.DistributionSettings.AutoConnect;
import beamyard.simulator.network.Packet;
import beamyard.simulator.network.Socket;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Footprint;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.Signal;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.process.SignalRoute.Flow;
import beamyard.simulator.process.SignalRoute.Sender;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The connections of a node, being made or up, and the signals that cross them.
 *
 * <p>A signal to a node that is not connected connects to it and waits; signals wait in the order they were sent. When a
 * connection ends, processes of this node first get the exit signals of links, then the {@code DOWN}s, then {@code nodedown}s.
 */
final class Connections {
  static final Atom NOCONNECTION = Atom.of("noconnection");

  private final Site site;
  private final SetUp setUp;
  private final NodeWatchers watchers;
  private final Ticker ticker;
  private final FlowControl flow;

  /** By peer, those that are up in the order in which they came up. */
  private final LinkedHashMap<Atom, Connection> byPeer = new LinkedHashMap<>();

  private final LinkedHashMap<Socket, Connection> bySocket = new LinkedHashMap<>();
  private final LinkedHashSet<Atom> allowed = new LinkedHashSet<>();

  /** Nodes that may not be called by themselves again, because they were lost once. */
  private final LinkedHashSet<Atom> barred = new LinkedHashSet<>();

  private final LinkedHashSet<Atom> known = new LinkedHashSet<>();
  private long nextId = 1;

  Connections(Site site, Cookies cookies, NodeWatchers watchers, Ticker ticker) {
    this.site = site;
    this.setUp = new SetUp(site, cookies, this);
    this.watchers = watchers;
    this.ticker = ticker;
    this.flow = new FlowControl(site);
  }

  private Connections(
      Connections original, Site site, Cookies cookies, NodeWatchers watchers, Ticker ticker) {
    this.site = site;
    setUp = original.setUp.copy(site, cookies, this);
    this.watchers = watchers;
    this.ticker = ticker;
    flow = new FlowControl(site);
    original.byPeer.forEach((peer, connection) -> byPeer.put(peer, connection.copy()));
    original.bySocket.forEach(
        (socket, connection) -> bySocket.put(socket, byPeer.get(connection.peer)));
    allowed.addAll(original.allowed);
    barred.addAll(original.barred);
    known.addAll(original.known);
    nextId = original.nextId;
  }

  Connections copy(Site itsSite, Cookies itsCookies, NodeWatchers itsWatchers, Ticker itsTicker) {
    return new Connections(this, itsSite, itsCookies, itsWatchers, itsTicker);
  }

  SetUp setUp() {
    return setUp;
  }

  /** All, those that are up in the order in which they came up. */
  List<Connection> all() {
    return List.copyOf(byPeer.values());
  }

  /** Adds the peers that are connected and visible, or hidden, in the order in which they came up. */
  void addUp(Visibility visibility, List<Atom> peers) {
    for (Connection connection : byPeer.values()) {
      if (connection.isUp() && connection.visible == (visibility == Visibility.VISIBLE)) {
        peers.add(connection.peer);
      }
    }
  }

  boolean anyUp() {
    return !bySocket.isEmpty();
  }

  /** A connection that is up or being made. */
  Optional<Connection> to(Atom peer) {
    return Optional.ofNullable(byPeer.get(peer));
  }

  /** Every node that this one has had to do with, itself included, those not connected in the order in which they came to be so. */
  List<Atom> known() {
    return List.copyOf(known);
  }

  void know(Atom node) {
    known.add(node);
  }

  // Who may connect.

  /** {@code net_kernel:allow/1}: from now on only nodes that were allowed. */
  void allow(List<Atom> nodes) {
    allowed.addAll(nodes);
  }

  List<Atom> allowed() {
    return List.copyOf(allowed);
  }

  boolean allows(Atom peer) {
    return allowed.isEmpty() || allowed.contains(peer);
  }

  /** Whether a signal to a node that is not connected connects to it. */
  boolean mayCall(Atom peer) {
    return site.name != NodeName.NONODE
        && peer != NodeName.NONODE
        && site.settings.autoConnect() != AutoConnect.NEVER
        && !barred.contains(peer)
        && allows(peer);
  }

  // Being made.

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
    Connection connection = byPeer.get(peer);
    if (connection == null) {
      begin(peer, attempt);
      return Acceptance.NEW;
    }
    return switch (connection.state) {
      case PENDING -> {
        if (TermOrder.STANDARD.compare(site.name, peer) > 0) {
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

  private Connection begin(Atom peer, long attempt) {
    var connection = new Connection(peer, nextId++, attempt);
    byPeer.put(peer, connection);
    known.add(peer);
    return connection;
  }

  boolean isPending(Atom peer, long attempt) {
    Connection connection = byPeer.get(peer);
    return connection != null && connection.state == State.PENDING && connection.owner == attempt;
  }

  /** The other node has lost the connection that is up here: it ends, and the attempt goes on to make a new one. */
  void replaceFormer(Atom peer, long attempt) {
    Connection former = byPeer.get(peer);
    if (former != null && former.state == State.UP_PENDING && former.owner == attempt) {
      close(former, Atom.of("wait_pending"));
    }
  }

  Connection call(Atom peer, Visibility visibility, long atNanos) {
    site.record(new DistributionFact.ConnectionStarted(site.name, peer));
    return begin(peer, setUp.call(peer, visibility, atNanos));
  }

  /** An explicit request to connect, which waits for the outcome; {@code true} if there is a connection already. */
  Optional<Term> connect(Atom peer, Visibility visibility, Caller caller, long atNanos) {
    Connection connection = byPeer.get(peer);
    if (peer == site.name || connection != null && connection.isUp()) {
      return Optional.of(Atom.TRUE);
    }
    if (connection == null) {
      if (!allows(peer)) {
        site.logError("** Connection attempt with disallowed node ~w ** ~n", peer);
        return Optional.of(Atom.FALSE);
      }
      if (!NodeName.isPossible(peer.name())) {
        site.logError("~n** Cannot get connection id for node ~w~n", peer);
        return Optional.of(Atom.FALSE);
      }
      barred.remove(peer);
      connection = call(peer, visibility, atNanos);
    }
    connection.addCaller(caller);
    return Optional.empty();
  }

  void attemptFailed(Atom peer, long attempt) {
    Connection connection = byPeer.get(peer);
    if (connection == null || connection.owner != attempt) {
      return; // another attempt has taken over
    }
    if (connection.state == State.UP_PENDING) {
      connection.state = State.UP;
      return;
    }
    byPeer.remove(peer);
    moveToEnd(peer);
    lost(connection);
    connection.takeCallers().forEach(caller -> site.answer(caller, Atom.FALSE));
  }

  // Up and down.

  void up(Atom peer, Socket socket, int peerCreation, boolean visible) {
    site.processes().use(Access.WRITE, Footprint.CONNECTIONS);
    Connection connection = byPeer.remove(peer);
    byPeer.put(peer, connection);
    bySocket.put(socket, connection);
    connection.state = State.UP;
    connection.socket = socket;
    connection.peerCreation = peerCreation;
    connection.visible = visible;
    connection.sent = 1;
    connection.received = 1;
    site.record(new DistributionFact.NodeUp(site.name, peer, visible, connection.id));
    ticker.wake();
    watchers.up(peer, visible, connection.id).forEach(site::tell);
    connection.takeCallers().forEach(caller -> site.answer(caller, Atom.TRUE));
    transmitBuffered(connection);
  }

  private void transmitBuffered(Connection connection) {
    boolean wasBusy = connection.busy;
    connection.busy = false;
    for (Connection.Waiting waiting : connection.takeBuffered()) {
      transmit(connection, waiting.to(), waiting.signal(), site.now());
    }
    if (wasBusy && !connection.busy) {
      flow.release(connection, this);
    }
  }

  /** The operating system takes more of what a connection has to send. */
  void writable(Socket socket) {
    Connection connection = bySocket.get(socket);
    if (connection != null && connection.busy) {
      flow.release(connection, this);
    }
  }

  boolean isBusy(Atom peer) {
    Connection connection = byPeer.get(peer);
    return connection != null && connection.busy;
  }

  /** How much waits to be sent by a connection, in bytes. */
  long waitingBytes(Connection connection) {
    return flow.waitingBytes(connection);
  }

  /** Ends a connection from this side. */
  void close(Connection connection, Term reason) {
    site.close(connection.openSocket());
    down(connection.peer, reason);
  }

  /** Ends all, and all attempts to make one. */
  void closeAll(Term reason) {
    for (Connection connection : all()) {
      if (connection.isUp()) {
        close(connection, reason);
      } else {
        attemptFailed(connection.peer, connection.owner);
      }
    }
    setUp.abandonAll();
    allowed.clear();
    barred.clear();
  }

  /** The connection of a stream, if there is one. */
  Optional<Atom> peerAt(Socket socket) {
    return Optional.ofNullable(bySocket.get(socket)).map(connection -> connection.peer);
  }

  void down(Atom peer, Term reason) {
    site.processes().use(Access.WRITE, Footprint.CONNECTIONS);
    Connection connection = byPeer.remove(peer);
    bySocket.remove(connection.openSocket());
    if (connection.state == State.UP_PENDING) {
      begin(peer, connection.owner);
    } else if (site.settings.autoConnect() == AutoConnect.ONCE) {
      barred.add(peer);
    }
    moveToEnd(peer);
    site.record(new DistributionFact.NodeDown(site.name, peer, reason, connection.id));
    lost(connection);
    watchers.down(peer, connection.visible, connection.id, reason).forEach(site::tell);
  }

  /** It is the newest of those that are not connected. */
  private void moveToEnd(Atom peer) {
    known.remove(peer);
    known.add(peer);
  }

  private void lost(Connection connection) {
    int lost = connection.buffered() + connection.withheld().size();
    if (lost > 0) {
      site.record(new DistributionFact.SignalsLost(site.name, connection.peer, lost));
    }
    site.processes().nodeLost(connection.peer);
    if (connection.busy) {
      site.processes().resume(connection.peer);
    }
  }

  // Signals.

  /** Takes a packet that came on the stream of a connection that is up; {@code false} if the stream is not one's. */
  boolean received(Socket socket, Packet packet) {
    Connection connection = bySocket.get(socket);
    if (connection == null) {
      return false;
    }
    connection.received++;
    if (packet instanceof ConnectionPacket.Control(Address to, Signal signal, _)) {
      site.deliver(to, signal);
    }
    return true;
  }

  Flow route(Address to, Signal signal, Sender sender, long atNanos) {
    Atom peer = nodeOf(to);
    Connection connection = byPeer.get(peer);
    if (connection == null) {
      if (!connects(signal) || !mayCall(peer)) {
        refuse(to, signal);
        return Flow.FREE;
      }
      connection = call(peer, Visibility.VISIBLE, atNanos);
    }
    if (connection.busy && flow.withholds(connection, signal, sender)) {
      flow.withhold(connection, to, signal);
    } else if (connection.isUp()) {
      transmit(connection, to, signal, atNanos);
    } else {
      buffer(connection, to, signal);
    }
    return connection.busy ? Flow.BUSY : Flow.FREE;
  }

  private static Atom nodeOf(Address to) {
    return switch (to) {
      case Address.OfProcess(Pid pid) -> pid.node();
      case Address.OfName(_, Atom node) -> node;
      case Address.OfAlias(Reference alias) -> alias.node();
    };
  }

  /** Answers and withdrawals are of no use to a node that is not connected: it has heard of the loss. */
  private static boolean connects(Signal signal) {
    return switch (signal) {
      case Signal.Message _,
          Signal.Link _,
          Signal.Monitor _,
          Signal.GroupLeader _,
          Signal.SpawnRequest _ ->
          true;
      case Signal.Exit exit -> exit.cause() == ExitCause.EXIT_CALL;
      case Signal.Unlink _,
          Signal.UnlinkAck _,
          Signal.Demonitor _,
          Signal.Down _,
          Signal.SpawnReply _ ->
          false;
    };
  }

  private void buffer(Connection connection, Address to, Signal signal) {
    site.record(new DistributionFact.SignalBuffered(site.name, connection.peer));
    connection.addBuffered(new Connection.Waiting(to, signal));
    flow.buffered(connection, to, signal);
  }

  void transmit(Connection connection, Address to, Signal signal, long atNanos) {
    connection.sent++;
    var packet = new ConnectionPacket.Control(to, signal, SignalSize.of(to, signal));
    boolean taken = site.send(connection.openSocket(), packet, atNanos);
    if (!taken) {
      flow.lookAt(connection);
    }
  }

  void sendTick(Connection connection) {
    site.record(new DistributionFact.TickSent(site.name, connection.peer));
    connection.sent++;
    site.send(connection.openSocket(), new ConnectionPacket.Tick());
  }

  /** There is no connection to be had: who waits for an answer gets {@code noconnection}. */
  private void refuse(Address to, Signal signal) {
    known.add(nodeOf(to));
    site.record(new DistributionFact.SignalsLost(site.name, nodeOf(to), 1));
    switch (signal) {
      case Signal.Monitor(Pid from, Reference reference, Address watched) ->
          site.deliver(
              new Address.OfProcess(from),
              new Signal.Down(from, reference, shown(watched), NOCONNECTION));
      case Signal.Link(Pid from) -> {
        if (to instanceof Address.OfProcess(Pid other)) {
          site.deliver(
              new Address.OfProcess(from), new Signal.Exit(other, NOCONNECTION, ExitCause.LINK));
        }
      }
      case Signal.SpawnRequest(Pid from, Reference reference, _, _, _, _, var options) ->
          site.deliver(
              new Address.OfProcess(from),
              new Signal.SpawnReply(from, reference, Optional.empty(), NOCONNECTION, options));
      case Signal.Message _,
          Signal.Exit _,
          Signal.GroupLeader _,
          Signal.Unlink _,
          Signal.UnlinkAck _,
          Signal.Demonitor _,
          Signal.Down _,
          Signal.SpawnReply _ -> {} // nobody waits for an answer
    }
  }

  private static Term shown(Address watched) {
    return switch (watched) {
      case Address.OfProcess(Pid pid) -> pid;
      case Address.OfName(Atom registered, Atom node) -> Tuple.of(registered, node);
      case Address.OfAlias(Reference alias) -> alias;
    };
  }
}
