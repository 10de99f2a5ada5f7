package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Fault;
import beamyard.simulator.Node;
import beamyard.ui.desktop.learning.LessonModel;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The window from the outside: what a newcomer does first. */
class WindowTest {
  @Test
  void anEmptyYardOffersThreeConnectedNodes() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.picture("empty");
      driver.pictureOnALargeScreen("empty");
      driver.click("three-nodes");
      await(() -> driver.yard().labels().size() == 3, "three nodes are there");
      driver.awaitTerminal("alice@localhost", "Node.connect(:carol@localhost)\ntrue");
      await(
          () ->
              driver.yard().update().observation().nodes().stream()
                  .allMatch(node -> node.peers().size() == 2),
          "all are connected");
      driver.picture("three");
      assertThat(onJavaFx(() -> driver.yard().problemProperty().get())).isEmpty();
    }
  }

  @Test
  void nodesAreAddedByTheDialogConnectedAndTypedAt() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.click("tool-add");
      TextField name = (TextField) driver.find("node-name");
      await(name::isFocused, "the name can be typed");
      Button add = (Button) driver.find("dialog-ok");
      driver.retype(name, "al ice");
      assertThat(onJavaFx(add::isDisabled)).isTrue();
      Pictures.of(name.getScene(), "dialog");
      driver.retype(name, "alice");
      driver.click(add);
      await(() -> driver.yard().labels().contains("alice@localhost"), "alice is there");
      driver.press(KeyCode.N);
      driver.click("dialog-ok");
      await(() -> driver.yard().labels().contains("bob@localhost"), "the next name was offered");
      await(
          () ->
              driver.yard().update().observation().nodes().stream()
                      .filter(node -> node.state() == Node.State.RUNNING)
                      .count()
                  == 2,
          "both are up");
      driver.press(KeyCode.C);
      driver.click("dialog-ok");
      driver.awaitTerminal("alice@localhost", "Node.connect(:bob@localhost)\ntrue");
      driver.typeAtShell("alice@localhost", "Node.list()");
      driver.awaitTerminal("alice@localhost", "[:bob@localhost]");
      driver.typeAtShell("bob@localhost", "String.upcase(1)");
      driver.awaitTerminal("bob@localhost", "** (FunctionClauseError)");
      driver.picture("typed");
    }
  }

  @Test
  void aPageIsPlayedStepByStepAndToItsEnd(@TempDir Path directory) throws Exception {
    Path page = directory.resolve("first-steps.md");
    try (InputStream course =
        WindowTest.class.getResourceAsStream("/beamyard/lessons/course/first-steps.md")) {
      Files.copy(course, page);
    }
    try (var driver = WindowDriver.open()) {
      LessonModel lessons = driver.window().lessons();
      driver.open(page);
      await(() -> lessons.stateProperty().get() == LessonModel.State.ASKING, "a question waits");
      driver.click("run-next");
      await(() -> lessons.stateProperty().get() == LessonModel.State.READY, "a step waits");
      assertThat(onJavaFx(() -> lessons.marks().matchedProperty().get())).isZero();
      driver.click("run-next");
      await(() -> lessons.marks().matchedProperty().get() == 1, "one step matched");
      driver.picture("lesson");
      driver.pictureInTheDark("lesson");
      driver.pictureOnALargeScreen("lesson");
      driver.click("run-all");
      await(() -> lessons.stateProperty().get() == LessonModel.State.ENDED, "the page has ended");
      driver.picture("lesson-ended");
      Label tally = (Label) driver.find("tally");
      assertThat(onJavaFx(tally::getText)).contains("✗ 0");
      assertThat(
              onJavaFx(
                  () ->
                      driver.stage().getScene().getRoot().lookupAll(".mark").stream()
                          .filter(mark -> ((Label) mark).getText().equals("✓"))
                          .count()))
          .isEqualTo(onJavaFx(() -> (long) lessons.marks().matchedProperty().get()));
    }
  }

  @Test
  void aFileThatIsNoPageIsToldByTheBanner(@TempDir Path directory) throws Exception {
    Path broken = directory.resolve("broken.md");
    Files.writeString(broken, "## One\n\n```elixir\n1 + 1\n");
    try (var driver = WindowDriver.open()) {
      driver.open(directory.resolve("none.md"));
      Label banner = (Label) driver.find("banner-text");
      assertThat(onJavaFx(banner::getText)).contains("there is no such file");
      driver.open(broken);
      assertThat(onJavaFx(banner::getText)).contains("broken.md:3").contains("never closed");
      driver.click("run-next");
      await(() -> !driver.yard().labels().isEmpty(), "what stands before the mistake is played");
    }
  }

  @Test
  void anEndlessLoopStopsNothing() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.click("three-nodes");
      driver.awaitTerminal("alice@localhost", "Node.connect(:carol@localhost)\ntrue");
      driver.typeAtShell("alice@localhost", "Stream.iterate(0, & &1 + 1) |> Enum.count()");
      driver.typeAtShell("bob@localhost", "1 + 1");
      driver.awaitTerminal("bob@localhost", "1 + 1\n2");
      driver.click("time-play");
      await(() -> driver.yard().pausedProperty().get(), "time stands still");
      long then = onJavaFx(() -> driver.yard().update().cursor().atNanos());
      onJavaFx(
          () -> {
            driver.yard().inflict(new Fault.Crash("alice@localhost"));
            return then;
          });
      driver.click("time-play");
      await(
          () -> driver.yard().node("alice@localhost").stream().noneMatch(node -> node.isUp()),
          "alice is down");
    }
  }
}
