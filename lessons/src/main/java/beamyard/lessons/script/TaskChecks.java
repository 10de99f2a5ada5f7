package beamyard.lessons.script;

import beamyard.lessons.script.Task.Check;
import java.util.List;
import java.util.Optional;

/** Looks whether what a task asks for is so on the nodes of its section. */
final class TaskChecks {
  private static final long EVERY_MILLIS = 100;

  private final PageNodes nodes;
  private final Places places;

  /** Where something happens that names a node, or none. */
  @FunctionalInterface
  interface Places {
    String of(int section, Optional<String> named);
  }

  TaskChecks(PageNodes nodes, Places places) {
    this.nodes = nodes;
    this.places = places;
  }

  /** Whether a check holds now. */
  boolean holds(int section, Check check) {
    String node = places.of(section, check.node());
    return nodes.isUp(node) && nodes.holds(node, check.code());
  }

  /** The checks of a task that do not hold now. */
  List<Check> missing(int section, Task task) {
    return task.checks().stream().filter(check -> !holds(section, check)).toList();
  }

  /** What follows from an input may take a while: gives it the time that an input has. */
  boolean awaits(int section, Check check) {
    for (long waited = 0; waited <= nodes.limit().millis(); waited += EVERY_MILLIS) {
      if (holds(section, check)) {
        return true;
      }
      nodes.advance(EVERY_MILLIS);
    }
    return false;
  }
}
