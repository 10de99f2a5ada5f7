package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.exercises.Exercise;
import beamyard.ui.desktop.learning.ExerciseModel;
import beamyard.ui.desktop.learning.ExerciseModel.Language;
import beamyard.ui.desktop.learning.ExerciseModel.State;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** An exercise solved in Java, from the outside. */
class JavaSolutionWindowTest {
  private static void openExercise(WindowDriver driver, String name) throws Exception {
    driver.press(KeyCode.CONTROL, KeyCode.L);
    driver.find("library");
    driver.scrollAndClick("exercise-" + name);
    await(
        () -> driver.window().exercises().exerciseProperty().get() != null, "the exercise is open");
  }

  private static String written(TextArea editor) throws Exception {
    return onJavaFx(() -> editor.getText());
  }

  private static String inJava(Exercise exercise) {
    return exercise.mistakes().stream()
        .map(mistake -> mistake.solution())
        .filter(solution -> solution.name().endsWith(".java"))
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void aSolutionInJavaIsWrittenJudgedPlayedAndMended() throws Exception {
    try (var driver = WindowDriver.open()) {
      openExercise(driver, "hello");
      ExerciseModel exercises = driver.window().exercises();
      Exercise exercise = onJavaFx(() -> exercises.exerciseProperty().get());
      var editor = (TextArea) driver.find("exercise-code");
      onJavaFx(
          () -> {
            exercises.codeProperty().set("# mine");
            return editor;
          });
      driver.scrollAndClick("exercise-in-java");
      assertThat(written(editor)).isEqualTo(exercise.javaStarter().orElseThrow().text());

      // a line after a brace begins further in
      onJavaFx(
          () -> {
            editor.setText("class A {");
            editor.requestFocus();
            editor.end();
            return editor;
          });
      driver.press(KeyCode.ENTER);
      assertThat(written(editor)).isEqualTo("class A {\n  ");

      // what does not compile is told with its line
      onJavaFx(
          () -> {
            editor.setText("public final class Hello { int one = \"one\"; }");
            return editor;
          });
      driver.press(KeyCode.F9);
      await(() -> exercises.stateProperty().get() == State.FAILED, "it is refused");
      assertThat(onJavaFx(() -> exercises.verdictProperty().get())).contains("Not judged");

      // a mistake is found, told and played
      onJavaFx(
          () -> {
            editor.setText(inJava(exercise));
            return editor;
          });
      driver.press(KeyCode.F9);
      await(
          () ->
              exercises.stateProperty().get() == State.FAILED
                  && exercises.results().stream().anyMatch(result -> !result.passed()),
          "it is found wrong");
      driver.scrollAndClick("play-counterexample");
      await(() -> driver.yard().update().isPast(), "the run is shown from its beginning");
      driver.settle();
      driver.picture("exercise-java");

      // each language keeps what was written in it
      driver.scrollAndClick("exercise-in-elixir");
      assertThat(written(editor)).isEqualTo("# mine");
      driver.scrollAndClick("exercise-in-java");
      assertThat(written(editor)).isEqualTo(inJava(exercise));

      // a solution in the language that is chosen, and a check that is cancelled
      driver.scrollAndClick("exercise-solution");
      assertThat(written(editor)).contains("public final class");
      driver.press(KeyCode.F9);
      driver.click("exercise-cancel");
      await(
          () -> exercises.verdictProperty().get().contains("Cancelled"), "the check is cancelled");
      driver.press(KeyCode.F9);
      await(() -> exercises.stateProperty().get() == State.PASSED, "it is right");
      assertThat(onJavaFx(() -> exercises.runsProperty().get())).isPositive();
      driver.scrollAndClick("exercise-in-java");
      driver.settle();
      driver.picture("exercise-java-passed");
    }
  }

  @Test
  void anExerciseForElixirOnlyOffersNoChoice() throws Exception {
    try (var driver = WindowDriver.open()) {
      openExercise(driver, "cookie-gate");
      driver.find("exercise-code");
      assertThat(onJavaFx(() -> driver.lookupNow("exercise-in-java"))).isNull();
      onJavaFx(
          () -> {
            driver.window().exercises().write(Language.JAVA);
            return driver;
          });
      assertThat(onJavaFx(() -> driver.window().exercises().languageProperty().get()))
          .isEqualTo(Language.ELIXIR);
    }
  }
}
