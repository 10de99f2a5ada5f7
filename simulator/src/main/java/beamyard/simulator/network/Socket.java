package beamyard.simulator.network;

/** One end of a stream. */
public record Socket(long stream, Side side) {
  /** Which end. */
  public enum Side {
    CALLER,
    ANSWERER;

    Side other() {
      return this == CALLER ? ANSWERER : CALLER;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Socket that && stream == that.stream && side == that.side;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(stream) * 2 + side.ordinal();
  }
}
