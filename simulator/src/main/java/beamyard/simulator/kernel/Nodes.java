package beamyard.simulator.kernel;

import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import java.util.ArrayList;
import java.util.List;

/** What kernel processes do with other nodes. */
final class Nodes {
  private Nodes() {}

  /** {@code nodes()}. */
  static List<Atom> visible(ProcessContext self) {
    return self.distribution().nodes(List.of(NodeKind.VISIBLE));
  }

  /** {@code [node() | nodes()]}. */
  static List<Atom> all(ProcessContext self) {
    var nodes = new ArrayList<Atom>();
    nodes.add(self.node());
    nodes.addAll(visible(self));
    return nodes;
  }

  static Turn.Action connecting(Atom node) {
    return self ->
        Turn.run(
            self.distribution().connect(node, Visibility.VISIBLE),
            (_, outcome) -> Turn.done(outcome));
  }

  static Turn.Action disconnecting(Atom node) {
    return self ->
        Turn.run(self.distribution().disconnect(node), (_, outcome) -> Turn.done(outcome));
  }
}
