package beamyard.simulator.distribution;

/**
 * When a node looks at its connections: every {@code net_ticktime / net_tickintensity}, counted from the start of
 * distribution or the last change of the time.
 */
final class Ticker {
  static final long NOT_SCHEDULED = -1;

  final int intensity;
  int tickTimeSeconds;
  /** The tick time that becomes the one in force when the time of transition is over; 0 if there is no change under way. */
  int changingToSeconds;

  private boolean slowerAtOnce;
  private long startNanos;
  private long intervalNanos;
  long ticket = NOT_SCHEDULED;

  Ticker(int tickTimeSeconds, int intensity) {
    this.tickTimeSeconds = tickTimeSeconds;
    this.intensity = intensity;
    this.intervalNanos = interval(tickTimeSeconds);
  }

  private long interval(int seconds) {
    return seconds * Distribution.SECOND / intensity;
  }

  void start(long nowNanos) {
    startNanos = nowNanos;
  }

  /** The first instant after now at which the ticker ticks. */
  long next(long nowNanos) {
    long passed = (nowNanos - startNanos) / intervalNanos;
    return startNanos + (passed + 1) * intervalNanos;
  }

  /** Begins to change the tick time; answers how long the interval of the extra ticks is until the change is over. */
  long change(int seconds, long nowNanos) {
    long before = intervalNanos;
    changingToSeconds = seconds;
    slowerAtOnce = interval(seconds) > before;
    if (slowerAtOnce) {
      startNanos = nowNanos;
      intervalNanos = interval(seconds);
    }
    return Math.min(before, interval(seconds));
  }

  void changed(long nowNanos) {
    tickTimeSeconds = changingToSeconds;
    changingToSeconds = 0;
    if (!slowerAtOnce) {
      startNanos = nowNanos;
      intervalNanos = interval(tickTimeSeconds);
    }
  }

  Ticker copy() {
    var copy = new Ticker(tickTimeSeconds, intensity);
    copy.changingToSeconds = changingToSeconds;
    copy.slowerAtOnce = slowerAtOnce;
    copy.startNanos = startNanos;
    copy.intervalNanos = intervalNanos;
    copy.ticket = ticket;
    return copy;
  }
}
