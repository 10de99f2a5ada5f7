package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Test;

/** What a window owes to whoever uses it: it remembers, and it can be used without eyes or mouse. */
class MannersWindowTest {
  private static boolean isUsed(Node node) {
    return node instanceof ButtonBase
        || node instanceof ComboBoxBase<?>
        || node instanceof TextInputControl
        || node instanceof Slider;
  }

  /** What a screen reader says of it. */
  private static String name(Node node) {
    String text = node.getAccessibleText() == null ? "" : node.getAccessibleText();
    return node instanceof Labeled labeled && text.isEmpty() ? labeled.getText() : text;
  }

  @Test
  void whatIsUsedHasANameThatIsReadAloud() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.clickNode("alice@localhost");
      await(() -> driver.texts("inspector").contains("Processes"), "alice is inspected");
      for (KeyCode view : List.of(KeyCode.DIGIT1, KeyCode.DIGIT2, KeyCode.DIGIT6)) {
        driver.press(view);
        driver.settle();
        List<String> nameless =
            onJavaFx(
                () ->
                    driver.stage().getScene().getRoot().lookupAll("*").stream()
                        .filter(MannersWindowTest::isUsed)
                        .filter(node -> !node.getStyleClass().contains("arrow-button"))
                        .filter(node -> name(node) == null || name(node).isBlank())
                        .map(Node::toString)
                        .toList());
        assertThat(nameless).isEmpty();
      }
    }
  }

  @Test
  void noKeyIsForTwoThings() throws Exception {
    try (var driver = WindowDriver.open()) {
      List<KeyCombination> keys =
          onJavaFx(
              () ->
                  driver.window().all().stream()
                      .flatMap(action -> action.keys().stream())
                      .toList());
      assertThat(keys).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    }
  }

  @Test
  void theWindowOpensAsItWasLeft() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.CONTROL, KeyCode.D);
      driver.press(KeyCode.CONTROL, KeyCode.EQUALS);
      driver.press(KeyCode.CONTROL, KeyCode.J);
      await(() -> driver.lookupNow("line-alice@localhost") == null, "the shells are folded");
    }
    try (var driver = WindowDriver.openAgain()) {
      assertThat(onJavaFx(() -> driver.stage().getScene().getRoot().getStyleClass()))
          .contains("dark");
      onJavaFx(
          () -> {
            driver.yard().addConnected(List.of("alice@localhost"));
            return driver;
          });
      await(() -> driver.yard().labels().size() == 1, "alice is there");
      driver.settle();
      assertThat(onJavaFx(() -> driver.lookupNow("time-play"))).isNotNull();
      assertThat(onJavaFx(() -> driver.lookupNow("line-alice@localhost"))).isNull();
      driver.press(KeyCode.CONTROL, KeyCode.J);
      driver.find("line-alice@localhost");
    }
  }

  @Test
  void aSupervisionTreeIsSeen() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell(
          "alice@localhost",
          "Supervisor.start_link([{Task.Supervisor, name: Crew}], strategy: :one_for_one, name: Boss)");
      driver.awaitTerminal("alice@localhost", "{:ok, #PID<");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT5);
      await(() -> driver.texts("views").contains("Boss"), "the supervisor is shown");
      await(() -> driver.texts("views").contains("Crew"), "its child is shown");
      driver.settle();
      driver.picture("supervision");
    }
  }
}
