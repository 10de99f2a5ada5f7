package beamyard.simulator;

import beamyard.simulator.ClusterSettings.Recording;
import beamyard.simulator.JavaNodes.Caller;
import beamyard.simulator.network.HeldPacket;
import beamyard.simulator.network.Latency;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.process.LogSink;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.StraightLine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.FactList;
import beamyard.simulator.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A cluster for tests: nodes with OTP's kernel, whose processes are Java. A method that asks a node for something lets virtual
 * time pass until the answer is there; nothing else does.
 *
 * <p>A node is called by the name before the {@code @} of {@code name@localhost}, or by its full name on another host. What
 * cannot be done is {@link BadSetup}, and has changed nothing. Not thread-safe.
 */
public final class Cluster {
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final Atom CALL = Atom.of("beamyard");

  private final ClusterSettings settings;
  private final Simulation simulation;
  private final Trace trace;
  private final List<FaultSchedule.Step> done = new ArrayList<>();

  /** A cluster without nodes. */
  public Cluster(ClusterSettings settings) {
    this.settings = settings;
    trace = settings.recording() == Recording.ON ? new FactList() : Trace.OFF;
    simulation = new Simulation(settings.simulation(), new JavaNodes(settings.functions()), trace);
  }

  private Cluster(Cluster original) {
    settings = original.settings;
    trace = settings.recording() == Recording.ON ? new FactList() : Trace.OFF;
    simulation = original.simulation.copy(trace);
    done.addAll(original.done);
  }

  /** Boots nodes that are not connected yet; seed 1. */
  public static Cluster of(String... names) {
    return of(ClusterSettings.seed(1), names);
  }

  /** Boots nodes that are not connected yet. */
  public static Cluster of(ClusterSettings settings, String... names) {
    var cluster = new Cluster(settings);
    cluster.boot(names);
    return cluster;
  }

  /**
   * An independent copy that goes on the same way; a recording of its own begins.
   *
   * @throws BadSetup while straight-line processes live: their stacks cannot be copied
   */
  public Cluster copy() {
    try {
      return new Cluster(this);
    } catch (StraightLine.NotCopied stack) {
      throw (BadSetup)
          new BadSetup(
                  "has a living straight-line process, whose stack cannot be copied",
                  "the cluster to copy",
                  "processes that are JavaHandlers, or that the straight-line ones end first, or a run from the start again")
              .initCause(stack);
    }
  }

  public ClusterSettings settings() {
    return settings;
  }

  /** The simulation underneath. */
  public Simulation simulation() {
    return simulation;
  }

  // Nodes.

  /** Starts nodes, all at once, and waits until they are up. */
  public void boot(String... names) {
    var starting = new LinkedHashMap<String, NodeSettings>();
    for (String name : BadSetup.ifNull(names, "the names of nodes")) {
      NodeSettings node = settingsOf(BadSetup.ifNull(name, "the name of a node"));
      simulation.check(new Fault.Boot(node));
      if (starting.put(name, node) != null) {
        throw new BadSetup("is named twice", "node " + name, "every node once");
      }
    }
    starting.values().forEach(simulation::boot);
    for (String name : names) {
      awaitUp(name);
    }
  }

  private NodeSettings settingsOf(String name) {
    String full = name.contains("@") ? name : name + "@localhost";
    NodeSettings node =
        full.substring(full.indexOf('@')).contains(".")
            ? NodeSettings.longName(full)
            : NodeSettings.shortName(full);
    return node.withLabel(name).withCookie(settings.cookie()).withKernel(settings.kernel());
  }

  /** Starts a node and waits until it is up. */
  public void boot(NodeSettings node) {
    simulation.boot(BadSetup.ifNull(node, "a node's settings"));
    awaitUp(node.label());
  }

  private void awaitUp(String name) {
    Node node = simulation.node(name);
    await(() -> node.isUp() || node.hasEnded(), Duration.ofMinutes(1));
    if (!node.isUp()) {
      throw new BadSetup(
          "has the name of another node of its host", "node " + name, "a name of its own");
    }
  }

  public boolean isUp(String node) {
    return simulation.node(node).isUp();
  }

  /** {@code kill -9}; waits until the node is dead. */
  public void crash(String node) {
    apply(new Fault.Crash(node));
    awaitEnd(node);
  }

  /** {@code init:stop}; waits until the node has ended. */
  public void stop(String node) {
    apply(new Fault.Stop(node));
    awaitEnd(node);
  }

  private void awaitEnd(String name) {
    Node node = simulation.node(name);
    await(node::hasEnded, Duration.ofMinutes(1));
  }

  /** Kills a node, if it is up, and starts it again; waits until it is up. Its processes are gone. */
  public void restart(String name) {
    if (!simulation.node(name).hasEnded()) {
      crash(name);
    }
    apply(new Fault.Start(name));
    awaitUp(name);
  }

  public void pause(String node) {
    apply(new Fault.Pause(node));
  }

  public void resume(String node) {
    apply(new Fault.Resume(node));
  }

  /** Lets a node take so many times as long for all it computes. */
  public void slow(String node, double times) {
    apply(new Fault.Slow(node, times));
  }

  // Connections.

  /** {@code net_kernel:connect_node}. */
  public boolean connect(String from, String to) {
    return call(from, "net_kernel", "connect_node", name(to)) == Atom.TRUE;
  }

  /** {@code net_adm:ping}: whether the answer is {@code pong}. */
  public boolean ping(String from, String to) {
    return call(from, "net_adm", "ping", name(to)) == Atom.of("pong");
  }

  /** {@code net_kernel:disconnect}. */
  public boolean disconnect(String from, String to) {
    return call(from, "net_kernel", "disconnect", name(to)) == Atom.TRUE;
  }

  /**
   * Connects every node that is up with every other, waits for {@code global:sync} on each, and a tenth of a second more for
   * what is under way.
   */
  public void mesh() {
    List<String> up = simulation.nodes().stream().filter(Node::isUp).map(Node::label).toList();
    for (String node : up) {
      for (String other : up) {
        if (!node.equals(other)) {
          connect(node, other);
        }
      }
    }
    up.forEach(this::sync);
    run(Duration.ofMillis(100));
  }

  /** {@code global:sync} on a node. */
  public void sync(String node) {
    call(node, "global", "sync");
  }

  /** The nodes that a node sees, as {@code nodes()} gives them, by their labels where they have one. */
  public List<String> nodes(String node) {
    return simulation.node(node).distribution().nodes(List.of(NodeKind.VISIBLE)).stream()
        .map(this::label)
        .toList();
  }

  /** The node name of a node. */
  public Atom name(String node) {
    Node known = simulation.node(node);
    return known.settings().name().map(name -> name.full().atom()).orElseGet(known::name);
  }

  private String label(Atom name) {
    for (Node node : simulation.nodes()) {
      if (name(node.label()) == name) {
        return node.label();
      }
    }
    return name.name();
  }

  // The network.

  /** Does something to the cluster. */
  public void apply(Fault fault) {
    simulation.apply(BadSetup.ifNull(fault, "a fault"));
    done.add(new FaultSchedule.Step(simulation.now() / NANOS_A_MILLI, fault));
  }

  /** The faults so far, from the start of the cluster. */
  public FaultSchedule faults() {
    return new FaultSchedule(done);
  }

  /** Cuts all paths between nodes of different groups, besides those cut already. */
  public void partition(List<List<String>> groups) {
    apply(new Fault.Partition(Optional.empty(), groups));
  }

  /** The same, under a name by which it is healed. */
  public void partition(String cut, List<List<String>> groups) {
    apply(new Fault.Partition(Optional.of(BadSetup.ifNull(cut, "a partition's name")), groups));
  }

  /** A partition that heals by itself. */
  public void blip(Duration length, List<List<String>> groups) {
    apply(new Fault.Blip(groups, nanos(length, "the length of a blip")));
  }

  /** Ends all partitions and blocks; connects nothing. */
  public void heal() {
    apply(new Fault.Heal(Optional.empty()));
  }

  /** Ends one named partition. */
  public void heal(String cut) {
    apply(new Fault.Heal(Optional.of(BadSetup.ifNull(cut, "a partition's name"))));
  }

  /** Drops what one node sends to another. */
  public void block(String from, String to) {
    apply(new Fault.Block(from, to));
  }

  public void unblock(String from, String to) {
    apply(new Fault.Unblock(from, to));
  }

  /** Sets how long packets take between two nodes, each way. */
  public void latency(String one, String other, Latency latency) {
    apply(new Fault.Delay(one, other, BadSetup.ifNull(latency, "a latency")));
    apply(new Fault.Delay(other, one, latency));
  }

  /** Resets all connections between two nodes. */
  public void reset(String one, String other) {
    apply(new Fault.Reset(one, other));
  }

  /** Holds on its way what one node sends to another. */
  public void hold(String from, String to) {
    apply(new Fault.Hold(from, to));
  }

  public List<HeldPacket> held() {
    return simulation.held();
  }

  /** Lets one held packet arrive. */
  public void release(HeldPacket packet) {
    apply(new Fault.Release(BadSetup.ifNull(packet, "a packet").id()));
  }

  /** Loses one held packet; TCP sends it again. */
  public void drop(HeldPacket packet) {
    apply(new Fault.Drop(BadSetup.ifNull(packet, "a packet").id()));
  }

  /** Ends all holding and lets arrive what is held. */
  public void releaseAll() {
    apply(new Fault.ReleaseAll());
  }

  // Time.

  /** Virtual time since the start. */
  public Duration now() {
    return Duration.ofNanos(simulation.now());
  }

  /** Lets virtual time pass: nothing or more, 146 years at most. */
  public void run(Duration time) {
    simulation.runFor(nanos(time, "the time to run"));
  }

  private static long nanos(Duration time, String what) {
    if (BadSetup.ifNull(time, what).abs().compareTo(LONGEST) > 0) {
      throw new BadSetup("is " + time, what, "146 years at most");
    }
    return time.toNanos();
  }

  /**
   * Lets virtual time pass until a condition holds.
   *
   * @throws AssertionError if it does not hold in time
   */
  public void await(BooleanSupplier condition, Duration atMost) {
    long longest = nanos(atMost, "the time to wait");
    if (!simulation.runUntil(
        BadSetup.ifNull(condition, "a condition"), simulation.now() + longest)) {
      throw new AssertionError("did not happen within " + atMost + " of virtual time");
    }
  }

  // Processes.

  /** Spawns a process that handles one message after the other. */
  public <S> Pid spawn(String node, JavaHandler<S> handler, S state) {
    return spawn(node, BadSetup.ifNull(handler, "a handler").body(state));
  }

  /** Spawns a process written straight down; while it lives the cluster cannot be copied. */
  public Pid spawn(String node, StraightLine.Body body) {
    return spawn(node, new StraightLine(BadSetup.ifNull(body, "a body")));
  }

  /** Spawns a process. */
  public Pid spawn(String node, Routine body) {
    BadSetup.ifNull(body, "a body");
    return up(node)
        .processes()
        .spawn(body, new InitialCall(CALL, Atom.of("process"), 0), Optional.empty());
  }

  private Node up(String name) {
    Node node = simulation.node(name);
    if (!node.isUp()) {
      throw new BadSetup("is " + node.state(), "node " + name, "a node that is up");
    }
    return node;
  }

  /** Gives a process a name on its node; {@code false} if that is taken, or the process has one already. */
  public boolean register(String node, String name, Pid process) {
    ProcessTable processes = up(node).processes();
    if (!processes.isAlive(BadSetup.ifNull(process, "a process"))) {
      throw new BadSetup(
          process + " does not live there", "name " + name, "a living process of node " + node);
    }
    return processes.register(Atom.of(BadSetup.ifNull(name, "a name")), process);
  }

  /** Sends a message from a node to a process anywhere. */
  public void send(String from, Pid to, Term message) {
    send(from, new Address.OfProcess(BadSetup.ifNull(to, "a process")), message);
  }

  /** Sends a message from a node to whoever has a name on another. */
  public void send(String from, String name, String node, Term message) {
    Atom named = Atom.of(BadSetup.ifNull(name, "a process's name"));
    send(from, new Address.OfName(named, name(node)), message);
  }

  private void send(String from, Address to, Term message) {
    spawn(from, new JavaNodes.Sending(to, BadSetup.ifNull(message, "a message")));
  }

  public boolean isAlive(Pid process) {
    return nodeOf(BadSetup.ifNull(process, "a process"))
        .map(node -> node.processes().isAlive(process))
        .orElse(false);
  }

  /** A process as it is now; empty if it does not live. */
  public Optional<ProcessView> view(Pid process) {
    return nodeOf(BadSetup.ifNull(process, "a process"))
        .flatMap(node -> node.processes().view(process));
  }

  private Optional<Node> nodeOf(Pid process) {
    return simulation.nodes().stream()
        .filter(node -> node.isUp() && node.name() == process.node())
        .findFirst();
  }

  // Calls.

  /**
   * Calls a function in a process of its own on a node, and waits for the result: all of {@code rpc}, {@code erpc},
   * {@code global}, {@code pg}, {@code net_kernel}, {@code net_adm} and {@code init}, and the settings' own functions.
   *
   * @throws CallFailed if it raises, exits or throws, or its process is killed
   */
  public Term call(String node, String module, String function, Term... arguments) {
    Outcome outcome = begin(node, module, function, arguments).await();
    return switch (outcome) {
      case Outcome.Returned(Term value) -> value;
      case Outcome.Raised raised ->
          throw new CallFailed(
              node + ": " + module + ":" + function + "/" + arguments.length, raised);
      case Outcome.Yielded _, Outcome.Waiting _ -> throw new AssertionError(outcome);
    };
  }

  /** Begins a call on a node without waiting for it. */
  public PendingCall begin(String node, String module, String function, Term... arguments) {
    BadSetup.ifNull(module, "a module");
    BadSetup.ifNull(function, "a function");
    for (Term argument : BadSetup.ifNull(arguments, "the arguments of " + function)) {
      BadSetup.ifNull(argument, "an argument of " + function);
    }
    Node where = up(node);
    Routine call = where.processes().callOf(Atom.of(module), Atom.of(function), List.of(arguments));
    Pid caller =
        where
            .processes()
            .spawn(
                new Caller(call),
                new InitialCall(Atom.of(module), Atom.of(function), arguments.length),
                Optional.empty());
    return new PendingCall(this, where, caller);
  }

  // What happened.

  /** The processes that ended by an exception, node by node; those of former lives of a node are forgotten with it. */
  public List<Crash> crashes() {
    var crashes = new ArrayList<Crash>();
    for (Node node : simulation.nodes()) {
      if (node.owns(LogSink.class)) {
        crashes.addAll(((Crashes) node.owned(LogSink.class)).all());
      }
    }
    return crashes;
  }

  /** What every node believes now. */
  public Beliefs beliefs() {
    return Beliefs.of(simulation);
  }

  /** All facts so far, if they are recorded. */
  public List<FactList.Dated> facts() {
    if (trace instanceof FactList facts) {
      return facts.facts();
    }
    throw new BadSetup("is off", "the recording", "a cluster of settings that are recorded()");
  }
}
