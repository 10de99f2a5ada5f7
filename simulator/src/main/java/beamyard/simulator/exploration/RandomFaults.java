package beamyard.simulator.exploration;

import beamyard.simulator.Fault;
import beamyard.simulator.FaultSchedule;
import beamyard.simulator.engine.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes up faults: splits that heal, crashes, restarts, standstills, resets. The same choices give the same faults. */
public final class RandomFaults {
  private static final long NANOS_A_MILLI = 1_000_000;

  private RandomFaults() {}

  /**
   * Makes some up.
   *
   * @param nodes the first of which is not killed or stopped
   * @param most at most so many, healing not counted
   * @param millis within which they begin
   */
  public static FaultSchedule of(Choices choices, List<String> nodes, int most, long millis) {
    var steps = new ArrayList<FaultSchedule.Step>();
    long count = choices.between("faults", 0, most);
    for (int i = 0; i < count; i++) {
      long at = choices.between("when", 0, millis);
      long until = at + choices.between("length", 1, Math.max(10, millis));
      add(steps, choices, nodes, at, until);
    }
    steps.sort((one, other) -> Long.compare(one.atMillis(), other.atMillis()));
    return new FaultSchedule(steps);
  }

  private static void add(
      List<FaultSchedule.Step> steps, Choices choices, List<String> nodes, long at, long until) {
    if (nodes.size() == 1) {
      steps.add(new FaultSchedule.Step(at, new Fault.Slow(nodes.getFirst(), 20)));
      return;
    }
    String one = nodes.get((int) choices.between("node", 0, nodes.size() - 1));
    String other = nodes.get((int) choices.between("other", 1, nodes.size() - 1));
    switch ((int) choices.between("kind", 0, 6)) {
      case 0, 1 -> {
        String name = "cut" + at;
        if (steps.stream()
            .noneMatch(
                step ->
                    step.fault() instanceof Fault.Partition(var cut, _)
                        && cut.equals(Optional.of(name)))) {
          steps.add(
              new FaultSchedule.Step(
                  at, new Fault.Partition(Optional.of(name), groups(choices, nodes))));
          steps.add(new FaultSchedule.Step(until, new Fault.Heal(Optional.of(name))));
        }
      }
      case 2 ->
          steps.add(
              new FaultSchedule.Step(
                  at,
                  new Fault.Blip(
                      groups(choices, nodes), choices.between("blip", 1, 600) * NANOS_A_MILLI)));
      case 3 -> steps.add(new FaultSchedule.Step(at, new Fault.Crash(other)));
      case 4 -> steps.add(new FaultSchedule.Step(at, new Fault.Restart(other)));
      case 5 -> {
        steps.add(new FaultSchedule.Step(at, new Fault.Pause(other)));
        steps.add(new FaultSchedule.Step(until, new Fault.Resume(other)));
      }
      default -> {
        if (!one.equals(other)) {
          steps.add(new FaultSchedule.Step(at, new Fault.Reset(one, other)));
        }
      }
    }
  }

  private static List<List<String>> groups(Choices choices, List<String> nodes) {
    var left = new ArrayList<String>();
    var right = new ArrayList<String>();
    for (String node : nodes) {
      (choices.between("side", 0, 1) == 0 ? left : right).add(node);
    }
    return left.isEmpty() || right.isEmpty()
        ? List.of(nodes.subList(0, 1), nodes.subList(1, nodes.size()))
        : List.of(left, right);
  }
}
