package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.learning.ExerciseModel;
import beamyard.ui.desktop.learning.LessonModel;
import beamyard.ui.desktop.run.Position;
import javafx.geometry.Point2D;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/** Somebody's first hour with the window, from the tour to a counterexample, by mouse and keys. */
class BeginnerWindowTest {
  private int pictures;

  private void picture(WindowDriver driver, String what) throws Exception {
    driver.settle();
    driver.picture("beginner-" + pictures++ + "-" + what);
  }

  @Test
  void aBeginnerGoesFromTheTourToACounterexample() throws Exception {
    try (var driver = WindowDriver.open()) {
      takeTheTour(driver);
      beginTheFirstLesson(driver);
      partByDrawing(driver);
      goBackAndBranch(driver);
      failAnExercise(driver);
      assertThat(onJavaFx(() -> driver.yard().problemProperty().get())).isEmpty();
    }
  }

  private void takeTheTour(WindowDriver driver) throws Exception {
    onJavaFx(
        () -> {
          driver.window().welcomeNewcomer();
          return driver;
        });
    driver.find("tour-next");
    picture(driver, "tour");
    for (int step = 0; step < 3; step++) {
      driver.find("tour-next");
      driver.settle();
      driver.press(KeyCode.ENTER);
    }
    await(() -> driver.lookupNow("welcome-tour") == null, "Enter leads through the tour");
  }

  private void beginTheFirstLesson(WindowDriver driver) throws Exception {
    driver.click("first-lesson");
    LessonModel lessons = driver.window().lessons();
    await(
        () -> lessons.stateProperty().get() == LessonModel.State.ASKING, "the page asks something");
    driver.awaitState("alice@localhost", State.RUNNING);
    picture(driver, "lesson-asks");
    driver.scrollAndClick("choice-2");
    await(
        () -> lessons.stateProperty().get() == LessonModel.State.READY,
        "the answer leads on to steps");
    while (onJavaFx(() -> driver.yard().node("bob@localhost").orElseThrow().peers()).isEmpty()) {
      int line = onJavaFx(() -> lessons.lineProperty().get());
      driver.press(KeyCode.F8);
      await(() -> lessons.lineProperty().get() != line, "the step is done");
    }
    picture(driver, "lesson-connected");
  }

  private void partByDrawing(WindowDriver driver) throws Exception {
    driver.click("tool-cut");
    driver.find("cut-hint");
    Point2D middle = driver.onScreen("alice@localhost").midpoint(driver.onScreen("bob@localhost"));
    driver.hold(middle.add(0, -60), middle.add(4, 0), middle.add(8, 60));
    picture(driver, "cutting");
    driver.letGo();
    await(() -> driver.yard().update().observation().cuts().size() == 2, "the path is cut");
    driver.press(KeyCode.ESCAPE);
    await(() -> driver.lookupNow("cut-hint") == null, "Escape ends cutting");
    picture(driver, "cut");
  }

  private void goBackAndBranch(WindowDriver driver) throws Exception {
    driver.click("time-back");
    await(() -> driver.yard().update().isPast(), "a step back leads into the past");
    while (!onJavaFx(() -> driver.yard().update().observation().cuts().isEmpty())) {
      Position before = onJavaFx(() -> driver.yard().update().cursor());
      driver.click("time-back");
      await(() -> before.isAfter(driver.yard().update().cursor()), "one more step back");
    }
    picture(driver, "past");
    driver.typeAtShell("alice@localhost", "Node.list()");
    await(() -> driver.yard().update().branches().size() == 2, "what is done there is a branch");
    driver.awaitTerminal("alice@localhost", "Node.list()\n[:bob@localhost]");
    picture(driver, "branch");
  }

  private void failAnExercise(WindowDriver driver) throws Exception {
    driver.press(KeyCode.ESCAPE);
    driver.press(KeyCode.CONTROL, KeyCode.L);
    driver.scrollAndClick("exercise-hello");
    ExerciseModel exercises = driver.window().exercises();
    await(() -> exercises.exerciseProperty().get() != null, "the exercise is open");
    var editor = (TextArea) driver.find("exercise-code");
    driver.scrollAndClick(editor);
    driver.press(KeyCode.CONTROL, KeyCode.A);
    driver.type("defmodule Hello do def greeting(_node), do: {:ok, \"hello\"} end");
    driver.scrollAndClick("exercise-format");
    assertThat(onJavaFx(() -> exercises.codeProperty().get()))
        .isEqualTo(
            """
            defmodule Hello do
              def greeting(_node), do: {:ok, "hello"}
            end
            """);
    driver.click(editor);
    driver.press(KeyCode.CONTROL, KeyCode.ENTER);
    await(() -> exercises.stateProperty().get() == ExerciseModel.State.FAILED, "it is found wrong");
    driver.scrollAndClick("play-counterexample");
    await(() -> driver.yard().update().isPast(), "the run is shown from its beginning");
    picture(driver, "counterexample");
  }
}
