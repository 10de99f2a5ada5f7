package beamyard.simulator.network;

/**
 * How fast paths are. The latency of a path is drawn once, when it is first used, from the two bounds.
 *
 * @param latencyNanosMin one way
 * @param latencyNanosMax one way
 */
public record NetworkProfile(long latencyNanosMin, long latencyNanosMax) {
  /** One machine's loopback. */
  public static final NetworkProfile LOOPBACK = new NetworkProfile(25_000, 40_000);

  public NetworkProfile {
    if (latencyNanosMin < 0 || latencyNanosMax < latencyNanosMin) {
      throw new IllegalArgumentException(
          "latency from "
              + latencyNanosMin
              + " to "
              + latencyNanosMax
              + " ns: needs 0 <= lowest <= highest");
    }
  }
}
