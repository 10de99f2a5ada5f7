package beamyard.simulator.exploration;

import beamyard.simulator.Fault;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Tries all schedules of a run: all orders in which signals can arrive, processes start and waits end at one instant, with up
 * to some faults anywhere in between; but of the orders that differ only in steps that commute, one.
 */
public final class ScheduleSearch {
  /*
   * Source sets and sleep sets: Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order reduction", POPL 2014,
   * algorithm 1. After each step, the steps before it with which it races are found from what both used; for each, one of the
   * steps that can begin the reversed order is tried in the state before it, unless one that can is tried there anyway. What
   * a step caused, and what one sender sent before, is no race. A timer comes after all that happened before its instant.
   *
   * Going back to a state needs a copy of it: the nearest kept one, with the steps from there taken again.
   */
  private static final int BETWEEN_SNAPSHOTS = 6;
  private static final int MOST_BEGINNINGS = 6;

  private final SteppedRun beginning;
  private final Subject subject;
  private final Limits limits;
  private final LinkedHashMap<Fault, Long> faultNumbers = new LinkedHashMap<>();
  private final ArrayList<Frame> path = new ArrayList<>();
  private long executions;
  private long blocked;
  private long steps;
  private long repeated;
  private int deepest;
  private boolean cutShort;
  private Optional<Wrong> found = Optional.empty();

  /**
   * How much is tried.
   *
   * @param faults at most so many in one run
   * @param steps at most so many new ones
   * @param depth of one run
   */
  public record Limits(int faults, long steps, int depth) {}

  /** A schedule that does something wrong, as it was found. */
  public record Found(Schedule schedule, String wrong) {}

  private record Wrong(List<Candidate> steps, String what) {}

  /**
   * What came of a search.
   *
   * @param exhausted whether nothing is left to try
   * @param executions complete runs, each of another order
   * @param blocked runs broken off because all that could come next had been tried before
   * @param steps taken for the first time
   * @param repeated steps taken again to come back to a state
   * @param deepest how many steps the longest run had
   */
  public record Result(
      boolean exhausted,
      long executions,
      long blocked,
      long steps,
      long repeated,
      int deepest,
      Optional<Found> found) {}

  private ScheduleSearch(SteppedRun beginning, Subject subject, Limits limits) {
    this.beginning = beginning;
    this.subject = subject;
    this.limits = limits;
  }

  /** Searches until something wrong is found, nothing is left to try, a limit is reached or somebody cancels it. */
  public static Result run(
      SteppedRun beginning, Subject subject, Limits limits, BooleanSupplier cancelled) {
    for (int round = 1; ; round++) {
      int knowledge = subject.knowledge();
      var search = new ScheduleSearch(beginning, subject, limits);
      search.search(cancelled);
      boolean knowsMore = subject.knowledge() > knowledge;
      if (search.found.isPresent() || search.cutShort || !knowsMore || round == MOST_BEGINNINGS) {
        return search.result(!knowsMore);
      }
    }
  }

  private Result result(boolean saw) {
    return new Result(
        found.isEmpty() && !cutShort && saw,
        executions,
        blocked,
        steps,
        repeated,
        deepest,
        found.map(wrong -> new Found(Schedule.of(wrong.steps, beginning), wrong.what)));
  }

  private void search(BooleanSupplier cancelled) {
    SteppedRun run = beginning.copy(Trace.OFF);
    path.add(frame(run, new ArrayList<>(), limits.faults()));
    while (true) {
      goOn(run);
      if (found.isPresent() || steps >= limits.steps() || cancelled.getAsBoolean()) {
        cutShort = true;
        return;
      }
      int next = back();
      if (next < 0) {
        return;
      }
      run = returnTo(next);
    }
  }

  private Frame frame(SteppedRun run, ArrayList<Frame.Asleep> asleep, int faultsLeft) {
    var enabled = new ArrayList<Candidate>();
    boolean over = run.isQuiet() || run.isEndless() || subject.isOver(run.simulation());
    if (!over) {
      enabled.addAll(run.enabled());
    }
    int events = enabled.size();
    for (Fault fault : subject.faults(run.simulation())) {
      if (faultsLeft > 0 || fault instanceof Fault.Heal) {
        enabled.add(Candidate.of(fault, number(fault)));
      }
    }
    var frame =
        new Frame(enabled, events, run.planned(), run.simulation().now(), asleep, faultsLeft);
    if (path.size() % BETWEEN_SNAPSHOTS == 0) {
      frame.snapshot = run.copy(Trace.OFF);
    }
    return frame;
  }

  private long number(Fault fault) {
    return faultNumbers.computeIfAbsent(fault, _ -> -1L - faultNumbers.size());
  }

  /** Goes on from the last frame until the run is over. */
  private void goOn(SteppedRun run) {
    while (found.isEmpty()) {
      Frame frame = path.getLast();
      if (frame.chosen == null) {
        if (frame.events == 0) {
          end(run);
        }
        if (!choose(frame)) {
          return;
        }
      }
      if (path.size() >= limits.depth()) {
        cutShort = true;
        return;
      }
      step(run, frame);
    }
  }

  private void end(SteppedRun run) {
    executions++;
    deepest = Math.max(deepest, path.size() - 1);
    if (run.isEndless()) {
      cutShort = true;
      return;
    }
    subject.wrongAtEnd(run).ifPresent(wrong -> found = Optional.of(new Wrong(steps(), wrong)));
  }

  private List<Candidate> steps() {
    var schedule = new ArrayList<Candidate>();
    for (Frame frame : path) {
      if (frame.chosen != null) {
        schedule.add(frame.chosen);
      }
    }
    return List.copyOf(schedule);
  }

  /** Takes the eldest that is awake; where nothing but faults is left, all of them have to be tried. */
  private boolean choose(Frame frame) {
    if (found.isPresent()) {
      return false;
    }
    for (int i = 0; i < frame.events; i++) {
      Candidate candidate = frame.enabled.get(i);
      if (!frame.sleeps(candidate)) {
        frame.toTry.add(candidate);
        frame.chosen = candidate;
        return true;
      }
    }
    if (frame.events > 0) {
      blocked++;
      return false;
    }
    for (Candidate fault : frame.enabled) {
      if (!frame.sleeps(fault)) {
        frame.toTry.add(fault);
      }
    }
    if (frame.toTry.isEmpty()) {
      return false;
    }
    frame.chosen = frame.toTry.getFirst();
    return true;
  }

  private void step(SteppedRun run, Frame frame) {
    Candidate chosen = frame.step();
    Uses uses = run.take(chosen);
    steps++;
    boolean seen = subject.sees(uses);
    frame.uses = seen ? uses.watched() : uses;
    int index = path.size() - 1;
    findRaces(index);
    if (seen) {
      subject.wrong(run).ifPresent(wrong -> found = Optional.of(new Wrong(steps(), wrong)));
    }
    var asleep = new ArrayList<Frame.Asleep>();
    for (Frame.Asleep each : frame.asleep) {
      if (each.candidate().ticket() != chosen.ticket() && !each.uses().conflict(frame.uses)) {
        asleep.add(each);
      }
    }
    boolean paid = chosen.isFault() && !(chosen.fault().orElseThrow() instanceof Fault.Heal);
    path.add(frame(run, asleep, frame.faultsLeft - (paid ? 1 : 0)));
  }

  // Races.

  private void findRaces(int index) {
    Frame frame = path.get(index);
    Candidate step = frame.step();
    frame.past = new long[0];
    if (!step.isFault()) {
      int cause = cause(step, index);
      if (cause >= 0) {
        after(frame, cause);
      }
    }
    for (int i = index - 1; i >= 0; i--) {
      Frame before = path.get(i);
      if (!frame.isAfter(i) && isFixed(before, step)) {
        after(frame, i);
      }
    }
    for (int i = index - 1; i >= 0; i--) {
      if (!frame.isAfter(i) && path.get(i).uses.conflict(frame.uses)) {
        reverse(i, index);
        after(frame, i);
      }
    }
  }

  private void after(Frame frame, int earlier) {
    frame.comesAfter(earlier, path.get(earlier).past);
  }

  /** The step in which an event was planned; -1 if that was before the search. */
  private int cause(Candidate step, int index) {
    int low = 0;
    int high = index;
    while (low < high) { // the first frame before which it had been planned
      int middle = (low + high) >>> 1;
      if (path.get(middle).planned > step.order()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  /** Whether a step could come after an earlier one only, for another reason than being caused by it. */
  private static boolean isFixed(Frame before, Candidate step) {
    Candidate earlier = before.step();
    if (step.isFault() || earlier.isFault()) {
      return false;
    }
    long earlierNanos = earlier.timer() ? earlier.atNanos() : before.clock;
    return step.timer() && earlierNanos < step.atNanos()
        || earlier.isOfOneSender(step) && earlier.precedes(step)
        || before.planned > step.order() && earlier.precedes(step);
  }

  /** Sees to it that the order of two steps is tried the other way round. */
  private void reverse(int first, int second) {
    Frame before = path.get(first);
    var without = new ArrayList<Integer>(); // the steps between that need not come after the first
    for (int i = first + 1; i <= second; i++) {
      if (!path.get(i).isAfter(first)) {
        without.add(i);
      }
    }
    Candidate last = path.get(second).step();
    Candidate toTry = null;
    for (int i : without) {
      if (canBegin(i, without)) {
        Candidate step = path.get(i).step();
        if (before.covers(step)) {
          return;
        }
        Candidate here = before.enabledLike(step);
        if (here != null && (toTry == null || step == last)) {
          toTry = here;
        }
      }
    }
    if (toTry != null) {
      before.toTry.add(toTry);
      return;
    }
    for (Candidate each : before.enabled) { // the order needs something else to happen before
      if (!each.isFault() && !before.covers(each)) {
        before.toTry.add(each);
      }
    }
  }

  private boolean canBegin(int index, List<Integer> steps) {
    for (int other : steps) {
      if (other >= index) {
        return true;
      }
      if (path.get(index).isAfter(other)) {
        return false;
      }
    }
    return true;
  }

  // Going back.

  /** Drops the frames from which nothing is left to try; answers the last one that is left, with its next step, or -1. */
  private int back() {
    while (!path.isEmpty()) {
      Frame frame = path.getLast();
      if (frame.chosen != null) {
        frame.asleep.add(new Frame.Asleep(frame.step(), frame.uses));
        frame.chosen = null;
      }
      for (Candidate candidate : frame.toTry) {
        if (!frame.sleeps(candidate)) {
          frame.chosen = candidate;
          return path.size() - 1;
        }
      }
      path.removeLast();
    }
    return -1;
  }

  private SteppedRun returnTo(int index) {
    int from = index;
    SteppedRun snapshot = path.get(from).snapshot;
    while (snapshot == null) {
      snapshot = path.get(--from).snapshot;
    }
    SteppedRun run = snapshot.copy(Trace.OFF);
    for (int i = from; i < index; i++) {
      run.take(path.get(i).step());
      repeated++;
    }
    if (from < index && index - from > 1) {
      path.get(index).snapshot = run.copy(Trace.OFF);
    }
    return run;
  }
}
