package beamyard.ui.bench;

import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.util.function.Consumer;

/** Elixir that computes, on one node. */
final class ElixirBenchmark implements Benchmark {
  private static final double SECONDS = 4;

  @Override
  public String name() {
    return "elixir";
  }

  @Override
  public String boundBy() {
    return "calls: what is quick in a hot function runs as bytecode of the JVM, but calls and returns go through the interpreter's"
        + " loop, with registers in an array; an object for each integer above 1,023; the text and Enum functions, the closures"
        + " they call once an element";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    var yard = new ElixirYard(1);
    yard.type(ElixirYard.handle(1), "text = Bench.text(1_000_000); :made");
    measure(clock, yard, "Elixir: fib(27)", "Bench.fib(27)", "196418", "fib", 25, peer, rows);
    measure(
        clock,
        yard,
        "Elixir: word count of 1 M words",
        "Bench.words(text)",
        "1000",
        "words",
        3,
        peer,
        rows);
    measure(
        clock,
        yard,
        "Elixir: Enum pipeline of 1 M",
        "Bench.pipeline(1_000_000)",
        "750002000000",
        "pipeline",
        10,
        peer,
        rows);
    measure(
        clock,
        yard,
        "Elixir: 1 M local round trips",
        "Bench.round_trips(1_000_000)",
        ":ok",
        "round_trips",
        5,
        peer,
        rows);
    double deep = millis(clock, yard, "Bench.deep(1_000_000)", "1000000");
    rows.accept(
        new Row(
            "Elixir: non-tail recursion 1 M deep",
            deep,
            Unit.MILLIS,
            new Goal.None(),
            peer.figure("deep")));
  }

  private static double millis(Clock clock, ElixirYard yard, String code, String expected) {
    return Stopwatch.bestMillis(clock, SECONDS, () -> yard.evaluate(code, expected));
  }

  private static void measure(
      Clock clock,
      ElixirYard yard,
      String what,
      String code,
      String expected,
      String figure,
      double factor,
      Peer peer,
      Consumer<Row> rows) {
    rows.accept(
        new Row(
            what,
            millis(clock, yard, code, expected),
            Unit.MILLIS,
            new Goal.TimesPeer(factor),
            peer.figure(figure)));
  }
}
