package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.yard.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window as two people use it: a teacher who prepares a lecture, and an engineer who wonders about a split. */
class PeopleWindowTest {
  private static final List<String> FOUR =
      List.of("alice@localhost", "bob@localhost", "carol@localhost", "dave@localhost");

  private static Point2D onTrack(Node track, double share) throws Exception {
    Bounds bounds = onJavaFx(() -> track.localToScreen(track.getLayoutBounds()));
    return new Point2D(bounds.getMinX() + share * bounds.getWidth(), bounds.getCenterY());
  }

  /** Drags on the time track and looks before the button is let go. */
  private static void dragInTime(WindowDriver driver, Node track, double share) throws Exception {
    Point2D to = onTrack(track, share);
    double wide = onJavaFx(() -> track.getLayoutBounds().getWidth());
    driver.hold(to.add(8, 0), to);
    await(() -> driver.yard().update().isPast(), "the past is shown");
    driver.settle();
    assertThat(onJavaFx(() -> track.getLayoutBounds().getWidth()))
        .as("the track keeps its length while it is dragged on")
        .isCloseTo(wide, within(1.5)); // of which the clock may take one
    driver.letGo();
  }

  @Test
  void aTeacherBuildsFourNodesSavesThemCutsThemAndShowsThePast(@TempDir Path directory)
      throws Exception {
    Path setup = directory.resolve("lecture.yard");
    try (var driver = WindowDriver.open()) {
      for (String label : FOUR) {
        driver.press(KeyCode.N);
        driver.click("dialog-ok");
        driver.awaitState(label, State.RUNNING);
        driver.press(KeyCode.ESCAPE);
      }
      for (String other : FOUR.subList(1, 4)) {
        driver.typeAtShell("alice@localhost", "Node.connect(:" + other + ")");
        driver.awaitTerminal("alice@localhost", ":" + other + ")\ntrue");
      }
      driver.press(KeyCode.ESCAPE);
      driver.settle();
      Point2D carol = driver.onScreen("carol@localhost");
      driver.drag(carol, carol.add(10, -6), carol.add(90, -30));
      onJavaFx(() -> driver.window().opener().saveSetup(setup)).join();
      assertThat(Files.readString(setup)).contains("place carol@localhost", "node dave@localhost");
      driver.settle();
      driver.picture("teacher-built");

      driver.clickNode("alice@localhost");
      driver.clickNode("bob@localhost", KeyCode.SHIFT);
      driver.press(KeyCode.X);
      await(() -> driver.yard().update().observation().cuts().size() == 8, "two sides are cut");
      driver.settle();
      driver.picture("teacher-cut");

      Node track = driver.find("time-track");
      dragInTime(driver, track, 0.1);
      await(() -> driver.yard().update().observation().cuts().isEmpty(), "nothing was cut then");
      driver.settle();
      driver.picture("teacher-past");
      driver.click("time-live");
      await(() -> driver.yard().update().observation().cuts().size() == 8, "now it is cut");
      driver.press(KeyCode.H);
      await(() -> driver.yard().update().observation().cuts().isEmpty(), "all is mended");

      driver.open(setup);
      await(
          () ->
              driver.yard().update().observation().nodes().stream()
                      .filter(node -> node.isUp() && node.peers().size() == 3)
                      .count()
                  == 4,
          "the lecture begins anew");
    }
  }

  private static void splitUntilItIsNoticed(WindowDriver driver) throws Exception {
    driver.clickNode("alice@localhost");
    driver.clickNode("bob@localhost", KeyCode.SHIFT);
    driver.press(KeyCode.X);
    onJavaFx(
        () -> {
          driver.yard().speedProperty().set(100);
          return driver;
        });
    await(
        () ->
            driver.yard().update().observation().nodes().stream()
                .allMatch(node -> node.peers().size() == 1),
        "each side has given the other up");
    onJavaFx(
        () -> {
          driver.yard().speedProperty().set(1);
          return driver;
        });
  }

  @Test
  void anEngineerFindsOutWhoLostTheNameAfterASplit() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes(FOUR.toArray(String[]::new));
      String server =
          "spawn(fn -> :global.register_name(:boss, self()); Process.sleep(:infinity) end)";
      splitUntilItIsNoticed(driver);
      driver.typeAtShell("alice@localhost", server);
      driver.typeAtShell("carol@localhost", server);
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT3);
      await(() -> driver.texts("beliefs").contains("≠ carol"), "there are two bosses");
      assertThat(driver.texts("beliefs")).contains("≠ alice");
      driver.settle();
      driver.picture("engineer-beliefs");

      driver.press(KeyCode.H);
      driver.typeAtShell("alice@localhost", "Node.connect(:carol@localhost)");
      driver.awaitTerminal("alice@localhost", ":carol@localhost)\ntrue");
      driver.press(KeyCode.ESCAPE);
      await(() -> !driver.texts("beliefs").contains("≠ carol <"), "they agree on one boss");
      driver.press(KeyCode.DIGIT4);
      await(() -> driver.texts("locks").contains("Lately"), "the locks that led there are told");
      driver.settle();
      driver.picture("engineer-locks");

      driver.press(KeyCode.DIGIT2);
      TextField search = (TextField) driver.find("space-time-search");
      driver.click(search);
      driver.retype(search, "boss");
      driver.press(KeyCode.ENTER);
      await(
          () -> driver.yard().selection().get() instanceof Selection.OfHappening,
          "what speaks of the boss is found");
      await(() -> driver.texts("inspector").contains("Terms on the wire"), "it is told in full");
      driver.settle();
      driver.picture("engineer-space-time");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.CONTROL, KeyCode.E);
      driver.settle();
      driver.picture("engineer-events");
    }
  }
}
