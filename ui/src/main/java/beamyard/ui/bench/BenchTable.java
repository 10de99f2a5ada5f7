package beamyard.ui.bench;

import beamyard.ui.bench.Row.Goal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that {@code bench} prints, a line as soon as it is known. */
public final class BenchTable {
  private static final String LINE = "%-58s %14s %16s %14s  %s%n";
  private final PrintWriter out;
  private int missed;

  public BenchTable(PrintWriter out) {
    this.out = out;
  }

  /** The names of the benchmarks. */
  public static List<String> names() {
    return Benchmark.all().stream().map(Benchmark::name).toList();
  }

  /** The names of those that are run if none is asked for. */
  public static List<String> usualNames() {
    return Benchmark.all().stream()
        .filter(benchmark -> !benchmark.isLong())
        .map(Benchmark::name)
        .toList();
  }

  /** Runs some benchmarks and prints what came out; answers how many figures are short of their goals. */
  public int run(Clock clock, List<String> names) {
    var memory = Runtime.getRuntime().maxMemory() / 1_000_000;
    out.printf(
        Locale.ROOT,
        "%d processors, %,d MB for the JVM %s; %s time, best of some seconds%n%n",
        Runtime.getRuntime().availableProcessors(),
        memory,
        Runtime.version(),
        clock == Clock.WALL ? "wall" : "processor");
    out.printf(LINE, "what", "measured", "goal", "real Elixir", "reached");
    out.flush();
    var peer = new Peer();
    var ran = new ArrayList<Benchmark>();
    for (Benchmark benchmark : Benchmark.all()) {
      if (names.contains(benchmark.name())) {
        benchmark.run(clock, peer, this::print);
        ran.add(benchmark);
      }
    }
    out.printf("%nWhat bounds them:%n");
    ran.forEach(benchmark -> out.println("  " + benchmark.name() + ": " + benchmark.boundBy()));
    out.flush();
    return missed;
  }

  private void print(Row row) {
    if (row.verdict() == Row.Verdict.MISSED) {
      missed++;
    }
    String symbol = row.unit().symbol;
    out.printf(
        LINE,
        row.what(),
        number(row.figure()) + symbol,
        goal(row),
        row.peer().isPresent() ? number(row.peer().getAsDouble()) + symbol : "",
        row.verdict().text);
    out.flush();
  }

  private static String goal(Row row) {
    String symbol = row.unit().symbol;
    return switch (row.goal()) {
      case Goal.AtLeast(double least) -> ">= " + number(least) + symbol;
      case Goal.AtMost(double most) -> "<= " + number(most) + symbol;
      case Goal.TimesPeer(double factor) -> "<= " + number(factor) + " x real";
      case Goal.None _ -> "";
    };
  }

  private static String number(double figure) {
    boolean whole = figure >= 100 || figure == Math.rint(figure);
    return String.format(Locale.ROOT, whole ? "%,.0f" : "%.2f", figure);
  }
}
