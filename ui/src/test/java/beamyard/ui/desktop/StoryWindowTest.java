package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.exercises.Exercise;
import beamyard.exercises.ExerciseFolder;
import beamyard.exercises.Grader;
import beamyard.exercises.RecordedTrial;
import beamyard.exercises.Report.Result;
import beamyard.lessons.exploration.Counterexample;
import beamyard.lessons.exploration.Exhaustive;
import beamyard.lessons.exploration.Exploration;
import beamyard.lessons.exploration.Rehearsal;
import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.Program;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import beamyard.simulator.Node.State;
import beamyard.ui.desktop.learning.ExerciseModel;
import beamyard.ui.desktop.learning.StoryModel;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.StoryRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counterexamples from the outside: opened where they go wrong, stepped through, left by a branch. */
class StoryWindowTest {
  /** Two nodes read a counter, add one and write it: one of the two may get lost. */
  static final String LOST_UPDATE =
      """
      # Two nodes read a counter, add one and write it: one of the two may get lost.
      defmodule Counter do
        def add do
          value = Agent.get({Counter, :alice@localhost}, fn count -> count end)
          Agent.update({Counter, :alice@localhost}, fn _ -> value + 1 end)
        end
      end

      {:ok, _} = Agent.start(fn -> 0 end, name: Counter)
      Sandbox.eventually("both are counted", fn -> Agent.get(Counter, fn count -> count == 2 end) end)
      Node.spawn(:bob@localhost, Counter, :add, [])
      Node.spawn(:carol@localhost, Counter, :add, [])
      """;

  /** Whoever may be dead is asked without a thought for that. */
  static final String LEANS_ON_BOB =
      """
      Process.sleep(100)
      Sandbox.always("bob is there", fn -> :bob@localhost in Node.list() end)
      Process.sleep(2000)
      """;

  static Rehearsal rehearsal(String text) {
    return new Rehearsal(
        Program.parse("program.exs", text),
        Stream.of("alice@localhost", "bob@localhost", "carol@localhost")
            .map(Rehearsal::plainNode)
            .toList(),
        Beginning.CONNECTED);
  }

  private static Path saved(Path directory, Counterexample found) throws Exception {
    Path file = directory.resolve(found.program() + ".counterexample");
    return Files.writeString(file, found.write());
  }

  private static StoryRun.Story awaitStory(WindowDriver driver) throws Exception {
    StoryModel stories = driver.window().stories();
    await(() -> stories.storyProperty().get() != null, "the counterexample is open");
    StoryRun.Story story = onJavaFx(() -> stories.storyProperty().get());
    await(
        () -> stories.lineProperty().get() == story.lines().size() - 1,
        "it stands at the violation");
    return story;
  }

  private static long run(WindowDriver driver) throws Exception {
    return onJavaFx(() -> driver.yard().update().run());
  }

  @Test
  void anOrderThatWasChosenOpensAtTheViolationAndIsSteppedThrough(@TempDir Path directory)
      throws Exception {
    Counterexample found =
        new Exhaustive(rehearsal(LOST_UPDATE), Exhaustive.Options.DEFAULT)
            .run(() -> false)
            .counterexample()
            .orElseThrow();
    try (var driver = WindowDriver.open()) {
      driver.open(saved(directory, found));
      StoryRun.Story story = awaitStory(driver);
      assertThat(onJavaFx(() -> driver.yard().pausedProperty().get())).isTrue();
      assertThat(onJavaFx(() -> driver.yard().update().isPast())).isFalse();
      assertThat(story.lines())
          .extracting(StoryRun.Line::place)
          .isSorted()
          .hasSize(found.told().size() + 2);
      assertThat(story.lines().getFirst().place()).isLessThan(story.lines().get(1).place());
      driver.awaitTerminal("alice@localhost", "Node.spawn(:carol@localhost, Counter, :add, [])");
      driver.settle();
      driver.picture("counterexample");

      // back, line by line and event by event
      StoryModel stories = driver.window().stories();
      driver.scrollAndClick("story-line-3");
      await(() -> stories.lineProperty().get() >= 2, "the third line is reached");
      await(() -> driver.yard().update().isPast(), "the past is shown");
      Position third = onJavaFx(() -> driver.yard().update().cursor());
      assertThat(third).isEqualTo(story.lines().get(2).place());
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.SHIFT, KeyCode.PERIOD);
      await(() -> third.isAfter(driver.yard().update().cursor()), "one event back");
      Position earlier = onJavaFx(() -> driver.yard().update().cursor());
      driver.press(KeyCode.PERIOD);
      await(() -> driver.yard().update().cursor().isAfter(earlier), "one event on");

      // time flows through the story as it was found
      driver.press(KeyCode.HOME);
      await(
          () -> !driver.yard().update().cursor().isAfter(story.lines().getFirst().place()),
          "the beginning is shown");
      driver.press(KeyCode.SPACE);
      await(() -> stories.lineProperty().get() > 3, "time flows along the story");
      driver.press(KeyCode.SPACE);
      driver.click("story-violation");
      await(
          () -> stories.lineProperty().get() == story.lines().size() - 1, "the violation is shown");

      // somewhere in the middle everything goes its own way
      StoryRun.Line middle = story.lines().get(story.lines().size() / 2);
      onJavaFx(
          () -> {
            stories.goTo(middle);
            return middle;
          });
      await(() -> driver.yard().update().cursor().equals(middle.place()), "the middle is shown");
      driver.settle();
      driver.picture("counterexample-middle");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.DIGIT2);
      driver.settle();
      driver.scrollAndClick("story-line-12");
      driver.settle();
      driver.picture("counterexample-space-time");
      onJavaFx(
          () -> {
            stories.goTo(middle);
            return middle;
          });
      driver.press(KeyCode.DIGIT1);
      long before = run(driver);
      driver.click("story-branch");
      await(() -> driver.yard().update().run() != before, "there is a branch");
      await(
          () ->
              driver.yard().update().cursor().atNanos() > middle.place().atNanos() + 1_000_000_000L,
          "it goes on");
      driver.typeAtShell("alice@localhost", "Agent.get(Counter, fn count -> count > 0 end)");
      driver.awaitTerminal(
          "alice@localhost", "Agent.get(Counter, fn count -> count > 0 end)\ntrue");
      // and what is before it is as it was
      onJavaFx(
          () -> {
            stories.goTo(story.lines().get(2));
            return stories;
          });
      await(() -> driver.yard().update().cursor().equals(third), "the past of the branch is shown");
      assertThat(onJavaFx(() -> driver.yard().problemProperty().get())).isEmpty();
    }
  }

  @Test
  void aRandomCounterexampleOpensDirectlyAndItsCrashIsInIt(@TempDir Path directory)
      throws Exception {
    Counterexample found =
        new Exploration(rehearsal(LEANS_ON_BOB), 1)
            .run(1, 20, 1, (_, _, _) -> {}, () -> false)
            .counterexample()
            .orElseThrow();
    try (var driver = WindowDriver.open()) {
      driver.open(saved(directory, found));
      StoryRun.Story story = awaitStory(driver);
      assertThat(story.violation()).startsWith("always \"bob is there\" was false");
      driver.awaitTerminal("alice@localhost", "Process.sleep(2000)");
      driver.settle();
      driver.picture("counterexample-random");
      driver.click("story-line-1");
      await(() -> driver.yard().update().isPast(), "the beginning is shown");
      driver.awaitState("bob@localhost", State.RUNNING);
      driver.clickNode("carol@localhost");
      driver.press(KeyCode.K);
      driver.awaitState("carol@localhost", State.DOWN);
      assertThat(onJavaFx(() -> driver.yard().update().branches())).hasSize(2);
    }
  }

  @Test
  void aTrialOfAnExerciseOpensWithItsSolutionAndItsStory(@TempDir Path directory) throws Exception {
    Exercise exercise = ExerciseFolder.find("hello");
    SourceFile solution =
        exercise.mistakes().stream()
            .map(Exercise.Mistake::solution)
            .filter(each -> each.name().endsWith(".java"))
            .findFirst()
            .orElseThrow();
    Result failed =
        Grader.grade(exercise, solution, _ -> {}).results().stream()
            .filter(result -> !result.passed())
            .findFirst()
            .orElseThrow();
    Path file = directory.resolve("a.trial");
    Files.writeString(file, RecordedTrial.of("hello", exercise, solution, failed).write());
    try (var driver = WindowDriver.open()) {
      driver.open(file);
      ExerciseModel exercises = driver.window().exercises();
      await(() -> exercises.exerciseProperty().get() != null, "the exercise is open");
      assertThat(onJavaFx(() -> exercises.codeProperty().get())).isEqualTo(solution.text());
      assertThat(onJavaFx(() -> exercises.languageProperty().get()))
          .isEqualTo(ExerciseModel.Language.JAVA);
      assertThat(onJavaFx(() -> exercises.stateProperty().get()))
          .isEqualTo(ExerciseModel.State.FAILED);
      assertThat(onJavaFx(() -> exercises.results().getFirst().counterexample().orElseThrow()))
          .isEqualTo(failed.counterexample().orElseThrow());
      await(() -> !driver.yard().labels().isEmpty(), "its run is shown");
      assertThat(onJavaFx(() -> driver.yard().pausedProperty().get())).isTrue();
    }
  }

  @Test
  void whatIsNoCounterexampleAnyMoreIsToldByTheBanner(@TempDir Path directory) throws Exception {
    Path broken = directory.resolve("broken.counterexample");
    Files.writeString(broken, "beamyard counterexample 1\nprogram: a.exs\n\n1 + 1\n");
    Path trial = directory.resolve("b.trial");
    Files.writeString(trial, "beamyard trial 1\nexercise: none\n\n");
    try (var driver = WindowDriver.open()) {
      for (var told :
          List.of(List.of(broken, "lacks the line 'nodes"), List.of(trial, "lacks the line"))) {
        driver.open((Path) told.get(0));
        await(
            () ->
                driver.lookupNow("banner-text") instanceof Label label
                    && label.getText().contains((String) told.get(1)),
            "the banner says what is wrong");
        onJavaFx(
            () -> {
              driver.yard().dismissProblem();
              return driver;
            });
      }
    }
  }
}
