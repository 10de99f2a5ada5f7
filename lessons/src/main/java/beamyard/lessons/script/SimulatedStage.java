package beamyard.lessons.script;

import beamyard.lessons.shell.Console;
import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.BadSetup;
import beamyard.simulator.LoggerLevel;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.trace.Trace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Simulated nodes with Elixir shells. Time is virtual: waiting costs nothing. */
public final class SimulatedStage implements Stage {
  private static final long NANOS_A_MILLI = 1_000_000;

  /** How long after the last thing that happened a person or script types. */
  private static final long BEFORE_INPUT_NANOS = 4 * NANOS_A_MILLI;

  /** So long after a kill nothing is about to die. */
  public static final long LONGEST_DYING_NANOS = 10 * NANOS_A_MILLI;

  private static final long START_LIMIT_NANOS = 20_000 * NANOS_A_MILLI;
  private static final long EXIT_LIMIT_NANOS = 10_000 * NANOS_A_MILLI;

  /** So many events are waited for after an input, so that processes that never rest keep nobody. */
  private static final long MOST_EVENTS = 40_000_000;

  private final Simulation simulation;
  private final Map<String, String> kept = new LinkedHashMap<>();

  private final InputListener listener;
  private List<String> software = List.of();

  /** Told of everything that is typed, at its virtual instant. */
  @FunctionalInterface
  public interface InputListener {
    void typed(long atNanos, String node, String code);
  }

  private SimulatedStage(Simulation simulation, InputListener listener) {
    this.simulation = simulation;
    this.listener = listener;
  }

  public static SimulatedStage withSeed(long seed) {
    return withSeed(seed, Trace.OFF);
  }

  public static SimulatedStage withSeed(long seed, Trace trace) {
    return withSeed(seed, trace, (_, _, _) -> {});
  }

  static SimulatedStage withSeed(long seed, Trace trace, InputListener listener) {
    return new SimulatedStage(
        new Simulation(SimulationSettings.seed(seed), ElixirNodes.shared(), trace), listener);
  }

  /** A stage of its own that goes on from here; nobody listens to it, and no trace is kept. */
  public SimulatedStage copy() {
    var copy = new SimulatedStage(simulation.copy(Trace.OFF), (_, _, _) -> {});
    copy.kept.putAll(kept);
    copy.software = software;
    return copy;
  }

  /** Whether a node is up and its shell waits for an expression. */
  public boolean isAtPrompt(String handle) {
    return isUp(handle)
        && console(handle).isIdle()
        && console(handle).prompt() == Console.Prompt.EXPRESSION;
  }

  /** The simulation under it, for views. */
  public Simulation simulation() {
    return simulation;
  }

  @Override
  public void install(List<String> dependencies) {
    software = List.copyOf(dependencies);
  }

  @Override
  public Optional<String> problemWith(Start node) {
    try {
      settings(node);
      return Optional.empty();
    } catch (BadSetup e) {
      return Optional.of(e.getMessage());
    }
  }

  @Override
  public void start(List<Start> nodes) {
    nodes.forEach(start -> simulation.boot(settings(start).withSoftware(software)));
    for (Start start : nodes) {
      Node node = simulation.node(start.handle());
      boolean ready =
          simulation.runUntil(
              () -> node.isUp() && console(start.handle()).isIdle(),
              simulation.now() + START_LIMIT_NANOS);
      if (!ready) {
        throw new AssertionError("node " + start.handle() + " has no prompt after its start");
      }
      console(start.handle()).takePrinted();
    }
  }

  @Override
  public void endInput(String handle) {
    console(handle).endInput();
  }

  private static NodeSettings settings(Start start) {
    NodeSettings settings =
        switch (start.naming()) {
          case SHORT -> NodeSettings.shortName(start.name() + "@" + start.host());
          case LONG -> NodeSettings.longName(start.name() + "@" + start.host());
          case NONE -> NodeSettings.unnamed(start.handle());
        };
    for (Map.Entry<String, String> option : start.kernel().entrySet()) {
      settings = settings.with(option.getKey(), option.getValue());
    }
    if (start.logging() == Logging.OFF) {
      settings = settings.withKernel(settings.kernel().withLoggerLevel(LoggerLevel.NONE));
    }
    settings = settings.withLabel(start.handle());
    if (start.naming() != Naming.NONE) {
      settings = settings.withCookie(start.cookie());
    }
    return start.visibility() == Stage.Visibility.HIDDEN ? settings.hidden() : settings;
  }

  @Override
  public boolean isUp(String handle) {
    return simulation.nodes().stream().anyMatch(node -> node.label().equals(handle) && node.isUp());
  }

  @Override
  public Answer type(String handle, String code, long limitMillis) {
    simulation.runFor(BEFORE_INPUT_NANOS);
    if (!isUp(handle)) {
      return answer(Ending.DIED, handle);
    }
    Node node = simulation.node(handle);
    listener.typed(simulation.now(), handle, code);
    ElixirNodes.type(node, code);
    var events = new Budget(MOST_EVENTS);
    simulation.runUntil(
        () -> !node.isUp() || console(handle).isIdle() || events.isSpent(),
        simulation.now() + limitMillis * NANOS_A_MILLI);
    if (!node.isUp()) {
      return answer(Ending.DIED, handle);
    }
    if (!console(handle).isIdle()) {
      return answer(Ending.TIMED_OUT, handle);
    }
    boolean incomplete = console(handle).prompt() == Console.Prompt.CONTINUATION;
    return answer(incomplete ? Ending.INCOMPLETE : Ending.DONE, handle);
  }

  /** Counts down what one input may take. */
  private static final class Budget {
    private long left;

    Budget(long left) {
      this.left = left;
    }

    boolean isSpent() {
      return --left <= 0;
    }
  }

  private Console console(String handle) {
    return simulation.node(handle).owned(Console.class);
  }

  private Answer answer(Ending ending, String handle) {
    String before = kept.getOrDefault(handle, "");
    kept.remove(handle);
    Console.Text text = console(handle).take();
    return new Answer(ending, before + text.printed(), before + text.shown());
  }

  @Override
  public boolean holds(String handle, String expression, long limitMillis) {
    Condition.Answer answer =
        Condition.read(type(handle, Condition.question(expression), limitMillis).printed());
    if (!answer.rest().isEmpty()) {
      kept.put(handle, answer.rest());
    }
    return answer.holds();
  }

  @Override
  public void stop(String handle) {
    simulation.stop(handle);
    awaitExit(handle);
  }

  @Override
  public void kill(String handle) {
    simulation.kill(handle);
    awaitExit(handle);
  }

  @Override
  public boolean awaitExit(String handle) {
    Node node = simulation.node(handle);
    return simulation.runUntil(() -> !node.isUp(), simulation.now() + EXIT_LIMIT_NANOS);
  }

  @Override
  public void pause(String handle) {
    simulation.pause(handle);
  }

  @Override
  public void resume(String handle) {
    simulation.resume(handle);
  }

  @Override
  public void partition(List<List<String>> groups) {
    simulation.partition(groups);
  }

  @Override
  public void block(String from, String to) {
    simulation.block(from, to);
  }

  @Override
  public void unblock(String from, String to) {
    simulation.unblock(from, to);
  }

  @Override
  public void heal() {
    simulation.heal();
  }

  @Override
  public void advance(long millis) {
    simulation.runFor(millis * NANOS_A_MILLI);
  }
}
