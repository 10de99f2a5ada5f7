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

  Socket other() {
    return new Socket(stream, side.other());
  }
}
