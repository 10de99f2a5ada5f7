package beamyard.lessons.script;

import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.simulator.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What each node of a yard believes at one instant: whom it is connected to, which global names it knows, which process groups
 * and how many members. Looking changes nothing: a copy of the yard is asked.
 */
public record ClusterView(SequencedMap<String, NodeView> nodes) {
  private static final String MARK = "@@view@@";
  private static final long LIMIT_MILLIS = 100;
  private static final String QUESTION =
      """
      IO.puts(Enum.join(["%s",
        Enum.map_join(Node.list(), ",", &inspect/1),
        Enum.map_join(Node.list(:hidden), ",", &inspect/1),
        Enum.map_join(Enum.sort(:global.registered_names()), ",", &inspect/1),
        if(Process.whereis(:pg),
          do: Enum.map_join(Enum.sort(:pg.which_groups()), ",", fn g ->
            "#{inspect(g)} (#{length(:pg.get_members(g))})" end),
          else: "")], "|")); IEx.dont_display_result()"""
          .formatted(MARK);

  /** What is known of a node. */
  public enum Presence {
    UP,
    DOWN,
    /** It is up, but something runs in its shell, so that it cannot be asked. */
    BUSY
  }

  /**
   * One node's beliefs, as it would print them.
   *
   * @param groups process groups of the default scope, each with the number of its members in brackets
   */
  public record NodeView(
      Presence presence,
      List<String> connected,
      List<String> hidden,
      List<String> names,
      List<String> groups) {
    private static NodeView without(Presence presence) {
      return new NodeView(presence, List.of(), List.of(), List.of(), List.of());
    }
  }

  /** What the nodes of a stage believe now. */
  public static ClusterView of(SimulatedStage stage) {
    SimulatedStage copy = stage.copy();
    var nodes = new LinkedHashMap<String, NodeView>();
    for (Node node : stage.simulation().nodes()) {
      nodes.put(node.label(), view(copy, node.label()));
    }
    return new ClusterView(Collections.unmodifiableSequencedMap(nodes));
  }

  private static NodeView view(SimulatedStage copy, String node) {
    if (!copy.isUp(node)) {
      return NodeView.without(Presence.DOWN);
    }
    if (!copy.isAtPrompt(node)) {
      return NodeView.without(Presence.BUSY);
    }
    Answer answer = copy.type(node, QUESTION, LIMIT_MILLIS);
    int mark = answer.printed().lastIndexOf(MARK);
    if (answer.ending() != Ending.DONE || mark < 0) {
      return NodeView.without(Presence.BUSY);
    }
    String[] fields =
        answer.printed().substring(mark).lines().findFirst().orElse("").split("\\|", -1);
    return new NodeView(
        Presence.UP, items(fields, 1), items(fields, 2), items(fields, 3), items(fields, 4));
  }

  private static List<String> items(String[] fields, int index) {
    return index >= fields.length || fields[index].isEmpty()
        ? List.of()
        : List.of(fields[index].split(",(?![^{(\\[]*[})\\]])"));
  }

  /** What is otherwise than in an earlier view, a sentence each. */
  public List<String> changesSince(ClusterView before) {
    var changes = new ArrayList<String>();
    nodes.forEach(
        (name, now) -> {
          NodeView then = before.nodes.getOrDefault(name, NodeView.without(Presence.DOWN));
          if (now.presence() == Presence.DOWN && then.presence() != Presence.DOWN) {
            changes.add(name + " is down");
          } else if (now.presence() == Presence.BUSY && then.presence() != Presence.BUSY) {
            changes.add(name + " is busy");
          } else if (now.presence() == Presence.UP && then.presence() != Presence.BUSY) {
            if (then.presence() == Presence.DOWN && before.nodes.containsKey(name)) {
              changes.add(name + " is up again");
            }
            compare(changes, name + " sees", then.connected(), now.connected());
            compare(changes, name + " sees, hidden,", then.hidden(), now.hidden());
            compare(changes, name + " knows the global name", then.names(), now.names());
            compare(changes, name + " knows the group", then.groups(), now.groups());
          }
        });
    return List.copyOf(changes);
  }

  private static void compare(
      List<String> changes, String what, List<String> then, List<String> now) {
    List<String> come = now.stream().filter(item -> !then.contains(item)).toList();
    List<String> gone = then.stream().filter(item -> !now.contains(item)).toList();
    if (!come.isEmpty()) {
      changes.add(what + " " + String.join(", ", come));
    }
    if (!gone.isEmpty()) {
      changes.add(what + " " + String.join(", ", gone) + " no longer");
    }
  }
}
