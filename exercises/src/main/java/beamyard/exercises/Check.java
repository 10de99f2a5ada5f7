package beamyard.exercises;

import beamyard.lessons.exploration.TimedFault;
import beamyard.simulator.Fault;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A check as its module declares it.
 *
 * @param function the function of module {@code Checks} that does it
 * @param sizes how many nodes to try, smallest first
 * @param faults kinds of fault to put into a run, one at a time; none if empty
 * @param seeds how many seeds of the network to try, 1 or more
 * @param withinMillis virtual time that one run may take
 * @param task the part of the statement it belongs to; empty for the whole
 */
public record Check(
    Atom function,
    String title,
    List<Integer> sizes,
    List<FaultKind> faults,
    Targets targets,
    int seeds,
    long withinMillis,
    int points,
    String task) {
  /** What can happen to a node. */
  public enum FaultKind {
    /** It is gone at once. */
    CRASH,
    /** It is gone at once, and a new one of its name starts half a second later. */
    RESTART,
    /** It stands still for two seconds. */
    PAUSE,
    /** Its network is cut off for good. */
    CUT;

    private static final long RESTART_NANOS = 500_000_000L;
    private static final long PAUSE_NANOS = 2_000_000_000L;

    /** What goes wrong when this happens to a node right after an instant, in the order of time. */
    List<TimedFault> at(long atNanos, String node, List<String> others) {
      return switch (this) {
        case CRASH -> List.of(new TimedFault(atNanos, new Fault.Crash(node)));
        case RESTART ->
            List.of(
                new TimedFault(atNanos, new Fault.Crash(node)),
                new TimedFault(atNanos + RESTART_NANOS, new Fault.Start(node)));
        case PAUSE ->
            List.of(
                new TimedFault(atNanos, new Fault.Pause(node)),
                new TimedFault(atNanos + PAUSE_NANOS, new Fault.Resume(node)));
        case CUT ->
            List.of(
                new TimedFault(
                    atNanos,
                    new Fault.Partition(Optional.empty(), List.of(List.of(node), others))));
      };
    }
  }

  /** Which nodes faults may hit. */
  public enum Targets {
    /** All but the first, on which the check runs. */
    OTHERS,
    ALL
  }

  /** Reads {@code {function, title, options}}. */
  static Check of(Term term) {
    if (!(term instanceof Tuple declared
        && declared.size() == 3
        && declared.get(0) instanceof Atom function
        && declared.get(1) instanceof Bits title
        && declared.get(2) instanceof ListTerm options)) {
      throw new ExerciseProblem(
          "checks.ex", "a check needs a title in quotes and options of names and values");
    }
    var check =
        new Check(function, title.text(), List.of(3), List.of(), Targets.OTHERS, 3, 60_000, 1, "");
    for (Term option : options) {
      if (!(option instanceof Tuple pair && pair.size() == 2 && pair.get(0) instanceof Atom key)) {
        throw check.problem("its options should be names and values");
      }
      check = check.with(key.name(), pair.get(1));
    }
    return check;
  }

  private Check with(String key, Term value) {
    return switch (key) {
      case "nodes" ->
          new Check(
              function, title, numbers(value), faults, targets, seeds, withinMillis, points, task);
      case "faults" ->
          new Check(
              function, title, sizes, kinds(value), targets, seeds, withinMillis, points, task);
      case "targets" ->
          new Check(
              function,
              title,
              sizes,
              faults,
              choice(Targets.class, value),
              seeds,
              withinMillis,
              points,
              task);
      case "seeds" ->
          new Check(
              function, title, sizes, faults, targets, number(value), withinMillis, points, task);
      case "within" ->
          new Check(function, title, sizes, faults, targets, seeds, number(value), points, task);
      case "points" ->
          new Check(
              function, title, sizes, faults, targets, seeds, withinMillis, number(value), task);
      case "task" ->
          new Check(
              function,
              title,
              sizes,
              faults,
              targets,
              seeds,
              withinMillis,
              points,
              value instanceof Bits text ? text.text() : value.toString());
      default -> throw problem("has no option '" + key + "'");
    };
  }

  private List<Integer> numbers(Term value) {
    if (!(value instanceof ListTerm list)) {
      return List.of(number(value));
    }
    var numbers = new ArrayList<Integer>();
    list.forEach(each -> numbers.add(number(each)));
    return List.copyOf(numbers);
  }

  private int number(Term value) {
    if (value instanceof SmallInt number && number.value() > 0 && number.value() <= 3_600_000) {
      return (int) number.value();
    }
    throw problem("takes whole numbers above 0, not " + value);
  }

  private List<FaultKind> kinds(Term value) {
    if (!(value instanceof ListTerm list)) {
      return List.of(choice(FaultKind.class, value));
    }
    var kinds = new ArrayList<FaultKind>();
    list.forEach(each -> kinds.add(choice(FaultKind.class, each)));
    return List.copyOf(kinds);
  }

  private <E extends Enum<E>> E choice(Class<E> type, Term value) {
    for (E constant : type.getEnumConstants()) {
      if (value == Atom.of(constant.name().toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw problem("does not know " + value);
  }

  private ExerciseProblem problem(String what) {
    return new ExerciseProblem("checks.ex", "the check '" + title + "' " + what);
  }
}
