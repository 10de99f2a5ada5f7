package beamyard.simulator;

import beamyard.simulator.distribution.Distribution;
import beamyard.simulator.distribution.DistributionEvent;
import beamyard.simulator.distribution.Epmd;
import beamyard.simulator.engine.Choices;
import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.Event;
import beamyard.simulator.engine.SeededChoices;
import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.HeldPacket;
import beamyard.simulator.network.Latency;
import beamyard.simulator.network.Network;
import beamyard.simulator.network.NetworkEvent;
import beamyard.simulator.network.NetworkOutcome;
import beamyard.simulator.network.PathView;
import beamyard.simulator.network.Travel;
import beamyard.simulator.process.Footprint;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.ProcessEvent;
import beamyard.simulator.process.ProcessEvent.Arrival;
import beamyard.simulator.process.ProcessEvent.SliceEnded;
import beamyard.simulator.process.ProcessEvent.SliceStarted;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.trace.Trace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A yard of nodes: boots them, breaks what is between them, and lets virtual time pass. Deterministic: the same settings and
 * the same calls at the same virtual times give the same run.
 *
 * <p>Not thread-safe. What is asked takes effect now; what follows from it happens while time passes.
 */
public final class Simulation {
  private final SimulationSettings settings;
  private final NodeSoftware software;
  private final Engine engine;
  private final Trace trace;
  private final Network network;
  private final Faults faults;
  private final LinkedHashMap<String, Host> hosts = new LinkedHashMap<>();

  private final Incarnations nodes = new Incarnations();
  private final Lifecycle lifecycle;
  private @Nullable Footprint footprint;

  /** Whether an event is being handled. */
  private boolean happening;

  /** A yard without nodes at the virtual time 0. */
  public Simulation(SimulationSettings settings, NodeSoftware software, Trace trace) {
    this.settings = settings;
    this.software = software;
    this.trace = trace;
    this.engine = new Engine(new SeededChoices(settings.seed()));
    this.network = new Network(engine, settings.network(), trace);
    this.lifecycle = new Lifecycle(this, settings, software, engine, network, nodes, trace);
    this.faults = new Faults(this, lifecycle, network);
  }

  private Simulation(Simulation original, UnaryOperator<Engine> copier, Trace trace) {
    settings = original.settings;
    software = original.software;
    this.trace = trace;
    engine = copier.apply(original.engine);
    network = original.network.copy(engine, trace);
    lifecycle = new Lifecycle(this, settings, software, engine, network, nodes, trace);
    faults = new Faults(this, lifecycle, network);
    original.hosts.forEach((name, host) -> hosts.put(name, host.copy()));
    nodes.copyFrom(original.nodes, this::copyOf);
  }

  private Node copyOf(Node original) {
    Distribution distribution = original.distribution().copy(engine, network, trace);
    Node copy = original.copy(this, host(original.settings().host()), distribution);
    if (original.hasProcesses()) {
      connect(copy, original.processes().copy(engine, trace));
    }
    return copy;
  }

  /**
   * Lets all processes go, and tells nobody: the threads of straight-line processes are unwound. To be called when nothing is
   * wanted of the simulation any more; it cannot go on.
   */
  public void discard() {
    for (Node node : nodes()) {
      if (node.hasProcesses()) {
        node.processes().kill();
      }
    }
  }

  /**
   * An independent copy at the same virtual time, which goes on the same way given the same calls.
   *
   * @throws beamyard.simulator.process.StraightLine.NotCopied while a process lives that is written straight down
   */
  public Simulation copy(Trace itsTrace) {
    return new Simulation(this, original -> original.copy(), itsTrace);
  }

  /**
   * A copy in which everything that could go either way from here on is drawn from another seed. What was drawn already, such
   * as the latency of paths in use, stays. Several threads may copy one simulation that nobody runs.
   */
  public Simulation copy(long seed, Trace itsTrace) {
    return new Simulation(this, original -> original.copy(new SeededChoices(seed)), itsTrace);
  }

  // Nodes.

  /**
   * Begins to start a node, which takes a while: see {@link Node#state}. A node that has ended can be started again, under the
   * same label.
   */
  public Node boot(NodeSettings node) {
    apply(new Fault.Boot(node));
    return node(node.label());
  }

  /** Starts a node and lets time pass until it is up; fails if its name is taken. */
  public Node bootAndWait(NodeSettings node) {
    Node booting = boot(node);
    runUntil(() -> booting.state() != Node.State.BOOTING, now() + 2 * settings.timings().boot());
    if (!booting.isUp()) {
      throw new BadSetup(
          "the name is taken by another node of the host",
          "node " + node.label(),
          "a name of its own");
    }
    return booting;
  }

  static Endpoint endpoint(NodeSettings node) {
    return new Endpoint(node.host(), node.label());
  }

  /** The latest incarnation of a node. */
  public Node node(String label) {
    Node node = nodes.latest(label);
    if (node == null) {
      List<String> labels = nodes().stream().map(Node::label).toList();
      throw new BadSetup("is not there", "node " + label, "one of " + labels);
    }
    return node;
  }

  /** The latest incarnation of every node, in the order in which they were first started. */
  public List<Node> nodes() {
    return nodes.all();
  }

  /** A machine, made when it is first asked for. */
  public Host host(String name) {
    Host known = hosts.get(name);
    if (known != null) {
      return known;
    }
    var added = new Host(name, engine, network);
    hosts.put(name, added);
    return added;
  }

  public List<Host> hosts() {
    return List.copyOf(hosts.values());
  }

  /** Takes a node away for good; one that is up is dead at once. Its label is free again, what other nodes know of it stays. */
  public void remove(String label) {
    Node node = node(label);
    if (!node.hasEnded()) {
      lifecycle.killed(node);
    }
    nodes.remove(label);
  }

  /** Takes a machine away for good, its files and its port mapper with it: its name is known no longer. */
  public void removeHost(String name) {
    Host host = hosts.get(name);
    if (host == null) {
      throw new BadSetup("is not there", "host " + name, "one of " + hosts.keySet());
    }
    List<String> there =
        nodes().stream().filter(node -> node.host() == host).map(Node::label).toList();
    if (!there.isEmpty()) {
      throw new BadSetup("has nodes", "host " + name, "these removed first: " + there);
    }
    network.removeHost(name, Epmd.endpoint(name), now());
    hosts.remove(name);
  }

  /** {@code init:stop} on a node: it ends after a second. */
  public void stop(String label) {
    apply(new Fault.Stop(label));
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  /** {@code SIGKILL}: the node ends at once, without a word. */
  public void kill(String label) {
    apply(new Fault.Crash(label));
  }

  /** {@code SIGSTOP}: the node does nothing until it is resumed; its streams stay open. */
  public void pause(String label) {
    apply(new Fault.Pause(label));
  }

  /** {@code SIGCONT}: what came while the node was paused happens now. */
  public void resume(String label) {
    apply(new Fault.Resume(label));
  }

  // Faults.

  /** Does something to the cluster now; fails, and does nothing, if it is impossible. */
  public void apply(Fault fault) {
    if (footprint != null) {
      leaveFootprint(footprint, fault);
    }
    faults.apply(fault);
  }

  private void leaveFootprint(Footprint told, Fault fault) {
    told.used(Access.WRITE, 0, Footprint.NETWORK);
    Optional<String> label =
        switch (fault) {
          case Fault.Crash(String node) -> Optional.of(node);
          case Fault.Stop(String node) -> Optional.of(node);
          case Fault.Restart(String node) -> Optional.of(node);
          case Fault.Pause(String node) -> Optional.of(node);
          case Fault.Resume(String node) -> Optional.of(node);
          default -> Optional.empty();
        };
    label.ifPresent(node -> told.used(Access.WRITE, node(node).incarnation(), Footprint.RUNTIME));
  }

  /** Fails if a fault is impossible now. */
  public void check(Fault fault) {
    faults.check(fault);
  }

  /**
   * Does something to the cluster at an instant. If it is impossible by then, nothing happens but a {@link
   * FaultFact.FaultRefused}.
   */
  public void applyAt(long atNanos, Fault fault) {
    requireFuture(atNanos);
    engine.schedule(atNanos, 0, new FaultDue(fault));
  }

  private void requireFuture(long atNanos) {
    if (atNanos < now()) {
      throw new BadSetup(
          "is " + atNanos + " ns, which is past", "an instant", "now, " + now() + " ns, or later");
    }
  }

  private void applyIfPossible(Fault fault) {
    try {
      apply(fault);
    } catch (BadSetup impossible) {
      if (trace.isOn()) {
        trace.record(now(), new FaultFact.FaultRefused(fault, impossible.getMessage()));
      }
    }
  }

  /** Cuts all paths between nodes of different groups, besides what is cut already; port mappers stay reachable. */
  public void partition(List<List<String>> groups) {
    apply(new Fault.Partition(Optional.empty(), groups));
  }

  /** Drops what one node sends to another. */
  public void block(String from, String to) {
    apply(new Fault.Block(from, to));
  }

  public void unblock(String from, String to) {
    apply(new Fault.Unblock(from, to));
  }

  /** Ends all partitions and blocks. Nothing reconnects by itself. */
  public void heal() {
    apply(new Fault.Heal(Optional.empty()));
  }

  /** Sets how long packets between two nodes take, each way, from now on. */
  public void setLatency(String one, String other, long nanos) {
    if (nanos < 0) {
      throw new BadSetup("is " + nanos + " ns", "latency of " + one + " to " + other, "0 or more");
    }
    var latency = new Latency.Constant(nanos);
    apply(new Fault.Delay(one, other, latency));
    apply(new Fault.Delay(other, one, latency));
  }

  /** Whether packets get from one node to another. */
  public boolean isOpen(String from, String to) {
    return network.isOpen(endpoint(node(from).settings()), endpoint(node(to).settings()));
  }

  /** When a datagram that one node sends another now arrives; empty if it does not. */
  public Optional<Long> datagram(Node from, Node to) {
    return network.datagram(endpoint(from.settings()), endpoint(to.settings()), now());
  }

  /** The names of the cuts that last, oldest first. */
  public List<String> cuts() {
    return network.cuts();
  }

  /** The paths that somebody made slower, narrower or lossier, or that hold what they carry. */
  public List<PathView> changedPaths() {
    return network.changedPaths();
  }

  /** What is held on its way, oldest first. */
  public List<HeldPacket> held() {
    return network.held();
  }

  /** Whether any path is cut in any direction. */
  public boolean hasCuts() {
    return network.hasCuts();
  }

  // Time.

  /** Virtual nanoseconds since the start. */
  public long now() {
    return engine.now();
  }

  /** Lets the next event happen; {@code false} if there is none. Refused inside of a process: time passes around it. */
  public boolean step() {
    requireOutside();
    Event event = engine.next();
    if (event == null) {
      return false;
    }
    handle(event);
    return true;
  }

  private void requireOutside() {
    if (happening) {
      throw new BadSetup(
          "is made to pass by a process of the simulation",
          "virtual time",
          "a test or another owner; a process sleeps or receives");
    }
  }

  /** Lets time pass until an instant. */
  public void runUntil(long atNanos) {
    requireFuture(atNanos);
    requireOutside();
    while (engine.nextTime().orElse(Long.MAX_VALUE) <= atNanos) {
      step();
    }
    if (atNanos > now()) {
      engine.advanceTo(atNanos);
    }
  }

  /** Lets some virtual nanoseconds pass. */
  public void runFor(long nanos) {
    runUntil(now() + nanos);
  }

  /**
   * Lets time pass until a condition holds, looked at after every event; at most until a deadline.
   *
   * @return whether it holds
   */
  public boolean runUntil(BooleanSupplier condition, long deadlineNanos) {
    requireOutside();
    while (!condition.getAsBoolean()) {
      if (engine.nextTime().orElse(Long.MAX_VALUE) > deadlineNanos) {
        if (deadlineNanos > now()) {
          engine.advanceTo(deadlineNanos);
        }
        return condition.getAsBoolean();
      }
      step();
    }
    return true;
  }

  /** When the next event happens; {@link Long#MAX_VALUE} if nothing will ever happen by itself. */
  public long nextEventTime() {
    return engine.nextTime().orElse(Long.MAX_VALUE);
  }

  // Events.

  /** Lets events happen in another order than that of their times. */
  public OutOfTurn outOfTurn() {
    return new OutOfTurn(this, engine);
  }

  void travel(Travel how) {
    network.travel(how);
  }

  void happen(Event event) {
    handle(event);
  }

  /** Tells somebody what is used from now on; {@code null} for nobody. */
  void tell(@Nullable Footprint told) {
    footprint = told;
    for (Node node : nodes()) {
      if (node.hasProcesses()) {
        node.processes().tell(told);
      }
    }
  }

  int living() {
    return nodes.livingCount();
  }

  @Nullable Node live(int incarnation) {
    return nodes.living(incarnation);
  }

  private void handle(Event event) {
    happening = true;
    try {
      dispatch(event);
    } finally {
      happening = false;
    }
  }

  private void dispatch(Event event) {
    // the most frequent by their own types: what a class implements takes its time to find out
    switch (event) {
      case SliceStarted started -> handle(started.vm(), started);
      case SliceEnded ended -> handle(ended.vm(), ended);
      case Arrival arrival -> handle(arrival.vm(), arrival);
      case ProcessEvent other -> handle(other.vm(), other);
      case NetworkEvent networkEvent -> {
        NetworkOutcome outcome = network.handle(networkEvent);
        if (outcome != null) {
          deliver(outcome);
        }
      }
      case DistributionEvent distributionEvent -> handle(distributionEvent);
      case NodeEvent nodeEvent -> lifecycle.handle(nodeEvent);
      case FaultDue(Fault fault) -> applyIfPossible(fault);
      default -> throw new AssertionError("an event of nobody: " + event);
    }
  }

  private void handle(int vm, ProcessEvent event) {
    Node node = nodes.living(vm);
    if (node != null) {
      node.processes().handle(event);
    }
  }

  private void handle(DistributionEvent event) {
    Node node = nodes.living(event.vm());
    if (node == null) {
      return; // the node has ended
    }
    if (node.isBehind()) {
      node.held.add(new Node.Held.OwnEvent(event));
    } else {
      node.distribution().handle(event);
    }
  }

  private void deliver(NetworkOutcome outcome) {
    Endpoint owner = outcome.owner();
    if (Epmd.isOne(owner)) {
      Host its = hosts.get(owner.host());
      if (its != null) { // else it was taken away while this was under way
        its.epmd().accept(outcome, network, now(), trace);
      }
      return;
    }
    Node node = nodes.latest(owner.name());
    if (node == null || nodes.living(node.incarnation()) == null) {
      return; // the node has ended
    }
    if (node.isBehind()) {
      node.held.add(new Node.Held.FromNetwork(outcome));
      return;
    }
    node.distribution().accept(outcome);
    if (node.state() == Node.State.BOOTING) {
      lifecycle.goOnBooting(node);
    }
  }

  /** Gives a node its processes, and says what surrounds them. */
  void connect(Node node, ProcessTable table) {
    node.run(table);
    table.tell(footprint);
    table.own(Choices.class, engine.choices());
    table.attach(node.distribution(), node.distribution(), software.language());
  }
}
