package beamyard.ui.desktop;

import static beamyard.ui.desktop.JavaFx.await;
import static beamyard.ui.desktop.JavaFx.onJavaFx;
import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.Actions.Action;
import beamyard.ui.desktop.learning.ExerciseModel;
import beamyard.ui.desktop.learning.LessonModel;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.sheets.SheetPane;
import beamyard.ui.desktop.spacetime.SpaceTimePane;
import beamyard.ui.desktop.yard.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination.ModifierValue;
import javafx.stage.FileChooser.ExtensionFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be done: each key does what F1 says of it, and what has no key is done by the palette. */
class KeysWindowTest {
  private final Set<String> done = new HashSet<>();

  /** Does something by its key, or by the palette if it has none. */
  private void invoke(WindowDriver driver, String name) throws Exception {
    Action action = onJavaFx(() -> driver.window().named(name));
    done.add(name);
    if (action.keys().isEmpty()) {
      driver.perform(name);
      return;
    }
    var combination = (KeyCodeCombination) action.keys().getFirst();
    var keys = new ArrayList<KeyCode>();
    if (combination.getShortcut() == ModifierValue.DOWN) {
      keys.add(KeyCode.CONTROL);
    }
    if (combination.getShift() == ModifierValue.DOWN) {
      keys.add(KeyCode.SHIFT);
    }
    keys.add(combination.getCode());
    driver.press(keys.toArray(KeyCode[]::new));
  }

  /** Does something, and waits until it is to be seen that it was done. */
  private void invoke(WindowDriver driver, String name, BooleanSupplier shown) throws Exception {
    invoke(driver, name);
    await(shown, name + ": done");
  }

  private void assertAllDone(WindowDriver driver, String group) throws Exception {
    assertThat(done)
        .containsExactlyInAnyOrderElementsOf(
            onJavaFx(
                () ->
                    driver.window().all().stream()
                        .filter(action -> action.group().equals(group))
                        .map(Action::name)
                        .toList()));
  }

  /** Answers the questions for files, as somebody would who knows which one is meant. */
  private static FileAsking answering(Path file) {
    return new FileAsking() {
      @Override
      public Optional<Path> toOpen(String title, List<ExtensionFilter> kinds) {
        return Optional.of(file);
      }

      @Override
      public Optional<Path> toSave(String title, String name, ExtensionFilter kind) {
        return Optional.of(file);
      }
    };
  }

  private static void answerWith(WindowDriver driver, Path file) throws Exception {
    onJavaFx(
        () -> {
          driver.window().askForFilesBy(answering(file));
          return file;
        });
  }

  private static Selection.Subject selected(WindowDriver driver) {
    return driver.yard().selection().get();
  }

  private static boolean isInFront(WindowDriver driver, String pane, String title) {
    var tabs = (TabPane) driver.stage().getScene().getRoot().lookup("." + pane);
    return tabs.getSelectionModel().getSelectedItem().getText().equals(title);
  }

  @Test
  void theYardIsMadeByKeys(@TempDir Path directory) throws Exception {
    try (var driver = WindowDriver.open()) {
      invoke(driver, "Add a node", () -> driver.lookupNow("node-name") != null);
      driver.click("dialog-ok");
      driver.awaitState("alice@localhost", State.RUNNING);
      driver.press(KeyCode.ESCAPE);
      invoke(driver, "Add three nodes, connected", () -> driver.yard().labels().size() == 3);
      driver.awaitTerminal("alice@localhost", "Node.connect(:carol@localhost)\ntrue");
      invoke(driver, "Connect two nodes", () -> driver.lookupNow("connect-from") != null);
      driver.click("dialog-ok");
      await(
          () -> driver.terminal("alice@localhost").split("bob@localhost\\)\ntrue", -1).length == 3,
          "they are connected once more");
      driver.press(KeyCode.ESCAPE);
      invoke(
          driver,
          "Select the next node",
          () -> selected(driver).equals(new Selection.OfNode("alice@localhost")));
      invoke(
          driver,
          "Select the node before",
          () -> selected(driver).equals(new Selection.OfNode("carol@localhost")));
      invoke(
          driver, "Select the next node too", () -> driver.yard().selection().nodes().size() == 2);
      invoke(
          driver,
          "Select the next link",
          () -> selected(driver).equals(new Selection.OfLink("alice@localhost", "bob@localhost")));
      invoke(
          driver,
          "Select the link before",
          () -> selected(driver).equals(new Selection.OfLink("bob@localhost", "carol@localhost")));
      invoke(
          driver, "Menu of what is selected", () -> WindowEyes.menuItem("Cut this path") != null);
      driver.press(KeyCode.ESCAPE);
      await(() -> WindowEyes.menuItem("Cut this path") == null, "the menu is closed");
      invoke(
          driver, "Type at the shell of what is selected", () -> isFocused("line-carol@localhost"));
      driver.press(KeyCode.ESCAPE);

      Path setup = directory.resolve("a.yard");
      answerWith(driver, setup);
      invoke(driver, "Save the set-up", () -> driver.banner().startsWith("Saved as"));
      Path recording = directory.resolve("b.yard");
      answerWith(driver, recording);
      invoke(
          driver, "Save this run as a recording", () -> driver.banner().contains("b.yard. Drop"));
      assertThat(Files.readString(setup)).isNotEqualTo(Files.readString(recording));
      driver.press(KeyCode.G);
      await(() -> driver.yard().selection().nodes().size() == 1, "one is selected");
      invoke(driver, "Remove what is selected for good", () -> driver.yard().labels().size() == 2);
      answerWith(driver, setup);
      invoke(
          driver,
          "Open a page, set-up, recording, transcript or counterexample",
          () -> driver.yard().labels().size() == 3);
      await(() -> driver.window().opener().doingProperty().get().isEmpty(), "it is open");
      invoke(driver, "Begin with an empty yard", () -> driver.yard().labels().isEmpty());
      invoke(
          driver,
          "Open the first lesson",
          () -> driver.window().lessons().lessonProperty().get() != null);
      assertAllDone(driver, "Yard");
    }
  }

  private static boolean isFocused(String id) {
    return JavaFx.focused() != null && id.equals(JavaFx.focused().getId());
  }

  @Test
  void faultsAreInflictedByKeys() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost", "carol@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.G);
      invoke(driver, "Pause what is selected, or let it go on");
      driver.awaitState("alice@localhost", State.PAUSED);
      invoke(driver, "Pause what is selected, or let it go on");
      driver.awaitState("alice@localhost", State.RUNNING);
      invoke(driver, "Stop what is selected");
      driver.awaitState("alice@localhost", State.DOWN);
      invoke(driver, "Restart what is selected");
      driver.awaitState("alice@localhost", State.RUNNING);
      invoke(driver, "Kill what is selected");
      driver.awaitState("alice@localhost", State.DOWN);
      invoke(
          driver, "Cut the network", () -> !driver.yard().update().observation().cuts().isEmpty());
      invoke(
          driver, "Heal the network", () -> driver.yard().update().observation().cuts().isEmpty());
      assertAllDone(driver, "Faults");
    }
  }

  @Test
  void timeIsLedByKeys() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      invoke(driver, "Pause, or let time flow", () -> driver.yard().pausedProperty().get());
      driver.settle();
      Position still = onJavaFx(() -> driver.yard().update().cursor());
      invoke(driver, "One event back", () -> still.isAfter(driver.yard().update().cursor()));
      Position before = onJavaFx(() -> driver.yard().update().cursor());
      invoke(driver, "One event on", () -> driver.yard().update().cursor().isAfter(before));
      invoke(
          driver, "Skip to the next event", () -> driver.yard().update().cursor().isAfter(still));
      invoke(driver, "To the beginning", () -> driver.yard().update().cursor().atNanos() == 0);
      invoke(driver, "Bookmark this moment");
      invoke(driver, "Name the last bookmark", () -> driver.lookupNow("name") != null);
      driver.retype("name", "nothing yet");
      driver.click("dialog-ok");
      await(() -> driver.lookupNow("name") == null, "it has its name");
      driver.press(KeyCode.ESCAPE);
      invoke(
          driver,
          "Back to now",
          () -> !driver.yard().update().isPast() && !driver.yard().pausedProperty().get());
      invoke(
          driver,
          "Go to a branch or a bookmark",
          () ->
              WindowEyes.menuItem("⚑ nothing yet") != null
                  && WindowEyes.menuItem("Forget all bookmarks") != null);
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.ESCAPE);
      invoke(driver, "Run until …", () -> driver.lookupNow("until") != null);
      driver.retype("until", "tick");
      driver.click("dialog-ok");
      await(() -> driver.yard().pausedProperty().get(), "it has happened");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.HOME);
      await(() -> driver.yard().update().isPast(), "the past is shown");
      invoke(
          driver, "Branch from this moment", () -> driver.yard().update().branches().size() == 2);
      invoke(driver, "Rename this branch", () -> driver.lookupNow("name") != null);
      driver.retype("name", "from nothing");
      driver.click("dialog-ok");
      await(
          () -> driver.yard().update().branches().getLast().name().equals("from nothing"),
          "it has its name");
      assertAllDone(driver, "Time");
    }
  }

  @Test
  void lessonsAndExercisesAreTakenByKeys() throws Exception {
    try (var driver = WindowDriver.open()) {
      LessonModel lessons = driver.window().lessons();
      ExerciseModel exercises = driver.window().exercises();
      invoke(driver, "Choose a lesson or an exercise", () -> driver.lookupNow("library") != null);
      driver.scrollAndClick("exercise-hello");
      await(() -> exercises.exerciseProperty().get() != null, "the exercise is open");
      onJavaFx(
          () -> {
            exercises.codeProperty().set("defmodule   Hello do end");
            return exercises;
          });
      invoke(
          driver,
          "Format the solution",
          () -> exercises.codeProperty().get().equals("defmodule Hello do\nend\n"));
      invoke(
          driver,
          "Check the exercise",
          () -> exercises.stateProperty().get() == ExerciseModel.State.FAILED);
      invoke(driver, "Close the exercise", () -> exercises.exerciseProperty().get() == null);
      onJavaFx(
          () -> {
            lessons.open(
                "three.md",
                """
                ## Three

                {{< iex >}}
                iex(alice@localhost)> 1 + 1
                2
                iex(alice@localhost)> 1 + 2
                3
                {{< /iex >}}

                {{< iex >}}
                iex(alice@localhost)> 1 + 3
                4
                {{< /iex >}}
                """);
            return lessons;
          });
      await(() -> lessons.stateProperty().get() == LessonModel.State.READY, "a step waits");
      driver.press(KeyCode.ESCAPE);
      invoke(driver, "Run the next step", () -> lessons.marks().matchedProperty().get() > 0);
      await(() -> lessons.stateProperty().get() == LessonModel.State.READY, "a step waits");
      invoke(driver, "Back to the step before", () -> lessons.marks().matchedProperty().get() == 0);
      await(() -> lessons.stateProperty().get() == LessonModel.State.READY, "a step waits");
      invoke(
          driver, "Run all steps", () -> lessons.stateProperty().get() == LessonModel.State.ENDED);
      invoke(
          driver,
          "Begin the page anew",
          () -> lessons.stateProperty().get() == LessonModel.State.READY);
      invoke(driver, "Close the page", () -> lessons.lessonProperty().get() == null);
      assertAllDone(driver, "Lesson");
    }
  }

  @Test
  void viewsAreChosenAndLookedAtByKeys(@TempDir Path directory) throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.typeAtShell("alice@localhost", ":rpc.call(:bob@localhost, Node, :self, [])");
      driver.awaitTerminal("alice@localhost", ":self, [])\n:bob@localhost");
      driver.press(KeyCode.ESCAPE);
      invoke(driver, "Zoom in", () -> driver.map().camera().zoom() > 1.2);
      invoke(driver, "Zoom out", () -> driver.map().camera().zoom() < 1.1);
      driver.press(KeyCode.G);
      driver.press(KeyCode.RIGHT);
      await(() -> driver.map().model().isPinned("alice@localhost"), "an arrow key moves it");
      invoke(driver, "Undo the layout", () -> !driver.map().model().isPinned("alice@localhost"));
      driver.press(KeyCode.RIGHT);
      await(() -> driver.map().model().isPinned("alice@localhost"), "it is moved again");
      invoke(
          driver,
          "Whole map, nodes in their places",
          () -> !driver.map().model().isPinned("alice@localhost"));
      List<String> titles =
          List.of("Map", "Space-time", "Beliefs", "Locks", "Supervision", "Branches");
      List<String> views =
          List.of(
              "cluster map", "space-time diagram", "beliefs", "locks", "supervision", "branches");
      for (int i = views.size() - 1; i >= 0; i--) {
        String title = titles.get(i);
        invoke(driver, "Show the " + views.get(i), () -> isInFront(driver, "views", title));
      }
      driver.press(KeyCode.DIGIT2);
      var diagram = (SpaceTimePane) onJavaFx(driver.find("space-time")::getParent);
      await(() -> diagram.laneCount() == 2, "there are two lanes");
      invoke(driver, "Lanes for the processes of what is selected", () -> diagram.laneCount() > 2);
      driver.press(KeyCode.DIGIT1);
      invoke(driver, "Light or dark", () -> isOfClass(driver, "dark"));
      invoke(driver, "Colours for all eyes, or the usual", () -> isOfClass(driver, "for-all-eyes"));
      double size = onJavaFx(() -> textSize(driver));
      invoke(driver, "Larger text", () -> textSize(driver) > size);
      invoke(driver, "Smaller text", () -> textSize(driver) == size);
      invoke(driver, "Show or hide the inspector", () -> driver.lookupNow("inspector") == null);
      invoke(
          driver, "Go through the inspector by keys", () -> JavaFx.focused() instanceof SheetPane);
      invoke(
          driver,
          "Show or hide the shells",
          () -> driver.lookupNow("line-alice@localhost") == null);
      driver.press(KeyCode.CONTROL, KeyCode.J);
      invoke(driver, "Show the log of events", () -> isInFront(driver, "shell-tabs", "Events"));
      Path picture = directory.resolve("map.png");
      answerWith(driver, picture);
      invoke(
          driver,
          "Save this view as a picture, PNG or SVG",
          () -> driver.banner().startsWith("Saved as"));
      assertThat(picture).exists();
      invoke(driver, "Find anything to do", () -> driver.lookupNow("palette") != null);
      driver.press(KeyCode.ESCAPE);
      invoke(driver, "All keys", () -> driver.lookupNow("keys") != null);
      driver.press(KeyCode.F1);
      await(() -> driver.lookupNow("keys") == null, "the same key ends it");
      invoke(
          driver,
          "Tour of the window in three steps",
          () -> driver.lookupNow("welcome-tour") != null);
      assertAllDone(driver, "View");
    }
  }

  private static boolean isOfClass(WindowDriver driver, String style) {
    return driver.stage().getScene().getRoot().getStyleClass().contains(style);
  }

  private static double textSize(WindowDriver driver) {
    WindowEyes.layOut();
    return ((Label) driver.stage().getScene().getRoot().lookup(".brand")).getFont().getSize();
  }

  @Test
  void thePaletteFindsEverythingByItsNameAndTheKeysAreListed() throws Exception {
    try (var driver = WindowDriver.open()) {
      List<Action> all = onJavaFx(() -> driver.window().all());
      assertThat(all)
          .extracting(Action::group)
          .containsOnly("Yard", "Faults", "Time", "Lesson", "View");
      driver.press(KeyCode.CONTROL, KeyCode.K);
      var search = (TextField) driver.find("palette");
      for (Action action : all) {
        driver.retype(search, action.name());
        assertThat(
                onJavaFx(
                    () ->
                        ((ListView<?>) search.getScene().getRoot().lookup(".palette-list"))
                            .getSelectionModel()
                            .getSelectedItem()))
            .isEqualTo(action);
      }
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.F1);
      driver.find("keys");
      List<String> listed = driver.texts("keys").lines().toList();
      for (Action action : all) {
        if (!action.keys().isEmpty()) {
          assertThat(listed).contains(action.name(), action.keyText());
        }
      }
    }
  }

  @Test
  void rowsOfTheInspectorAreReachedAndChosenByKeys() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.G);
      driver.awaitText("inspector", "Processes");
      driver.press(KeyCode.SHIFT, KeyCode.I);
      await(() -> JavaFx.focused() instanceof SheetPane, "the inspector has the keys");
      driver.press(KeyCode.DOWN);
      driver.picture("inspector-by-keys");
      driver.press(KeyCode.ENTER);
      await(
          () -> selected(driver).equals(new Selection.OfLink("alice@localhost", "bob@localhost")),
          "the first row that can be chosen is the connection to bob");
      driver.press(KeyCode.G);
      driver.awaitText("inspector", "Processes");
      driver.press(KeyCode.DOWN);
      driver.press(KeyCode.DOWN);
      driver.press(KeyCode.ENTER);
      await(() -> selected(driver) instanceof Selection.OfProcess, "the next one is a process");
      driver.press(KeyCode.DOWN);
      driver.press(KeyCode.ENTER);
      await(
          () -> selected(driver).equals(new Selection.OfNode("alice@localhost")),
          "and from there the way leads back");
    }
  }

  @Test
  void shellsFollowEachOtherByKeysAndEscapeLeadsBack() throws Exception {
    try (var driver = WindowDriver.open()) {
      driver.startNodes("alice@localhost", "bob@localhost");
      driver.press(KeyCode.ESCAPE);
      driver.press(KeyCode.G);
      driver.press(KeyCode.T);
      await(() -> isFocused("line-alice@localhost"), "one can type at alice's shell");
      driver.press(KeyCode.CONTROL, KeyCode.TAB);
      await(() -> isFocused("line-bob@localhost"), "and at the next one");
      driver.press(KeyCode.ESCAPE);
      await(() -> JavaFx.focused() == driver.map(), "and keys are the map's again");
    }
  }
}
