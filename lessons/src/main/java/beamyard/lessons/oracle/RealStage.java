package beamyard.lessons.oracle;

import beamyard.lessons.script.Condition;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A stage of real nodes. What the yard's {@code Sandbox} does to nodes is done to processes of the operating system; what it
 * does to the network cannot be done here: such an input ends {@link Ending#UNAVAILABLE}.
 */
final class RealStage implements Stage, AutoCloseable {
  private static final long BEFORE_INPUT_MILLIS = 30;
  private static final long EXIT_LIMIT_MILLIS = 10_000;
  private static final String LOCALHOST = "localhost";

  private final Path folder;
  private final Path script;
  private final int mapperPort;
  private final Map<String, RealNode> nodes = new LinkedHashMap<>();
  private final Map<String, Start> starts = new LinkedHashMap<>();

  RealStage(Path folder, Path script, int mapperPort) {
    this.folder = folder;
    this.script = script;
    this.mapperPort = mapperPort;
  }

  @Override
  public Optional<String> problemWith(Start node) {
    return node.naming() == Naming.NONE || node.host().equals(LOCALHOST)
        ? Optional.empty()
        : Optional.of("real nodes can only be on localhost, not on " + node.host());
  }

  /** Real nodes have what this machine's Elixir has; a page that needs more fails there as it would in life. */
  @Override
  public void install(List<String> dependencies) {}

  @Override
  public void start(List<Start> wanted) {
    for (Start start : wanted) {
      try {
        starts.put(start.handle(), start);
        nodes.put(start.handle(), RealNode.start(start, folder, script, mapperPort));
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
    if (code.contains("Sandbox.")) {
      return SandboxCall.read(code)
          .filter(this::does)
          .map(call -> new Answer(Ending.DONE, ":ok\n"))
          .orElse(new Answer(Ending.UNAVAILABLE, ""));
    }
    sleep(BEFORE_INPUT_MILLIS);
    return node(handle).type(code, limitMillis);
  }

  /** Does what a call asks for; whether that is possible here. */
  private boolean does(SandboxCall call) {
    switch (call.function()) {
      case "crash" -> kill(call.node());
      case "stop" -> stop(call.node());
      case "start" -> start(List.of(starts.get(call.node())));
      case "restart" -> {
        kill(call.node());
        start(List.of(starts.get(call.node())));
      }
      case "pause" -> pause(call.node());
      case "resume" -> resume(call.node());
      case "advance" -> sleep(call.millis());
      default -> {
        return false;
      }
    }
    return true;
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
    return node(handle).awaitExit(EXIT_LIMIT_MILLIS);
  }

  @Override
  public void pause(String handle) {
    signal(handle, "-STOP");
  }

  @Override
  public void resume(String handle) {
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
    throw new UnsupportedOperationException("real nodes of one machine cannot be cut apart here");
  }

  @Override
  public void block(String from, String to) {
    throw new UnsupportedOperationException("real nodes of one machine cannot be cut apart here");
  }

  @Override
  public void unblock(String from, String to) {
    throw new UnsupportedOperationException("real nodes of one machine cannot be cut apart here");
  }

  @Override
  public void heal() {
    throw new UnsupportedOperationException("real nodes of one machine cannot be cut apart here");
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
    nodes.values().forEach(RealNode::close);
  }
}
