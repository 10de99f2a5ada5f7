package beamyard.simulator.exploration;

import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Does many independent pieces of work on several threads and hands over their results in the order of the work, so that
 * nobody can see how many threads there were.
 */
public final class WorkerPool {
  private static final long STACK_BYTES = 64L << 20;
  private static final int AHEAD = 4;

  private WorkerPool() {}

  /** As many workers as the machine has cores. */
  public static int allCores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Works from one number to another, both included.
   *
   * @param results gets each result, in the order of the numbers, on the calling thread
   * @param cancelled asked now and then; work not begun is then left out
   */
  public static <T> void run(
      int workers,
      long first,
      long last,
      LongFunction<T> work,
      Consumer<T> results,
      BooleanSupplier cancelled) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            workers, task -> new Thread(null, task, "explorer", STACK_BYTES))) {
      var under = new ArrayDeque<Future<T>>();
      for (long number = first; number <= last && !cancelled.getAsBoolean(); number++) {
        long mine = number;
        Callable<T> task = () -> work.apply(mine);
        under.add(threads.submit(task));
        if (under.size() >= workers * AHEAD) {
          results.accept(await(under.remove()));
        }
      }
      while (!under.isEmpty()) {
        results.accept(await(under.remove()));
      }
    }
  }

  private static <T> T await(Future<T> result) {
    try {
      return result.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while exploring", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
