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
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.Signal;
import beamyard.simulator.process.SignalRoute;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.util.List;
import java.util.Optional;

/**
 * The distribution of one node: whether it has a name, who it is connected to, and what processes can ask about that.
 *
 * @see <a href="https://www.erlang.org/doc/man/net_kernel.html">net_kernel</a>
 */
public final class Distribution implements NodeLink, SignalRoute {
  private static final Atom DISCONNECT = Atom.of("disconnect");
  private static final Atom IGNORED = Atom.of("ignored");

  /** Before it a real node opens some for its own use. */
  private static final long FIRST_PORT = 6;

  private final Site site;
  private final Cookies cookies;
  private final NodeWatchers watchers;
  private final Ticker ticker;
  private final Connections connections;
  private final EpmdQueries queries;
  private final Naming naming;
  private final NodeLists lists;

  /** Whether the node can be reached. */
  public enum Life {
    OFF,
    STARTING,
    ON,
    /** The name was taken. */
    REFUSED
  }

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
    naming = new Naming(site, cookies, watchers, ticker, connections);
    lists = new NodeLists(site, connections);
  }

  private Distribution(Distribution original, Engine engine, Network network, Trace trace) {
    site = original.site.copy(engine, network, trace);
    cookies = original.cookies.copy();
    watchers = original.watchers.copy();
    ticker = original.ticker.copy(site);
    connections = original.connections.copy(site, cookies, watchers, ticker);
    queries = original.queries.copy(site);
    naming = original.naming.copy(site, cookies, watchers, ticker, connections);
    lists = new NodeLists(site, connections);
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
    if (outcome instanceof NetworkOutcome.Received(_, Socket socket, Packet packet)
        && connections.received(socket, packet)) {
      return; // nearly always
    }
    if (queries.owns(outcome.socket())) {
      queries.accept(outcome);
      return;
    }
    switch (outcome) {
      case NetworkOutcome.Accepted(_, Socket socket, _, _) -> {
        if (naming.isOn()) {
          connections.setUp().answer(socket);
        } else {
          site.close(socket);
        }
      }
      case NetworkOutcome.Connected(_, Socket socket) -> {
        if (naming.owns(socket)) {
          naming.connected(socket);
        } else {
          connections.setUp().accept(outcome);
        }
      }
      case NetworkOutcome.Received(_, Socket socket, Packet packet) -> {
        if (packet instanceof EpmdPacket.Registration(Optional<Integer> given)
            && naming.owns(socket)) {
          naming.registered(given);
        } else {
          connections.setUp().accept(outcome); // or this side has ended what it was for
        }
      }
      case NetworkOutcome.Writable(_, Socket socket) -> connections.writable(socket);
      case NetworkOutcome.Closed(_, Socket socket, _) -> {
        if (!connections.setUp().accept(outcome)) {
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
      case DistributionEvent.StopDue(_) -> naming.turnOff();
    }
  }

  // On and off.

  /** Begins to turn distribution on, when the node boots: it is on when the host's port mapper has taken the name. */
  public void boot(NodeName bootName, NodeName.Kind kind) {
    naming.boot(bootName, kind);
  }

  Naming naming() {
    return naming;
  }

  /** Whether distribution is on, or the name was refused. */
  public Life life() {
    return naming.life();
  }

  // What processes ask.

  @Override
  public List<Atom> nodes(List<NodeKind> kinds) {
    return lists.nodes(kinds);
  }

  @Override
  public Term nodes(List<NodeKind> kinds, List<Atom> infos) {
    return lists.nodes(kinds, infos);
  }

  Connections connections() {
    return connections;
  }

  NodeName.Kind nameKind() {
    return site.nameKind;
  }

  @Override
  public Atom name() {
    return site.name;
  }

  @Override
  public boolean isAlive() {
    return naming.isOn();
  }

  @Override
  public int creation() {
    return site.creation;
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
    long number =
        connections.to(node).map(connection -> connection.id).orElse(Naming.NO_CONNECTION);
    return new Port(site.name, FIRST_PORT + number, site.creation);
  }

  @Override
  public Atom cookie(Atom node) {
    return naming.isOn() ? cookies.of(node) : Atom.of("nocookie");
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
    site.processes().monitorNode(watcher, node);
    if (!connected) {
      connections.call(node, Visibility.VISIBLE, site.now());
    }
  }

  @Override
  public void demonitorNode(Pid watcher, Atom node) {
    site.processes().demonitorNode(watcher, node);
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

  /** Distribution ends now, as it does when one of its processes has died: the connections and the name are gone. */
  public void collapse() {
    site.schedule(site.processes().now(), new DistributionEvent.StopDue(site.vm));
  }

  String host() {
    return site.endpoint.host();
  }

  /** How the node behaves towards others. */
  public DistributionSettings settings() {
    return site.settings;
  }

  void askEpmd(String host, EpmdPacket question, Caller caller) {
    queries.ask(host, question, caller);
  }

  @Override
  public Term tickTime() {
    if (!naming.isOn()) {
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
    if (!naming.isOn()) {
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

  /** Whether the node got its name from its command line, and not from a call. */
  public boolean isStartedAtBoot() {
    return naming.isStartedAtBoot();
  }

  // Views.

  /**
   * A connection as views show it.
   *
   * @param number unlike that of any other connection of this node
   * @param waitingBytes what waits with the node because the operating system does not take it yet
   * @param busy whether processes that send by it are suspended
   */
  public record Peer(
      Atom node,
      long number,
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
                    c.id,
                    c.isUp(),
                    c.visible,
                    c.peerCreation,
                    c.buffered(),
                    c.received,
                    c.sent,
                    connections.waitingBytes(c),
                    c.busy))
        .toList();
  }
}
