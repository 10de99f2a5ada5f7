package beamyard.ui.desktop.run;

import beamyard.simulator.BadSetup;
import beamyard.simulator.Fault;
import beamyard.simulator.KernelParameters;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.distribution.NodeName;
import beamyard.simulator.network.Latency;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.ui.desktop.run.Command.Happen;
import beamyard.ui.desktop.run.Command.Inflict;
import beamyard.ui.desktop.run.Command.Remove;
import beamyard.ui.desktop.run.Command.RemoveHost;
import beamyard.ui.desktop.run.Command.StartNode;
import beamyard.ui.desktop.run.Command.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Commands as words, for files. */
final class CommandText {
  private static final String NONE = "-";
  private static final String SIDE = "/";

  private CommandText() {}

  // Writing.

  static List<String> write(Command command) {
    return switch (command) {
      case StartNode(NodeSettings settings) -> with("start", node(settings));
      case Type(String node, String code) -> List.of("type", node, code);
      case Inflict(Fault fault) -> fault(fault);
      case Remove(String label) -> List.of("remove", label);
      case RemoveHost(String host) -> List.of("remove-host", host);
      case Happen(String told, _) ->
          throw new IllegalArgumentException(
              "'" + told + "' belongs to an exercise: its runs cannot be saved as recordings");
    };
  }

  private static List<String> with(String first, List<String> rest) {
    var words = new ArrayList<>(List.of(first));
    words.addAll(rest);
    return words;
  }

  /** How a node is started: its label, its name, and what is not as usual. */
  static List<String> node(NodeSettings settings) {
    var words = new ArrayList<>(List.of(settings.label()));
    words.add(settings.name().map(name -> name.full().toString()).orElse(NONE));
    settings
        .name()
        .filter(name -> name.kind() == NodeName.Kind.LONG)
        .ifPresent(_ -> words.add("long"));
    words.add("host=" + settings.host());
    settings.cookie().ifPresent(cookie -> words.add("cookie=" + cookie));
    if (settings.visibility() == Visibility.HIDDEN) {
      words.add("hidden");
    }
    Map<String, String> usual = parameters(KernelParameters.DEFAULT);
    parameters(settings.kernel())
        .forEach(
            (name, value) -> {
              if (!usual.get(name).equals(value)) {
                words.add(name + "=" + value);
              }
            });
    settings.options().forEach((name, value) -> words.add(name + "=" + value));
    settings.software().forEach(software -> words.add("software=" + software));
    return words;
  }

  private static Map<String, String> parameters(KernelParameters kernel) {
    var all = new LinkedHashMap<String, String>();
    all.put("net_ticktime", String.valueOf(kernel.netTickTime()));
    all.put("net_tickintensity", String.valueOf(kernel.netTickIntensity()));
    all.put("net_setuptime", String.valueOf(kernel.netSetupTime()));
    all.put("connect_all", String.valueOf(kernel.connectAll()));
    all.put(
        "prevent_overlapping_partitions", String.valueOf(kernel.preventOverlappingPartitions()));
    all.put("dist_auto_connect", kernel.distAutoConnect().name().toLowerCase(Locale.ROOT));
    all.put("start_pg", String.valueOf(kernel.startPg()));
    all.put("logger_level", kernel.loggerLevel().name().toLowerCase(Locale.ROOT));
    return all;
  }

  private static List<String> fault(Fault fault) {
    return switch (fault) {
      case Fault.Partition(var name, var groups) ->
          with("partition", with(name.orElse(NONE), groups(groups)));
      case Fault.HostCut(var name, var hosts) ->
          with("cut-hosts", with(name.orElse(NONE), groups(hosts)));
      case Fault.Blip(var groups, long nanos) ->
          with("blip", with(String.valueOf(nanos), groups(groups)));
      case Fault.Heal(var name) -> List.of("heal", name.orElse(NONE));
      case Fault.Block(String from, String to) -> List.of("block", from, to);
      case Fault.Unblock(String from, String to) -> List.of("unblock", from, to);
      case Fault.Delay(String from, String to, Latency latency) ->
          with("delay", with(from, with(to, latency(latency))));
      case Fault.Narrow(String from, String to, var bytes) ->
          List.of("narrow", from, to, bytes.map(String::valueOf).orElse(NONE));
      case Fault.Lose(String from, String to, int perMille) ->
          List.of("lose", from, to, String.valueOf(perMille));
      case Fault.Hold(String from, String to) -> List.of("hold", from, to);
      case Fault.Release(long packet) -> List.of("release", String.valueOf(packet));
      case Fault.Drop(long packet) -> List.of("drop", String.valueOf(packet));
      case Fault.ReleaseAll() -> List.of("release-all");
      case Fault.Reset(String one, String other) -> List.of("reset", one, other);
      case Fault.Crash(String node) -> List.of("crash", node);
      case Fault.Stop(String node) -> List.of("stop", node);
      case Fault.Start(String node) -> List.of("start-again", node);
      case Fault.Boot(NodeSettings settings) -> with("boot", node(settings));
      case Fault.Restart(String node) -> List.of("restart", node);
      case Fault.Pause(String node) -> List.of("pause", node);
      case Fault.Resume(String node) -> List.of("resume", node);
      case Fault.Slow(String node, double times) -> List.of("slow", node, String.valueOf(times));
      case Fault.Skew(String node, long nanos) -> List.of("skew", node, String.valueOf(nanos));
    };
  }

  private static List<String> groups(List<List<String>> groups) {
    var words = new ArrayList<String>();
    for (List<String> group : groups) {
      if (!words.isEmpty()) {
        words.add(SIDE);
      }
      words.addAll(group);
    }
    return words;
  }

  private static List<String> latency(Latency latency) {
    return switch (latency) {
      case Latency.Constant(long nanos) -> List.of("constant", String.valueOf(nanos));
      case Latency.Uniform(long lowest, long highest) ->
          List.of("uniform", String.valueOf(lowest), String.valueOf(highest));
      case Latency.Exponential(long least, long mean) ->
          List.of("exponential", String.valueOf(least), String.valueOf(mean));
      case Latency.LongTail(long typical) -> List.of("long-tail", String.valueOf(typical));
    };
  }

  // Reading.

  /** The command of some words; {@link IllegalArgumentException} says why there is none. */
  static Command read(List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("says nothing to do");
    }
    List<String> rest = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "start" -> new StartNode(readNode(rest));
      case "type" -> new Type(word(rest, 0), word(rest, 1));
      case "remove" -> new Remove(word(rest, 0));
      case "remove-host" -> new RemoveHost(word(rest, 0));
      default -> new Inflict(readFault(words.getFirst(), rest));
    };
  }

  static NodeSettings readNode(List<String> words) {
    String label = word(words, 0);
    String name = word(words, 1);
    boolean isLong = words.contains("long");
    NodeSettings settings =
        name.equals(NONE)
            ? NodeSettings.unnamed(label)
            : isLong ? NodeSettings.longName(name) : NodeSettings.shortName(name);
    settings = settings.withLabel(label);
    var software = new ArrayList<String>();
    for (String word : words.subList(2, words.size())) {
      int equals = word.indexOf('=');
      String value = word.substring(equals + 1);
      String key = equals < 0 ? word : word.substring(0, equals);
      settings =
          switch (key) {
            case "long" -> settings;
            case "hidden" -> settings.hidden();
            case "host" -> settings.onHost(value);
            case "cookie" -> settings.withCookie(value);
            case "software" -> {
              software.add(value);
              yield settings.withSoftware(software);
            }
            default -> settings.with(key, value);
          };
    }
    return settings;
  }

  private static Fault readFault(String name, List<String> words) {
    return switch (name) {
      case "partition" -> new Fault.Partition(optional(words), readGroups(words));
      case "cut-hosts" -> new Fault.HostCut(optional(words), readGroups(words));
      case "blip" -> new Fault.Blip(readGroups(words), number(words, 0));
      case "heal" -> new Fault.Heal(optional(words));
      case "block" -> new Fault.Block(word(words, 0), word(words, 1));
      case "unblock" -> new Fault.Unblock(word(words, 0), word(words, 1));
      case "delay" -> new Fault.Delay(word(words, 0), word(words, 1), readLatency(words));
      case "narrow" ->
          new Fault.Narrow(
              word(words, 0),
              word(words, 1),
              word(words, 2).equals(NONE) ? Optional.empty() : Optional.of(number(words, 2)));
      case "lose" ->
          new Fault.Lose(word(words, 0), word(words, 1), Math.toIntExact(number(words, 2)));
      case "hold" -> new Fault.Hold(word(words, 0), word(words, 1));
      case "release" -> new Fault.Release(number(words, 0));
      case "drop" -> new Fault.Drop(number(words, 0));
      case "release-all" -> new Fault.ReleaseAll();
      case "reset" -> new Fault.Reset(word(words, 0), word(words, 1));
      case "crash" -> new Fault.Crash(word(words, 0));
      case "stop" -> new Fault.Stop(word(words, 0));
      case "start-again" -> new Fault.Start(word(words, 0));
      case "boot" -> new Fault.Boot(readNode(words));
      case "restart" -> new Fault.Restart(word(words, 0));
      case "pause" -> new Fault.Pause(word(words, 0));
      case "resume" -> new Fault.Resume(word(words, 0));
      case "slow" -> new Fault.Slow(word(words, 0), Double.parseDouble(word(words, 1)));
      case "skew" -> new Fault.Skew(word(words, 0), number(words, 1));
      default -> throw new IllegalArgumentException("'" + name + "' is nothing that can be done");
    };
  }

  private static Latency readLatency(List<String> words) {
    return switch (word(words, 2)) {
      case "constant" -> new Latency.Constant(number(words, 3));
      case "uniform" -> new Latency.Uniform(number(words, 3), number(words, 4));
      case "exponential" -> new Latency.Exponential(number(words, 3), number(words, 4));
      case "long-tail" -> new Latency.LongTail(number(words, 3));
      default -> throw new IllegalArgumentException("'" + word(words, 2) + "' is no latency");
    };
  }

  private static Optional<String> optional(List<String> words) {
    return Optional.of(word(words, 0)).filter(word -> !word.equals(NONE));
  }

  private static List<List<String>> readGroups(List<String> words) {
    var groups = new ArrayList<List<String>>();
    groups.add(new ArrayList<>());
    for (String word : words.subList(1, words.size())) {
      if (word.equals(SIDE)) {
        groups.add(new ArrayList<>());
      } else {
        groups.getLast().add(word);
      }
    }
    return groups.stream().map(List::copyOf).toList();
  }

  private static String word(List<String> words, int index) {
    if (index >= words.size()) {
      throw new IllegalArgumentException("is cut off");
    }
    return words.get(index);
  }

  private static long number(List<String> words, int index) {
    String word = word(words, index);
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + word + "' is no number", e);
    }
  }

  /** What is wrong with a word, in words. */
  static String why(RuntimeException e) {
    return e instanceof BadSetup || e.getMessage() != null ? e.getMessage() : e.toString();
  }
}
