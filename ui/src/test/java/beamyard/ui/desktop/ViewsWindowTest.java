package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.spacetime.SpaceTimePane;
import beamyard.ui.desktop.yard.Selection;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views, which share one selection and one time. */
class ViewsWindowTest {
  @Test
  void aRemoteCallIsSeenAsArrowsAndInspected() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell(
          "alice@localhost", ":rpc.call(:bob@localhost, String, :upcase, [\"hello\"])");
      driver.awaitTerminal("alice@localhost", "\"HELLO\"");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT2);
      Node diagram = driver.find("space-time");
      driver.settle();
      Point2D arrow =
          onJavaFx(() -> diagram.localToScreen(diagram.getLayoutBounds().getWidth() / 2, 0));
      driver.picture("space-time");
      // somewhere up the middle there is an arrow of the answer
      for (int up = 20; up < 200; up += 4) {
        double y =
            onJavaFx(() -> diagram.localToScreen(0, diagram.getLayoutBounds().getHeight()).getY());
        driver.click(new Point2D(arrow.getX(), y - up), MouseButton.PRIMARY);
        if (onJavaFx(() -> driver.yard().selection().get())
                instanceof Selection.OfHappening(Happening happening)
            && happening.what() instanceof Happening.Sent) {
          break;
        }
      }
      await(
          () -> driver.yard().selection().get() instanceof Selection.OfHappening,
          "an arrow is selected");
      await(() -> driver.texts("inspector").contains("vector clock"), "it is inspected");
      driver.settle();
      driver.picture("space-time");
      driver.pictureInTheDark("space-time");
      driver.pictureOnALargeScreen("space-time");
    }
  }

  @Test
  void theDiagramFollowsTheTimeCursorIntoThePastAndBack() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell(
          "alice@localhost",
          "for i <- 1..9, do: :rpc.call(:bob@localhost, Process, :sleep, [20 + i])");
      driver.awaitTerminal("alice@localhost", "[:ok, :ok, :ok, :ok, :ok, :ok, :ok, :ok, :ok]");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT2);
      var diagram = (SpaceTimePane) onJavaFx(driver.find("space-time")::getParent);
      await(() -> diagram.shows(driver.yard().log().all().getLast().atNanos()), "the end is seen");
      long early = onJavaFx(() -> driver.yard().log().all().getFirst().atNanos());
      assertThat(onJavaFx(() -> diagram.shows(early))).isFalse();
      onJavaFx(
          () -> {
            driver.yard().pausedProperty().set(true);
            driver.yard().thread().seek(early + 300_000_000);
            return driver;
          });
      await(
          () ->
              driver.yard().update().isPast()
                  && diagram.shows(driver.yard().update().cursor().atNanos()),
          "the cursor is seen");
      driver.settle();
      driver.picture("space-time-past");
      driver.click("time-live");
      await(
          () ->
              !driver.yard().update().isPast()
                  && diagram.shows(driver.yard().log().all().getLast().atNanos()),
          "the end is seen again");
    }
  }

  @Test
  void nodesBelieveDifferentThingsAfterASplit() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost", "dave@localhost");
      driver.typeAtShell("alice@localhost", ":global.register_name(:boss, self())");
      driver.awaitTerminal("alice@localhost", ":yes");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT3);
      await(() -> driver.texts("beliefs").contains(":boss"), "the name is shown");
      driver.press(KeyCode.DIGIT1);
      driver.clickNode("alice@localhost");
      driver.clickNode("bob@localhost", KeyCode.SHIFT);
      driver.press(KeyCode.X);
      driver.press(KeyCode.DIGIT3);
      onJavaFx(
          () -> {
            driver.yard().speedProperty().set(100);
            return driver;
          });
      await(
          () ->
              driver.yard().node("carol@localhost").stream()
                  .allMatch(carol -> carol.peers().size() == 1),
          "the silence is noticed");
      onJavaFx(
          () -> {
            driver.yard().speedProperty().set(1);
            return driver;
          });
      driver.typeAtShell("carol@localhost", ":global.register_name(:boss, self())");
      driver.awaitTerminal("carol@localhost", ":yes");
      await(() -> driver.texts("beliefs").contains("≠ carol"), "there are two bosses");
      driver.settle();
      driver.picture("beliefs");
      driver.pictureInTheDark("beliefs");
      driver.pictureOnALargeScreen("beliefs");
      assertThat(driver.texts("beliefs")).contains("Who sees whom");
    }
  }

  @Test
  void whoHoldsALockAndWhoWaitsIsShown() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      driver.typeAtShell("alice@localhost", ":global.set_lock({:printer, self()})");
      driver.awaitTerminal("alice@localhost", "self()})\ntrue");
      driver.typeAtShell("bob@localhost", ":global.set_lock({:printer, self()})");
      driver.typeAtShell("carol@localhost", ":global.set_lock({:printer, self()})");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT4);
      await(() -> driver.texts("locks").contains("wanted by"), "somebody waits");
      await(() -> driver.texts("locks").contains("held by"), "somebody holds it");
      assertThat(driver.texts("locks"))
          .containsPattern(":printer\n.*alice.*\nalice, bob, carol\n[0-9.]+ m?s")
          .containsPattern("Who waits(.*\n)+.*:printer\n.*(bob|carol).*\n");
      driver.settle();
      driver.picture("locks");
      driver.pictureOnALargeScreen("locks");
      driver.press(KeyCode.DIGIT1);
      driver.clickNode("alice@localhost");
      await(() -> driver.texts("inspector").contains("Processes"), "alice is inspected");
      driver.settle();
      driver.picture("inspector");
    }
  }

  @Test
  void thePaletteFindsWhatToDoAndTheKeysAreListed(@TempDir Path directory) throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.press(KeyCode.CONTROL, KeyCode.K);
      TextField palette = (TextField) driver.find("palette");
      driver.retype(palette, "three");
      driver.picture("palette");
      driver.press(KeyCode.ENTER);
      await(() -> driver.yard().labels().size() == 3, "three nodes are there");
      driver.awaitTerminal("alice@localhost", "Node.connect(:carol@localhost)\ntrue");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.F1);
      driver.find("keys");
      driver.picture("keys");
      driver.press(KeyCode.ESCAPE);
      for (int i = 0; i < 5; i++) {
        driver.press(KeyCode.CONTROL, KeyCode.EQUALS);
      }
      driver.clickNode("alice@localhost");
      await(() -> driver.texts("inspector").contains("Processes"), "alice is inspected");
      driver.settle();
      driver.picture("large-text");
      for (int i = 0; i < 5; i++) {
        driver.press(KeyCode.CONTROL, KeyCode.MINUS);
      }
      driver.click("tool-theme");
      driver.settle();
      driver.picture("dark");
      Path file = directory.resolve("map.png");
      onJavaFx(
          () -> {
            driver.window().export(file);
            return file;
          });
      assertThat(Files.readAllBytes(file)).startsWith((byte) 0x89, (byte) 'P', (byte) 'N');
      Path drawing = directory.resolve("map.svg");
      onJavaFx(
          () -> {
            driver.window().export(drawing);
            return drawing;
          });
      assertThat(SvgPenTest.parsed(Files.readString(drawing)).getDocumentElement().getTextContent())
          .contains("alice", "bob", "carol");
      driver.press(KeyCode.DIGIT3);
      await(() -> driver.texts("beliefs").contains("Who sees whom"), "the beliefs are shown");
      onJavaFx(
          () -> {
            driver.window().export(drawing);
            return drawing;
          });
      assertThat(SvgPenTest.parsed(Files.readString(drawing)).getDocumentElement().getTextContent())
          .contains("Who sees whom", "●");
      driver.awaitBanner("Saved as " + drawing);
    }
  }

  @Test
  void membersOfAGroupAreBelievedDifferentlyWhileTheNetworkIsCut() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      for (String node : List.of("alice@localhost", "bob@localhost")) {
        driver.typeAtShell(node, ":pg.start(:pg)");
        driver.awaitTerminal(node, "{:ok, #PID<");
      }
      driver.typeAtShell("alice@localhost", ":pg.join(:band, self())");
      driver.awaitTerminal("alice@localhost", "self())\n:ok");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT3);
      driver.awaitText("beliefs", ":band");
      assertThat(driver.texts("beliefs"))
          .contains("Process groups (:pg)")
          .doesNotContain("≠ alice <");
      driver.press(KeyCode.G);
      driver.press(KeyCode.X);
      await(() -> driver.yard().update().observation().cuts().size() == 2, "alice is cut off");
      driver.typeAtShell("bob@localhost", ":pg.join(:band, self())");
      driver.awaitTerminal("bob@localhost", "self())\n:ok");
      driver.awaitText("beliefs", "≠ alice <");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.H);
      await(() -> !driver.texts("beliefs").contains("≠ alice <"), "they agree again");
    }
  }

  @Test
  void everyViewIsSavedAsPixelsAndAsADrawing(@TempDir Path directory) throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", ":global.set_lock({:printer, self()})");
      driver.awaitTerminal("alice@localhost", "self()})\ntrue");
      long then = driver.instant();
      driver.typeAtShell(
          "alice@localhost", "Supervisor.start_link([], strategy: :one_for_one, name: Boss)");
      driver.awaitTerminal("alice@localhost", "{:ok, #PID<");
      driver.seek(then);
      await(() -> driver.yard().update().isPast(), "the past is shown");
      driver.typeAtShell("alice@localhost", ":global.register_name(:boss, self())");
      driver.awaitTerminal("alice@localhost", ":yes");
      Map<KeyCode, String> views =
          Map.of(
              KeyCode.DIGIT1, "sees 1 other",
              KeyCode.DIGIT2, "call {:del_lock",
              KeyCode.DIGIT3, "Who sees whom",
              KeyCode.DIGIT4, ":printer",
              KeyCode.DIGIT5, "IEx.Server.run/0",
              KeyCode.DIGIT6, "≠ ");
      for (Map.Entry<KeyCode, String> view : views.entrySet()) {
        driver.press(KeyCode.ESCAPE);
        driver.press(view.getKey());
        Path drawing = directory.resolve(view.getKey() + ".svg");
        Path pixels = directory.resolve(view.getKey() + ".png");
        await(
            () -> {
              driver.window().export(drawing);
              return text(drawing).contains(view.getValue());
            },
            () -> view + " is in the drawing: " + text(drawing));
        onJavaFx(
            () -> {
              driver.window().export(pixels);
              return pixels;
            });
        BufferedImage image = ImageIO.read(pixels.toFile());
        assertThat(image.getWidth()).isGreaterThan(300);
        assertThat(image.getHeight()).isGreaterThan(100);
        driver.awaitBanner("Saved as " + pixels);
      }
    }
  }

  private static String text(Path drawing) {
    try {
      return SvgPenTest.parsed(Files.readString(drawing)).getDocumentElement().getTextContent();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
