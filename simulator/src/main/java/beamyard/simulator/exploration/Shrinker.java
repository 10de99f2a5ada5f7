package beamyard.simulator.exploration;

import beamyard.simulator.Fault;
import beamyard.simulator.exploration.Scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a scenario that fails smaller while it still fails: fewest nodes first, then fewest steps, then fewest messages and
 * shortest times.
 */
public final class Shrinker {
  private final Predicate<Scenario> fails;
  private int runsLeft;
  private Scenario smallest;

  private Shrinker(Scenario scenario, Predicate<Scenario> fails, int mostRuns) {
    this.smallest = scenario;
    this.fails = fails;
    this.runsLeft = mostRuns;
  }

  /**
   * The smallest scenario found that still fails.
   *
   * @param fails whether a scenario fails in the way that is looked for
   * @param mostRuns how often it may be asked
   */
  public static Scenario shrink(Scenario scenario, Predicate<Scenario> fails, int mostRuns) {
    var shrinker = new Shrinker(scenario, fails, mostRuns);
    Scenario before;
    do {
      before = shrinker.smallest;
      shrinker.dropNodes();
      shrinker.dropSteps();
      shrinker.simplifySteps();
      shrinker.closeUp();
    } while (!shrinker.smallest.equals(before) && shrinker.runsLeft > 0);
    return shrinker.smallest;
  }

  private boolean attempt(Scenario smaller) {
    if (runsLeft <= 0 || smaller.equals(smallest)) {
      return false;
    }
    runsLeft--;
    if (!fails.test(smaller)) {
      return false;
    }
    smallest = smaller;
    return true;
  }

  private void dropNodes() {
    for (String node : List.copyOf(smallest.nodes())) {
      if (smallest.nodes().size() > 1) {
        attempt(smallest.without(node));
      }
    }
  }

  /** Large pieces first, then single steps. */
  private void dropSteps() {
    for (int length = smallest.steps().size() / 2; length > 0; length /= 2) {
      int from = 0;
      while (from < smallest.steps().size()) {
        var rest = new ArrayList<>(smallest.steps());
        rest.subList(from, Math.min(from + length, rest.size())).clear();
        if (!attempt(smallest.withSteps(rest))) {
          from += length;
        }
      }
    }
  }

  private void simplifySteps() {
    for (int i = 0; i < smallest.steps().size(); i++) {
      Step step = smallest.steps().get(i);
      for (Action simpler : simpler(step.action())) {
        var changed = new ArrayList<>(smallest.steps());
        changed.set(i, new Step(step.atMillis(), simpler));
        if (attempt(smallest.withSteps(changed))) {
          break;
        }
      }
    }
  }

  private static List<Action> simpler(Action action) {
    return switch (action) {
      case Action.Send(String from, String to, int count) when count > 1 ->
          List.of(new Action.Send(from, to, 1), new Action.Send(from, to, count - 1));
      case Action.Lock(String node, String resource, int millis) when millis > 1 ->
          List.of(new Action.Lock(node, resource, millis / 2));
      case Action.Suffer(Fault.Restart(String node)) ->
          List.of(new Action.Suffer(new Fault.Crash(node)));
      case Action.Suffer(Fault.Partition(var name, var groups)) -> {
        var fewer = new ArrayList<Action>();
        groups.forEach(group -> group.forEach(node -> action.without(node).ifPresent(fewer::add)));
        yield fewer;
      }
      default -> List.of();
    };
  }

  /** Shortens the times between steps: to nothing, else by half. */
  private void closeUp() {
    for (int i = 0; i < smallest.steps().size(); i++) {
      long before = i == 0 ? 0 : smallest.steps().get(i - 1).atMillis();
      long gap = smallest.steps().get(i).atMillis() - before;
      if (gap > 0 && !attempt(earlier(i, gap)) && gap > 1) {
        attempt(earlier(i, gap / 2));
      }
    }
  }

  private Scenario earlier(int from, long millis) {
    var moved = new ArrayList<Step>();
    for (int i = 0; i < smallest.steps().size(); i++) {
      Step step = smallest.steps().get(i);
      moved.add(i < from ? step : new Step(step.atMillis() - millis, step.action()));
    }
    return smallest.withSteps(moved);
  }
}
