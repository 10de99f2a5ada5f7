package beamyard.ui.bench;

import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** How long code that runs away is busy until it meets its limit. Real Elixir has none, so there is no peer. */
final class RunawayBenchmark implements Benchmark {
  private static final double GOAL_MILLIS = 1_000;

  private static final String SOURCE =
      """
      defmodule Runaway do
        def loop(n), do: loop(n + 1)
        def list(l), do: list([1 | l])
        def map(m, n), do: map(Map.put(m, n, n), n + 1)
        def binaries(l, n), do: binaries([String.duplicate("x", 1_000 + n) | l], n + 1)
        def atoms(n), do: (String.to_atom("a" <> Integer.to_string(n)); atoms(n + 1))
        def deep(n), do: 1 + deep(n + 1)
        def bomb(), do: (spawn(fn -> bomb() end); bomb())
        def mailbox(pid), do: (send(pid, :more); mailbox(pid))
        def until_it_ends(f) do
          {_, monitor} = spawn_monitor(f)
          receive do {:DOWN, ^monitor, _, _, _} -> :ended end
        end
      end
      """;

  private static final String[][] KINDS = {
    {"an endless loop", "Runaway.loop(0)"},
    {"a list without end", "Runaway.list([])"},
    {"a map without end", "Runaway.map(%{}, 0)"},
    {"binaries without end", "Runaway.binaries([], 0)"},
    {"atoms without end", "Runaway.atoms(0)"},
    {"an endless recursion", "Runaway.deep(0)"},
    {"a full mailbox", "Runaway.mailbox(self())"},
    {"processes that spawn without end", "Runaway.bomb()"},
  };

  @Override
  public String name() {
    return "runaway";
  }

  @Override
  public String boundBy() {
    return "the work that the limits allow: 50 million reductions, 16 million words, 262,144 processes; and the collector, which"
        + " copies what grows";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    for (String[] kind : KINDS) {
      var yard = new ElixirYard(1);
      yard.type(ElixirYard.handle(1), SOURCE);
      var watch = new Stopwatch(clock);
      yard.evaluate("Runaway.until_it_ends(fn -> " + kind[1] + " end)", ":ended");
      rows.accept(
          new Row(
              kind[0] + " meets its limit",
              1000 * watch.seconds(),
              Unit.MILLIS,
              new Goal.AtMost(GOAL_MILLIS),
              OptionalDouble.empty()));
    }
  }
}
