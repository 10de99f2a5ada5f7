package beamyard.lessons.exploration;

import beamyard.lessons.exploration.Exhaustive.Options;
import beamyard.lessons.script.Program;
import beamyard.lessons.script.ScriptProblem;
import beamyard.simulator.Simulation;
import beamyard.simulator.exploration.Schedule;
import beamyard.simulator.exploration.ScheduledRun;
import beamyard.simulator.trace.Trace;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A counterexample to be watched: the cluster as its program begins, and how it goes on to what was violated. Who leads it there
 * sees what the exploration saw.
 */
public sealed interface Showing {
  /** What is shown, with its story as it is told now. */
  Counterexample shown();

  /** What is typed at the first node. */
  default String typed() {
    return Program.parse(shown().program(), shown().text()).body();
  }

  /** Runs a counterexample again to be shown; {@link ScriptProblem} if it violates nothing any more. */
  static Showing of(Counterexample known) {
    Rehearsal rehearsal = Rehearsal.of(known);
    Optional<Showing> showing =
        known.schedule().isPresent()
            ? Exhaustive.told(rehearsal, known.schedule().get(), Options.DEFAULT)
                .map(told -> new Chosen(rehearsal, told))
            : timed(rehearsal, known.disturbance());
    return showing.orElseThrow(
        () -> new ScriptProblem(known.program(), 0, "violates nothing any more"));
  }

  private static Optional<Showing> timed(Rehearsal rehearsal, Disturbance disturbance) {
    ProgramRun.Told told = ProgramRun.told(rehearsal, disturbance, Trace.OFF);
    return told.result()
        .violation()
        .map(_ -> new Timed(rehearsal, Exploration.counterexample(rehearsal, disturbance), told));
  }

  /** A run whose events happen in the order of their times. */
  final class Timed implements Showing {
    private final Rehearsal rehearsal;
    private final Counterexample shown;
    private final ProgramRun.Told told;

    Timed(Rehearsal rehearsal, Counterexample shown, ProgramRun.Told told) {
      this.rehearsal = rehearsal;
      this.shown = shown;
      this.told = told;
    }

    /** Something to be done to the run from outside, right after all that happens at an instant. */
    public record Deed(long atNanos, Consumer<Simulation> what) {}

    @Override
    public Counterexample shown() {
      return shown;
    }

    /** A cluster of its own whose program is about to be typed; what goes wrong in it is planned. */
    public Simulation begin(Trace trace) {
      return ProgramRun.begin(rehearsal, shown.disturbance(), trace);
    }

    /** All that is to be done up to the violation, in the order of time: the program is typed, and properties are asked. */
    public List<Deed> deeds() {
      return told.deeds().stream()
          .filter(deed -> deed.atNanos() < told.endNanos())
          .map(deed -> new Deed(deed.atNanos(), deed.what()))
          .toList();
    }

    /** When the program is typed. */
    public long startNanos() {
      return told.startNanos();
    }

    /** When it was seen that something is violated. */
    public long endNanos() {
      return told.endNanos();
    }

    /** By line of the story, when it had happened. */
    public List<Long> instants() {
      return shown.told().stream().map(line -> told.startNanos() + RunStory.nanosOf(line)).toList();
    }
  }

  /** A run every step of which is chosen by a schedule. */
  final class Chosen implements Showing {
    private final Rehearsal rehearsal;
    private final Exhaustive.Told told;

    Chosen(Rehearsal rehearsal, Exhaustive.Told told) {
      this.rehearsal = rehearsal;
      this.told = told;
    }

    @Override
    public Counterexample shown() {
      return told.counterexample();
    }

    /** A run of its own whose program has been typed; it is over when something is violated. */
    public ScheduledRun begin(Trace trace) {
      Schedule schedule = shown().schedule().orElseThrow();
      return Exhaustive.begin(rehearsal, schedule, Options.DEFAULT, trace).until(steps());
    }

    /** How many steps there are to the violation. */
    public int steps() {
      return told.taken();
    }

    /** By line of the story, how many steps were taken when it had happened. */
    public List<Integer> stepsOfLines() {
      return told.steps();
    }
  }
}
