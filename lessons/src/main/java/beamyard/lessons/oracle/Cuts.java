package beamyard.lessons.oracle;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is cut between nodes: partitions by their names, and paths blocked one way. A path is open when nothing lies on it. */
final class Cuts {
  private final Map<String, Set<Path>> partitions = new LinkedHashMap<>();
  private final Set<Path> blocks = new LinkedHashSet<>();
  private int unnamed;

  /** One direction between two nodes. */
  record Path(String from, String to) {}

  /**
   * Cuts the nodes of different groups off from each other.
   *
   * @param name of the cut; empty for one without
   * @return the name by which it can be healed alone
   */
  String partition(String name, List<List<String>> groups) {
    var paths = new LinkedHashSet<Path>();
    for (List<String> group : groups) {
      for (List<String> other : groups) {
        if (!other.equals(group)) {
          group.forEach(from -> other.forEach(to -> paths.add(new Path(from, to))));
        }
      }
    }
    String its = name.isEmpty() ? "cut " + ++unnamed : name;
    partitions.put(its, paths);
    return its;
  }

  void block(String from, String to) {
    blocks.add(new Path(from, to));
  }

  void unblock(String from, String to) {
    blocks.remove(new Path(from, to));
  }

  void heal() {
    partitions.clear();
    blocks.clear();
  }

  /** Ends one cut; false if there is none of that name. */
  boolean heal(String name) {
    return partitions.remove(name) != null;
  }

  List<String> names() {
    return List.copyOf(partitions.keySet());
  }

  /** The paths on which nothing passes. */
  Set<Path> closed() {
    var closed = new LinkedHashSet<>(blocks);
    partitions.values().forEach(closed::addAll);
    return closed;
  }
}
