package beamyard.lessons.exploration;

import beamyard.simulator.Fault;
import beamyard.simulator.FaultText;
import java.util.List;

/** Faults as sentences of a story. */
public final class FaultStory {
  private FaultStory() {}

  /** What a fault does, in the present tense and without a full stop. */
  public static String told(Fault fault) {
    return switch (fault) {
      case Fault.Partition(_, var groups) -> "the network splits: " + sides(groups);
      case Fault.Blip(var groups, long nanos) ->
          "the network splits for " + nanos / 1_000_000 + " ms: " + sides(groups);
      case Fault.Heal _ -> "that split heals";
      case Fault.Crash(String node) -> node + " crashes";
      case Fault.Start(String node) -> node + " starts again";
      case Fault.Restart(String node) -> node + " crashes and starts again";
      case Fault.Pause(String node) -> node + " stands still";
      case Fault.Resume(String node) -> node + " goes on";
      case Fault.Reset(String one, String other) ->
          "the connection of " + one + " and " + other + " is reset";
      case Fault.Slow(String node, double times) -> node + " becomes " + times + " times as slow";
      default -> FaultText.of(fault);
    };
  }

  private static String sides(List<List<String>> groups) {
    return String.join(
        " from ", groups.stream().map(group -> String.join(" and ", group)).toList());
  }
}
