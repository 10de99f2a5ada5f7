package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.DataFormat;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.PickResult;
import javafx.scene.input.TransferMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Yards, recordings and transcripts as files. */
class FilesWindowTest {
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
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.B);
      driver.perform("Name the last bookmark");
      driver.retype("name", "it is 42");
      driver.click("dialog-ok");
      await(() -> driver.lookupNow("name") == null, "the moment has a name");
      onJavaFx(() -> driver.window().opener().saveRecording(recording)).join();
      await(() -> driver.banner().contains("Saved as"), "the banner tells where");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.CONTROL, KeyCode.Z);
      assertThat(onJavaFx(() -> driver.map().model().isPinned("alice@localhost"))).isFalse();
    }
    try (var driver = WindowDriver.open()) {
      driver.open(setup);
      await(
          () ->
              driver.yard().labels().size() == 2
                  && driver.yard().update().observation().nodes().stream()
                      .allMatch(node -> node.peers().size() == 1),
          "both nodes are up and connected");
      assertThat(onJavaFx(() -> driver.map().model().placeOf("alice@localhost"))).isEqualTo(moved);
      driver.open(recording);
      driver.awaitTerminal("alice@localhost", "x = 6 * 7\n42");
      assertThat(onJavaFx(() -> driver.yard().pausedProperty().get())).isTrue();
      assertThat(driver.banner()).isEmpty();
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.SHIFT, KeyCode.B);
      driver.chooseFromMenu("⚑ it is 42");
      await(() -> driver.yard().update().isPast(), "the moment that was marked is shown");
      driver.click("time-live");
      List<String> lines = Files.readAllLines(recording);
      Files.write(recording, lines.subList(0, lines.size() - 2));
      driver.open(recording);
      await(() -> driver.banner().contains("cut off"), "the banner says what is wrong");
      driver.picture("broken");
      await(() -> driver.yard().labels().size() == 2, "what is before it is open");
    }
  }

  @Test
  void aTranscriptIsPlayedAndWhatDiffersIsTold(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("a.iexs");
    Files.writeString(file, "# title: One\n# nodes: alice\n\nalice> 1 + 1\n2\n\nalice> 1 + 2\n4\n");
    try (var driver = WindowDriver.open()) {
      driver.open(file);
      await(() -> driver.banner().contains("a.iexs:7: 3 instead of 4"), "the difference is told");
      driver.awaitTerminal("alice", "1 + 1\n2");
    }
  }

  private static void drop(WindowDriver driver, Path file) throws Exception {
    Dragboard files = onJavaFx(() -> carrying(file));
    Scene scene = driver.stage().getScene();
    var over = onJavaFx(() -> send(scene, DragEvent.DRAG_OVER, files));
    assertThat(over.isAccepted()).isTrue();
    assertThat(over.getAcceptedTransferMode()).isEqualTo(TransferMode.COPY);
    var dropped = onJavaFx(() -> send(scene, DragEvent.DRAG_DROPPED, files));
    assertThat(dropped.isDropCompleted()).isTrue();
  }

  @Test
  void aSetUpAPageARecordingOrATranscriptIsDroppedOnTheWindow(@TempDir Path directory)
      throws Exception {
    Path setup = directory.resolve("dropped.yard");
    Files.writeString(
        setup, "beamyard yard 1\nnode alice@localhost alice@localhost host=localhost cookie=c\n");
    Path page = directory.resolve("dropped.md");
    Files.writeString(page, "## One\n\n{{< iex >}}\niex(bob@localhost)> 1 + 1\n2\n{{< /iex >}}\n");
    Path transcript = directory.resolve("dropped.iexs");
    Files.writeString(transcript, "# title: One\n# nodes: carol\n\ncarol> 1 + 1\n2\n");
    Path recording = directory.resolve("recorded.yard");
    try (var driver = WindowDriver.open()) {
      drop(driver, setup);
      await(() -> driver.yard().labels().equals(List.of("alice@localhost")), "the set-up is open");
      driver.typeAtShell("alice@localhost", "6 * 7");
      driver.awaitTerminal("alice@localhost", "42");
      onJavaFx(() -> driver.window().opener().saveRecording(recording)).join();
      drop(driver, page);
      await(() -> driver.window().lessons().name().equals("dropped.md"), "the page is open");
      driver.awaitState("bob@localhost", State.RUNNING);
      drop(driver, transcript);
      driver.awaitBanner("dropped.iexs: every answer is as it was recorded");
      driver.awaitTerminal("carol", "1 + 1\n2");
      drop(driver, recording);
      driver.awaitTerminal("alice@localhost", "42");
      assertThat(onJavaFx(() -> driver.yard().labels())).containsExactly("alice@localhost");
    }
  }

  /** What a drag carries that began outside: a headless window can only be told of one by the toolkit's own means. */
  private static Dragboard carrying(Path file) {
    Class<?> peer = toolkit("com.sun.javafx.tk.TKClipboard");
    Object files =
        Proxy.newProxyInstance(
            peer.getClassLoader(),
            new Class<?>[] {peer},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "getContentTypes" -> Set.of(DataFormat.FILES);
                  case "hasContent" -> arguments[0] == DataFormat.FILES;
                  case "getContent" -> List.of(file.toFile());
                  case "getTransferModes" -> Set.of(TransferMode.COPY);
                  default -> throw new AssertionError(method + " is not asked of a drop");
                });
    try {
      return (Dragboard)
          toolkit("com.sun.javafx.scene.input.DragboardHelper")
              .getMethod("createDragboard", peer)
              .invoke(null, files);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Class<?> toolkit(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static DragEvent send(Scene scene, EventType<DragEvent> type, Dragboard board) {
    var at = new PickResult(scene.getRoot(), 300, 300);
    var event = new DragEvent(type, board, 300, 300, 300, 300, TransferMode.COPY, null, null, at);
    var seen = new AtomicReference<>(event);
    // an event that is sent on to a target is a copy: what was done to that is looked at
    scene.addEventHandler(type, seen::set);
    Event.fireEvent(scene.getRoot(), event);
    return seen.get();
  }

  @Test
  void anOpeningThatTakesLongIsCancelledAndWhatIsOpenSoFarIsShown(@TempDir Path directory)
      throws Exception {
    Path recording = directory.resolve("long.yard");
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      onJavaFx(() -> driver.window().opener().saveRecording(recording)).join();
      List<String> lines = Files.readAllLines(recording);
      // connected nodes tick for ever: that is more than anybody waits for
      lines.set(lines.size() - 1, "end 900000000000 900000000000000000 0");
      Files.writeString(recording, String.join("\n", lines) + "\n");
      driver.open(recording);
      await(
          () -> driver.lookupNow("work-text") instanceof Label label && label.isVisible(),
          "what is done is told");
      driver.click("work-cancel");
      await(
          () -> driver.banner().contains("was cancelled"), "the banner says that it was cancelled");
      await(() -> driver.window().opener().doingProperty().get().isEmpty(), "nothing is done");
      assertThat(onJavaFx(() -> driver.yard().labels()))
          .containsExactly("alice@localhost", "bob@localhost");
      assertThat(onJavaFx(() -> driver.yard().pausedProperty().get())).isTrue();
    }
  }
}
