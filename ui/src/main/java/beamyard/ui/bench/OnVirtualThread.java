package beamyard.ui.bench;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs a simulation on a virtual thread, from which switching to a straight-line process is cheap. */
final class OnVirtualThread {
  private OnVirtualThread() {}

  static <T> T call(Callable<T> work) {
    var task = new FutureTask<T>(work);
    Thread.startVirtualThread(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a benchmark failed", e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a benchmark", e);
    }
  }
}
