package beamyard.lessons.script;

import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import beamyard.simulator.BadSetup;
import beamyard.simulator.KernelParameters;
import beamyard.simulator.distribution.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The nodes that a block of shell commands starts: {@code iex}, {@code elixir} and {@code erl} with their options, those in
 * {@code --erl} and those in environment variables; and releases ({@code bin/my_app start_iex}), which {@code RELEASE_NODE}, {@code
 * RELEASE_COOKIE} and {@code RELEASE_DISTRIBUTION} tell what to be.
 *
 * @see <a href="https://www.erlang.org/doc/man/erl.html">erl</a>
 * @see <a href="https://hexdocs.pm/mix/1.14/Mix.Tasks.Release.html#module-environment-variables">mix release</a>
 */
final class NodeCommands {
  static final String DEFAULT_HOST = "localhost";
  static final String DEFAULT_COOKIE = "secret";

  /** The name of a node that is started without one, as {@code node()} gives it. */
  static final String UNNAMED = "nonode@nohost";

  private static final Set<String> VARIABLES =
      new TreeSet<>(
          List.of(
              "ELIXIR_ERL_OPTIONS", "ERL_FLAGS", "ERL_AFLAGS", "ERL_ZFLAGS", "IEX_ERL_OPTIONS"));
  private static final Set<String> PROGRAMS = new TreeSet<>(List.of("iex", "elixir", "erl"));

  /** What a release is told to do when it is to run as a node. */
  private static final Set<String> RELEASE_STARTS =
      new TreeSet<>(List.of("start", "start_iex", "daemon", "daemon_iex"));

  private final Map<String, String> exported = new LinkedHashMap<>();
  private final List<Start> starts = new ArrayList<>();

  private NodeCommands() {}

  /** The nodes in the order in which the commands start them; a name given again is left out. */
  static List<Start> starts(String text) {
    var commands = new NodeCommands();
    for (List<String> command : ShellWords.commands(text)) {
      commands.read(command);
    }
    return List.copyOf(commands.starts);
  }

  private void read(List<String> words) {
    Map<String, String> variables = new LinkedHashMap<>(exported);
    int at = 0;
    boolean exports = !words.isEmpty() && words.getFirst().equals("export");
    if (exports || (!words.isEmpty() && words.getFirst().equals("env"))) {
      at++;
    }
    while (at < words.size() && words.get(at).matches("[A-Za-z_]\\w*=.*")) {
      String word = words.get(at++);
      int equals = word.indexOf('=');
      variables.put(word.substring(0, equals), word.substring(equals + 1));
    }
    if (exports) {
      exported.putAll(variables);
      return;
    }
    if (at == words.size()) {
      return;
    }
    String program = program(words.get(at));
    boolean release = isRelease(words.subList(at, words.size()), variables);
    if (!release && !PROGRAMS.contains(program)) {
      return;
    }
    var options = new Options();
    VARIABLES.stream()
        .filter(variables::containsKey)
        .forEach(name -> options.erlang(ShellWords.of(variables.get(name))));
    List<String> arguments = words.subList(at + 1, words.size());
    if (release) {
      options.release(program, variables);
    } else if (program.equals("erl")) {
      options.erlang(arguments);
    } else {
      options.elixir(arguments);
    }
    options
        .start(program)
        .filter(start -> starts.stream().noneMatch(known -> known.handle().equals(start.handle())))
        .ifPresent(starts::add);
  }

  /** Whether a command starts a release and something is said of the node that it becomes, or it has a shell. */
  private static boolean isRelease(List<String> command, Map<String, String> variables) {
    return command.getFirst().matches("(.*/)?bin/[^/]+")
        && command.size() > 1
        && RELEASE_STARTS.contains(command.get(1))
        && (command.get(1).endsWith("_iex")
            || variables.keySet().stream().anyMatch(name -> name.startsWith("RELEASE_")));
  }

  private static String program(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A node with nothing said about it but its name. */
  static Start plain(String name) {
    if (name.equals(UNNAMED)) {
      return start(name, Naming.NONE, DEFAULT_COOKIE, Visibility.VISIBLE, new LinkedHashMap<>());
    }
    Naming naming =
        name.substring(name.indexOf('@') + 1).contains(".") ? Naming.LONG : Naming.SHORT;
    return start(name, naming, DEFAULT_COOKIE, Visibility.VISIBLE, new LinkedHashMap<>());
  }

  private static Start start(
      String handle,
      Naming naming,
      String cookie,
      Visibility visibility,
      Map<String, String> kernel) {
    int at = handle.indexOf('@');
    return new Start(
        handle,
        naming == Naming.NONE ? "" : handle.substring(0, at),
        naming == Naming.NONE ? DEFAULT_HOST : handle.substring(at + 1),
        naming,
        cookie,
        visibility,
        new LinkedHashMap<>(kernel),
        Logging.ON);
  }

  /** What the arguments of one command say. */
  private static final class Options {
    private String name = "";
    private Naming naming = Naming.NONE;
    private String cookie = DEFAULT_COOKIE;
    private Visibility visibility = Visibility.VISIBLE;
    private final Map<String, String> kernel = new LinkedHashMap<>();

    void elixir(List<String> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        String option = arguments.get(i);
        int equals = option.startsWith("--") ? option.indexOf('=') : -1;
        String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
        if (equals > 0) {
          value = option.substring(equals + 1);
          option = option.substring(0, equals);
        }
        boolean used = true;
        switch (option) {
          case "--sname" -> named(value, Naming.SHORT);
          case "--name" -> named(value, Naming.LONG);
          case "--cookie" -> cookie = value;
          case "--erl" -> erlang(ShellWords.of(value));
          case "--hidden" -> {
            visibility = Visibility.HIDDEN;
            used = false;
          }
          default -> used = false;
        }
        if (used && equals < 0) {
          i++;
        }
      }
    }

    void erlang(List<String> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
        switch (arguments.get(i)) {
          case "-sname" -> named(value, Naming.SHORT);
          case "-name" -> named(value, Naming.LONG);
          case "-setcookie" -> cookie = value;
          case "-hidden" -> visibility = Visibility.HIDDEN;
          case "-connect_all" -> kernel("connect_all", value);
          case "+P", "+t", "+hmax", "+hmaxk", "+hmaxel", "+zdbbl" ->
              kernel.put(arguments.get(i), value);
          case "-proto_dist" -> {
            if (Transport.named(value).isPresent()) {
              kernel.put("-proto_dist", value);
            }
          }
          case "-kernel" -> {
            while (i + 2 < arguments.size() && !arguments.get(i + 1).startsWith("-")) {
              kernel(arguments.get(i + 1), arguments.get(i + 2));
              i += 2;
            }
          }
          default -> {}
        }
      }
    }

    /** Without a word about it a release has its program's name, a short one. */
    void release(String program, Map<String, String> variables) {
      Naming how =
          switch (variables.getOrDefault("RELEASE_DISTRIBUTION", "sname")) {
            case "name" -> Naming.LONG;
            case "none" -> Naming.NONE;
            default -> Naming.SHORT;
          };
      String application = variables.getOrDefault("RELEASE_NAME", program);
      named(variables.getOrDefault("RELEASE_NODE", application), how);
      cookie = variables.getOrDefault("RELEASE_COOKIE", cookie);
    }

    private void named(String given, Naming how) {
      name = given;
      naming = how;
    }

    /** Parameters that the yard does not simulate change nothing that a page shows. */
    private void kernel(String parameter, String value) {
      try {
        KernelParameters.DEFAULT.with(parameter, value);
        kernel.put(parameter, value);
      } catch (BadSetup notSimulated) {
        kernel.remove(parameter);
      }
    }

    /** The node; none if this is an {@code elixir} or {@code erl} command without a name, which has no shell to type at. */
    Optional<Start> start(String program) {
      if (naming == Naming.NONE || name.isBlank()) {
        return program.equals("iex")
            ? Optional.of(NodeCommands.start(UNNAMED, Naming.NONE, cookie, visibility, kernel))
            : Optional.empty();
      }
      String full = name.contains("@") ? name : name + "@" + DEFAULT_HOST;
      return Optional.of(NodeCommands.start(full, naming, cookie, visibility, kernel));
    }
  }
}
