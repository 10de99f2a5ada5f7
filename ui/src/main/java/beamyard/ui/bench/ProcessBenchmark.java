package beamyard.ui.bench;

import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;

/** A million Elixir processes that wait, on four nodes: as in OTP, one node has at most 262,144. */
final class ProcessBenchmark implements Benchmark {
  private static final int NODES = 4;
  private static final int EACH = 250_000;
  private static final double BYTES_A_MEGABYTE = 1e6;

  @Override
  public String name() {
    return "processes";
  }

  @Override
  public String boundBy() {
    return "the objects of a process: its frames, its mailbox, and its entry in the table of its node";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    var yard = new ElixirYard(NODES);
    double before = usedMegabytes();
    var watch = new Stopwatch(clock);
    for (int i = 1; i <= NODES; i++) {
      yard.type(ElixirYard.handle(i), "Bench.idle(" + EACH + ")");
    }
    double seconds = watch.seconds();
    rows.accept(
        new Row(
            "a million Elixir processes alive, memory",
            usedMegabytes() - before,
            Unit.MEGABYTES,
            new Goal.AtMost(2_000),
            peer.figure("idle")));
    rows.accept(
        new Row(
            "the same, time to spawn them",
            1000 * seconds,
            Unit.MILLIS,
            new Goal.None(),
            peer.figure("spawn")));
    yard.evaluate("length(Process.list()) > " + EACH, "true");
  }

  private static double usedMegabytes() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed() / BYTES_A_MEGABYTE;
  }
}
