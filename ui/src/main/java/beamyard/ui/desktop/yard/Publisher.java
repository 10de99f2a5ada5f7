package beamyard.ui.desktop.yard;

import beamyard.lessons.shell.Console;
import beamyard.lessons.shell.NodeInsight;
import beamyard.simulator.Node;
import beamyard.simulator.Observation;
import beamyard.simulator.Observation.NodeInside;
import beamyard.simulator.Simulation;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.Printed;
import beamyard.ui.desktop.run.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Makes updates of what is shown and what is new, one at a time: the next only after the last has been shown. Of the yard's
 * thread, but for {@link #applied} and {@link #watch}.
 */
final class Publisher {
  /** The inside of a node costs more to look at than the rest, and nobody reads it more often. */
  private static final long BETWEEN_INSIDES_NANOS = 200_000_000L;

  /** Less than this is between two updates only if one of them was out of turn. */
  private static final long BETWEEN_PULSES_NANOS = 30_000_000L;

  /** To look takes long if it takes longer than this. */
  private static final long DEAR_NANOS = 1_500_000L;

  private static final long BETWEEN_DEAR_NANOS = 100_000_000L;
  private static final long NO_RUN = -1;

  /** Where there is very much to be seen, looking takes this part of the time at most. */
  private static final int SHARE_OF_INSIDES = 10;

  private final Consumer<Update> updates;
  private final AtomicBoolean publishing = new AtomicBoolean();
  private volatile Set<String> watched = Set.of();
  private long run;
  private long happening;
  private long printed;
  private long virtualNanos;
  private long last = System.nanoTime();
  private double pace;
  private Observed observed = new Observed(NO_RUN, Observation.EMPTY, 0, 0);
  private Insides insides = new Insides(0, Position.START, Set.of(), 0, 0, Map.of(), Map.of());

  /**
   * The yard when it was last looked at.
   *
   * @param run whose newest moment it was
   */
  private record Observed(long run, Observation observation, long madeNanos, long tookNanos) {}

  /** What was found in nodes when somebody last looked into them. */
  private record Insides(
      long run,
      Position place,
      Set<String> watched,
      long madeNanos,
      long costNanos,
      Map<String, NodeInside> nodes,
      Map<String, NodeInsight> insights) {}

  /**
   * @param updates takes what is to be shown, on the yard's thread
   */
  Publisher(Consumer<Update> updates) {
    this.updates = updates;
  }

  /** The last update has been shown: there may be another. */
  void applied() {
    publishing.set(false);
  }

  /** The nodes into which somebody looks. */
  void watch(Set<String> nodes) {
    watched = nodes;
  }

  /** So much virtual time went by. */
  void passed(long nanos) {
    virtualNanos += Math.max(0, nanos);
  }

  void publish(Branches branches) {
    if (!publishing.compareAndSet(false, true)) {
      return;
    }
    if (run != branches.number()) {
      run = branches.number();
      happening = 0;
      printed = 0;
    }
    Run shownRun = branches.run();
    Position place = branches.place();
    Simulation simulation = branches.shown();
    lookInside(simulation, place, branches.isLive());
    List<Happening> happenings = shownRun.chronicle().since(happening);
    List<Printed> texts = shownRun.printedSince(printed);
    happening = shownRun.chronicle().nextNumber();
    printed = shownRun.printedCount();
    measurePace();
    updates.accept(
        new Update(
            run,
            place,
            shownRun.position(),
            observe(simulation, branches.isLive(), happenings),
            insides.nodes(),
            insides.insights(),
            simulation.changedPaths(),
            simulation.held(),
            prompts(simulation),
            happenings,
            texts,
            branches.all(),
            pace));
  }

  /**
   * The yard as it is. To look at thousands of connections takes a part of a frame: while nothing but messages goes between them, it is
   * done a few times a second only.
   */
  private Observation observe(Simulation simulation, boolean live, List<Happening> news) {
    long begun = System.nanoTime();
    boolean lasts =
        live
            && observed.run() == run
            && observed.tookNanos() > DEAR_NANOS
            && begun - observed.madeNanos() < BETWEEN_DEAR_NANOS
            && news.stream().noneMatch(happening -> happening.what() instanceof Moment);
    if (!lasts) {
      Observation observation = Observation.of(simulation);
      long took = System.nanoTime() - begun;
      observed = new Observed(live ? run : NO_RUN, observation, begun, took);
    }
    return observed.observation();
  }

  /** An update out of turn says what the one before it said. */
  private void measurePace() {
    long now = System.nanoTime();
    if (virtualNanos > 0 || now - last >= BETWEEN_PULSES_NANOS) {
      pace = (double) virtualNanos / Math.max(1, now - last);
      last = now;
      virtualNanos = 0;
    }
  }

  private void lookInside(Simulation simulation, Position place, boolean live) {
    Set<String> wanted = watched;
    long now = System.nanoTime();
    boolean sameView = insides.run() == run && insides.watched().equals(wanted);
    long between = Math.max(BETWEEN_INSIDES_NANOS, SHARE_OF_INSIDES * insides.costNanos());
    boolean fresh = insides.place().equals(place) || live && now - insides.madeNanos() < between;
    if (sameView && fresh) {
      return;
    }
    Map<String, NodeInside> nodes = new LinkedHashMap<>();
    Map<String, NodeInsight> insights = new LinkedHashMap<>();
    for (Node node : simulation.nodes()) {
      String label = node.label();
      if (wanted.contains(label)) {
        Observation.inside(simulation, label)
            .ifPresent(
                inside -> {
                  nodes.put(label, inside);
                  insights.put(label, NodeInsight.of(node));
                });
      }
    }
    long end = System.nanoTime();
    insides = new Insides(run, place, wanted, end, end - now, nodes, insights);
  }

  private static Map<String, String> prompts(Simulation simulation) {
    Map<String, String> prompts = new LinkedHashMap<>();
    for (Node node : simulation.nodes()) {
      prompts.put(
          node.label(),
          node.isUp() && node.owns(Console.class) && node.owned(Console.class).isIdle()
              ? node.owned(Console.class).promptText()
              : "");
    }
    return prompts;
  }
}
