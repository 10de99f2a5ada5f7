package beamyard.ui.desktop;

import beamyard.ui.desktop.Actions.Action;
import beamyard.ui.desktop.drawing.Look;
import beamyard.ui.desktop.learning.ExerciseModel;
import beamyard.ui.desktop.learning.LessonModel;
import beamyard.ui.desktop.map.ClusterMap;
import beamyard.ui.desktop.map.SelectedDeeds;
import beamyard.ui.desktop.shells.ShellsPane;
import beamyard.ui.desktop.time.TimeModel;
import beamyard.ui.desktop.time.TimePane;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** Everything that can be done in the window, with its keys, in the order in which it is listed. */
final class WindowActions {
  private static final KeyCombination.Modifier SHORTCUT = KeyCombination.SHORTCUT_DOWN;
  private static final KeyCombination.Modifier SHIFT = KeyCombination.SHIFT_DOWN;
  private static final List<KeyCode> GROWING = List.of(KeyCode.PLUS, KeyCode.EQUALS, KeyCode.ADD);
  private static final List<KeyCode> SHRINKING = List.of(KeyCode.MINUS, KeyCode.SUBTRACT);
  private static final String YARD = "Yard";
  private static final String FAULTS = "Faults";
  private static final String TIME = "Time";
  private static final String LESSON = "Lesson";
  private static final String VIEW = "View";

  private static final List<String> VIEWS =
      List.of("cluster map", "space-time diagram", "beliefs", "locks", "supervision", "branches");

  private final BeamyardWindow window;
  private final List<Action> all = new ArrayList<>();

  WindowActions(BeamyardWindow window, SelectedDeeds selected) {
    this.window = window;
    add(YARD, "Add a node", KeyCode.N, window::addNode);
    add(YARD, "Connect two nodes", KeyCode.C, window::connectNodes);
    add(YARD, "Add three nodes, connected", window::addThreeNodes);
    add(YARD, "Remove what is selected for good", KeyCode.DELETE, selected::remove);
    add(YARD, "Begin with an empty yard", window::beginAnew);
    add(
        YARD,
        "Open a page, set-up, recording, transcript or counterexample",
        KeyCode.O,
        window::openPage,
        SHORTCUT);
    add(YARD, "Open the first lesson", window::openFirstLesson);
    add(YARD, "Select the next node", KeyCode.G, () -> selected.go(1));
    add(YARD, "Select the node before", KeyCode.G, () -> selected.go(-1), SHIFT);
    add(YARD, "Select the next node too", KeyCode.A, selected::addNext);
    add(YARD, "Select the next link", KeyCode.L, () -> selected.goToLink(1));
    add(YARD, "Select the link before", KeyCode.L, () -> selected.goToLink(-1), SHIFT);
    add(YARD, "Menu of what is selected", KeyCode.M, window.map()::openMenu);
    add(YARD, "Type at the shell of what is selected", KeyCode.T, window::typeAtShell);
    add(FAULTS, "Kill what is selected", KeyCode.K, selected::kill);
    add(FAULTS, "Stop what is selected", selected::stop);
    add(FAULTS, "Pause what is selected, or let it go on", KeyCode.P, selected::togglePause);
    add(FAULTS, "Restart what is selected", KeyCode.R, selected::restart);
    add(FAULTS, "Cut the network", KeyCode.X, selected::cut);
    add(FAULTS, "Heal the network", KeyCode.H, selected::heal);
  }

  WindowActions with(TimeModel time, TimePane pane, Dialogs dialogs, YardModel yard) {
    add(TIME, "Pause, or let time flow", KeyCode.SPACE, time::togglePause);
    add(TIME, "One event on", KeyCode.PERIOD, time::stepForward);
    add(TIME, "One event back", KeyCode.PERIOD, time::stepBack, SHIFT);
    add(TIME, "Skip to the next event", KeyCode.COMMA, time::skip);
    add(TIME, "Run until …", KeyCode.U, () -> dialogs.askUntil(yard.labels(), time::runUntil));
    add(TIME, "To the beginning", KeyCode.HOME, time::toStart);
    add(TIME, "Back to now", KeyCode.END, time::goLive);
    add(TIME, "Bookmark this moment", KeyCode.B, time::bookmark);
    add(TIME, "Name the last bookmark", window::nameBookmark);
    add(TIME, "Go to a branch or a bookmark", KeyCode.B, pane::showPlaces, SHIFT);
    add(TIME, "Branch from this moment", time::branch);
    add(TIME, "Rename this branch", window::renameBranch);
    return this;
  }

  WindowActions with(LessonModel lessons, ExerciseModel exercises) {
    add(LESSON, "Choose a lesson or an exercise", KeyCode.L, window::showLibrary, SHORTCUT);
    add(LESSON, "Check the exercise", KeyCode.F9, exercises::check);
    add(LESSON, "Format the solution", KeyCode.F, exercises::format, SHORTCUT, SHIFT);
    add(LESSON, "Close the exercise", exercises::close);
    add(LESSON, "Run the next step", KeyCode.F8, lessons::runNext);
    add(LESSON, "Back to the step before", KeyCode.F7, lessons::goBack);
    add(LESSON, "Run all steps", KeyCode.F8, lessons::runAll, SHIFT);
    add(LESSON, "Begin the page anew", lessons::restart);
    add(LESSON, "Close the page", lessons::close);
    return this;
  }

  WindowActions with(ClusterMap map, ViewsPane views, Look look) {
    add(VIEW, "Zoom in", GROWING, () -> map.zoomBy(1.25));
    add(VIEW, "Zoom out", SHRINKING, () -> map.zoomBy(0.8));
    add(VIEW, "Whole map, nodes in their places", KeyCode.DIGIT0, map::reset);
    add(VIEW, "Undo the layout", KeyCode.Z, map::undoLayout, SHORTCUT);
    for (int i = 0; i < VIEWS.size(); i++) {
      int index = i;
      add(
          VIEW,
          "Show the " + VIEWS.get(i),
          KeyCode.valueOf("DIGIT" + (i + 1)),
          () -> views.show(index));
    }
    add(VIEW, "Lanes for the processes of what is selected", KeyCode.F, views::foldLanes);
    add(VIEW, "Light or dark", KeyCode.D, look::toggleTheme, SHORTCUT);
    add(VIEW, "Colours for all eyes, or the usual", look::togglePalette);
    add(VIEW, "Larger text", GROWING, look::larger, SHORTCUT);
    add(VIEW, "Smaller text", SHRINKING, look::smaller, SHORTCUT);
    return this;
  }

  WindowActions with(WindowFrame frame, ShellsPane shells, Overlay overlay, FileDialogs files) {
    add(YARD, "Save the set-up", KeyCode.S, files::saveSetup, SHORTCUT);
    add(YARD, "Save this run as a recording", KeyCode.S, files::saveRecording, SHORTCUT, SHIFT);
    add(VIEW, "Show or hide the inspector", KeyCode.I, window::toggleInspector);
    add(VIEW, "Go through the inspector by keys", KeyCode.I, window::readInspector, SHIFT);
    add(VIEW, "Show or hide the shells", KeyCode.J, frame::toggleShells, SHORTCUT);
    add(VIEW, "Show the log of events", KeyCode.E, shells::showEvents, SHORTCUT);
    add(VIEW, "Save this view as a picture, PNG or SVG", files::export);
    add(VIEW, "Find anything to do", KeyCode.K, overlay::showPalette, SHORTCUT);
    add(VIEW, "All keys", KeyCode.F1, overlay::showKeys);
    add(VIEW, "Tour of the window in three steps", window::showTour);
    return this;
  }

  private void add(String group, String name, Runnable deed) {
    all.add(Action.of(group, name, deed));
  }

  private void add(
      String group, String name, KeyCode key, Runnable deed, KeyCombination.Modifier... modifiers) {
    all.add(Action.of(group, name, key, deed, modifiers));
  }

  /** One of several keys does it: what a key is called depends on the keyboard, and there may be another beside the digits. */
  private void add(
      String group,
      String name,
      List<KeyCode> keys,
      Runnable deed,
      KeyCombination.Modifier... modifiers) {
    var all = new ArrayList<>(List.of(modifiers));
    all.add(KeyCombination.SHIFT_ANY);
    List<KeyCombination> combinations =
        keys.stream()
            .<KeyCombination>map(
                key -> new KeyCodeCombination(key, all.toArray(KeyCombination.Modifier[]::new)))
            .toList();
    this.all.add(new Action(group, name, combinations, deed));
  }

  /** Those of one group follow each other. */
  List<Action> all() {
    return List.of(YARD, FAULTS, TIME, LESSON, VIEW).stream()
        .flatMap(group -> all.stream().filter(action -> action.group().equals(group)))
        .toList();
  }
}
