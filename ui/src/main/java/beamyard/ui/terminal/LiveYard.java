package beamyard.ui.terminal;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.shell.Console;
import beamyard.lessons.shell.ElixirNodes;
import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A yard whose time flows with the wall's, on a thread of its own. What its terminals show is handed over as it comes. Any
 * thread may ask it anything; it answers between two slices of a few milliseconds.
 */
final class LiveYard implements AutoCloseable {
  private static final long SLICE_NANOS = 2_000_000;
  private static final long PAUSE_MILLIS = 4;

  /** After a wait longer than this, of a machine that slept say, the time in between is left out. */
  private static final long MOST_ELAPSED_NANOS = 100_000_000;

  private static final long STACK_BYTES = 64L << 20;

  private final SimulatedStage stage;
  private final Output output;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Thread thread;
  private volatile boolean closed;
  private volatile double speed = 1;

  /** Told what a terminal shows, on the yard's thread. */
  @FunctionalInterface
  interface Output {
    void printed(String node, String text);
  }

  /** What a terminal waits for. */
  record Waiting(Console.Prompt kind, String prompt) {
    private static final Waiting DOWN = new Waiting(Console.Prompt.NONE, "");

    boolean isReady() {
      return kind != Console.Prompt.NONE;
    }
  }

  LiveYard(SimulatedStage stage, Output output) {
    this.stage = stage;
    this.output = output;
    thread = new Thread(null, this::live, "yard", STACK_BYTES);
    thread.setDaemon(true);
  }

  /** Lets time begin. */
  void open() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
  }

  private void live() {
    long last = System.nanoTime();
    double owed = 0;
    while (!closed) {
      long now = System.nanoTime();
      owed += Math.min(now - last, MOST_ELAPSED_NANOS) * speed;
      owed = Math.min(owed, MOST_ELAPSED_NANOS * Math.max(1, speed));
      last = now;
      while (owed >= 1 && !closed && System.nanoTime() - now < MOST_ELAPSED_NANOS) {
        long slice = (long) Math.min(owed, SLICE_NANOS * Math.max(1, speed));
        owed -= slice;
        run(() -> simulation().runFor(slice));
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException _) {
        closed = true;
      }
    }
  }

  private Simulation simulation() {
    return stage.simulation();
  }

  /** Does something to the yard between two slices, and hands over what was printed by then. */
  private void run(Runnable what) {
    lock.lock();
    try {
      what.run();
      for (Node node : simulation().nodes()) {
        if (node.owns(Console.class)) {
          String text = node.owned(Console.class).takeShown();
          Console console = node.owned(Console.class);
          if (console.prompt() == Console.Prompt.LINE && text.endsWith(console.promptText())) {
            text = text.substring(0, text.length() - console.promptText().length());
          }
          if (!text.isEmpty()) {
            output.printed(node.label(), text);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  void type(String node, String text) {
    run(() -> ElixirNodes.type(simulation().node(node), text));
  }

  /** Breaks off what a node's shell does. */
  void interrupt(String node) {
    run(() -> ElixirNodes.interrupt(simulation().node(node)));
  }

  Waiting waiting(String node) {
    lock.lock();
    try {
      Node its = simulation().node(node);
      if (!its.isUp() || !its.owned(Console.class).isIdle()) {
        return Waiting.DOWN;
      }
      Console console = its.owned(Console.class);
      return new Waiting(console.prompt(), console.promptText());
    } finally {
      lock.unlock();
    }
  }

  boolean isUp(String node) {
    lock.lock();
    try {
      return stage.isUp(node);
    } finally {
      lock.unlock();
    }
  }

  /** The names of all nodes, those that are down included. */
  List<String> nodes() {
    lock.lock();
    try {
      return simulation().nodes().stream().map(Node::label).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Starts a node, or one that was there before again, and waits for its prompt in virtual time. */
  void start(Start node) {
    run(() -> stage.start(List.of(node)));
  }

  void stop(String node) {
    run(() -> simulation().stop(node));
  }

  void kill(String node) {
    run(() -> simulation().kill(node));
  }

  /** How many virtual seconds a second of the wall has; 0 holds time still. */
  void speed(double wanted) {
    speed = wanted;
  }

  double speed() {
    return speed;
  }

  /** Lets virtual time pass at once. */
  void skip(long nanos) {
    run(() -> simulation().runFor(nanos));
  }

  /** Lets time pass at once until the next thing happens. */
  void skipToNextEvent() {
    run(() -> simulation().runUntil(Math.max(simulation().now(), simulation().nextEventTime())));
  }

  long nowNanos() {
    lock.lock();
    try {
      return simulation().now();
    } finally {
      lock.unlock();
    }
  }
}
