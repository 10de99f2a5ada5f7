package beamyard.simulator.network;

import beamyard.simulator.engine.Choices;

/**
 * How long a packet takes one way: virtual nanoseconds, drawn anew for each packet unless constant. A stream keeps its order
 * whatever is drawn: a packet never overtakes the one before it.
 */
public sealed interface Latency {
  /** Every packet takes the same time. */
  record Constant(long nanos) implements Latency {
    public Constant {
      require(nanos >= 0, "constant latency of " + nanos + " ns", "0 or more");
    }
  }

  /** All times between two bounds are equally likely, the bounds included: jitter. */
  record Uniform(long lowestNanos, long highestNanos) implements Latency {
    public Uniform {
      require(
          lowestNanos >= 0 && lowestNanos <= highestNanos,
          "uniform latency from " + lowestNanos + " to " + highestNanos + " ns",
          "0 <= lowest <= highest");
    }
  }

  /** At least some time, and beyond it exponentially distributed: what queues add to a path. */
  record Exponential(long leastNanos, long meanBeyondNanos) implements Latency {
    public Exponential {
      require(
          leastNanos >= 0 && meanBeyondNanos > 0,
          "exponential latency of " + leastNanos + " + " + meanBeyondNanos + " ns",
          "0 or more, and a mean above 0");
    }
  }

  /**
   * Mostly about the typical time, now and then many times as long: Pareto distributed with exponent 2, so that half of the
   * packets take up to 1.4 times the typical time, one in a hundred 10 times and one in ten thousand 100 times, which is the
   * most.
   */
  record LongTail(long typicalNanos) implements Latency {
    private static final int MOST_TIMES = 100;

    public LongTail {
      require(typicalNanos > 0, "long-tailed latency of " + typicalNanos + " ns", "more than 0");
    }
  }

  /** One time of this distribution. */
  default long draw(Choices choices, String stream) {
    return switch (this) {
      case Constant(long nanos) -> nanos;
      case Uniform(long lowest, long highest) -> choices.between(stream, lowest, highest);
      case Exponential(long least, long mean) ->
          least + Math.round(-mean * StrictMath.log(fraction(choices, stream)));
      case LongTail(long typical) ->
          Math.round(
              typical
                  * Math.min(LongTail.MOST_TIMES, 1 / StrictMath.sqrt(fraction(choices, stream))));
    };
  }

  /** More than 0, at most 1. */
  private static double fraction(Choices choices, String stream) {
    return choices.between(stream, 1, 1L << 40) / (double) (1L << 40);
  }

  private static void require(boolean holds, String what, String legal) {
    if (!holds) {
      throw new IllegalArgumentException(what + ": needs " + legal);
    }
  }
}
