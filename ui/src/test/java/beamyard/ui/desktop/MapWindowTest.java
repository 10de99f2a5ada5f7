package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.spacetime.SpaceTimePane;
import java.util.Map;
import javafx.geometry.Point2D;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;

/** What the mouse and the keys do on the map, along time and at a shell, besides breaking things. */
class MapWindowTest {
  @Test
  void theMapIsZoomedMovedAndShownWholeAgain() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.settle();
      Point2D alice = driver.onScreen("alice@localhost");
      Point2D bob = driver.onScreen("bob@localhost");
      driver.wheel(alice, 80);
      await(() -> driver.map().camera().zoom() > 1, "the wheel zooms");
      assertThat(driver.onScreen("alice@localhost").distance(alice)).isCloseTo(0, within(1.0));
      double zoom = onJavaFx(() -> driver.map().camera().zoom());
      driver.press(KeyCode.MINUS);
      assertThat(onJavaFx(() -> driver.map().camera().zoom())).isLessThan(zoom);
      Point2D empty = alice.midpoint(bob).add(0, 150);
      Point2D before = driver.onScreen("alice@localhost");
      driver.drag(empty, empty.add(10, -10), empty.add(40, -30));
      assertThat(driver.onScreen("alice@localhost").subtract(before))
          .isEqualTo(new Point2D(40, -30));
      driver.press(KeyCode.DIGIT0);
      driver.settle();
      assertThat(driver.onScreen("alice@localhost").distance(alice)).isCloseTo(0, within(1.0));
    }
  }

  @Test
  void nodesAreSelectedAndPartedByKeysAlone() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.G);
      driver.press(KeyCode.G);
      assertThat(onJavaFx(() -> driver.yard().selection().nodes()))
          .containsExactly("bob@localhost");
      driver.press(KeyCode.A);
      assertThat(onJavaFx(() -> driver.yard().selection().nodes()))
          .containsExactly("bob@localhost", "carol@localhost");
      driver.press(KeyCode.X);
      await(() -> driver.yard().update().observation().cuts().size() == 4, "alice is alone");
      driver.press(KeyCode.H);
      await(() -> driver.yard().update().observation().cuts().isEmpty(), "all is mended");
      driver.press(KeyCode.G);
      driver.press(KeyCode.SHIFT, KeyCode.G);
      assertThat(onJavaFx(() -> driver.yard().selection().nodes()))
          .containsExactly("carol@localhost");
      driver.press(KeyCode.K);
      driver.awaitState("carol@localhost", State.DOWN);
    }
  }

  @Test
  void aMomentIsBookmarkedAndFoundAgain() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.stopTime();
      Position marked = onJavaFx(() -> driver.yard().update().cursor());
      driver.press(KeyCode.B);
      driver.press(KeyCode.PERIOD);
      driver.press(KeyCode.SPACE);
      await(
          () -> driver.yard().update().end().atNanos() > marked.atNanos() + 300_000_000,
          "time goes on");
      driver.click("time-places");
      driver.chooseFromMenu("⚑ bookmark 1 at " + Times.instant(onJavaFx(() -> marked.atNanos())));
      await(() -> driver.yard().update().cursor().equals(marked), "it is shown again");
      driver.press(KeyCode.PERIOD);
      await(
          () -> driver.yard().update().cursor().isAfter(marked),
          "a step leads on into what is known");
    }
  }

  @Test
  void whatWasTypedComesBackAndSeveralLinesArePasted() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", "x = 1");
      driver.awaitTerminal("alice@localhost", "x = 1\n1");
      driver.typeAtShell("alice@localhost", "x + 1");
      driver.awaitTerminal("alice@localhost", "x + 1\n2");
      var line = (TextField) driver.find("line-alice@localhost");
      driver.press(KeyCode.UP);
      assertThat(onJavaFx(() -> line.getText())).isEqualTo("x + 1");
      driver.press(KeyCode.UP);
      assertThat(onJavaFx(() -> line.getText())).isEqualTo("x = 1");
      driver.press(KeyCode.DOWN);
      assertThat(onJavaFx(() -> line.getText())).isEqualTo("x + 1");
      driver.retype(line, "z");
      onJavaFx(
          () -> {
            line.selectAll();
            return line;
          });
      onJavaFx(
          () ->
              Clipboard.getSystemClipboard()
                  .setContent(Map.of(DataFormat.PLAIN_TEXT, "y = [\n1,\n2]\nlength(y)")));
      driver.press(KeyCode.CONTROL, KeyCode.V);
      driver.awaitTerminal("alice@localhost", "[1, 2]");
      driver.press(KeyCode.ENTER);
      driver.awaitTerminal("alice@localhost", "length(y)\n2");
    }
  }

  @Test
  void theLanesOfANodesProcessesAreUnfoldedByItsHead() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", ":rpc.call(:bob@localhost, Node, :self, [])");
      driver.awaitTerminal("alice@localhost", ":self, [])\n:bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT2);
      var field = driver.find("space-time");
      driver.settle();
      Point2D head = onJavaFx(() -> field.localToScreen(134, 24));
      var diagram = (SpaceTimePane) onJavaFx(field::getParent);
      driver.click(head, MouseButton.PRIMARY);
      await(() -> diagram.laneCount() > 2, "alice's processes have lanes");
      driver.settle();
      driver.picture("space-time-unfolded");
      driver.click(head, MouseButton.PRIMARY);
      await(() -> diagram.laneCount() == 2, "they are folded again");
    }
  }
}
