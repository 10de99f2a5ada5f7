package beamyard.simulator.exploration;

import beamyard.simulator.exploration.Schedule.Choice;
import beamyard.simulator.trace.Trace;
import java.util.List;
import java.util.Optional;

/** A run that happens in the order of a {@link Schedule}, a step at a time. */
public final class ScheduledRun {
  private final Schedule schedule;
  private final SteppedRun run;
  private final Subject subject;
  private final int mostSteps;

  /** As schedules count them: those that were passed over, waiting for a later fault, too. */
  private int step;

  private int choices;
  private int taken;
  private int mostTaken = Integer.MAX_VALUE;
  private Optional<Next> next = Optional.empty();

  /**
   * What happens next.
   *
   * @param eldest what would in the plain order; empty if nothing would
   */
  public record Next(Candidate chosen, Optional<Candidate> eldest) {}

  /**
   * A run that goes on where another has come to, which is to be used by nobody else from here on.
   *
   * @param subject tells which faults are possible and when the run is over
   * @param mostSteps after which it is over anyway
   */
  public ScheduledRun(Schedule schedule, SteppedRun run, Subject subject, int mostSteps) {
    this.schedule = schedule;
    this.run = run;
    this.subject = subject;
    this.mostSteps = mostSteps;
  }

  /** Ends it when so many steps were taken. */
  public ScheduledRun until(int steps) {
    mostTaken = steps;
    return this;
  }

  /** An independent copy, whose simulation tells another trace. */
  public ScheduledRun copy(Trace trace) {
    var copy = new ScheduledRun(schedule, run.copy(trace), subject, mostSteps);
    copy.step = step;
    copy.choices = choices;
    copy.taken = taken;
    copy.mostTaken = mostTaken;
    copy.next = next;
    return copy;
  }

  public SteppedRun run() {
    return run;
  }

  /** How many steps were taken. */
  public int taken() {
    return taken;
  }

  /** Whether it is over only because no more steps were allowed. */
  public boolean isCutOff() {
    return step >= mostSteps;
  }

  /** What happens next; empty when it is over. */
  public Optional<Next> next() {
    while (next.isEmpty() && !isCutOff() && taken < mostTaken) {
      Optional<Choice> choice =
          Optional.of(choices)
              .filter(it -> it < schedule.choices().size())
              .map(schedule.choices()::get)
              .filter(it -> it.step() == step);
      if (choice.isPresent()) {
        choices++;
      }
      boolean over = run.isQuiet() || run.isEndless() || subject.isOver(run.simulation());
      List<Candidate> enabled = over ? List.of() : run.enabled();
      Optional<Candidate> eldest = enabled.stream().findFirst();
      next =
          (choice.isEmpty() ? eldest : chosen(choice.get(), enabled))
              .map(chosen -> new Next(chosen, eldest));
      boolean later = over && choices < schedule.choices().size();
      if (next.isEmpty() && !later) {
        return next;
      }
      // Nothing happens, but a later fault may: its step is counted from a longer run.
      step++;
    }
    return next;
  }

  private Optional<Candidate> chosen(Choice choice, List<Candidate> enabled) {
    if (choice.fault().isPresent()) {
      return choice
          .fault()
          .filter(subject.faults(run.simulation())::contains)
          .map(fault -> Candidate.of(fault, -1))
          .or(() -> enabled.stream().findFirst());
    }
    return enabled.isEmpty()
        ? Optional.empty()
        : Optional.of(enabled.get(Math.min(choice.place(), enabled.size() - 1)));
  }

  /** Lets it happen. */
  public Uses take() {
    Candidate chosen =
        next()
            .orElseThrow(() -> new AssertionError("the run is over: nothing happens next"))
            .chosen();
    next = Optional.empty();
    taken++;
    return run.take(chosen);
  }
}
