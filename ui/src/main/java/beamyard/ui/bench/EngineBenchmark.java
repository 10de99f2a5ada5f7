package beamyard.ui.bench;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.engine.Event;
import beamyard.simulator.engine.SeededChoices;
import beamyard.ui.bench.Row.Goal;
import beamyard.ui.bench.Row.Unit;
import java.util.function.Consumer;

/** The queue of events alone: each event that happens plans another, so that the number of pending ones stays. */
final class EngineBenchmark implements Benchmark {
  private static final int EVENTS = 2_000_000;
  private static final double SECONDS = 2;
  private static final long SPREAD_NANOS_MASK = (1 << 20) - 1;

  private enum Nothing implements Event {
    HAPPENS
  }

  @Override
  public String name() {
    return "engine";
  }

  @Override
  public String boundBy() {
    return "the levels of the heap and, with 100,000 events pending, the caches that its arrays no longer fit into";
  }

  @Override
  public void run(Clock clock, Peer peer, Consumer<Row> rows) {
    rows.accept(row(clock, "engine alone, events, 1,000 pending", 1_000, 10e6));
    rows.accept(row(clock, "engine alone, events, 100,000 pending", 100_000, 4e6));
  }

  private static Row row(Clock clock, String what, int pending, double goal) {
    double rate = Stopwatch.bestRate(clock, SECONDS, () -> turnOver(pending));
    return Row.of(what, rate, Unit.EACH_SECOND, new Goal.AtLeast(goal));
  }

  private static long turnOver(int pending) {
    var engine = new Engine(new SeededChoices(1));
    long random = 1;
    for (int i = 0; i < pending; i++) {
      random = next(random);
      engine.schedule(random >>> 30 & SPREAD_NANOS_MASK, 0, Nothing.HAPPENS);
    }
    for (int i = 0; i < EVENTS; i++) {
      Event event = engine.next();
      random = next(random);
      engine.schedule(engine.now() + (random >>> 30 & SPREAD_NANOS_MASK), 0, event);
    }
    return EVENTS;
  }

  /* Knuth's MMIX constants: cheap beside the queue. */
  private static long next(long random) {
    return random * 6364136223846793005L + 1442695040888963407L;
  }
}
