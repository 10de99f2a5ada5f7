package beamyard.ui.terminal;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Work that may last: it says now and then how far it is, and Ctrl-C ends it early, but not before it has told what it found
 * so far.
 */
final class LongWork implements AutoCloseable {
  private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long MOST_SECONDS_TO_END = 20;

  private final PrintWriter err;
  private final LongSupplier clock;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread atShutdown = new Thread(this::cancel, "cancel");
  private volatile boolean cancelled;
  private long lastLine;

  /**
   * @param err where progress is told
   * @param clock nanoseconds of the wall
   */
  LongWork(PrintWriter err, LongSupplier clock) {
    this.err = err;
    this.clock = clock;
    lastLine = clock.getAsLong();
  }

  /** Work that begins now, and that Ctrl-C cancels. */
  static LongWork begin(PrintWriter err) {
    var work = new LongWork(err, System::nanoTime);
    Runtime.getRuntime().addShutdownHook(work.atShutdown);
    return work;
  }

  /** Whether it should stop as soon as it can. */
  boolean isCancelled() {
    return cancelled;
  }

  /** Tells how far it is, if it has not done so for two seconds. */
  void tell(Supplier<String> progress) {
    long now = clock.getAsLong();
    if (now - lastLine >= BETWEEN_LINES_NANOS) {
      lastLine = now;
      err.println(progress.get());
      err.flush();
    }
  }

  /** Cancels it, and waits until it has ended. */
  void cancel() {
    cancelled = true;
    try {
      if (!ended.await(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
        err.println("could not be ended in " + MOST_SECONDS_TO_END + " seconds");
        err.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** It has ended, and told what there is to tell. */
  @Override
  public void close() {
    ended.countDown();
    if (!cancelled) {
      try {
        Runtime.getRuntime().removeShutdownHook(atShutdown);
      } catch (IllegalStateException _) {
        // the program ends just now
      }
    }
  }
}
