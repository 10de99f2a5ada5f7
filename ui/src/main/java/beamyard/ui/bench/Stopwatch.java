package beamyard.ui.bench;

/** Measures how long work takes. */
final class Stopwatch {
  private static final double NANOS_A_SECOND = 1e9;

  private final Clock clock;
  private final long start;

  /** Starts now. */
  Stopwatch(Clock clock) {
    this.clock = clock;
    start = clock.nanos();
  }

  /** Seconds since it was started. */
  double seconds() {
    return (clock.nanos() - start) / NANOS_A_SECOND;
  }

  /** Work that is measured; answers how many things it did. */
  @FunctionalInterface
  interface Work {
    long run();
  }

  /**
   * The best rate, in things a second, among repetitions of a work that go on for some seconds. The first ones warm up the
   * JVM; the best one is what the code can do undisturbed.
   */
  static double bestRate(Clock clock, double seconds, Work work) {
    var whole = new Stopwatch(clock);
    double best = 0;
    do {
      var watch = new Stopwatch(clock);
      long things = work.run();
      best = Math.max(best, things / watch.seconds());
    } while (whole.seconds() < seconds);
    return best;
  }

  /** The shortest time, in milliseconds, among repetitions of a work that go on for some seconds. */
  static double bestMillis(Clock clock, double seconds, Runnable work) {
    double rate =
        bestRate(
            clock,
            seconds,
            () -> {
              work.run();
              return 1;
            });
    return 1000 / rate;
  }
}
