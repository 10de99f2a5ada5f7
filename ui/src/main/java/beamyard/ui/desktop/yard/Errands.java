package beamyard.ui.desktop.yard;

import beamyard.lessons.script.Condition;
import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.shell.Console;
import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import beamyard.simulator.trace.Trace;
import beamyard.ui.desktop.run.Command.StartNode;
import beamyard.ui.desktop.run.Command.Type;
import beamyard.ui.desktop.run.Printed.Source;
import beamyard.ui.desktop.run.Run;
import beamyard.ui.desktop.yard.YardThread.Errand;
import beamyard.ui.desktop.yard.YardThread.Haste;
import java.util.List;
import java.util.function.Predicate;

/** What a player of lessons asks of a yard and has to wait for. */
public final class Errands {
  private static final long NANOS_A_MILLI = 1_000_000;
  private static final long START_LIMIT_NANOS = 20_000 * NANOS_A_MILLI;

  /** How long after the last thing that happened a player types. */
  private static final long BEFORE_INPUT_NANOS = 4 * NANOS_A_MILLI;

  private static final int MOST_EVENTS_ASKED = 50_000;

  private Errands() {}

  private static boolean isUp(Run run, String label) {
    return run.simulation().nodes().stream()
        .anyMatch(node -> node.label().equals(label) && node.isUp());
  }

  private static boolean isIdle(Node node) {
    return node.owns(Console.class) && node.owned(Console.class).isIdle();
  }

  /** Starts nodes at the same time and waits for their prompts; {@code false} if one does not get there. */
  public static final class Starting implements Errand<Boolean> {
    private final List<NodeSettings> nodes;
    private long deadline;

    public Starting(List<NodeSettings> nodes) {
      this.nodes = nodes;
    }

    @Override
    public void begin(Run run) {
      deadline = run.position().atNanos() + START_LIMIT_NANOS;
      nodes.forEach(
          node -> {
            run.divert(node.label());
            run.obey(new StartNode(node));
          });
    }

    @Override
    public boolean isDone(Run run) {
      Simulation simulation = run.simulation();
      return nodes.stream()
          .map(node -> simulation.node(node.label()))
          .allMatch(node -> node.state() == Node.State.NOT_STARTED || node.isUp() && isIdle(node));
    }

    @Override
    public Boolean finish(Run run) {
      nodes.forEach(node -> run.endDiversion(node.label()));
      return nodes.stream().allMatch(node -> isUp(run, node.label()));
    }

    @Override
    public long deadlineNanos() {
      return deadline;
    }

    @Override
    public Haste haste() {
      return Haste.AS_FAST_AS_POSSIBLE;
    }
  }

  /** Who sees what is typed and printed. */
  public enum Terminal {
    SHOWN,
    HIDDEN
  }

  /** Types an input at a node's shell and waits for the next prompt. */
  public static final class Typing implements Errand<Answer> {
    private final String node;
    private final String code;
    private final long limitNanos;
    private final Terminal terminal;
    private final Haste haste;
    private long typeAt;
    private long deadline;
    private boolean typed;
    private boolean gone;
    private long printedBefore;

    public Typing(String node, String code, long limitMillis, Terminal terminal, Haste haste) {
      this.node = node;
      this.code = code;
      this.limitNanos = limitMillis * NANOS_A_MILLI;
      this.terminal = terminal;
      this.haste = haste;
    }

    @Override
    public void begin(Run run) {
      typeAt = run.position().atNanos() + BEFORE_INPUT_NANOS;
      deadline = typeAt;
    }

    @Override
    public boolean isDone(Run run) {
      if (!isUp(run, node)) {
        gone = true;
        return true;
      }
      return typed && isIdle(run.simulation().node(node));
    }

    @Override
    public long deadlineNanos() {
      return deadline;
    }

    /** The time to type has come, or the time to wait is over. */
    @Override
    public boolean continues(Run run) {
      if (typed || gone || run.position().atNanos() < typeAt) {
        return false;
      }
      typed = true;
      deadline = run.position().atNanos() + limitNanos;
      if (terminal == Terminal.HIDDEN) {
        run.divert(node);
      }
      printedBefore = run.printedCount();
      run.obey(new Type(node, code));
      return true;
    }

    @Override
    public Answer finish(Run run) {
      String printed =
          terminal == Terminal.HIDDEN
              ? run.endDiversion(node)
              : run.outputSince(printedBefore, node);
      if (gone || !isUp(run, node)) {
        return new Answer(Ending.DIED, printed);
      }
      Console console = run.simulation().node(node).owned(Console.class);
      if (!console.isIdle()) {
        return new Answer(Ending.TIMED_OUT, printed);
      }
      return new Answer(
          console.prompt() == Console.Prompt.CONTINUATION ? Ending.INCOMPLETE : Ending.DONE,
          printed);
    }

    @Override
    public Haste haste() {
      return haste;
    }
  }

  /** Asks whether an expression is truthy at a node's shell, without a trace on its terminal. */
  static Errand<Boolean> holding(String node, String expression, long limitMillis) {
    var typing =
        new Typing(
            node,
            Condition.question(expression),
            limitMillis,
            Terminal.HIDDEN,
            Haste.AS_FAST_AS_POSSIBLE);
    return new Errand<>() {
      @Override
      public void begin(Run run) {
        typing.begin(run);
      }

      @Override
      public boolean isDone(Run run) {
        return typing.isDone(run);
      }

      @Override
      public boolean continues(Run run) {
        return typing.continues(run);
      }

      @Override
      public Boolean finish(Run run) {
        Condition.Answer answer = Condition.read(typing.finish(run).printed());
        if (!answer.rest().isEmpty()) {
          run.print(node, Source.OUTPUT, answer.rest());
        }
        return answer.holds();
      }

      @Override
      public long deadlineNanos() {
        return typing.deadlineNanos();
      }

      @Override
      public Haste haste() {
        return Haste.AS_FAST_AS_POSSIBLE;
      }
    };
  }

  /**
   * Whether an expression is truthy at a node now: a copy of the yard is asked, so that nothing changes. {@code false} if the
   * node's shell is busy or does not answer.
   */
  static Condition.Answer askNow(Run run, String node, String expression, long limitMillis) {
    return Condition.read(printedNow(run, node, Condition.question(expression), limitMillis));
  }

  /** What code would print at a node's shell now, its value included; empty if the shell is busy. A copy of the yard is asked. */
  static String printedNow(Run run, String node, String code, long limitMillis) {
    if (!run.isUp(node) || !run.isIdle(node)) {
      return "";
    }
    Simulation copy = run.simulation().copy(Trace.OFF);
    Node asked = copy.node(node);
    Console console = asked.owned(Console.class);
    console.takePrinted();
    ElixirNodes.type(asked, code);
    int[] events = {0};
    copy.runUntil(
        () -> console.isIdle() || !asked.isUp() || events[0]++ > MOST_EVENTS_ASKED,
        copy.now() + limitMillis * NANOS_A_MILLI);
    return console.takePrinted();
  }

  /** Lets some time pass, as fast as it can. */
  public static Errand<Boolean> waiting(long millis) {
    return waitingFor(_ -> false, millis);
  }

  /** Waits until a node has ended; {@code false} if it has not within ten seconds. */
  static Errand<Boolean> waitingForTheEndOf(String node) {
    return waitingFor(run -> !isUp(run, node), 10_000);
  }

  private static Errand<Boolean> waitingFor(Predicate<Run> condition, long limitMillis) {
    return new Errand<>() {
      private long deadline;

      @Override
      public void begin(Run run) {
        deadline = run.position().atNanos() + limitMillis * NANOS_A_MILLI;
      }

      @Override
      public boolean isDone(Run run) {
        return condition.test(run);
      }

      @Override
      public Boolean finish(Run run) {
        return condition.test(run);
      }

      @Override
      public long deadlineNanos() {
        return deadline;
      }

      @Override
      public Haste haste() {
        return Haste.AS_FAST_AS_POSSIBLE;
      }
    };
  }
}
