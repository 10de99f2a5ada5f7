package beamyard.ui.desktop.run;

import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.trace.Trace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies of a run from time to time, from which any earlier moment is found again. The more there is to copy, the fewer there
 * are, and the further apart: neither the time nor the memory that they take grows with the cluster.
 */
final class Keyframes {
  /* A copy of a few nodes costs about as much as a few thousand events. */
  private static final long LEAST_STEPS_BETWEEN = 8_000;
  private static final long STEPS_BETWEEN_A_PART = 4;
  private static final int MOST = 64;
  private static final int LEAST = 12;

  /** How many parts, such as connections and processes, may be kept in all copies together: a few hundred megabytes. */
  private static final long MOST_PARTS = 240_000;

  /** Gaps of so many times the usual are wide: copies may come more slowly. */
  private static final int WIDE = 4;

  /** What a node without connections has in it. */
  private static final int PARTS_OF_A_NODE = 15;

  private final TreeMap<Position, Keyframe> all;
  private long stepsBetween = LEAST_STEPS_BETWEEN;

  /**
   * A copy at a place.
   *
   * @param inputs how many had been given
   */
  record Keyframe(Motion motion, int inputs) {}

  Keyframes() {
    all = new TreeMap<>();
  }

  private Keyframes(TreeMap<Position, Keyframe> all, long stepsBetween) {
    this.all = all;
    this.stepsBetween = stepsBetween;
  }

  /** Those not after a place, for a run that was the same up to there. */
  Keyframes until(Position place) {
    return new Keyframes(new TreeMap<>(all.headMap(place, true)), stepsBetween);
  }

  /** Whether it is time for another one. */
  boolean isDue(long step) {
    return step - all.lastKey().step() >= stepsBetween;
  }

  void keep(Position place, Motion motion, int inputs) {
    all.put(place, new Keyframe(motion.copy(Trace.OFF), inputs));
    long parts = parts(motion.simulation());
    stepsBetween = Math.max(stepsBetween, parts * STEPS_BETWEEN_A_PART);
    while (all.size() > Math.clamp(MOST_PARTS / parts, LEAST, MOST)) {
      drop();
    }
  }

  /** Drops the one whose neighbours are nearest to each other: all of the past is found as well, though more slowly. */
  private void drop() {
    List<Position> places = List.copyOf(all.keySet());
    int dropped = 1;
    for (int i = 2; i < places.size() - 1; i++) {
      if (gapAround(places, i) < gapAround(places, dropped)) {
        dropped = i;
      }
    }
    if (gapAround(places, dropped) >= WIDE * stepsBetween) {
      stepsBetween *= 2;
    }
    all.remove(places.get(dropped));
  }

  private static long gapAround(List<Position> places, int index) {
    return places.get(index + 1).step() - places.get(index - 1).step();
  }

  private static long parts(Simulation simulation) {
    long parts = 1;
    for (Node node : simulation.nodes()) {
      parts += PARTS_OF_A_NODE;
      if (node.isUp()) {
        parts += node.distribution().peers().size() + node.processes().processes().size();
      }
    }
    return parts;
  }

  /** The newest one that is not beyond a place; the first if the place is before the beginning. */
  Map.Entry<Position, Keyframe> before(Position place) {
    Map.Entry<Position, Keyframe> found = all.firstEntry();
    for (Map.Entry<Position, Keyframe> each : all.entrySet()) {
      if (!each.getKey().isBeyond(place)) {
        found = each;
      }
    }
    return found;
  }

  /** How many there are. */
  int count() {
    return all.size();
  }
}
