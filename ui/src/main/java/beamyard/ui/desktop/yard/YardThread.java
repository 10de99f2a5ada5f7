package beamyard.ui.desktop.yard;

import beamyard.ui.desktop.run.Command;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.Run;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lives a yard: lets its virtual time flow with the wall's, obeys commands between two events, and publishes updates at
 * display rate. Whatever runs in the yard, a command is obeyed within a frame: events are counted out against the wall's clock.
 *
 * <p>All methods return at once and may be called from any thread. Updates are published one at a time: the next only after
 * {@link #applied}.
 */
public final class YardThread implements AutoCloseable {
  private static final long FRAME_NANOS = 1_000_000_000L / 30;

  /** Of a frame's time, how much is spent on events at most. */
  private static final long WORK_NANOS = 16_000_000L;

  /** More of the wall's time than this is not caught up after a long step. */
  private static final long MOST_ELAPSED_NANOS = 100_000_000L;

  private static final long STEP_LIMIT_NANOS = 600_000_000_000L;
  private static final long STACK_BYTES = 64L << 20;

  private final Publisher publisher;
  private final Consumer<String> problems;
  private final LinkedBlockingQueue<Runnable> commands = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile double flow = 1;

  // Of the thread.
  private final Branches branches;
  private long lastPulse = System.nanoTime();

  /**
   * Something that takes virtual time and has an answer.
   *
   * @param <T> the answer
   */
  interface Errand<T> {
    /** Begins it; a failure is the errand's end. */
    void begin(Run run);

    /** Whether it is done, asked after every event. */
    boolean isDone(Run run);

    /** Asked when the deadline is reached: whether there is a next part of it, which has begun now. */
    default boolean continues(Run run) {
      return false;
    }

    /** The answer, once it is done. */
    T finish(Run run);

    /** When it has lasted too long, in virtual nanoseconds. */
    long deadlineNanos();

    /** Whether time stands still when it is done, until somebody lets it flow. */
    default boolean halts() {
      return false;
    }

    /** Whether time flows as the wall's does meanwhile, or as fast as it can. */
    Haste haste();
  }

  /** How fast an errand is run. */
  public enum Haste {
    AS_SHOWN,
    AS_FAST_AS_POSSIBLE
  }

  private record Pending<T>(Errand<T> errand, CompletableFuture<T> answer) {}

  private @Nullable Pending<?> pending;

  /**
   * @param updates takes what is to be shown, on the yard's thread
   * @param problems takes what went wrong, one line each, on the yard's thread
   */
  YardThread(long seed, Consumer<Update> updates, Consumer<String> problems) {
    this.problems = problems;
    publisher = new Publisher(updates);
    branches = new Branches(Run.withSeed(seed));
    thread = new Thread(null, this::live, "yard", STACK_BYTES);
    thread.setDaemon(true);
  }

  /** Lets the yard's time begin. */
  void open() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    commands.add(() -> {});
  }

  /** The last update has been shown: there may be another. */
  void applied() {
    publisher.applied();
  }

  /** How many virtual seconds a second of the wall has; 0 to stand still. */
  void setFlow(double factor) {
    flow = factor;
  }

  /** The nodes into which somebody looks; what is in them is told at once, not in the next frame. */
  void watch(Set<String> nodes) {
    publisher.watch(nodes);
    commands.add(() -> publisher.publish(branches));
  }

  // Commands.

  /** Does something to the yard at the place that is shown; if that is past, in a branch from there. */
  void obey(Command command) {
    commands.add(
        () -> {
          branches.branchIfPast();
          branches.run().obey(command);
        });
  }

  /** Shows the yard as it was at an instant; at the end or after it, as it is. */
  public void seek(long atNanos) {
    commands.add(() -> branches.show(branches.run().placeAt(atNanos)));
  }

  /** Shows the yard as it was at a place. */
  public void seek(Position place) {
    commands.add(() -> branches.show(place));
  }

  /** Shows the newest moment again. */
  public void goLive() {
    commands.add(branches::goLive);
  }

  /** Goes to where the next thing happens that is shown anywhere; into the recorded future first. */
  public void stepForward() {
    commands.add(
        () -> {
          Run run = branches.run();
          Position here = branches.place();
          for (Happening happening : run.chronicle().since(0)) {
            if (happening.place().step() > here.step()) {
              branches.show(happening.place());
              return;
            }
          }
          branches.goLive();
          if (run.simulation().nextEventTime() == Long.MAX_VALUE) {
            return; // nothing will ever happen by itself
          }
          long known = run.chronicle().nextNumber();
          long begun = System.nanoTime();
          run.advance(
              run.position().atNanos() + STEP_LIMIT_NANOS,
              () -> run.chronicle().nextNumber() > known,
              () -> System.nanoTime() - begun > WORK_NANOS);
        });
  }

  /** Goes back to before the last thing that happened. */
  public void stepBack() {
    commands.add(
        () -> {
          Position here = branches.place();
          Position before = Position.START;
          for (Happening happening : branches.run().chronicle().since(0)) {
            if (happening.place().step() >= here.step()) {
              break;
            }
            before = happening.place();
          }
          branches.show(before);
        });
  }

  /** Lets virtual time jump to the next event: waiting costs nothing. */
  public void skip() {
    commands.add(
        () -> {
          branches.goLive();
          Run run = branches.run();
          long next = run.simulation().nextEventTime();
          if (next < Long.MAX_VALUE) {
            long begun = System.nanoTime();
            run.advance(next, () -> false, () -> System.nanoTime() - begun > WORK_NANOS);
          }
        });
  }

  /** Goes on from the place that is shown in a run of its own, even if nothing else is done. */
  public void branch() {
    commands.add(branches::branch);
  }

  /** Shows another run of this yard. */
  public void switchTo(long number) {
    commands.add(() -> branches.switchTo(number));
  }

  /** Leaves all there is for another run. */
  public void adopt(Run next) {
    commands.add(() -> branches.adopt(next));
  }

  /** Looks at the run that is shown, at its newest moment; the work changes nothing of its simulation. */
  public <T> CompletableFuture<T> look(Function<Run, T> work) {
    var answer = new CompletableFuture<T>();
    commands.add(
        () -> {
          try {
            answer.complete(work.apply(branches.run()));
          } catch (RuntimeException | AssertionError e) {
            answer.completeExceptionally(e);
          }
        });
    return answer;
  }

  /** Looks at a run of this yard; cancelled if there is none of that number. */
  public <T> CompletableFuture<T> lookAt(long number, Function<Run, T> work) {
    var answer = new CompletableFuture<T>();
    commands.add(
        () ->
            branches
                .find(number)
                .ifPresentOrElse(
                    each -> answer.complete(work.apply(each)), () -> answer.cancel(false)));
    return answer;
  }

  /** Gives a run of this yard another name. */
  public void rename(long number, String name) {
    commands.add(() -> branches.rename(number, name));
  }

  /** Leaves all there is for an empty yard. */
  public void begin(long seed) {
    commands.add(() -> beginNow(seed));
  }

  private void beginNow(long seed) {
    branches.adopt(Run.withSeed(seed));
  }

  /** Runs an errand in an empty yard. */
  public <T> CompletableFuture<T> beginWith(long seed, Errand<T> first) {
    var answer = new CompletableFuture<T>();
    commands.add(
        () -> {
          beginNow(seed);
          undertake(new Pending<>(first, answer));
        });
    return answer;
  }

  /** Runs an errand at the newest moment; one at a time. Cancelling the answer ends it. */
  public <T> CompletableFuture<T> undertake(Errand<T> next) {
    var answer = new CompletableFuture<T>();
    commands.add(() -> undertake(new Pending<>(next, answer)));
    return answer;
  }

  private void undertake(Pending<?> next) {
    branches.branchIfPast();
    pending = next;
    try {
      next.errand().begin(branches.run());
    } catch (RuntimeException | AssertionError e) {
      pending = null;
      next.answer().completeExceptionally(e);
    }
  }

  // Life.

  private void live() {
    while (!closed) {
      long untilPulse = lastPulse + FRAME_NANOS - System.nanoTime();
      if (untilPulse <= 0) {
        attempt(this::pulse);
        continue;
      }
      try {
        Runnable command = commands.poll(untilPulse, TimeUnit.NANOSECONDS);
        if (command != null) {
          attempt(command);
        }
      } catch (InterruptedException _) {
        closed = true;
      }
    }
    Pending<?> left = pending;
    if (left != null) {
      left.answer().cancel(false);
    }
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | AssertionError e) {
      problems.accept(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }

  private void pulse() {
    long now = System.nanoTime();
    long elapsed = Math.min(now - lastPulse, MOST_ELAPSED_NANOS);
    lastPulse = now;
    long before = branches.place().atNanos();
    try {
      Runnable command = commands.poll();
      while (command != null) {
        attempt(command);
        command = commands.poll();
      }
      flowOn(now, (long) (elapsed * flow));
    } finally {
      publisher.passed(branches.place().atNanos() - before);
      publisher.publish(branches);
    }
  }

  private void flowOn(long begun, long virtualNanos) {
    Run run = branches.run();
    if (!branches.isLive()) {
      if (virtualNanos > 0) {
        branches.show(run.placeAt(branches.place().atNanos() + virtualNanos));
      }
      return;
    }
    Pending<?> current = pending;
    if (current == null && virtualNanos == 0) {
      return; // it stands still: what is due at this very instant waits too
    }
    if (current == null) {
      goOn(begun, run.position().atNanos() + virtualNanos, () -> false);
    } else {
      pursue(current, begun, virtualNanos);
    }
  }

  private <T> void pursue(Pending<T> current, long begun, long virtualNanos) {
    Errand<T> its = current.errand();
    Run run = branches.run();
    if (current.answer().isCancelled()) {
      pending = null;
      its.finish(run);
      return;
    }
    do {
      long until =
          switch (its.haste()) {
            case AS_SHOWN -> Math.min(its.deadlineNanos(), run.position().atNanos() + virtualNanos);
            case AS_FAST_AS_POSSIBLE -> its.deadlineNanos();
          };
      if (!its.isDone(run)) {
        goOn(begun, until, () -> its.isDone(run));
      }
      if (!its.isDone(run) && run.position().atNanos() < its.deadlineNanos()) {
        return;
      }
    } while (its.continues(run));
    pending = null;
    if (its.halts()) {
      flow = 0;
    }
    try {
      current.answer().complete(its.finish(run));
    } catch (RuntimeException | AssertionError e) {
      current.answer().completeExceptionally(e);
    }
  }

  private void goOn(long begun, long until, BooleanSupplier enough) {
    branches.run().advance(until, enough, () -> closed || System.nanoTime() - begun > WORK_NANOS);
  }
}
