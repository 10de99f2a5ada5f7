package beamyard.lessons.oracle;

import beamyard.lessons.script.Condition;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stage of real nodes. What the yard's {@code Sandbox} does to nodes is done to processes of the operating system, wherever
 * in an expression it is asked for, and its cuts to their network, if that {@linkplain Wires can be cut}. What cannot be done
 * here ends {@link Ending#UNAVAILABLE}, and so does an input that needs a library this machine lacks.
 */
final class RealStage implements Stage, AutoCloseable {
  private static final long BEFORE_INPUT_MILLIS = 30;
  private static final long EXIT_LIMIT_MILLIS = 10_000;

  /** Within so much time the others have heard of a connection that was closed. */
  private static final long NEWS_MILLIS = 100;

  /** A page's limits are the yard's, where computing costs next to nothing; a busy machine needs more. */
  private static final long GRACE_MILLIS = 50_000;

  private static final long NANOS_A_MILLI = 1_000_000;
  private static final List<String> HERE = List.of("localhost", "127.0.0.1");
  private static final String OK = "ok";
  private static final List<String> OF_THE_NETWORK =
      List.of("partition", "blip", "block", "unblock", "heal");

  private final Path folder;
  private final Wires wires;
  private final Cuts cuts = new Cuts();
  private final Libraries libraries;
  private final long begun = System.nanoTime();
  private final Map<String, RealNode> nodes = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Start> starts = Collections.synchronizedMap(new LinkedHashMap<>());
  private final Map<String, Boolean> paused = Collections.synchronizedMap(new LinkedHashMap<>());
  private final AtomicBoolean impossible = new AtomicBoolean();
  private List<String> missing = List.of();

  RealStage(Path folder, Wires wires, Libraries libraries) {
    this.folder = folder;
    this.wires = wires;
    this.libraries = libraries;
  }

  @Override
  public Optional<String> problemWith(Start node) {
    return node.naming() == Naming.NONE || HERE.contains(node.host())
        ? Optional.empty()
        : Optional.of(
            "real nodes can only be on " + String.join(" or ", HERE) + ", not on " + node.host());
  }

  /** Real nodes have what this machine's Elixir has, and nothing can be added to it: what needs more is not compared. */
  @Override
  public void install(List<String> dependencies) {
    missing = dependencies.stream().filter(name -> !libraries.isInstalled(name)).toList();
  }

  @Override
  public void start(List<Start> wanted) {
    for (Start start : wanted) {
      try {
        starts.put(start.handle(), start);
        nodes.put(
            start.handle(),
            RealNode.start(start, folder, wires, request -> answer(start, request)));
      } catch (IOException e) {
        throw new ScriptProblem(start.handle(), 0, "cannot be started: " + e.getMessage());
      }
    }
    for (Start start : wanted) {
      if (node(start.handle()).awaitPrompt() != Ending.DONE) {
        throw new ScriptProblem(start.handle(), 0, "has no prompt after its start");
      }
    }
  }

  private RealNode node(String handle) {
    RealNode node = nodes.get(handle);
    if (node == null) {
      throw new ScriptProblem(handle, 0, "there is no such node");
    }
    return node;
  }

  @Override
  public boolean isUp(String handle) {
    return nodes.containsKey(handle) && node(handle).isUp();
  }

  @Override
  public Answer type(String handle, String code, long limitMillis) {
    if (missing.stream().anyMatch(library -> Libraries.isUsed(library, code))) {
      return new Answer(Ending.UNAVAILABLE, "");
    }
    sleep(BEFORE_INPUT_MILLIS);
    impossible.set(false);
    Answer answer = node(handle).type(code, limitMillis + GRACE_MILLIS);
    return impossible.get() ? new Answer(Ending.UNAVAILABLE, "") : answer;
  }

  /** Does what code on a node asks of the {@code Sandbox}. */
  private String answer(Start asking, String request) {
    String[] words = request.split(" ");
    String node = words.length > 1 ? words[1] : "";
    if (wires.canBeCut() && OF_THE_NETWORK.contains(words[0])) {
      return asked(words[0], request.substring(words[0].length()).strip());
    }
    return switch (words[0]) {
      case "crash" -> whileKnown(node, () -> kill(node));
      case "stop" -> whileKnown(node, () -> stop(node));
      case "pause" -> whileKnown(node, () -> pause(node));
      case "resume" -> whileKnown(node, () -> resume(node));
      case "restart" ->
          whileKnown(
              node,
              () -> {
                kill(node);
                start(List.of(starts.get(node)));
              });
      case "start" -> {
        Start wanted = like(asking, node);
        yield problemWith(wanted)
            .map(why -> "error " + why)
            .orElseGet(() -> done(() -> start(List.of(wanted))));
      }
      case "cuts" -> OK + " " + String.join(",", cuts.names());
      case "now" -> OK + " " + (System.nanoTime() - begun) / NANOS_A_MILLI;
      case "nodes" -> OK + " " + states();
      default -> {
        impossible.set(true);
        yield "error it cannot be done to real nodes of one machine";
      }
    };
  }

  /** Does what is asked of the network: {@code partition} with {@code alice@h,bob@h|carol@h name}, say. */
  private String asked(String what, String of) {
    if (what.equals("heal")) {
      return of.isEmpty() || cuts.names().contains(of)
          ? done(() -> heal(of))
          : "error cut "
              + of
              + ": is not there; needs "
              + (cuts.names().isEmpty()
                  ? "a cut first"
                  : "one of " + String.join(", ", cuts.names()));
    }
    int space = of.indexOf(' ');
    String first = space < 0 ? of : of.substring(0, space);
    String second = space < 0 ? "" : of.substring(space + 1);
    return switch (what) {
      case "partition" -> whileKnown(first, () -> cut(() -> cuts.partition(second, groups(first))));
      case "blip" -> whileKnown(first, () -> blip(groups(first), Long.parseLong(second)));
      case "block" -> whileKnown(first + "," + second, () -> block(first, second));
      default -> whileKnown(first + "," + second, () -> unblock(first, second));
    };
  }

  private static List<List<String>> groups(String text) {
    return Stream.of(text.split("\\|")).map(group -> List.of(group.split(","))).toList();
  }

  private String whileKnown(String nodes, Runnable fault) {
    return Stream.of(nodes.split("[,|]"))
        .filter(name -> !starts.containsKey(name))
        .findFirst()
        .map(this::unknown)
        .orElseGet(() -> done(fault));
  }

  private String unknown(String node) {
    return "error node "
        + node
        + " is not there; needs one of "
        + String.join(", ", List.copyOf(starts.keySet()));
  }

  private static String done(Runnable fault) {
    try {
      fault.run();
    } catch (ScriptProblem failed) {
      return "error " + failed.getMessage();
    }
    sleep(NEWS_MILLIS);
    return OK;
  }

  /** A node as it was started before; a new one is as the node that asks for it. */
  private Start like(Start asking, String name) {
    String full = name.contains("@") ? name : name + "@" + asking.host();
    int at = full.indexOf('@');
    return starts.getOrDefault(
        full,
        new Start(
            full,
            full.substring(0, at),
            full.substring(at + 1),
            full.substring(at).contains(".") ? Naming.LONG : Naming.SHORT,
            asking.cookie(),
            Visibility.VISIBLE,
            asking.kernel(),
            asking.logging()));
  }

  private String states() {
    return List.copyOf(starts.keySet()).stream()
        .map(
            name ->
                name
                    + "="
                    + (!isUp(name) ? "down" : paused.containsKey(name) ? "paused" : "running"))
        .collect(Collectors.joining(" "));
  }

  @Override
  public boolean holds(String handle, String expression, long limitMillis) {
    Answer answer = type(handle, Condition.question(expression), limitMillis);
    Condition.Answer read = Condition.read(answer.printed());
    if (!read.rest().isEmpty()) {
      node(handle).keep(read.rest());
    }
    return read.holds();
  }

  @Override
  public void stop(String handle) {
    node(handle).stop();
    awaitExit(handle);
  }

  @Override
  public void kill(String handle) {
    node(handle).kill();
    awaitExit(handle);
  }

  @Override
  public boolean awaitExit(String handle) {
    paused.remove(handle);
    return node(handle).awaitExit(EXIT_LIMIT_MILLIS);
  }

  @Override
  public void pause(String handle) {
    paused.put(handle, true);
    signal(handle, "-STOP");
  }

  @Override
  public void resume(String handle) {
    paused.remove(handle);
    signal(handle, "-CONT");
  }

  private void signal(String handle, String signal) {
    try {
      new ProcessBuilder("kill", signal, String.valueOf(node(handle).pid()))
          .start()
          .waitFor(EXIT_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      throw new ScriptProblem(handle, 0, "cannot be signalled: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void partition(List<List<String>> groups) {
    cut(() -> cuts.partition("", groups));
  }

  private void blip(List<List<String>> groups, long millis) {
    String[] name = new String[1];
    cut(() -> name[0] = cuts.partition("", groups));
    Thread.ofVirtual()
        .start(
            () -> {
              sleep(millis);
              heal(name[0]);
            });
  }

  @Override
  public void block(String from, String to) {
    cut(() -> cuts.block(from, to));
  }

  @Override
  public void unblock(String from, String to) {
    cut(() -> cuts.unblock(from, to));
  }

  @Override
  public void heal() {
    heal("");
  }

  /** Ends one cut, or all if none is named. */
  private void heal(String name) {
    cut(
        () -> {
          if (name.isEmpty()) {
            cuts.heal();
          } else {
            cuts.heal(name);
          }
        });
  }

  private void cut(Runnable change) {
    synchronized (cuts) {
      change.run();
      if (!wires.canBeCut() || !wires.apply(cuts)) {
        throw uncut();
      }
    }
  }

  private static ScriptProblem uncut() {
    return new ScriptProblem(
        "--on beam",
        0,
        "the real nodes of this machine cannot be cut apart (it takes Linux with unshare, nsenter, ip and"
            + " iptables); '--on sim' can");
  }

  @Override
  public void advance(long millis) {
    sleep(millis);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    List.copyOf(nodes.values()).forEach(RealNode::close);
    if (wires.canBeCut()) {
      heal();
    }
  }
}
