package beamyard.simulator.exploration;

import beamyard.simulator.BadSetup;
import beamyard.simulator.Fault;
import beamyard.simulator.FaultText;
import beamyard.simulator.exploration.ScheduleSearch.Limits;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * An order in which a run happens, told by where it differs from the plain one: in that the eldest of all that is possible
 * always comes next, and nothing breaks.
 *
 * @param choices in the order of their steps
 */
public record Schedule(List<Choice> choices) {
  /** The plain order. */
  public static final Schedule PLAIN = new Schedule(List.of());

  public Schedule {
    choices = List.copyOf(choices);
  }

  /**
   * What happens at one step instead of the eldest.
   *
   * @param step counted from 0
   * @param place among what is possible, the eldest at 0; for a fault 0
   */
  public record Choice(int step, int place, Optional<Fault> fault) {
    @Override
    public String toString() {
      return step + " " + fault.map(FaultText::of).orElseGet(() -> Integer.toString(place));
    }

    /** Reads what {@link #toString} gives. */
    public static Choice parse(String where, String text) {
      String[] words = text.strip().split("\\s+", 2);
      if (words.length < 2 || !words[0].matches("\\d{1,9}")) {
        throw new BadSetup("is '" + text + "'", where, "a step and a place or a fault: 57 1");
      }
      int step = Integer.parseInt(words[0]);
      return words[1].matches("\\d{1,6}")
          ? new Choice(step, Integer.parseInt(words[1]), Optional.empty())
          : new Choice(step, 0, Optional.of(FaultText.parse(where, words[1])));
    }
  }

  /** Is told what happens in a run. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Something is about to happen.
     *
     * @param eldest what would happen in the plain order
     */
    void happens(SteppedRun before, Candidate chosen, Optional<Candidate> eldest);
  }

  /** The schedule that a search found, to be run from where the search began. */
  static Schedule of(List<Candidate> steps, SteppedRun beginning) {
    var choices = new ArrayList<Choice>();
    SteppedRun run = beginning.copy(Trace.OFF);
    for (int i = 0; i < steps.size(); i++) {
      Candidate step = steps.get(i);
      if (step.isFault()) {
        choices.add(new Choice(i, 0, step.fault()));
      } else {
        int place = place(run.enabled(), step);
        if (place > 0) {
          choices.add(new Choice(i, place, Optional.empty()));
        }
      }
      run.take(step);
    }
    return new Schedule(choices);
  }

  private static int place(List<Candidate> enabled, Candidate step) {
    for (int i = 0; i < enabled.size(); i++) {
      if (enabled.get(i).ticket() == step.ticket()) {
        return i;
      }
    }
    throw new AssertionError(step + " is not possible");
  }

  /** Lets a run happen in this order, to its end or until something is wrong, which it answers. */
  public Optional<String> run(SteppedRun run, Subject subject, Limits limits, Listener listener) {
    var ordered = new ScheduledRun(this, run, subject, limits.depth());
    Optional<ScheduledRun.Next> next = ordered.next();
    while (next.isPresent()) {
      listener.happens(run, next.get().chosen(), next.get().eldest());
      if (subject.sees(ordered.take())) {
        Optional<String> wrong = subject.wrong(run);
        if (wrong.isPresent()) {
          return wrong;
        }
      }
      next = ordered.next();
    }
    return ordered.isCutOff() || run.isEndless() ? Optional.empty() : subject.wrongAtEnd(run);
  }

  /**
   * The smallest schedule found by leaving out choices, and moving those that stay nearer to the plain order, that still does
   * the same wrong.
   *
   * @param sameWrong whether what is wrong is what is looked for
   */
  public static Schedule shrink(
      Schedule original,
      Supplier<SteppedRun> beginning,
      Supplier<Subject> subject,
      Limits limits,
      Predicate<String> sameWrong,
      int mostRuns) {
    int[] left = {mostRuns};
    Predicate<Schedule> fails =
        smaller ->
            left[0]-- > 0
                && smaller
                    .run(beginning.get(), subject.get(), limits, (_, _, _) -> {})
                    .filter(sameWrong)
                    .isPresent();
    Schedule smallest = original;
    boolean shrunk = true;
    while (shrunk && left[0] > 0) {
      shrunk = false;
      for (int i = smallest.choices.size() - 1; i >= 0; i--) {
        Schedule without = smallest.without(i);
        if (fails.test(without)) {
          smallest = without;
          shrunk = true;
        }
      }
      for (int i = 0; i < smallest.choices.size(); i++) {
        if (smallest.choices.get(i).place() > 1 && fails.test(smallest.nearer(i))) {
          smallest = smallest.nearer(i);
          shrunk = true;
        }
      }
    }
    return smallest;
  }

  private Schedule without(int index) {
    var fewer = new ArrayList<>(choices);
    fewer.remove(index);
    return new Schedule(fewer);
  }

  private Schedule nearer(int index) {
    Choice choice = choices.get(index);
    var changed = new ArrayList<>(choices);
    changed.set(index, new Choice(choice.step(), choice.place() - 1, Optional.empty()));
    return new Schedule(changed);
  }
}
