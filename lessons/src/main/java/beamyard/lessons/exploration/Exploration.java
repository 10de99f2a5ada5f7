package beamyard.lessons.exploration;

import beamyard.lessons.exploration.ProgramRun.Result;
import beamyard.lessons.exploration.ProgramRun.Violation;
import beamyard.lessons.script.ScriptProblem;
import beamyard.simulator.FaultSchedule;
import beamyard.simulator.FaultSchedule.Step;
import beamyard.simulator.exploration.WorkerPool;
import beamyard.simulator.trace.Trace;
import beamyard.simulator.trace.TraceHash;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Runs a program from many seeds, each with faults of its own, and makes small what breaks it. */
public final class Exploration {
  private static final long SHORTEST_MILLIS = 2_000;
  private static final int RUNS_OF_SHRINKING = 200;

  private final Rehearsal rehearsal;
  private final int mostFaults;
  private final long millis;

  /** Told of the runs, in the order of the seeds. */
  @FunctionalInterface
  public interface Listener {
    /** A run violated something. */
    void violated(long seed, int faults, String what);

    /**
     * A run has ended.
     *
     * @param runs that have ended in all
     */
    default void ended(long runs) {}
  }

  /**
   * What came of many runs.
   *
   * @param neverTrue what was to hold sometimes and never did
   */
  public record Summary(
      long runs, long violated, List<String> neverTrue, Optional<Counterexample> counterexample) {}

  /**
   * Runs the program once undisturbed; {@link ScriptProblem} if it fails even then, or states nothing.
   *
   * @param mostFaults in one run
   */
  public Exploration(Rehearsal rehearsal, int mostFaults) {
    this.rehearsal = rehearsal;
    this.mostFaults = mostFaults;
    Result alone = ProgramRun.of(rehearsal, Disturbance.none(1), Trace.OFF);
    if (alone.printed().startsWith("** (") || alone.printed().contains("\n** (")) {
      throw new ScriptProblem(
          rehearsal.program().file(), 0, "fails without any fault: " + alone.printed().strip());
    }
    if (alone.stated().isEmpty()) {
      throw new ScriptProblem(
          rehearsal.program().file(),
          0,
          "states no property; it needs a Sandbox.always(\"name\", fn -> ... end), sometimes or eventually");
    }
    millis = Math.max(SHORTEST_MILLIS, alone.millis());
  }

  /** Runs one disturbance for each seed. */
  public Summary run(
      long firstSeed, long lastSeed, int workers, Listener listener, BooleanSupplier cancelled) {
    var stated = new LinkedHashSet<String>();
    var sometimes = new LinkedHashSet<String>();
    var violated = new ArrayList<Result>();
    long[] runs = {0};
    WorkerPool.run(
        workers,
        firstSeed,
        lastSeed,
        seed ->
            ProgramRun.of(
                rehearsal, Disturbance.of(seed, rehearsal.nodes(), mostFaults, millis), Trace.OFF),
        result -> {
          runs[0]++;
          stated.addAll(result.stated());
          sometimes.addAll(result.sometimes());
          result
              .violation()
              .ifPresent(
                  violation -> {
                    violated.add(result);
                    listener.violated(
                        result.disturbance().seed(),
                        result.disturbance().faults().steps().size(),
                        violation.toString());
                  });
          listener.ended(runs[0]);
        },
        cancelled);
    List<String> neverTrue =
        stated.stream()
            .filter(property -> property.startsWith("sometimes ") && !sometimes.contains(property))
            .toList();
    return new Summary(
        runs[0],
        violated.size(),
        neverTrue,
        smallestOf(violated).map(result -> counterexample(shrink(result))));
  }

  /** The one with the fewest faults: the best to begin with. */
  private static Optional<Result> smallestOf(List<Result> violated) {
    return violated.stream()
        .min(
            (one, other) ->
                Integer.compare(
                    one.disturbance().faults().steps().size(),
                    other.disturbance().faults().steps().size()));
  }

  /** Fewer faults, no jitter, earlier faults: as long as the same property is violated. */
  private Disturbance shrink(Result result) {
    String property = result.violation().orElseThrow().property();
    int[] left = {RUNS_OF_SHRINKING};
    Predicate<Disturbance> fails =
        smaller ->
            left[0]-- > 0
                && ProgramRun.of(rehearsal, smaller, Trace.OFF)
                    .violation()
                    .filter(violation -> violation.property().equals(property))
                    .isPresent();
    Disturbance smallest = result.disturbance();
    if (smallest.jitterMicros() > 0) {
      var calm = new Disturbance(smallest.seed(), 0, smallest.faults());
      smallest = fails.test(calm) ? calm : smallest;
    }
    boolean smaller = true;
    while (smaller && left[0] > 0) {
      smaller = false;
      for (int i = 0; i < smallest.faults().steps().size(); i++) {
        var rest = new ArrayList<>(smallest.faults().steps());
        rest.remove(i);
        Disturbance without = with(smallest, rest);
        if (fails.test(without)) {
          smallest = without;
          smaller = true;
          i--;
        }
      }
    }
    for (int i = 0; i < smallest.faults().steps().size(); i++) {
      for (long earlier : new long[] {0, smallest.faults().steps().get(i).atMillis() / 2}) {
        long before = i == 0 ? 0 : smallest.faults().steps().get(i - 1).atMillis();
        Step step = smallest.faults().steps().get(i);
        var moved = new ArrayList<>(smallest.faults().steps());
        moved.set(i, new Step(Math.max(before, earlier), step.fault()));
        Disturbance sooner = with(smallest, moved);
        if (!sooner.equals(smallest) && fails.test(sooner)) {
          smallest = sooner;
          break;
        }
      }
    }
    return smallest;
  }

  private static Disturbance with(Disturbance disturbance, List<Step> steps) {
    return new Disturbance(
        disturbance.seed(), disturbance.jitterMicros(), new FaultSchedule(steps));
  }

  private Counterexample counterexample(Disturbance disturbance) {
    return counterexample(rehearsal, disturbance);
  }

  /** Runs a disturbance and tells what it does; fails if it violates nothing. */
  static Counterexample counterexample(Rehearsal rehearsal, Disturbance disturbance) {
    var trace = new TraceHash();
    ProgramRun.Told told = ProgramRun.told(rehearsal, disturbance, trace);
    Violation violation =
        told.result()
            .violation()
            .orElseThrow(() -> new AssertionError("a counterexample that violates nothing"));
    return new Counterexample(
        rehearsal.program().file(),
        rehearsal.program().text(),
        rehearsal.nodes(),
        rehearsal.beginning(),
        disturbance,
        Optional.empty(),
        told.story(),
        violation.toString(),
        trace.value());
  }

  /** Runs a counterexample again, on nodes like those it was found on; empty if it violates nothing any more. */
  public static Optional<Counterexample> again(Counterexample known) {
    return again(known, Rehearsal.of(known));
  }

  /** Runs a counterexample again; empty if it violates nothing any more. */
  public static Optional<Counterexample> again(Counterexample known, Rehearsal rehearsal) {
    if (known.schedule().isPresent()) {
      return Exhaustive.again(rehearsal, known.schedule().get(), Exhaustive.Options.DEFAULT);
    }
    Result result = ProgramRun.of(rehearsal, known.disturbance(), Trace.OFF);
    return result.violation().isPresent()
        ? Optional.of(counterexample(rehearsal, known.disturbance()))
        : Optional.empty();
  }
}
