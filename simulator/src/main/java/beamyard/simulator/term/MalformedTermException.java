package beamyard.simulator.term;

/** Bytes that are no term in the external format. */
public final class MalformedTermException extends RuntimeException {
  private final int position;

  MalformedTermException(String problem, int position) {
    super(problem + " (at byte " + position + ")");
    this.position = position;
  }

  /** The index of the byte where reading stopped making sense. */
  public int position() {
    return position;
  }
}
