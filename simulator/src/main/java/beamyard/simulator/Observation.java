package beamyard.simulator;

import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.kernel.KernelTables;
import beamyard.simulator.kernel.KernelView;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A yard at one instant, for views, checks and exporters: immutable, and the same however the simulation goes on.
 *
 * @param atNanos the instant, in virtual nanoseconds
 * @param nodes in the order in which they were first started
 * @param cuts directions in which packets are dropped
 */
public record Observation(long atNanos, List<NodeSeen> nodes, List<Cut> cuts) {
  /** A yard without nodes at its beginning. */
  public static final Observation EMPTY = new Observation(0, List.of(), List.of());

  /**
   * A node from outside.
   *
   * @param incarnation a number that no other incarnation of any node has
   * @param cookie the cookie it uses with nodes for which it has no other
   * @param peers its connections, as it sees them; none if it is not up
   */
  public record NodeSeen(
      String label,
      int incarnation,
      Atom name,
      Node.State state,
      String host,
      String cookie,
      Visibility visibility,
      List<Peer> peers) {
    /** Whether it has processes that run, or would if it were not paused. */
    public boolean isUp() {
      return state == Node.State.RUNNING
          || state == Node.State.PAUSED
          || state == Node.State.STOPPING;
    }
  }

  /** A direction in which packets are dropped. */
  public record Cut(String from, String to) {}

  /**
   * A node from inside.
   *
   * @param processes in the order of their pids
   */
  public record NodeInside(String label, List<ProcessSeen> processes, KernelView kernel) {}

  /** A process. {@code monitors} are pids or {@code {Name, Node}}. */
  public record ProcessSeen(
      Pid pid,
      Optional<Atom> registeredName,
      Status status,
      InitialCall initialCall,
      List<Term> messages,
      List<Pid> links,
      List<Term> monitors,
      List<Pid> monitoredBy,
      boolean trapsExits,
      Pid groupLeader,
      MapTerm dictionary,
      long reductions) {
    private static ProcessSeen of(ProcessView view) {
      return new ProcessSeen(
          view.pid(),
          view.registeredName(),
          view.status(),
          view.initialCall(),
          List.copyOf(view.messages()),
          List.copyOf(view.links()),
          List.copyOf(view.monitors()),
          List.copyOf(view.monitoredBy()),
          view.trapExit(),
          view.groupLeader(),
          view.dictionary(),
          view.reductions());
    }
  }

  /** The yard now. */
  public static Observation of(Simulation simulation) {
    List<Node> nodes = simulation.nodes();
    var cuts = new ArrayList<Cut>();
    if (simulation.hasCuts()) {
      for (Node from : nodes) {
        for (Node to : nodes) {
          if (from != to && !simulation.isOpen(from.label(), to.label())) {
            cuts.add(new Cut(from.label(), to.label()));
          }
        }
      }
    }
    return new Observation(
        simulation.now(), nodes.stream().map(Observation::seen).toList(), List.copyOf(cuts));
  }

  private static NodeSeen seen(Node node) {
    return new NodeSeen(
        node.label(),
        node.incarnation(),
        node.name(),
        node.state(),
        node.host().name(),
        node.distribution().cookie(node.name()).name(),
        node.settings().visibility(),
        node.isUp() ? node.distribution().peers() : List.of());
  }

  /** The inside of a node now; empty if it is not up. */
  public static Optional<NodeInside> inside(Simulation simulation, String label) {
    Node node = simulation.node(label);
    if (!node.isUp()) {
      return Optional.empty();
    }
    KernelView kernel =
        node.owns(KernelTables.class)
            ? KernelView.of(node.owned(KernelTables.class), node.processes())
            : KernelView.EMPTY;
    return Optional.of(
        new NodeInside(
            label, node.processes().views().stream().map(ProcessSeen::of).toList(), kernel));
  }
}
