package beamyard.lessons.exploration;

import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.exploration.Schedule;
import beamyard.simulator.exploration.ScheduleSearch;
import beamyard.simulator.exploration.ScheduleSearch.Limits;
import beamyard.simulator.exploration.ScheduledRun;
import beamyard.simulator.exploration.SteppedRun;
import beamyard.simulator.trace.Trace;
import beamyard.simulator.trace.TraceHash;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tries all schedules of a small program: see {@link ScheduleSearch}. Of the program's own faults and of those that are added,
 * every instant is tried that makes a difference.
 */
public final class Exhaustive {
  private static final int RUNS_OF_SHRINKING = 300;

  private final Rehearsal rehearsal;
  private final Options options;

  /** A kind of fault that is added. */
  public enum Kind {
    /** A node other than the first is killed. */
    CRASH,
    /** The nodes are split in two; at some instant that heals. */
    CUT,
    /** The connection of two nodes is reset, and both learn it at once. */
    RESET
  }

  /**
   * How much is tried.
   *
   * @param faults at most so many in one run, healing not counted
   * @param steps at most so many new ones in all
   * @param longestSeconds of virtual time in one run
   */
  public record Options(int faults, List<Kind> kinds, long steps, long longestSeconds) {
    /** No faults, and steps enough for half an hour. */
    public static final Options DEFAULT =
        new Options(0, List.of(Kind.CRASH, Kind.CUT), 10_000_000, 120);

    Limits limits() {
      return new Limits(faults, steps, 20_000);
    }
  }

  /**
   * What came of it.
   *
   * @param neverTrue what was to hold sometimes and did in no run
   */
  public record Outcome(
      ScheduleSearch.Result search,
      List<String> neverTrue,
      Optional<Counterexample> counterexample) {}

  public Exhaustive(Rehearsal rehearsal, Options options) {
    this.rehearsal = rehearsal;
    this.options = options;
  }

  /** The nodes stand still, and the program is not typed yet. */
  private static SteppedRun standing(Rehearsal rehearsal, Trace trace) {
    return new SteppedRun(rehearsal.begin(1, trace));
  }

  /** The program is typed, and nothing of it has happened. */
  private static SteppedRun beginning(Rehearsal rehearsal, Trace trace) {
    SteppedRun run = standing(rehearsal, trace);
    type(rehearsal, run);
    return run;
  }

  private static void type(Rehearsal rehearsal, SteppedRun run) {
    run.perform(
        simulation ->
            ElixirNodes.type(
                simulation.node(rehearsal.nodes().getFirst()), rehearsal.program().typed()));
  }

  private static ProgramSubject subject(Rehearsal rehearsal, Options options, SteppedRun run) {
    return new ProgramSubject(
        rehearsal.nodes(), options.kinds(), run, options.longestSeconds() * 1_000_000_000L);
  }

  /** Searches until a property is violated or nothing is left to try. */
  public Outcome run(BooleanSupplier cancelled) {
    SteppedRun beginning = beginning(rehearsal, Trace.OFF);
    ProgramSubject subject = subject(rehearsal, options, beginning);
    ScheduleSearch.Result result =
        ScheduleSearch.run(beginning, subject, options.limits(), cancelled);
    if (subject.stated().isEmpty()) {
      throw new ScriptProblem(
          rehearsal.program().file(),
          0,
          "states no property; it needs a Sandbox.always(\"name\", fn -> ... end), sometimes or eventually");
    }
    return new Outcome(
        result,
        result.exhausted() ? subject.neverTrue() : List.of(),
        result.found().map(found -> counterexample(beginning, found)));
  }

  private Counterexample counterexample(SteppedRun beginning, ScheduleSearch.Found found) {
    String property = found.wrong().substring(0, found.wrong().lastIndexOf('"') + 1);
    Schedule smallest =
        Schedule.shrink(
            found.schedule(),
            () -> beginning.copy(Trace.OFF),
            () -> subject(rehearsal, options, beginning.copy(Trace.OFF)),
            options.limits(),
            wrong -> wrong.startsWith(property),
            RUNS_OF_SHRINKING);
    return again(rehearsal, smallest, options)
        .orElseThrow(() -> new AssertionError("a schedule that violates nothing"));
  }

  /** Runs a schedule again; empty if it violates nothing. */
  static Optional<Counterexample> again(Rehearsal rehearsal, Schedule schedule, Options options) {
    return told(rehearsal, schedule, options).map(Told::counterexample);
  }

  /**
   * A run that violated something.
   *
   * @param steps by line of the story, how many steps were taken when it had happened
   * @param taken how many were taken in all
   */
  record Told(Counterexample counterexample, List<Integer> steps, int taken) {}

  /** Runs a schedule again and tells it; empty if it violates nothing. */
  static Optional<Told> told(Rehearsal rehearsal, Schedule schedule, Options options) {
    var trace = new TraceHash();
    SteppedRun run = beginning(rehearsal, trace);
    long start = run.simulation().now();
    var story = new ScheduleStory(rehearsal.nodes());
    Optional<String> wrong =
        schedule.run(run, subject(rehearsal, ofAllKinds(options), run), options.limits(), story);
    return wrong.map(
        what ->
            new Told(
                new Counterexample(
                    rehearsal.program().file(),
                    rehearsal.program().text(),
                    rehearsal.nodes(),
                    rehearsal.beginning(),
                    Disturbance.none(1),
                    Optional.of(schedule),
                    story.lines(),
                    what
                        + " at "
                        + ProgramRun.seconds((run.simulation().now() - start) / 1_000_000),
                    trace.value()),
                story.steps(),
                story.taken()));
  }

  private static Options ofAllKinds(Options options) {
    return new Options(
        options.faults(), List.of(Kind.values()), options.steps(), options.longestSeconds());
  }

  /** A schedule that is about to happen, told by a trace from when the program is typed. */
  static ScheduledRun begin(Rehearsal rehearsal, Schedule schedule, Options options, Trace trace) {
    SteppedRun run = standing(rehearsal, Trace.OFF).copy(trace);
    ProgramSubject subject = subject(rehearsal, ofAllKinds(options), run);
    type(rehearsal, run);
    return new ScheduledRun(schedule, run, subject, options.limits().depth());
  }
}
