package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.map.Flights.Gait;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.Test;

/** Breaking things by mouse and keys. */
class FaultsWindowTest {
  @Test
  void nodesArePausedKilledRestartedAndCutOff() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost", "dave@localhost");
      driver.clickNode("carol@localhost");
      driver.press(KeyCode.P);
      driver.awaitState("carol@localhost", State.PAUSED);
      driver.press(KeyCode.P);
      driver.awaitState("carol@localhost", State.RUNNING);
      driver.press(KeyCode.K);
      driver.awaitState("carol@localhost", State.DOWN);
      driver.press(KeyCode.R);
      driver.awaitState("carol@localhost", State.RUNNING);
      driver.typeAtShell("alice@localhost", "Node.connect(:carol@localhost)");
      driver.awaitTerminal("alice@localhost", "Node.connect(:carol@localhost)\ntrue");
      driver.clickNode("alice@localhost");
      driver.clickNode("bob@localhost", KeyCode.SHIFT);
      assertThat(onJavaFx(() -> driver.yard().selection().nodes()))
          .containsExactly("alice@localhost", "bob@localhost");
      driver.press(KeyCode.X);
      await(() -> driver.yard().update().observation().cuts().size() == 8, "two sides are cut");
      assertThat(onJavaFx(() -> driver.map().model().sides()))
          .containsExactly(
              List.of("alice@localhost", "bob@localhost"),
              List.of("carol@localhost", "dave@localhost"));
      driver.settle();
      String hello = "for node <- Node.list(), do: send({:inbox, node}, {:hello, node()})";
      driver.typeAtShell("alice@localhost", hello);
      driver.pictureWhen("partition", () -> flies(driver, "alice@localhost", "bob@localhost"));
      driver.typeAtShell("dave@localhost", hello);
      await(() -> waits(driver, "dave@localhost", "alice@localhost"), "dave's waits at the cut");
      driver.pictureInTheDark("partition");
      driver.pictureOnALargeScreen("partition");
      driver.clickNode("alice@localhost");
      driver.press(KeyCode.H);
      await(() -> driver.yard().update().observation().cuts().isEmpty(), "all is mended");
    }
  }

  /** Whether a packet is half way from one node to another. */
  private static boolean flies(WindowDriver driver, String from, String to) {
    return driver.map().packets().stream()
        .anyMatch(
            packet ->
                packet.sent().from().equals(from)
                    && packet.sent().to().equals(to)
                    && packet.progress() > 0.35
                    && packet.progress() < 0.75);
  }

  /** Whether a packet has come to where its path is cut, and no further. */
  private static boolean waits(WindowDriver driver, String from, String to) {
    return driver.map().packets().stream()
        .anyMatch(
            packet ->
                packet.sent().from().equals(from)
                    && packet.sent().to().equals(to)
                    && packet.gait() == Gait.WAITS);
  }

  @Test
  void aLineDrawnAcrossALinkCutsItsPath() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.X);
      assertThat(onJavaFx(() -> driver.map().isCutting())).isTrue();
      Point2D alice = driver.onScreen("alice@localhost");
      Point2D bob = driver.onScreen("bob@localhost");
      Point2D middle = alice.midpoint(bob);
      Point2D across = new Point2D(alice.getY() - bob.getY(), bob.getX() - alice.getX());
      Point2D aside = across.multiply(40 / across.magnitude());
      driver.drag(middle.add(aside), middle.add(aside.multiply(0.3)), middle.subtract(aside));
      await(() -> driver.yard().update().observation().cuts().size() == 2, "one path is cut");
      driver.press(KeyCode.ESCAPE);
      assertThat(onJavaFx(() -> driver.map().isCutting())).isFalse();
      assertThat(onJavaFx(() -> driver.map().model().sides())).isEmpty();
    }
  }

  @Test
  void aMenuOpensOnANodeAndADraggedNodeStays() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      Point2D alice = driver.onScreen("alice@localhost");
      driver.drag(alice, alice.add(20, 20), alice.add(60, 90));
      assertThat(onJavaFx(() -> driver.map().model().isPinned("alice@localhost"))).isTrue();
      driver.settle();
      assertThat(driver.onScreen("alice@localhost").distance(alice.add(60, 90))).isLessThan(3);
      driver.click(driver.onScreen("bob@localhost"), MouseButton.SECONDARY);
      driver.chooseFromMenu("Stop bob@localhost");
      driver.awaitState("bob@localhost", State.DOWN);
      driver.settle();
      driver.picture("menu");
    }
  }
}
