package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** The window on a large screen. */
class LargeScreenWindowTest {
  @Test
  void theMapUsesTheRoomAndTheDiagramReadsFromTheLeft() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes(
          "alice@localhost",
          "bob@localhost",
          "carol@localhost",
          "dave@localhost",
          "erin@localhost");
      driver.settle();
      Point2D small =
          driver.onScreen("carol@localhost").subtract(driver.onScreen("erin@localhost"));
      onJavaFx(
          () -> {
            driver.stage().setWidth(1920);
            driver.stage().setHeight(1080);
            return driver;
          });
      await(() -> driver.map().getWidth() > 1500, "the map is as wide as the window");
      driver.settle();
      Point2D large =
          driver.onScreen("carol@localhost").subtract(driver.onScreen("erin@localhost"));
      assertThat(large.magnitude()).isGreaterThan(small.magnitude());
      driver.clickNode("alice@localhost");
      driver.clickNode("bob@localhost", KeyCode.SHIFT);
      driver.press(KeyCode.X);
      await(() -> driver.yard().update().observation().cuts().size() == 12, "two sides are cut");
      driver.settle();
      driver.picture("large-screen");
      driver.pictureInTheDark("large-screen");
      driver.press(KeyCode.H);
      driver.press(KeyCode.DIGIT2);
      driver.settle();
      driver.picture("large-screen-space-time");
    }
  }
}
