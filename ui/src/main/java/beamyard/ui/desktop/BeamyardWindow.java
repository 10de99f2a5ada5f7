package beamyard.ui.desktop;

import beamyard.lessons.script.Course;
import beamyard.simulator.Fault;
import beamyard.ui.desktop.Update.Branch;
import beamyard.ui.terminal.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/**
 * The window: tools above, then the page, the views and what is selected side by side, then time, then the shells. Every part but
 * the views can be folded away.
 */
final class BeamyardWindow implements Actions {
  private static final KeyCombination.Modifier SHORTCUT = KeyCombination.SHORTCUT_DOWN;
  private static final KeyCombination.Modifier SHIFT = KeyCombination.SHIFT_DOWN;

  private final Stage stage;
  private final YardModel yard;
  private final Library library;
  private final ExerciseModel exercises;
  private final LessonModel lessons;
  private final StoryModel stories;
  private final TimeModel time;
  private final MapMenus menus;
  private final Look look;
  private final Dialogs dialogs;
  private final ClusterMap map;
  private final ShellsPane shells;
  private final LessonPane lesson;
  private final Opener opener;
  private final InspectorModel inspectorModel;
  private final VBox inspector;
  private final ViewsPane views;
  private final Overlay overlay;
  private final Path settings;
  private final Remembered before;
  private final WindowFrame frame;
  private final FileDialogs files;
  private final List<Action> actions;
  private Consumer<String> browser;

  /** A window that keeps all it remembers beside its settings. */
  BeamyardWindow(Stage stage, YardModel yard, Path settings) {
    this(stage, yard, settings, settings.resolveSibling("beamyard-state"));
  }

  /**
   * @param settings where the window's state is remembered
   * @param state the folder where it is remembered how far lessons and exercises are done
   */
  BeamyardWindow(Stage stage, YardModel yard, Path settings, Path state) {
    this.stage = stage;
    this.yard = yard;
    this.settings = settings;
    library = new Library(state);
    lessons = new LessonModel(yard, library::keep);
    exercises = new ExerciseModel(yard, library);
    stories = new StoryModel(yard);
    time = new TimeModel(yard);
    look = new Look();
    dialogs = new Dialogs(stage, look::dress);
    menus = new MapMenus(yard, this::addNode);
    map = new ClusterMap(yard, menus);
    opener = new Opener(yard, lessons, exercises, stories, map.model());
    shells = new ShellsPane(yard);
    lesson = new LessonPane(lessons, course());
    var spaceTime = new SpaceTimeModel(yard);
    inspectorModel = new InspectorModel(yard, spaceTime);
    var facts = new SheetPane(inspectorModel.sheetProperty(), yard.selection()::select);
    VBox.setVgrow(facts, Priority.ALWAYS);
    inspector = new VBox(new DeedsPane(yard, menus), facts);
    inspector.getStyleClass().add("inspector");
    inspector.setId("inspector");
    inspector.setMinWidth(220);
    views = new ViewsPane(yard, welcomed(map), spaceTime);
    overlay = new Overlay(this);
    browser = address -> yard.tell("Read on at " + address);
    before = Remembered.read(settings);
    frame =
        new WindowFrame(
            views, inspector, new TimePane(yard, time, asking()), shells, before.shares());
    files = new FileDialogs(stage, yard, opener, views, map);
    actions = actions();
  }

  /** Fills and shows the stage. */
  void show() {
    look.setShade(before.shade());
    look.setPalette(before.palette());
    look.setTextSize(before.textSize());
    follow();
    frame.setTop(new VBox(new ToolsPane(yard, this), new BannerPane(yard, opener)));
    var scene = new Scene(new StackPane(frame, overlay), before.width(), before.height());
    look.dress(scene);
    scene.addEventFilter(KeyEvent.KEY_PRESSED, this::press);
    scene.addEventHandler(LinkEvent.FOLLOWED, links()::follow);
    scene.setOnDragOver(files::dragOver);
    scene.setOnDragDropped(files::drop);
    stage.setTitle("Beamyard");
    stage.setScene(scene);
    stage.setOnHidden(
        _ -> {
          new Remembered(
                  scene.getWidth(),
                  scene.getHeight(),
                  look.shade(),
                  look.palette(),
                  look.textSize(),
                  frame.shares())
              .write(settings);
          lessons.close();
          yard.close();
        });
    stage.show();
    map.requestFocus();
  }

  /** Says how a page of the web is opened. Without a browser its address is told. */
  void browseWith(Consumer<String> opener) {
    browser = opener;
  }

  private Links links() {
    return new Links(
        this::openLesson, opener::open, address -> browser.accept(address), yard::tell);
  }

  /** Shows each part as soon as there is something in it. */
  private void follow() {
    yard.selection()
        .subjectProperty()
        .subscribe(
            subject -> {
              if (!(subject instanceof Selection.Nothing)) {
                showInspector(true);
              }
            });
    lessons
        .lessonProperty()
        .subscribe(
            page -> {
              if (page != null) {
                exercises.close();
                stories.close();
              }
              frame.showPage(lesson, page != null);
            });
    var exercise = new ExercisePane(exercises);
    exercises
        .exerciseProperty()
        .subscribe(
            chosen -> {
              if (chosen != null) {
                lessons.close();
                stories.close();
              }
              frame.showPage(exercise, chosen != null);
            });
    var story = new StoryPane(stories);
    stories
        .storyProperty()
        .subscribe(
            told -> {
              if (told != null) {
                lessons.close();
                exercises.close();
              }
              frame.showPage(story, told != null);
            });
    yard.log()
        .listen(
            change -> {
              if (change instanceof RunLog.Change.More(List<Happening> more)
                  && lessons.stateProperty().get() == LessonModel.State.RUNNING) {
                more.forEach(this::showWhereItHappens);
              }
            });
    yard.updateProperty()
        .subscribe(
            update -> {
              if (!update.observation().nodes().isEmpty() || update.isPast()) {
                frame.awaken();
              }
            });
  }

  /** A step of a page is seen at the shell where it runs. */
  private void showWhereItHappens(Happening happening) {
    if (happening.what() instanceof Happening.Moment(Happening.Kind kind, String node, _, _)
        && kind == Happening.Kind.INPUT) {
      shells.follow(node);
    }
  }

  ClusterMap map() {
    return map;
  }

  Opener opener() {
    return opener;
  }

  StoryModel stories() {
    return stories;
  }

  LessonModel lessons() {
    return lessons;
  }

  // Parts.

  private StackPane welcomed(ClusterMap itsMap) {
    var welcome = new EmptyYardPane(this);
    yard.updateProperty()
        .map(update -> update.observation().nodes().isEmpty() && !update.isPast())
        .subscribe(empty -> welcome.setVisible(empty && lessons.lessonProperty().get() == null));
    var pane = new StackPane(itsMap, welcome);
    pane.setMinSize(200, 140);
    return pane;
  }

  private void showInspector(boolean is) {
    frame.showInspector(is);
    inspectorModel.setLookedAt(is);
  }

  /** Saves the view in front as a picture; the name of the file says whether as SVG or PNG. */
  void export(Path file) {
    files.export(file);
  }

  // What can be done.

  private List<Action> actions() {
    var all = new ArrayList<Action>();
    all.add(Action.of("Yard", "Add a node", KeyCode.N, this::addNode));
    all.add(Action.of("Yard", "Connect two nodes", KeyCode.C, this::connectNodes));
    all.add(Action.of("Yard", "Add three nodes, connected", this::addThreeNodes));
    all.add(Action.of("Yard", "Begin with an empty yard", this::beginAnew));
    all.add(
        Action.of(
            "Yard",
            "Open a page, set-up, recording, transcript or counterexample",
            KeyCode.O,
            this::openPage,
            SHORTCUT));
    all.add(Action.of("Yard", "Save the set-up", KeyCode.S, files::saveSetup, SHORTCUT));
    all.add(
        Action.of(
            "Yard",
            "Save this run as a recording",
            KeyCode.S,
            files::saveRecording,
            SHORTCUT,
            SHIFT));
    all.add(Action.of("Yard", "Open the first lesson", this::openFirstLesson));
    all.add(Action.of("Faults", "Kill what is selected", KeyCode.K, () -> doTo(Fault.Crash::new)));
    all.add(Action.of("Faults", "Stop what is selected", () -> doTo(Fault.Stop::new)));
    all.add(
        Action.of(
            "Faults",
            "Pause what is selected, or let it go on",
            KeyCode.P,
            () -> menus.togglePause(yard.selection().nodes())));
    all.add(
        Action.of("Faults", "Restart what is selected", KeyCode.R, () -> doTo(Fault.Restart::new)));
    all.add(Action.of("Faults", "Cut the network", KeyCode.X, this::cut));
    all.add(Action.of("Faults", "Heal the network", KeyCode.H, menus::heal));
    all.add(Action.of("Time", "Pause, or let time flow", KeyCode.SPACE, time::togglePause));
    all.add(Action.of("Time", "One event on", KeyCode.PERIOD, time::stepForward));
    all.add(Action.of("Time", "One event back", KeyCode.PERIOD, time::stepBack, SHIFT));
    all.add(Action.of("Time", "Skip to the next event", KeyCode.COMMA, time::skip));
    all.add(
        Action.of(
            "Time",
            "Run until …",
            KeyCode.U,
            () -> dialogs.askUntil(yard.labels(), time::runUntil)));
    all.add(Action.of("Time", "To the beginning", KeyCode.HOME, time::toStart));
    all.add(Action.of("Time", "Back to now", KeyCode.END, time::goLive));
    all.add(Action.of("Time", "Bookmark this moment", KeyCode.B, time::bookmark));
    all.add(Action.of("Time", "Branch from this moment", time::branch));
    all.add(Action.of("Time", "Rename this branch", this::renameBranch));
    all.add(
        Action.of(
            "Lesson", "Choose a lesson or an exercise", KeyCode.L, this::showLibrary, SHORTCUT));
    all.add(Action.of("Lesson", "Check the exercise", KeyCode.F9, exercises::check));
    all.add(Action.of("Lesson", "Close the exercise", exercises::close));
    all.add(Action.of("Lesson", "Run the next step", KeyCode.F8, lessons::runNext));
    all.add(Action.of("Lesson", "Back to the step before", KeyCode.F7, lessons::goBack));
    all.add(Action.of("Lesson", "Run all steps", KeyCode.F8, lessons::runAll, SHIFT));
    all.add(Action.of("Lesson", "Begin the page anew", lessons::restart));
    all.add(Action.of("Lesson", "Close the page", lessons::close));
    all.add(Action.of("View", "Zoom in", KeyCode.PLUS, () -> map.zoomBy(1.25)));
    all.add(Action.of("View", "Zoom out", KeyCode.MINUS, () -> map.zoomBy(0.8)));
    all.add(Action.of("View", "Whole map, nodes in their places", KeyCode.DIGIT0, map::reset));
    all.add(Action.of("View", "Undo the layout", KeyCode.Z, map::undoLayout, SHORTCUT));
    String[] titles = {
      "cluster map", "space-time diagram", "beliefs", "locks", "supervision", "branches"
    };
    for (int i = 0; i < titles.length; i++) {
      int index = i;
      all.add(
          Action.of(
              "View",
              "Show the " + titles[i],
              KeyCode.valueOf("DIGIT" + (i + 1)),
              () -> views.show(index)));
    }
    all.add(Action.of("View", "Show or hide the inspector", KeyCode.I, this::toggleInspector));
    all.add(Action.of("View", "Show or hide the shells", KeyCode.J, frame::toggleShells, SHORTCUT));
    all.add(Action.of("View", "Save this view as a picture, PNG or SVG", files::export));
    all.add(Action.of("View", "Find anything to do", KeyCode.K, overlay::showPalette, SHORTCUT));
    all.add(Action.of("View", "All keys", KeyCode.F1, overlay::showKeys));
    all.add(Action.of("View", "Light or dark", KeyCode.D, look::toggleTheme, SHORTCUT));
    all.add(Action.of("View", "Colours for all eyes, or the usual", look::togglePalette));
    all.add(Action.of("View", "Tour of the window in three steps", this::showTour));
    all.add(Action.of("View", "Larger text", KeyCode.EQUALS, look::larger, SHORTCUT));
    all.add(Action.of("View", "Smaller text", KeyCode.MINUS, look::smaller, SHORTCUT));
    all.add(Action.of("View", "Show the log of events", KeyCode.E, shells::showEvents, SHORTCUT));
    return List.copyOf(all);
  }

  @Override
  public List<Action> all() {
    return actions;
  }

  /** A key is for what has the focus; plain letters are keys of the window unless somebody types. */
  private void press(KeyEvent event) {
    boolean typing = stage.getScene().getFocusOwner() instanceof TextInputControl;
    if (overlay.isVisible()) {
      return;
    }
    if (event.getCode() == KeyCode.ESCAPE) {
      map.setCutting(false);
      map.requestFocus();
      return;
    }
    for (Action action : actions) {
      for (KeyCombination keys : action.keys()) {
        boolean plain = !event.isShortcutDown() && !event.getCode().isFunctionKey();
        if (keys.match(event) && !(plain && (typing || isOfTheFocus(event.getCode())))) {
          action.deed().run();
          event.consume();
          return;
        }
      }
    }
  }

  /** A slider or a list moves by keys; a button that was reached by keys is pressed by the space bar. */
  private boolean isOfTheFocus(KeyCode key) {
    Node focus = stage.getScene().getFocusOwner();
    return switch (key) {
      case SPACE -> focus instanceof ButtonBase && focus.isFocusVisible();
      case HOME, END -> focus instanceof Slider || focus instanceof ListView<?>;
      default -> false;
    };
  }

  private void toggleInspector() {
    showInspector(!frame.inspectorIsShown());
  }

  private void doTo(Function<String, Fault> fault) {
    menus.doTo(yard.selection().nodes(), fault);
  }

  private void cut() {
    List<String> selected = yard.selection().nodes();
    switch (yard.selection().get()) {
      case Selection.OfLink(String from, String to) -> menus.cutPath(from, to);
      case Selection.OfNode _, Selection.OfNodes _ -> menus.isolate(selected);
      case Selection.OfProcess _, Selection.OfHappening _, Selection.Nothing _ ->
          map.setCutting(!map.isCutting());
    }
  }

  @Override
  public void addNode() {
    dialogs.askForNode(yard.labels(), yard::addNode);
  }

  @Override
  public void addThreeNodes() {
    yard.addConnected(List.of("alice@localhost", "bob@localhost", "carol@localhost"));
  }

  @Override
  public void connectNodes() {
    if (yard.labels().size() < 2) {
      yard.tell("there must be two nodes to connect: add one first");
      return;
    }
    dialogs.askForConnection(yard.labels(), yard::connect);
  }

  private void beginAnew() {
    lessons.close();
    stories.close();
    yard.begin();
  }

  /** Shows three steps around the window if it was never opened before. */
  void welcomeNewcomer() {
    if (!Files.exists(settings)) {
      showTour();
    }
  }

  private void showTour() {
    overlay.showChoice(new Welcome(overlay::hide));
  }

  private void renameBranch() {
    Update update = yard.update();
    update.branches().stream()
        .filter(branch -> branch.run() == update.run())
        .findFirst()
        .ifPresent(branch -> dialogs.askForName("Rename this branch", branch.name(), time::rename));
  }

  private TimePane.Asking asking() {
    return new TimePane.Asking() {
      @Override
      public void rename(String before) {
        dialogs.askForName("Rename this branch", before, time::rename);
      }

      @Override
      public void compareWith(Branch branch) {
        views.compareWith(branch.run());
      }
    };
  }

  private void showLibrary() {
    overlay.showChoice(
        new LibraryPane(
            library,
            entry -> {
              overlay.hide();
              openLesson(entry);
            },
            chosen -> {
              overlay.hide();
              exercises.open(chosen);
            }));
  }

  /** Opens a lesson where the learner left it. */
  private void openLesson(Course.Entry entry) {
    Progress.Mark mark = library.of(entry);
    lessons.open(entry.file(), entry.text(), mark.isDone() ? 0 : mark.step());
  }

  private LessonPane.Course course() {
    return new LessonPane.Course() {
      @Override
      public Optional<String> titleAfter(String page) {
        return after(page).map(entry -> entry.lesson().front().text("title").orElse(entry.name()));
      }

      @Override
      public void openAfter(String page) {
        after(page).ifPresent(BeamyardWindow.this::openLesson);
      }

      private Optional<Course.Entry> after(String page) {
        return Course.find(page).flatMap(entry -> Course.after(entry.name()));
      }
    };
  }

  ExerciseModel exercises() {
    return exercises;
  }

  @Override
  public void openFirstLesson() {
    openLesson(library.lessons().getFirst());
  }

  @Override
  public void openPage() {
    files.open();
  }
}
