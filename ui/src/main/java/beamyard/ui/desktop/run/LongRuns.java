package beamyard.ui.desktop.run;

import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.run.Command.StartNode;
import beamyard.ui.desktop.run.Command.Type;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures what grows with the length of a run: a recording of a million events being opened and sought in, and the memory
 * that a yard takes after ten minutes in which its nodes talk. Started as a program of its own, because it measures memory.
 *
 * <p>Prints lines of a name and a number: seconds, milliseconds, megabytes.
 */
public final class LongRuns {
  private static final long EVENTS = 1_000_000;
  private static final int SEEKS = 60;
  private static final long SECOND = 1_000_000_000L;
  private static final List<String> NODES = List.of("a@localhost", "b@localhost", "c@localhost");

  /** Every 10 ms a message to each of the others, and now and then something printed. */
  private static final String TALK =
      "spawn(fn -> Enum.reduce(Stream.cycle([1]), 0, fn _, i ->"
          + " for n <- Node.list(), do: send({:nobody, n}, {:job, i});"
          + " if(rem(i, 100) == 0, do: IO.puts(\"so far #{i}\")); Process.sleep(10); i + 1 end) end)";

  private LongRuns() {}

  public static void main(String[] arguments) {
    var thread = new Thread(null, LongRuns::measure, "runs", 64L << 20);
    thread.start();
  }

  private static void measure() {
    Run run = talking();
    run.advance(120 * SECOND, () -> false, () -> false);
    long before = usedBytes();
    run.advance(600 * SECOND, () -> false, () -> false);
    long after = usedBytes();
    tell("growth", (after - before) / 1e6);
    run.advance(Long.MAX_VALUE / 2, () -> run.position().step() >= EVENTS, () -> false);
    String file = YardFile.ofRun(run, List.of()).write();
    replay(file); // a window that is open has run its code before
    long begun = System.nanoTime();
    long worked = work();
    Replay.Outcome opened = replay(file);
    tell("open", (System.nanoTime() - begun) / 1e9);
    tell("open-work", (work() - worked) / 1e9);
    if (!opened.problem().isEmpty()) {
      throw new AssertionError(opened.problem());
    }
    tell("events", opened.run().position().step());
    seek(opened.run());
    System.out.flush();
  }

  /** What the processor spent on this thread: what it would take on a machine that does nothing else. */
  private static long work() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Run talking() {
    Run run = Run.withSeed(1);
    NODES.forEach(
        node -> run.obey(new StartNode(NodeSettings.shortName(node).withCookie("bench"))));
    run.advance(SECOND, () -> false, () -> false);
    NODES.stream()
        .skip(1)
        .forEach(node -> run.obey(new Type(NODES.getFirst(), "Node.connect(:" + node + ")")));
    run.advance(2 * SECOND, () -> false, () -> false);
    NODES.forEach(node -> run.obey(new Type(node, TALK)));
    return run;
  }

  private static Replay.Outcome replay(String file) {
    return Replay.of(YardFile.read("bench.yard", file), _ -> {}, () -> false);
  }

  private static void seek(Run run) {
    var random = new Random(1);
    long longest = 0;
    long longestWork = 0;
    for (int i = 0; i < SEEKS; i++) {
      long at = (long) (random.nextDouble() * run.position().atNanos());
      long begun = System.nanoTime();
      long worked = work();
      run.at(run.placeAt(at));
      if (i >= SEEKS / 3) {
        longest = Math.max(longest, System.nanoTime() - begun);
        longestWork = Math.max(longestWork, work() - worked);
      }
    }
    tell("seek", longest / 1e6);
    tell("seek-work", longestWork / 1e6);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void tell(String name, double figure) {
    System.out.printf(Locale.ROOT, "%s %.3f%n", name, figure);
  }
}
