package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.ui.desktop.learning.ExerciseModel;
import beamyard.ui.desktop.learning.LessonModel;
import beamyard.ui.desktop.learning.LessonModel.State;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** Lessons and exercises from the outside. */
class LessonWindowTest {
  private static final String PAGE =
      """
      ---
      title: Two that do not know each other
      ---

      ## Before

      Nobody has connected them yet.

      {{< question title="Predict" >}}
      What does `Node.list()` give at bob?

      - [ ] alice's name
      - [x] an empty list

      {{< reveal >}}
      {{< iex >}}
      iex(bob@localhost)> Node.list()
      []
      {{< /iex >}}
      {{< /reveal >}}
      {{< /question >}}

      {{< iex >}}
      iex(alice@localhost)> Node.alive?()
      true
      {{< /iex >}}

      {{< task title="Bring bob in" stage="apart" >}}
      Connect alice and bob. You may do it from either side.

      ```check
      # bob sees alice
      # On bob@localhost
      :alice@localhost in Node.list()
      ```

      {{< hint >}}
      `Node.connect` wants the other one's name.
      {{< /hint >}}

      {{< solution >}}
      {{< iex >}}
      iex(alice@localhost)> Node.connect(:bob@localhost)
      true
      {{< /iex >}}
      {{< /solution >}}
      {{< /task >}}

      {{< summary >}}
      A node that is connected to another sees it in [[Node.list()]].
      {{< /summary >}}
      """;

  private static void awaitState(WindowDriver driver, State state) throws Exception {
    LessonModel lessons = driver.window().lessons();
    await(
        () -> lessons.stateProperty().get() == state,
        () -> "the page is " + state + ", not " + lessons.stateProperty().get());
  }

  /** The link on the page that leads there. */
  private static Node linkTo(WindowDriver driver, String destination) {
    return driver.stage().getScene().getRoot().lookupAll(".hyperlink").stream()
        .filter(
            node -> ((Hyperlink) node).getTooltip().getText().equals(destination) && isOnPage(node))
        .findFirst()
        .orElseThrow();
  }

  private static String told(WindowDriver driver) {
    return driver.yard().problemProperty().get();
  }

  private static boolean isOnPage(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (each.getStyleClass().contains("page")) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aLinkOpensALessonARecordingThatPlaysOrAPageOfTheWeb() throws Exception {
    try (var driver = WindowDriver.open()) {
      LessonModel lessons = driver.window().lessons();
      onJavaFx(
          () -> {
            driver.window().openFirstLesson();
            lessons.open(
                "links.md",
                """
                ---
                title: Where to go
                hexdocsLinks:
                  - title: "Node"
                    url: "https://hexdocs.pm/elixir/1.14/Node.html"
                ---

                [The night](second-night.yard), [names](names.md) and [nothing](nothing.md).

                | who | does |
                |---|---|
                | `alice` | *waits* |
                """);
            return lessons;
          });
      driver.picture("links");
      driver.click(linkTo(driver, "nothing.md"));
      await(() -> told(driver).contains("leads to no lesson"), "a word about the dead link");
      driver.click(linkTo(driver, "https://hexdocs.pm/elixir/1.14/Node.html"));
      await(() -> told(driver).contains("https://hexdocs.pm/elixir/1.14/Node"), "the address");
      var browsed = new ArrayList<String>();
      onJavaFx(
          () -> {
            driver.window().browseWith(browsed::add);
            return browsed;
          });
      driver.click(linkTo(driver, "https://hexdocs.pm/elixir/1.14/Node.html"));
      await(
          () -> browsed.equals(List.of("https://hexdocs.pm/elixir/1.14/Node.html")),
          "the browser is asked");
      driver.click(linkTo(driver, "second-night.yard"));
      await(() -> lessons.lessonProperty().get().file().equals("second-night.md"), "the night");
      awaitState(driver, State.ENDED);
      driver.picture("second-night");
      assertThat(driver.instant()).isGreaterThan(8_000_000_000L);
    }
  }

  @Test
  void aQuestionIsAnsweredATaskIsDoneAndCodeIsChanged() throws Exception {
    try (var driver = WindowDriver.open()) {
      LessonModel lessons = driver.window().lessons();
      onJavaFx(
          () -> {
            lessons.open("two.md", PAGE);
            return lessons;
          });
      awaitState(driver, State.ASKING);
      driver.click("choice-1");
      Label verdict = (Label) driver.find("question-verdict");
      assertThat(onJavaFx(verdict::getText)).startsWith("✗");
      awaitState(driver, State.READY);
      driver.click("run-next");
      await(() -> lessons.marks().matchedProperty().get() == 1, "what it was about was seen");
      driver.click("run-next");
      awaitState(driver, State.WORKING);
      driver.scrollAndClick("task-hint");
      driver.picture("task");
      driver.pictureInTheDark("task");
      driver.typeAtShell("bob@localhost", "Node.connect(:alice@localhost)");
      awaitState(driver, State.ENDED);
      assertThat(onJavaFx(() -> lessons.marks().checks().values().iterator().next()))
          .containsOnly(true);
      assertThat(driver.terminal("bob@localhost")).contains("iex(bob@localhost)2> Node.connect");
      assertThat(onJavaFx(((ProgressBar) driver.find("lesson-progress"))::getProgress))
          .isEqualTo(1);
      TextField gap = (TextField) driver.find("gap-1");
      driver.retype(gap, "node.list()");
      assertThat(onJavaFx(() -> gap.getPseudoClassStates().toString())).contains("success");
      onJavaFx(
          () -> {
            ((Button) driver.stage().getScene().getRoot().lookup(".edit-code")).fire();
            return gap;
          });
      TextArea editor = (TextArea) driver.find("trial");
      onJavaFx(
          () -> {
            editor.setText("Node.list() ++ [:and_me]");
            return editor;
          });
      await(editor::isFocused, "the code can be changed");
      driver.press(KeyCode.CONTROL, KeyCode.ENTER);
      driver.awaitTerminal("bob@localhost", "[:alice@localhost, :and_me]");
      driver.settle();
      driver.picture("lesson-done");
    }
  }

  @Test
  void oneGoesBackAStepAndToAnyStepThatIsDone() throws Exception {
    try (var driver = WindowDriver.open()) {
      LessonModel lessons = driver.window().lessons();
      onJavaFx(
          () -> {
            lessons.open("two.md", PAGE);
            return lessons;
          });
      awaitState(driver, State.ASKING);
      int question = onJavaFx(() -> lessons.lineProperty().get());
      driver.click("choice-2");
      awaitState(driver, State.READY);
      driver.press(KeyCode.F8);
      await(() -> lessons.marks().matchedProperty().get() == 1, "the answer was seen");
      awaitState(driver, State.READY);
      int second = onJavaFx(() -> lessons.lineProperty().get());
      driver.typeAtShell("alice@localhost", "40 + 2");
      driver.awaitTerminal("alice@localhost", "42");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.F8);
      awaitState(driver, State.WORKING);
      driver.click("lesson-back");
      awaitState(driver, State.READY);
      assertThat(onJavaFx(() -> lessons.lineProperty().get())).isEqualTo(second);
      assertThat(onJavaFx(() -> lessons.marks().matchedProperty().get())).isEqualTo(1);
      assertThat(driver.terminal("alice@localhost")).doesNotContain("42");
      onJavaFx(
          () -> {
            lessons.goBackTo(question);
            return lessons;
          });
      awaitState(driver, State.ASKING);
      assertThat(onJavaFx(() -> lessons.marks().outcomes().isEmpty())).isTrue();
      assertThat(driver.find("choice-1").isDisabled()).isFalse();
      driver.click("run-all");
      awaitState(driver, State.ENDED);
      driver.press(KeyCode.F7);
      awaitState(driver, State.WORKING);
    }
  }

  @Test
  void aTaskIsShownHowToDo() throws Exception {
    try (var driver = WindowDriver.open()) {
      LessonModel lessons = driver.window().lessons();
      onJavaFx(
          () -> {
            lessons.open("two.md", PAGE);
            return lessons;
          });
      awaitState(driver, State.ASKING);
      driver.click("run-all");
      awaitState(driver, State.ENDED);
      driver.awaitTerminal("alice@localhost", "Node.connect(:bob@localhost)\ntrue");
      assertThat(onJavaFx(() -> lessons.marks().differingProperty().get())).isZero();
    }
  }

  @Test
  void anExerciseIsReadSolvedWronglyAndItsCounterexampleIsPlayed() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.press(KeyCode.CONTROL, KeyCode.L);
      driver.find("library");
      driver.picture("library");
      ExerciseModel exercises = driver.window().exercises();
      driver.click("exercise-" + FIRST);
      await(() -> exercises.exerciseProperty().get() != null, "the exercise is open");
      driver.scrollAndClick("exercise-hint");
      onJavaFx(
          () -> {
            exercises
                .codeProperty()
                .set(exercises.exerciseProperty().get().mistakes().getFirst().solution().text());
            return exercises;
          });
      driver.press(KeyCode.F9);
      await(
          () -> exercises.stateProperty().get() == ExerciseModel.State.FAILED, "it is found wrong");
      driver.scrollAndClick("play-counterexample");
      await(() -> driver.yard().update().isPast(), "the run is shown from its beginning");
      driver.settle();
      driver.picture("exercise");
      driver.pictureInTheDark("exercise");
      driver.pictureOnALargeScreen("exercise");
      driver.scrollAndClick("exercise-solution");
      driver.click("exercise-check");
      await(() -> exercises.stateProperty().get() == ExerciseModel.State.PASSED, "it is right");
    }
  }

  /** The longest check of all: one that is over before the mouse is there cannot be cancelled. */
  @Test
  void aCheckIsCancelledAndMadeAgain() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.press(KeyCode.CONTROL, KeyCode.L);
      ExerciseModel exercises = driver.window().exercises();
      driver.scrollAndClick("exercise-" + LONGEST);
      await(() -> exercises.exerciseProperty().get() != null, "the exercise is open");
      driver.scrollAndClick("exercise-solution");
      driver.click("exercise-check");
      driver.click("exercise-cancel");
      await(
          () -> exercises.verdictProperty().get().contains("Cancelled"), "the check is cancelled");
      driver.press(KeyCode.F9);
      await(() -> exercises.stateProperty().get() == ExerciseModel.State.PASSED, "it is right");
    }
  }

  private static final String FIRST = "hello";
  private static final String LONGEST = "word-counter";
}
