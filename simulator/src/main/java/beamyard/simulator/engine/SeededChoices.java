package beamyard.simulator.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Choices drawn from a seed. Each stream is a SplitMix64 sequence whose start is made of the seed and the stream's name.
 */
public final class SeededChoices implements Choices {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final Map<String, long[]> streams;

  public SeededChoices(long seed) {
    this(seed, new LinkedHashMap<>());
  }

  private SeededChoices(long seed, Map<String, long[]> streams) {
    this.seed = seed;
    this.streams = streams;
  }

  @Override
  public long between(String stream, long lowest, long highest) {
    if (lowest > highest) {
      throw new AssertionError("nothing between " + lowest + " and " + highest);
    }
    long[] state = streams.computeIfAbsent(stream, name -> new long[] {start(name)});
    long range = highest - lowest + 1;
    if (range <= 0) {
      long drawn = next(state); // more than half of all longs
      while (drawn < lowest || drawn > highest) {
        drawn = next(state);
      }
      return drawn;
    }
    long mask = Long.highestOneBit(range) * 2 - 1;
    long drawn = next(state) & mask;
    while (Long.compareUnsigned(drawn, range) >= 0) {
      drawn = next(state) & mask;
    }
    return lowest + drawn;
  }

  private long start(String name) {
    long hash = seed;
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash + GOLDEN) ^ name.charAt(i);
    }
    return mix(hash);
  }

  private static long next(long[] state) {
    state[0] += GOLDEN;
    return mix(state[0]);
  }

  /* The finalizer of Steele, Lea and Flood's SplitMix ("Fast splittable pseudorandom number generators", 2014). */
  private static long mix(long value) {
    long z = value;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  @Override
  public Choices copy() {
    var copies = new LinkedHashMap<String, long[]>();
    streams.forEach((name, state) -> copies.put(name, state.clone()));
    return new SeededChoices(seed, copies);
  }
}
