package beamyard.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The nodes of a simulation: the latest incarnation of each by its label, and those that have not ended by their numbers. */
final class Incarnations {
  private final LinkedHashMap<String, Node> byLabel = new LinkedHashMap<>();

  /** {@code null} in place of those that have ended. */
  private final ArrayList<@Nullable Node> byNumber = new ArrayList<>();

  private int next = 1;

  /** A number that no other incarnation of any node has. */
  int nextIncarnation() {
    return next++;
  }

  void add(Node node) {
    byLabel.put(node.label(), node);
    while (byNumber.size() <= node.incarnation()) {
      byNumber.add(null);
    }
    byNumber.set(node.incarnation(), node);
  }

  void ended(Node node) {
    byNumber.set(node.incarnation(), null);
  }

  /** Forgets a node that has ended. */
  void remove(String label) {
    byLabel.remove(label);
  }

  /** The latest incarnation of a node; {@code null} if there never was one. */
  @Nullable Node latest(String label) {
    return byLabel.get(label);
  }

  /** An incarnation, unless it has ended. */
  @Nullable Node living(int number) {
    return number < byNumber.size() ? byNumber.get(number) : null;
  }

  int livingCount() {
    int count = 0;
    for (Node node : byNumber) {
      count += node == null ? 0 : 1;
    }
    return count;
  }

  /** The latest incarnation of every node, in the order in which they were first started. */
  List<Node> all() {
    return List.copyOf(byLabel.values());
  }

  /** Takes over copies of the nodes of another simulation. */
  void copyFrom(Incarnations original, UnaryOperator<Node> copier) {
    next = original.next;
    original.byLabel.forEach((label, node) -> byLabel.put(label, copier.apply(node)));
    for (Node living : original.byNumber) {
      byNumber.add(living == null ? null : byLabel.get(living.label()));
    }
  }
}
