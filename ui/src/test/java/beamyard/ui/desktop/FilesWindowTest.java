package beamyard.ui.desktop;

import static beamyard.ui.desktop.WindowDriver.await;
import static beamyard.ui.desktop.WindowDriver.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Yards, recordings and transcripts as files. */
class FilesWindowTest {
  private static void open(WindowDriver driver, Path file) throws Exception {
    onJavaFx(
        () -> {
          driver.window().opener().open(file);
          return file;
        });
  }

  private static String banner(WindowDriver driver) {
    return driver.lookupNow("banner-text") instanceof Label label ? label.getText() : "";
  }

  @Test
  void aSetUpAndARecordingAreSavedAndOpenedInAnotherWindow(@TempDir Path directory)
      throws Exception {
    Path setup = directory.resolve("a.yard");
    Path recording = directory.resolve("run.yard");
    Point2D moved;
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      Point2D alice = driver.onScreen("alice@localhost");
      driver.drag(alice, alice.add(20, 20), alice.add(60, 90));
      moved = onJavaFx(() -> driver.map().model().placeOf("alice@localhost"));
      driver.typeAtShell("alice@localhost", "x = 6 * 7");
      driver.awaitTerminal("alice@localhost", "x = 6 * 7\n42");
      onJavaFx(() -> driver.window().opener().saveSetup(setup)).join();
      onJavaFx(() -> driver.window().opener().saveRecording(recording)).join();
      await(() -> banner(driver).contains("Saved as"), "the banner tells where");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.CONTROL, KeyCode.Z);
      assertThat(onJavaFx(() -> driver.map().model().isPinned("alice@localhost"))).isFalse();
    }
    try (var driver = WindowDriver.open()) {
      open(driver, setup);
      await(
          () ->
              driver.yard().labels().size() == 2
                  && driver.yard().update().observation().nodes().stream()
                      .allMatch(node -> node.peers().size() == 1),
          "both nodes are up and connected");
      assertThat(onJavaFx(() -> driver.map().model().placeOf("alice@localhost"))).isEqualTo(moved);
      open(driver, recording);
      driver.awaitTerminal("alice@localhost", "x = 6 * 7\n42");
      assertThat(onJavaFx(() -> driver.yard().pausedProperty().get())).isTrue();
      assertThat(onJavaFx(() -> banner(driver))).isEmpty();
      List<String> lines = Files.readAllLines(recording);
      Files.write(recording, lines.subList(0, lines.size() - 2));
      open(driver, recording);
      await(() -> banner(driver).contains("cut off"), "the banner says what is wrong");
      driver.picture("broken");
      await(() -> driver.yard().labels().size() == 2, "what is before it is open");
    }
  }

  @Test
  void aTranscriptIsPlayedAndWhatDiffersIsTold(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("a.iexs");
    Files.writeString(file, "# title: One\n# nodes: alice\n\nalice> 1 + 1\n2\n\nalice> 1 + 2\n4\n");
    try (var driver = WindowDriver.open()) {
      open(driver, file);
      await(() -> banner(driver).contains("a.iexs:7: 3 instead of 4"), "the difference is told");
      driver.awaitTerminal("alice", "1 + 1\n2");
    }
  }
}
