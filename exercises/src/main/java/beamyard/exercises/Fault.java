package beamyard.exercises;

import beamyard.exercises.Check.FaultKind;
import java.util.Locale;

/**
 * One thing that goes wrong in a run, right after all that happens at an instant.
 *
 * @param node label of the node
 * @param atNanos virtual nanoseconds since the start of the simulation
 */
public record Fault(FaultKind kind, String node, long atNanos) {
  /** What happens, in words. */
  public String told() {
    return node
        + switch (kind) {
          case CRASH -> " crashes";
          case RESTART -> " crashes, to come back in half a second";
          case PAUSE -> " stands still for two seconds";
          case CUT -> " is cut off from the others";
        };
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + node + " at " + atNanos + " ns";
  }
}
