package beamyard.ui.desktop.run;

import java.util.Locale;

/** Virtual times as people read them. */
public final class Times {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;

  /** Parts of a minute and of an hour. */
  private static final long[] CLOCK_SECONDS = {
    2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600
  };

  private Times() {}

  /** An instant: {@code 12.345 s}, or {@code 2:05.123} from a minute on. */
  public static String instant(long nanos) {
    if (nanos < 60 * SECOND) {
      return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
    }
    return minutes(nanos) + String.format(Locale.ROOT, "%03d", nanos / MILLI % 1000);
  }

  /** Minutes and whole seconds, up to the point. */
  private static String minutes(long nanos) {
    long seconds = nanos / SECOND;
    return String.format(Locale.ROOT, "%d:%02d.", seconds / 60, seconds % 60);
  }

  /** An instant to the tenth of a second, for time that flows. */
  public static String roughInstant(long nanos) {
    return nanos < 60 * SECOND
        ? String.format(Locale.ROOT, "%d.%d s", nanos / SECOND, nanos / (SECOND / 10) % 10)
        : minutes(nanos) + nanos / (SECOND / 10) % 10;
  }

  /** The least round number of nanoseconds that is not below another: 1, 2 or 5 of a unit, from a second on as clocks have it. */
  public static long roundStep(long least) {
    long step = MILLI;
    while (step < least && step < SECOND) {
      long leading = step;
      while (leading >= 10) {
        leading /= 10;
      }
      step = leading == 2 ? step / 2 * 5 : step * 2;
    }
    for (int i = 0; i < CLOCK_SECONDS.length && step < least; i++) {
      step = CLOCK_SECONDS[i] * SECOND;
    }
    while (step < least) {
      step *= 2;
    }
    return step;
  }

  /** An instant that is a multiple of a round step, with no more digits than it needs. */
  public static String roundInstant(long nanos) {
    if (nanos >= MINUTE) {
      return String.format(Locale.ROOT, "%d:%02d", nanos / MINUTE, nanos % MINUTE / SECOND);
    }
    return String.format(Locale.ROOT, "%.3f", nanos / 1e9).replaceFirst("\\.?0+$", "") + " s";
  }

  /** How long something takes, in the unit that suits it. */
  public static String duration(long nanos) {
    if (nanos < MICRO) {
      return nanos + " ns";
    }
    if (nanos < MILLI) {
      return trimmed(nanos / 1e3) + " µs";
    }
    return nanos < SECOND ? trimmed(nanos / 1e6) + " ms" : trimmed(nanos / 1e9) + " s";
  }

  /**
   * How long something takes, in the unit that suits it, so that what is only a little longer reads otherwise. Further digits are
   * left out, not rounded: it never reads as more than {@link #toTheMicrosecond} of something longer.
   */
  public static String finely(long nanos) {
    if (nanos < MILLI) {
      return duration(nanos);
    }
    return nanos < SECOND
        ? String.format(Locale.ROOT, "%.2f ms", nanos / (10 * MICRO) / 1e2).replace(".00 ", " ")
        : String.format(Locale.ROOT, "%.3f s", nanos / MILLI / 1e3);
  }

  /** The same to the microsecond. */
  public static String toTheMicrosecond(long nanos) {
    if (nanos < MILLI) {
      return duration(nanos);
    }
    return nanos < SECOND
        ? String.format(Locale.ROOT, "%.3f ms", nanos / MICRO / 1e3)
        : String.format(Locale.ROOT, "%.6f s", nanos / MICRO / 1e6);
  }

  private static String trimmed(double number) {
    return String.format(Locale.ROOT, number < 10 ? "%.1f" : "%.0f", number).replace(".0", "");
  }
}
