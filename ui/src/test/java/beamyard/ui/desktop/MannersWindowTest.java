package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.learning.LessonModel;
import java.util.List;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Labeled;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.stage.Stage;
import javafx.stage.Window;
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

  /** What can be used in all windows that are open, and has no name. */
  private static List<String> nameless() throws Exception {
    return onJavaFx(
        () -> {
          WindowEyes.layOut();
          return Window.getWindows().stream()
              .filter(Window::isShowing)
              .flatMap(window -> window.getScene().getRoot().lookupAll("*").stream())
              .filter(WindowEyes::isShown)
              .filter(MannersWindowTest::isUsed)
              .filter(node -> !node.getStyleClass().contains("arrow-button"))
              .filter(node -> name(node) == null || name(node).isBlank())
              .map(Node::toString)
              .toList();
        });
  }

  private static void assertAllNamed(WindowDriver driver, String where) throws Exception {
    driver.settle();
    assertThat(nameless()).as(where).isEmpty();
  }

  @Test
  void whatIsUsedInAnyViewHasANameThatIsReadAloud() throws Exception {
    try (var driver = WindowDriver.open()) {
      assertAllNamed(driver, "an empty yard");
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.clickNode("alice@localhost");
      driver.awaitText("inspector", "Processes");
      for (int view = 1; view <= 6; view++) {
        driver.press(KeyCode.valueOf("DIGIT" + view));
        assertAllNamed(driver, "view " + view);
      }
      driver.press(KeyCode.L);
      driver.find("link-latency");
      driver.click("link-hold");
      driver.typeAtShell("alice@localhost", "send({:nobody, :bob@localhost}, :hello)");
      driver.find("held-deliver");
      assertAllNamed(driver, "a link that holds packets");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.CONTROL, KeyCode.E);
      assertAllNamed(driver, "the log of events");
      driver.perform("Find anything to do");
      assertAllNamed(driver, "the palette");
      driver.press(KeyCode.ESCAPE);
      for (KeyCode dialog : List.of(KeyCode.N, KeyCode.C, KeyCode.U)) {
        driver.press(KeyCode.ESCAPE);
        driver.press(dialog);
        driver.find("dialog-ok");
        assertAllNamed(driver, "the dialog of " + dialog);
        driver.click(
            () ->
                Window.getWindows().getLast().getScene().getRoot().lookupAll(".button").stream()
                    .filter(
                        button ->
                            button instanceof Labeled labeled && labeled.getText().equals("Cancel"))
                    .findFirst()
                    .orElse(null),
            "Cancel");
        await(() -> driver.lookupNow("dialog-ok") == null, "the dialog is gone");
      }
    }
  }

  @Test
  void whatIsUsedOnPagesHasANameThatIsReadAloud() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.press(KeyCode.CONTROL, KeyCode.L);
      driver.find("library");
      assertAllNamed(driver, "the library");
      driver.scrollAndClick("exercise-hello");
      driver.find("exercise-code");
      assertAllNamed(driver, "an exercise");
      driver.press(KeyCode.CONTROL, KeyCode.L);
      driver.scrollAndClick("lesson-first-steps");
      driver.find("run-next");
      assertAllNamed(driver, "a lesson");
      driver.click("run-all");
      await(
          () -> driver.window().lessons().stateProperty().get() == LessonModel.State.ENDED,
          "the lesson has ended");
      driver.find("gap-1");
      assertAllNamed(driver, "a lesson with its gaps");
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
      onJavaFx(
          () -> {
            Stage stage = driver.stage();
            stage.setWidth(1111 + stage.getWidth() - stage.getScene().getWidth());
            return stage;
          });
      await(() -> driver.stage().getScene().getWidth() == 1111, "it is narrower");
    }
    try (var driver = WindowDriver.openAgain()) {
      assertThat(onJavaFx(() -> driver.stage().getScene().getRoot().getStyleClass()))
          .contains("dark");
      assertThat(onJavaFx(() -> driver.stage().getScene().getWidth())).isEqualTo(1111);
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

  @Test
  void textGrowsWhereItIsDrawnTooAndNothingIsCutOff() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      String usual = onJavaFx(() -> driver.map().picture());
      for (int i = 0; i < 6; i++) {
        driver.press(KeyCode.CONTROL, KeyCode.EQUALS);
      }
      driver.settle();
      String large = onJavaFx(() -> driver.map().picture());
      assertThat(largest(large)).isGreaterThan(largest(usual) * 1.3);
      List<String> cut =
          onJavaFx(
              () -> {
                WindowEyes.layOut();
                return driver.stage().getScene().getRoot().lookupAll(".button").stream()
                    .filter(WindowEyes::isShown)
                    .map(Labeled.class::cast)
                    .filter(button -> button.getWidth() + 1 < button.prefWidth(-1))
                    .map(Labeled::getText)
                    .toList();
              });
      assertThat(cut).as("buttons with less room than they need").isEmpty();
    }
  }

  /** The size of the largest text of a drawing. */
  private static double largest(String drawing) {
    return Pattern.compile("font-size=\"([0-9.]+)")
        .matcher(drawing)
        .results()
        .mapToDouble(size -> Double.parseDouble(size.group(1)))
        .max()
        .orElseThrow();
  }
}
