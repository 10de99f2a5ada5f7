package beamyard.simulator;

import beamyard.simulator.network.Latency;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Faults as text, one a line. Nodes are named by their labels, durations are in microseconds or, where the word says so,
 * milliseconds.
 */
public final class FaultText {
  private static final String ARROW = "->";
  private static final long NANOS_A_MICRO = 1_000;

  private FaultText() {}

  /** The text that {@link #parse} reads as the same fault. */
  public static String of(Fault fault) {
    return switch (fault) {
      case Fault.Partition(var name, var groups) -> "partition" + named(name) + groups(groups);
      case Fault.HostCut(var name, var hosts) -> "cut-hosts" + named(name) + groups(hosts);
      case Fault.Blip(var groups, long nanos) -> "blip " + micros(nanos) + ":" + groups(groups);
      case Fault.Heal(var name) -> "heal" + name.map(cut -> " " + cut).orElse("");
      case Fault.Block(String from, String to) -> "block" + path(from, to);
      case Fault.Unblock(String from, String to) -> "unblock" + path(from, to);
      case Fault.Delay(String from, String to, var latency) ->
          "latency" + path(from, to) + " " + text(latency);
      case Fault.Narrow(String from, String to, var bytes) ->
          "bandwidth" + path(from, to) + " " + bytes.map(String::valueOf).orElse("unlimited");
      case Fault.Lose(String from, String to, int perMille) ->
          "loss" + path(from, to) + " " + perMille;
      case Fault.Hold(String from, String to) -> "hold" + path(from, to);
      case Fault.Release(long packet) -> "release " + packet;
      case Fault.Drop(long packet) -> "drop " + packet;
      case Fault.ReleaseAll() -> "release-all";
      case Fault.Reset(String one, String other) -> "reset" + path(one, other);
      case Fault.Crash(String node) -> "crash " + node;
      case Fault.Stop(String node) -> "stop " + node;
      case Fault.Start(String node) -> "start " + node;
      case Fault.Boot(NodeSettings settings) -> "boot " + settings.label();
      case Fault.Restart(String node) -> "restart " + node;
      case Fault.Pause(String node) -> "pause " + node;
      case Fault.Resume(String node) -> "resume " + node;
      case Fault.Slow(String node, double times) -> "slow " + node + " " + times;
      case Fault.Skew(String node, long nanos) -> "skew " + node + " " + micros(nanos);
    };
  }

  private static String named(Optional<String> name) {
    return name.map(cut -> " " + cut + ":").orElse("");
  }

  private static String groups(List<List<String>> groups) {
    return " " + String.join(" | ", groups.stream().map(group -> String.join(" ", group)).toList());
  }

  private static String path(String from, String to) {
    return " " + from + " " + ARROW + " " + to;
  }

  private static String micros(long nanos) {
    return nanos / NANOS_A_MICRO + "us";
  }

  private static String text(Latency latency) {
    return switch (latency) {
      case Latency.Constant(long nanos) -> micros(nanos);
      case Latency.Uniform(long lowest, long highest) ->
          "uniform " + micros(lowest) + " " + micros(highest);
      case Latency.Exponential(long least, long mean) ->
          "exponential " + micros(least) + " " + micros(mean);
      case Latency.LongTail(long typical) -> "long-tail " + micros(typical);
    };
  }

  /**
   * Reads one fault. A {@code boot} cannot be read: its text does not say how.
   *
   * @param where the text is from, for errors
   */
  public static Fault parse(String where, String text) {
    return new Reader(where, text).fault();
  }

  /** The words of one fault. */
  private record Reader(String where, String text) {
    Fault fault() {
      String[] parts = text.strip().split("\\s+", 2);
      String rest = parts.length > 1 ? parts[1] : "";
      List<String> words = rest.isEmpty() ? List.of() : Arrays.asList(rest.split("\\s+"));
      return switch (parts[0]) {
        case "partition" -> cut(rest, Fault.Partition::new);
        case "cut-hosts" -> cut(rest, Fault.HostCut::new);
        case "blip" -> {
          int colon = rest.indexOf(':');
          if (colon < 0) {
            throw bad("blip 30ms: alice | bob");
          }
          yield new Fault.Blip(
              groupsOf(rest.substring(colon + 1)), nanos(rest.substring(0, colon)));
        }
        case "heal" -> new Fault.Heal(rest.isEmpty() ? Optional.empty() : Optional.of(rest));
        case "block" -> onPath(words, 3, Fault.Block::new);
        case "unblock" -> onPath(words, 3, Fault.Unblock::new);
        case "hold" -> onPath(words, 3, Fault.Hold::new);
        case "reset" -> onPath(words, 3, Fault.Reset::new);
        case "latency" -> onPath(words, 4, (from, to) -> new Fault.Delay(from, to, latency(words)));
        case "bandwidth" ->
            onPath(
                words,
                4,
                (from, to) ->
                    new Fault.Narrow(
                        from,
                        to,
                        words.get(3).equals("unlimited")
                            ? Optional.empty()
                            : Optional.of(number(words.get(3)))));
        case "loss" ->
            onPath(words, 4, (from, to) -> new Fault.Lose(from, to, (int) number(words.get(3))));
        case "release" -> new Fault.Release(number(only(words)));
        case "drop" -> new Fault.Drop(number(only(words)));
        case "release-all" -> new Fault.ReleaseAll();
        case "crash" -> new Fault.Crash(only(words));
        case "stop" -> new Fault.Stop(only(words));
        case "start" -> new Fault.Start(only(words));
        case "restart" -> new Fault.Restart(only(words));
        case "pause" -> new Fault.Pause(only(words));
        case "resume" -> new Fault.Resume(only(words));
        case "slow" -> new Fault.Slow(first(words), times(words.get(1)));
        case "skew" -> new Fault.Skew(first(words), nanos(words.get(1)));
        default ->
            throw bad(
                "partition, cut-hosts, blip, heal, block, unblock, latency, bandwidth, loss, hold, release, drop,"
                    + " release-all, reset, crash, stop, start, restart, pause, resume, slow or skew");
      };
    }

    private BadSetup bad(String legal) {
      return new BadSetup("is '" + text + "'", where, legal);
    }

    private Fault cut(String rest, BiFunction<Optional<String>, List<List<String>>, Fault> fault) {
      int colon = rest.indexOf(':');
      return colon < 0
          ? fault.apply(Optional.empty(), groupsOf(rest))
          : fault.apply(
              Optional.of(rest.substring(0, colon).strip()), groupsOf(rest.substring(colon + 1)));
    }

    private List<List<String>> groupsOf(String rest) {
      var groups = new ArrayList<List<String>>();
      for (String group : rest.split("\\|", -1)) {
        if (group.isBlank()) {
          throw bad("groups of names with | between them, as in: partition alice | bob carol");
        }
        groups.add(List.of(group.strip().split("\\s+")));
      }
      return groups;
    }

    private Fault onPath(List<String> words, int least, BiFunction<String, String, Fault> fault) {
      if (words.size() < least || !words.get(1).equals(ARROW)) {
        throw bad("alice -> bob" + (least > 3 ? " and a value" : ""));
      }
      return fault.apply(words.get(0), words.get(2));
    }

    private Latency latency(List<String> words) {
      try {
        String shape = words.get(3);
        if (shape.equals("uniform") && words.size() == 6) {
          return new Latency.Uniform(nanos(words.get(4)), nanos(words.get(5)));
        }
        if (shape.equals("exponential") && words.size() == 6) {
          return new Latency.Exponential(nanos(words.get(4)), nanos(words.get(5)));
        }
        if (shape.equals("long-tail") && words.size() == 5) {
          return new Latency.LongTail(nanos(words.get(4)));
        }
        if (words.size() == 4) {
          return new Latency.Constant(nanos(shape));
        }
        throw bad("50ms, uniform 10ms 90ms, exponential 10ms 20ms or long-tail 20ms");
      } catch (BadSetup bad) {
        throw bad;
      } catch (IllegalArgumentException impossible) {
        throw new BadSetup(impossible.getMessage(), where, "a possible latency");
      }
    }

    private String only(List<String> words) {
      if (words.size() != 1) {
        throw bad("one word after it");
      }
      return words.getFirst();
    }

    private String first(List<String> words) {
      if (words.size() != 2) {
        throw bad("a node and a value");
      }
      return words.getFirst();
    }

    private long number(String word) {
      if (!word.matches("-?\\d{1,15}")) {
        throw bad("a whole number in place of '" + word + "'");
      }
      return Long.parseLong(word);
    }

    private double times(String word) {
      if (!word.matches("\\d{1,9}(\\.\\d{1,9})?")) {
        throw bad("a number in place of '" + word + "'");
      }
      return Double.parseDouble(word);
    }

    private long nanos(String word) {
      String trimmed = word.strip();
      if (trimmed.matches("-?\\d{1,12}us")) {
        return Long.parseLong(trimmed.substring(0, trimmed.length() - 2)) * NANOS_A_MICRO;
      }
      if (trimmed.matches("-?\\d{1,9}ms")) {
        return Long.parseLong(trimmed.substring(0, trimmed.length() - 2)) * 1000 * NANOS_A_MICRO;
      }
      throw bad("a time such as 30ms or 500us in place of '" + trimmed + "'");
    }
  }
}
