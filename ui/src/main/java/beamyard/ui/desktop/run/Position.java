package beamyard.ui.desktop.run;

/**
 * A place in a run: after so many events, at an instant.
 *
 * @param step events that have happened
 * @param atNanos virtual time, at or after the last of them
 */
public record Position(long step, long atNanos) implements Comparable<Position> {
  /** The beginning of every run. */
  public static final Position START = new Position(0, 0);

  @Override
  public int compareTo(Position other) {
    return step != other.step
        ? Long.compare(step, other.step)
        : Long.compare(atNanos, other.atNanos);
  }

  /** Whether this comes after the other in the same run. */
  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  /** Whether more events have happened than there, or more time has passed. */
  boolean isBeyond(Position other) {
    return step > other.step || atNanos > other.atNanos;
  }
}
