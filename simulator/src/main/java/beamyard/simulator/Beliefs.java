package beamyard.simulator;

import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.kernel.KernelTables;
import beamyard.simulator.kernel.KernelView;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.term.Atom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A cluster at one instant: what every node believes. Immutable, so that it can be kept and compared.
 *
 * @param atNanos the instant
 * @param nodes in the order in which they were first started
 */
public record Beliefs(long atNanos, List<OfNode> nodes) {
  /**
   * One node.
   *
   * @param name {@code nonode@nohost} while it has none
   * @param visible what {@code Node.list()} gives
   * @param connections all that are up, with the creation of the other node
   * @param known the nodes that its {@code :global} shares names with
   * @param kernel empty if the node is not up
   */
  public record OfNode(
      String label,
      Atom name,
      int creation,
      Node.State state,
      NodeSettings settings,
      List<Atom> visible,
      List<Peer> connections,
      List<Atom> known,
      Optional<KernelView> kernel) {
    public boolean isUp() {
      return kernel.isPresent();
    }
  }

  /** What is so now. */
  public static Beliefs of(Simulation simulation) {
    var nodes = new ArrayList<OfNode>();
    for (Node node : simulation.nodes()) {
      boolean up = node.isUp();
      nodes.add(
          new OfNode(
              node.label(),
              node.name(),
              node.distribution().creation(),
              node.state(),
              node.settings(),
              up ? node.distribution().nodes(List.of(NodeKind.VISIBLE)) : List.of(),
              up ? node.distribution().peers().stream().filter(Peer::up).toList() : List.of(),
              up && node.owns(KernelTables.class)
                  ? KernelView.knownByGlobal(node.owned(KernelTables.class), node.processes())
                  : List.of(),
              up && node.owns(KernelTables.class)
                  ? Optional.of(KernelView.of(node.owned(KernelTables.class), node.processes()))
                  : Optional.empty()));
    }
    return new Beliefs(simulation.now(), List.copyOf(nodes));
  }

  /** The node of a name that is up; empty if there is none. */
  public Optional<OfNode> up(Atom name) {
    return nodes.stream().filter(node -> node.isUp() && node.name() == name).findFirst();
  }

  public List<OfNode> up() {
    return nodes.stream().filter(OfNode::isUp).toList();
  }
}
