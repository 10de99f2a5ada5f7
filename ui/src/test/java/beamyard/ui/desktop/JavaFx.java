package beamyard.ui.desktop;

import static org.assertj.core.api.Assertions.fail;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.stage.Window;

/** The thread of JavaFX, and waiting for what happens on it. */
public final class JavaFx {
  private static final long PATIENCE_SECONDS = 60;
  private static final Object STARTING = new Object();
  private static boolean started;

  private JavaFx() {}

  public static void start() throws Exception {
    synchronized (STARTING) {
      if (!started) {
        started = true;
        WindowedDesktop.quieten();
        var ready = new CompletableFuture<Void>();
        Platform.startup(() -> ready.complete(null));
        ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        Platform.setImplicitExit(false);
      }
    }
  }

  /** What keys are for now; null if nothing has the focus. */
  static Node focused() {
    Node focused = null;
    for (Window each : Window.getWindows()) {
      if (each.isShowing() && each.isFocused() && each.getScene().getFocusOwner() != null) {
        focused = each.getScene().getFocusOwner();
      }
    }
    return focused;
  }

  public static void await(BooleanSupplier condition, String what) throws Exception {
    await(condition, () -> what + "; the focus is at " + focused());
  }

  /**
   * @param what what is waited for, and what there is instead; asked on the JavaFX thread
   */
  public static void await(BooleanSupplier condition, Supplier<String> what) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!onJavaFx(condition::getAsBoolean)) {
      if (System.nanoTime() > deadline) {
        fail("no more time to wait until " + onJavaFx(what));
      }
      Thread.sleep(20);
    }
  }

  public static <T> T onJavaFx(Supplier<T> work) throws Exception {
    if (Platform.isFxApplicationThread()) {
      return work.get();
    }
    var done = new CompletableFuture<T>();
    Platform.runLater(
        () -> {
          try {
            done.complete(work.get());
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The same for what is asked within a condition as well as beside it. */
  public static <T> T read(Supplier<T> work) {
    try {
      return onJavaFx(work);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
