package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which processes of this runtime want to be told that a node is lost, and when each monitor of this runtime was made. As the
 * runtime keeps both kinds together, a process hears of its lost node and of its lost processes in the order in which it asked.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#monitor_node-2">erlang:monitor_node/2</a>
 */
final class NodeMonitors {
  /**
   * A process's monitor of a node.
   *
   * @param made see {@link #next}; of the first of those that count
   * @param count as many messages there will be
   */
  record NodeMonitor(long made, int count) {}

  /** Those of each node by the index of the process. */
  private final LinkedHashMap<Atom, LinkedHashMap<Long, NodeMonitor>> byNode =
      new LinkedHashMap<>();

  private long made;

  /** The number of the next monitor of whatever kind; it grows. */
  long next() {
    return made++;
  }

  /** Adds one to a process's count for a node. */
  void add(Atom node, long process) {
    byNode
        .computeIfAbsent(node, _ -> new LinkedHashMap<>())
        .merge(
            process,
            new NodeMonitor(next(), 1),
            (old, _) -> new NodeMonitor(old.made(), old.count() + 1));
  }

  /** Takes one from a process's count for a node, if there is one. */
  void remove(Atom node, long process) {
    LinkedHashMap<Long, NodeMonitor> ofNode = byNode.get(node);
    if (ofNode != null) {
      ofNode.computeIfPresent(
          process,
          (_, old) -> old.count() == 1 ? null : new NodeMonitor(old.made(), old.count() - 1));
    }
  }

  /** The monitors of a node by the index of the process; they end with this. */
  Map<Long, NodeMonitor> end(Atom node) {
    LinkedHashMap<Long, NodeMonitor> ofNode = byNode.remove(node);
    return ofNode == null ? new LinkedHashMap<>() : ofNode;
  }

  void copyFrom(NodeMonitors original) {
    original.byNode.forEach((node, monitors) -> byNode.put(node, new LinkedHashMap<>(monitors)));
    made = original.made;
  }
}
