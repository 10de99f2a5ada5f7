package beamyard.simulator.exploration;

import beamyard.simulator.BadSetup;
import beamyard.simulator.Fault;
import beamyard.simulator.FaultText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One thing that happens in a scenario: a fault, or something that a program on a node does. */
public sealed interface Action {
  /** Something from outside. */
  record Suffer(Fault fault) implements Action {}

  /** {@code Node.connect}. */
  record Connect(String from, String to) implements Action {}

  /** {@code Node.disconnect}. */
  record Disconnect(String from, String to) implements Action {}

  /** A new process on a node registers a global name. */
  record Register(String node, String name) implements Action {}

  /** A node frees a global name, whoever holds it. */
  record Unregister(String node, String name) implements Action {}

  /** A new process on a node joins a group of {@code :pg}. */
  record Join(String node, String group) implements Action {}

  /** The source of one node sends some numbered messages to the sink of another. */
  record Send(String from, String to, int count) implements Action {}

  /** A new process on a node takes a lock on all nodes that it sees, keeps it for a while and gives it back. */
  record Lock(String node, String resource, int millis) implements Action {}

  /** The nodes it names. */
  default List<String> nodes() {
    return switch (this) {
      case Suffer(Fault fault) -> nodesOf(fault);
      case Connect(String from, String to) -> List.of(from, to);
      case Disconnect(String from, String to) -> List.of(from, to);
      case Register(String node, _) -> List.of(node);
      case Unregister(String node, _) -> List.of(node);
      case Join(String node, _) -> List.of(node);
      case Send(String from, String to, _) -> List.of(from, to);
      case Lock(String node, _, _) -> List.of(node);
    };
  }

  private static List<String> nodesOf(Fault fault) {
    return switch (fault) {
      case Fault.Partition(_, var groups) -> groups.stream().flatMap(List::stream).toList();
      case Fault.Blip(var groups, _) -> groups.stream().flatMap(List::stream).toList();
      case Fault.HostCut _, Fault.Heal _, Fault.Release _, Fault.Drop _, Fault.ReleaseAll _ ->
          List.of();
      case Fault.Block(String from, String to) -> List.of(from, to);
      case Fault.Unblock(String from, String to) -> List.of(from, to);
      case Fault.Delay(String from, String to, _) -> List.of(from, to);
      case Fault.Narrow(String from, String to, _) -> List.of(from, to);
      case Fault.Lose(String from, String to, _) -> List.of(from, to);
      case Fault.Hold(String from, String to) -> List.of(from, to);
      case Fault.Reset(String one, String other) -> List.of(one, other);
      case Fault.Crash(String node) -> List.of(node);
      case Fault.Stop(String node) -> List.of(node);
      case Fault.Start(String node) -> List.of(node);
      case Fault.Boot(var settings) -> List.of(settings.label());
      case Fault.Restart(String node) -> List.of(node);
      case Fault.Pause(String node) -> List.of(node);
      case Fault.Resume(String node) -> List.of(node);
      case Fault.Slow(String node, _) -> List.of(node);
      case Fault.Skew(String node, _) -> List.of(node);
    };
  }

  /** The same without a node; empty if nothing is left of it. */
  default Optional<Action> without(String node) {
    if (this instanceof Suffer(Fault.Partition(var name, var groups))) {
      return fewer(groups, node).map(rest -> new Suffer(new Fault.Partition(name, rest)));
    }
    if (this instanceof Suffer(Fault.Blip(var groups, long nanos))) {
      return fewer(groups, node).map(rest -> new Suffer(new Fault.Blip(rest, nanos)));
    }
    return nodes().contains(node) ? Optional.empty() : Optional.of(this);
  }

  private static Optional<List<List<String>>> fewer(List<List<String>> groups, String node) {
    var rest = new ArrayList<List<String>>();
    for (List<String> group : groups) {
      List<String> others = group.stream().filter(member -> !member.equals(node)).toList();
      if (!others.isEmpty()) {
        rest.add(others);
      }
    }
    return rest.size() > 1 ? Optional.of(List.copyOf(rest)) : Optional.empty();
  }

  /** The text that {@link #parse} reads as the same action. */
  default String text() {
    return switch (this) {
      case Suffer(Fault fault) -> FaultText.of(fault);
      case Connect(String from, String to) -> "connect " + from + " -> " + to;
      case Disconnect(String from, String to) -> "disconnect " + from + " -> " + to;
      case Register(String node, String name) -> "register " + node + " " + name;
      case Unregister(String node, String name) -> "unregister " + node + " " + name;
      case Join(String node, String group) -> "join " + node + " " + group;
      case Send(String from, String to, int count) -> "send " + from + " -> " + to + " " + count;
      case Lock(String node, String resource, int millis) ->
          "lock " + node + " " + resource + " " + millis + "ms";
    };
  }

  /**
   * Reads one action.
   *
   * @param where the text is from, for errors
   */
  static Action parse(String where, String text) {
    String[] words = text.strip().split("\\s+");
    return switch (words[0]) {
      case "connect" -> new Connect(word(where, words, 1, 4), words[3]);
      case "disconnect" -> new Disconnect(word(where, words, 1, 4), words[3]);
      case "register" -> new Register(word(where, words, 1, 3), words[2]);
      case "unregister" -> new Unregister(word(where, words, 1, 3), words[2]);
      case "join" -> new Join(word(where, words, 1, 3), words[2]);
      case "send" -> new Send(word(where, words, 1, 5), words[3], number(where, words[4]));
      case "lock" ->
          new Lock(
              word(where, words, 1, 4), words[2], number(where, words[3].replaceFirst("ms$", "")));
      default -> new Suffer(FaultText.parse(where, text));
    };
  }

  private static String word(String where, String[] words, int index, int count) {
    if (words.length != count || count > 3 && !words[0].equals("lock") && !words[2].equals("->")) {
      throw new BadSetup(
          "is '" + String.join(" ", words) + "'",
          where,
          "connect a -> b, disconnect a -> b, register a name, unregister a name, join a group, send a -> b 3"
              + " or lock a resource 100ms");
    }
    return words[index];
  }

  private static int number(String where, String word) {
    if (!word.matches("\\d{1,6}")) {
      throw new BadSetup("has '" + word + "'", where, "a whole number there");
    }
    return Integer.parseInt(word);
  }
}
