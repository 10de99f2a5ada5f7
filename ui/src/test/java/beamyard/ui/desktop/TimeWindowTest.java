package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.run.Position;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;

/** Going back in time, and on from there. */
class TimeWindowTest {
  @Test
  void thePastIsSeenSteppedThroughAndBranchedFrom() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "x = 42");
      driver.awaitTerminal("alice@localhost", "x = 42\n42");
      long then = driver.instant();
      driver.typeAtShell("alice@localhost", "x = 43");
      driver.awaitTerminal("alice@localhost", "x = 43\n43");
      driver.seek(then);
      await(() -> driver.yard().update().isPast(), "the past is shown");
      await(() -> !driver.terminal("alice@localhost").contains("43"), "43 is not typed yet");
      driver.press(KeyCode.ESCAPE);
      while (driver.terminal("alice@localhost").contains("42\n42")) {
        Position here = onJavaFx(() -> driver.yard().update().cursor());
        driver.press(KeyCode.SHIFT, KeyCode.PERIOD);
        await(() -> here.isAfter(driver.yard().update().cursor()), "a step back is earlier");
      }
      driver.picture("past");
      driver.click("time-live");
      await(() -> driver.terminal("alice@localhost").contains("43"), "now is shown again");

      driver.seek(then);
      await(() -> driver.yard().update().isPast(), "the past is shown once more");
      driver.typeAtShell("alice@localhost", "x + 1");
      driver.awaitTerminal("alice@localhost", "x + 1\n43");
      assertThat(driver.terminal("alice@localhost")).doesNotContain("x = 43");
      assertThat(onJavaFx(() -> driver.yard().update().branches())).hasSize(2);
      driver
          .yardThread()
          .switchTo(onJavaFx(() -> driver.yard().update().branches().getFirst().run()));
      driver.awaitTerminal("alice@localhost", "x = 43");
    }
  }

  @Test
  void timeStandsStillGoesStepByStepAndCanBeScrubbed() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.stopTime();
      Position still = onJavaFx(() -> driver.yard().update().end());
      driver.settle();
      assertThat(onJavaFx(() -> driver.yard().update().end())).isEqualTo(still);
      driver.press(KeyCode.COMMA);
      await(() -> driver.yard().update().end().isAfter(still), "the waiting is skipped");
      driver.press(KeyCode.B);
      Node track = driver.find("time-track");
      Bounds bounds = onJavaFx(() -> track.localToScreen(track.getLayoutBounds()));
      driver.click(new Point2D(bounds.getMinX() + 14, bounds.getCenterY()), MouseButton.PRIMARY);
      await(
          () ->
              driver.yard().update().isPast()
                  && driver.yard().update().cursor().atNanos() < still.atNanos() / 2,
          "the scrubber leads to the beginning");
      driver.press(KeyCode.END);
      await(() -> !driver.yard().update().isPast(), "the end is shown again");
      assertThat(onJavaFx(() -> driver.yard().pausedProperty().get())).isFalse();
    }
  }
}
