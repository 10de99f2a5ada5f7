package beamyard.ui.desktop.spacetime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where instants are in a diagram whose time is compressed: what follows soon is near, and a second of silence is only a little
 * longer than a millisecond. Grows at its end only.
 */
final class TimeScale {
  private static final double STEP = 15;
  private static final double STEP_A_DECADE = 7;

  /** Silences that are not shorter are told. */
  static final long SILENCE_NANOS = 60_000_000;

  private long[] instants = new long[64];
  private double[] heights = new double[64];
  private int count;

  void clear() {
    count = 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Gives an instant its height. One that is not after all others gets none: within a time slice they come out of order. */
  void mark(long atNanos) {
    if (count > 0 && atNanos <= instants[count - 1]) {
      return;
    }
    if (count == instants.length) {
      instants = Arrays.copyOf(instants, count * 2);
      heights = Arrays.copyOf(heights, count * 2);
    }
    heights[count] =
        count == 0 ? STEP : heights[count - 1] + distance(instants[count - 1], atNanos);
    instants[count++] = atNanos;
  }

  private static double distance(long from, long to) {
    return STEP + STEP_A_DECADE * decades(to - from);
  }

  private static double decades(long nanos) {
    return Math.log10(1 + nanos / 1e3);
  }

  /** How far down an instant is: 0 before the first that is marked, and never further than the last. */
  double y(long atNanos) {
    int index = Arrays.binarySearch(instants, 0, count, atNanos);
    if (index >= 0) {
      return heights[index];
    }
    int after = -index - 1;
    if (after == 0) {
      return 0;
    }
    if (after == count) {
      return heights[count - 1];
    }
    double share =
        decades(atNanos - instants[after - 1]) / decades(instants[after] - instants[after - 1]);
    return heights[after - 1] + share * (heights[after] - heights[after - 1]);
  }

  /** The last marked instant that is not further down; the least there is if none is so far up. */
  long instantAbove(double y) {
    int index = indexAt(y);
    return index < 0 ? Long.MIN_VALUE : instants[index];
  }

  private int indexAt(double y) {
    int index = Arrays.binarySearch(heights, 0, count, y);
    return index >= 0 ? index : -index - 2;
  }

  /** How high all of it is. */
  double height() {
    return (count == 0 ? 0 : heights[count - 1]) + 2 * STEP;
  }

  /** Silences between two heights: where their middle is, and how long they are. */
  Map<Double, Long> silences(double fromY, double toY) {
    var found = new LinkedHashMap<Double, Long>();
    for (int i = Math.max(1, indexAt(fromY)); i < count && heights[i - 1] <= toY; i++) {
      if (instants[i] - instants[i - 1] >= SILENCE_NANOS) {
        found.put((heights[i - 1] + heights[i]) / 2, instants[i] - instants[i - 1]);
      }
    }
    return found;
  }

  /**
   * An instant that has a label.
   *
   * @param sinceNanos how long after the last instant that follows a silence; 0 if it is one itself
   */
  record Tick(double y, long atNanos, long sinceNanos) {}

  /**
   * Instants between two heights that are worth a label: the first after each silence, and others that are not too near.
   *
   * @param apart how far from each other labels are at least
   */
  List<Tick> ticks(double fromY, double toY, double apart) {
    var found = new ArrayList<Tick>();
    double last = Double.NEGATIVE_INFINITY;
    long begun = 0;
    for (int i = 0; i < count && heights[i] <= toY; i++) {
      boolean begins = i == 0 || instants[i] - instants[i - 1] >= SILENCE_NANOS;
      if (heights[i] - last >= (begins ? apart / 2 : apart)) {
        last = heights[i];
        begun = begins ? instants[i] : begun;
        if (heights[i] >= fromY) {
          found.add(new Tick(heights[i], instants[i], instants[i] - begun));
        }
      }
    }
    return found;
  }
}
