package beamyard.simulator.process;

/** How fast a runtime computes, and what its machine's clock shows. */
final class Pace {
  private final long nanosPerReduction;
  private double slowness = 1;
  private Clock clock = Clock.EXACT;

  Pace(long nanosPerReduction) {
    this.nanosPerReduction = nanosPerReduction;
  }

  void copyFrom(Pace original) {
    slowness = original.slowness;
    clock = original.clock;
  }

  /** How long some reductions take here. */
  long nanosOf(int reductions) {
    long nanos = (long) reductions * nanosPerReduction;
    return slowness == 1 ? nanos : (long) (nanos * slowness);
  }

  void slowDown(double times) {
    slowness = times;
  }

  Clock clock() {
    return clock;
  }

  void skewClock(long nanos, long now) {
    clock = clock.skewed(nanos, now);
  }
}
