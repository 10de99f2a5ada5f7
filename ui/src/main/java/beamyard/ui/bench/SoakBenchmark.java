package beamyard.ui.bench;

import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The window with a large and busy cluster for ten minutes: what it keeps once all garbage is collected, each minute. */
final class SoakBenchmark implements Benchmark {
  private static final int MINUTES = 10;

  /** Until then what is kept fills up: happenings, and copies to go back to. */
  private static final int FULL_AFTER = 3;

  private static final double MOST_GROWTH = 32;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public String boundBy() {
    return "copies of a hundred nodes, to go back to, and the last happenings; there are never more of either.";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    Map<String, Double> soaked =
        DesktopBenchmark.window(
            List.of("-Dbeamyard.bench.seconds=5", "-Dbeamyard.bench.minutes=" + MINUTES));
    for (int minute = 1; minute <= MINUTES; minute++) {
      rows.accept(
          Row.of(
              "window under load, kept after minute " + minute,
              soaked.get("minute-" + minute),
              Unit.MEGABYTES,
              new Goal.None()));
    }
    rows.accept(
        Row.of(
            "growth from minutes 3 to 5 until minutes 8 to 10, on average",
            average(soaked, MINUTES - 2) - average(soaked, FULL_AFTER),
            Unit.MEGABYTES,
            new Goal.AtMost(MOST_GROWTH)));
  }

  /** Of three minutes: old happenings are dropped many at a time. */
  private static double average(Map<String, Double> soaked, int from) {
    double sum = 0;
    for (int minute = from; minute < from + 3; minute++) {
      sum += soaked.get("minute-" + minute);
    }
    return sum / 3;
  }
}
