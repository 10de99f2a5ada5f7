package beamyard.simulator;

import beamyard.simulator.cluster.Machine;
import beamyard.simulator.distribution.Distribution;
import beamyard.simulator.distribution.DistributionEvent;
import beamyard.simulator.kernel.Power;
import beamyard.simulator.process.Guardian;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.term.Atom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One incarnation of a node: an operating system process from its start to its end. */
public final class Node implements Power, Machine {
  /** What an operating system process is doing. */
  public enum State {
    BOOTING,
    RUNNING,
    /** As by {@code SIGSTOP}: it does nothing, but its streams stay. */
    PAUSED,
    /** {@code init:stop} was called. */
    STOPPING,
    /** It has ended. */
    DOWN,
    /** It has ended because its name was taken. */
    NOT_STARTED
  }

  private final Simulation simulation;
  private final int incarnation;
  private final NodeSettings settings;
  private final Host host;
  private final Distribution distribution;
  private final Belongings belongings;
  private @Nullable ProcessTable processes;
  private State state = State.BOOTING;
  private int exitStatus;

  /** What would have happened while the node is paused. */
  final ArrayDeque<Held> held = new ArrayDeque<>();

  /** Whether an event is under way by which it takes the next of what is held. */
  boolean catchesUp;

  /** Something for a paused node: an event of its own, or what the network has for it. */
  sealed interface Held {
    record OwnEvent(DistributionEvent event) implements Held {}

    record FromNetwork(beamyard.simulator.network.NetworkOutcome outcome) implements Held {}
  }

  Node(
      Simulation simulation,
      int incarnation,
      NodeSettings settings,
      Host host,
      Distribution distribution) {
    this.simulation = simulation;
    this.incarnation = incarnation;
    this.settings = settings;
    this.host = host;
    this.distribution = distribution;
    this.belongings = new Belongings();
  }

  private Node(Node original, Simulation simulation, Host host, Distribution distribution) {
    this.simulation = simulation;
    this.incarnation = original.incarnation;
    this.settings = original.settings;
    this.host = host;
    this.distribution = distribution;
    this.belongings = original.belongings.copy();
    this.state = original.state;
    this.exitStatus = original.exitStatus;
    this.held.addAll(original.held);
    this.catchesUp = original.catchesUp;
  }

  Node copy(Simulation copy, Host itsHost, Distribution itsDistribution) {
    return new Node(this, copy, itsHost, itsDistribution);
  }

  void run(ProcessTable table) {
    processes = table;
    distribution.serve(table);
    belongings.giveTo(table);
    table.own(Distribution.class, distribution);
    table.own(Node.class, this);
    table.own(Host.class, host);
    table.own(Power.class, this);
    table.own(Machine.class, this);
    table.own(Guardian.class, new VitalProcesses(this));
  }

  /** Whether it came so far as to have processes. */
  public boolean hasProcesses() {
    return processes != null;
  }

  void setState(State changed) {
    state = changed;
  }

  void setExitStatus(int status) {
    exitStatus = status;
  }

  /** A number that no other incarnation of any node has. */
  public int incarnation() {
    return incarnation;
  }

  public String label() {
    return settings.label();
  }

  public NodeSettings settings() {
    return settings;
  }

  public State state() {
    return state;
  }

  /** Whether it has processes that run, or would if it were not paused. */
  @Override
  public boolean isUp() {
    return state == State.RUNNING || state == State.PAUSED || state == State.STOPPING;
  }

  /** Whether there is nothing left of it. */
  public boolean hasEnded() {
    return state == State.DOWN || state == State.NOT_STARTED;
  }

  /** Whether what comes has to wait behind what came while it was paused. */
  boolean isBehind() {
    return state == State.PAUSED || !held.isEmpty();
  }

  @Override
  public String hostName() {
    return host.name();
  }

  @Override
  public List<Node> machines() {
    return simulation.nodes();
  }

  @Override
  public Optional<Long> datagramTo(Machine other) {
    return simulation.datagram(this, (Node) other);
  }

  /** The simulation it is part of. */
  public Simulation simulation() {
    return simulation;
  }

  /** The status with which it ended; 0 while it runs. */
  public int exitStatus() {
    return exitStatus;
  }

  /** The node's name now. */
  @Override
  public Atom name() {
    return distribution.name();
  }

  public Host host() {
    return host;
  }

  public Distribution distribution() {
    return distribution;
  }

  /** The processes; there are none before the node is up. */
  @Override
  public ProcessTable processes() {
    if (processes == null) {
      throw new AssertionError(label() + " is not up yet");
    }
    return processes;
  }

  /**
   * Gives the node something that its processes find by {@link beamyard.simulator.process.ProcessContext#owned}.
   *
   * @param copier makes an independent copy for a copy of the simulation; for something immutable, the thing itself
   */
  public <T> void own(Class<T> type, T thing, UnaryOperator<T> copier) {
    belongings.add(type, thing, copier);
    processes().own(type, thing);
  }

  /** Whether the node was given a thing of a type. */
  @Override
  public boolean owns(Class<?> type) {
    return belongings.has(type);
  }

  /** What the node was given; it must have been. */
  @Override
  public <T> T owned(Class<T> type) {
    return belongings.get(type);
  }

  /** {@code init:stop}: ends after a while, with its connections. */
  @Override
  public void stop(int status) {
    simulation.lifecycle().stop(this, status);
  }

  /** {@code erlang:halt}: ends now. */
  @Override
  public void halt(int status) {
    simulation.lifecycle().halt(this, status);
  }

  @Override
  public void abort(String slogan) {
    simulation.lifecycle().abort(this, slogan);
  }

  /** {@link #abort} after a while, if it lives so long. */
  void abortLater(long afterNanos, String slogan) {
    simulation.lifecycle().abortLater(this, afterNanos, slogan);
  }
}
