package beamyard.simulator.network;

/**
 * How fast paths are, and how much they take at once. The latency of a path is drawn once, when it is first used, from the
 * two bounds.
 *
 * @param latencyNanosMin one way
 * @param latencyNanosMax one way
 * @param bufferBytes what the operating systems of both ends together take from a sender while the other end reads nothing
 */
public record NetworkProfile(long latencyNanosMin, long latencyNanosMax, long bufferBytes) {
  /** One machine's loopback: what Linux takes was measured with a node that is stopped, and with one that is cut off. */
  public static final NetworkProfile LOOPBACK = new NetworkProfile(25_000, 40_000, 3_870_000);

  public NetworkProfile {
    if (latencyNanosMin < 0 || latencyNanosMax < latencyNanosMin) {
      throw new IllegalArgumentException(
          "latency from "
              + latencyNanosMin
              + " to "
              + latencyNanosMax
              + " ns: needs 0 <= lowest <= highest");
    }
    if (bufferBytes < 1) {
      throw new IllegalArgumentException("a buffer of " + bufferBytes + " bytes: needs 1 or more");
    }
  }
}
