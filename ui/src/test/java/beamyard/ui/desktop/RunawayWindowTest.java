package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Fault;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.yard.Selection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import javafx.animation.AnimationTimer;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a learner's code does, pausing and killing work within a few frames: that of the key, what the yard had begun, what it had
 * published, and the one in which that is drawn. Frames are counted, not time: a busy machine draws fewer of them; the numbers
 * allowed are many times those of an idle one. With a spawn bomb a quarter of a million processes have to end. One operation of the
 * library that takes long, such as a number with millions of digits, is not interrupted; the window draws on meanwhile.
 */
class RunawayWindowTest {
  private static final long UNDER_WAY_MILLIS = 1_500;

  /** Counts the frames of the window until something is seen. */
  private static int framesUntil(BooleanSupplier seen, Runnable deed) throws Exception {
    var frames = new AtomicInteger();
    var over = new AtomicInteger(-1);
    var timer =
        onJavaFx(
            () ->
                new AnimationTimer() {
                  @Override
                  public void handle(long now) {
                    frames.incrementAndGet();
                    if (over.get() < 0 && seen.getAsBoolean()) {
                      over.set(frames.get());
                    }
                  }
                });
    onJavaFx(
        () -> {
          timer.start();
          deed.run();
          return timer;
        });
    await(() -> over.get() >= 0, "it is seen");
    onJavaFx(
        () -> {
          timer.stop();
          return timer;
        });
    return over.get();
  }

  /** Looks into the process that evaluates what is typed: what it holds is shown all the time. */
  private static void selectTheShell(WindowDriver driver) throws Exception {
    driver.typeAtShell("alice@localhost", "Process.register(self(), :shell)");
    driver.clickOnText("inspector", "shell");
    await(
        () -> driver.yard().selection().get() instanceof Selection.OfProcess,
        "the evaluator is selected");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          endless loop | 60 | 60 | Enum.reduce(Stream.cycle([1]), 0, fn n, sum -> sum + n end)
          spawn bomb | 60 | 900 | defmodule Bomb do def go do spawn(Bomb, :go, []); go() end end; Bomb.go()
          growing list | 60 | 60 | Enum.reduce(Stream.cycle([1]), [], fn n, all -> [n | all] end)
          endless printing | 60 | 60 | Enum.each(Stream.cycle([1]), fn n -> IO.puts(n) end)
          flooded mailbox | 60 | 60 | me = self(); Enum.each(Stream.cycle([1]), fn n -> send(me, n) end)
          deep recursion | 60 | 60 | defmodule Deep do def go(n), do: 1 + go(n + 1) end; Deep.go(0)
          large value | 300 | 300 | {:large, Integer.pow(7, 1_000_000)}
          """)
  void itIsPausedAndKilledWithinAFrame(
      String what, int framesToPause, int framesToKill, String code) throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.clickNode("alice@localhost");
      selectTheShell(driver);
      long before = driver.instant();
      driver.typeAtShell("alice@localhost", code);
      Thread.sleep(UNDER_WAY_MILLIS);
      await(() -> driver.yard().update().end().atNanos() > before, "it is under way");
      driver.press(KeyCode.ESCAPE);
      var answer = new AtomicReference<CompletableFuture<Position>>();
      int paused =
          framesUntil(
              () -> answer.get().isDone(),
              () -> {
                driver.yard().pausedProperty().set(true);
                answer.set(driver.yardThread().look(run -> run.position()));
              });
      Position still = answer.get().join();
      await(() -> driver.yard().update().end().equals(still), "what is shown stands still");
      long now = driver.yardThread().look(run -> run.position().atNanos()).join();
      assertThat(now).isEqualTo(still.atNanos());
      onJavaFx(
          () -> {
            driver.yard().pausedProperty().set(false);
            return driver;
          });
      driver.instant();
      int killed =
          framesUntil(
              () -> driver.yard().node("alice@localhost").stream().noneMatch(node -> node.isUp()),
              () -> driver.yard().inflict(new Fault.Crash("alice@localhost")));
      assertThat(paused)
          .as("frames until %s stands still", what)
          .isLessThanOrEqualTo(framesToPause);
      assertThat(killed).as("frames until its node is gone").isLessThanOrEqualTo(framesToKill);
    }
  }
}
