package beamyard.ui.desktop;

import beamyard.lessons.script.Course;
import beamyard.ui.desktop.drawing.LinkEvent;
import beamyard.ui.desktop.drawing.Look;
import beamyard.ui.desktop.learning.ExerciseModel;
import beamyard.ui.desktop.learning.LessonModel;
import beamyard.ui.desktop.learning.LessonPane;
import beamyard.ui.desktop.learning.Library;
import beamyard.ui.desktop.learning.LibraryPane;
import beamyard.ui.desktop.learning.StoryModel;
import beamyard.ui.desktop.map.ClusterMap;
import beamyard.ui.desktop.map.DeedsPane;
import beamyard.ui.desktop.map.MapMenus;
import beamyard.ui.desktop.map.SelectedDeeds;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.RunLog;
import beamyard.ui.desktop.sheets.InspectorModel;
import beamyard.ui.desktop.sheets.SheetPane;
import beamyard.ui.desktop.shells.ShellsPane;
import beamyard.ui.desktop.spacetime.SpaceTimeModel;
import beamyard.ui.desktop.time.TimeModel;
import beamyard.ui.desktop.time.TimePane;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.Update.Branch;
import beamyard.ui.desktop.yard.YardModel;
import beamyard.ui.terminal.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Scene;
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
  private final Stage stage;
  private final YardModel yard;
  private final Library library;
  private final ExerciseModel exercises;
  private final LessonModel lessons;
  private final Pages pages;
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
  private final SheetPane facts;
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
    pages = new Pages(lessons, exercises, new StoryModel(yard));
    time = new TimeModel(yard);
    look = new Look();
    dialogs = new Dialogs(stage, look::dress);
    menus = new MapMenus(yard, this::addNode);
    map = new ClusterMap(yard, menus);
    opener = new Opener(yard, pages, time, map.model());
    shells = new ShellsPane(yard);
    lesson = new LessonPane(lessons, course());
    var spaceTime = new SpaceTimeModel(yard);
    inspectorModel = new InspectorModel(yard, spaceTime);
    facts = new SheetPane(inspectorModel.sheetProperty(), yard.selection()::select);
    VBox.setVgrow(facts, Priority.ALWAYS);
    yard.selection().subjectProperty().subscribe(_ -> facts.setVvalue(0));
    inspector = new VBox(new DeedsPane(yard, menus), facts);
    inspector.getStyleClass().add("inspector");
    inspector.setId("inspector");
    inspector.setMinWidth(220);
    views = new ViewsPane(yard, map, welcomed(map), spaceTime);
    overlay = new Overlay(this);
    browser = address -> yard.tell("Read on at " + address);
    before = Remembered.read(settings);
    var timePane = new TimePane(yard, time, asking());
    frame = new WindowFrame(views, inspector, timePane, shells, before.shares());
    files = new FileDialogs(FileAsking.by(stage), yard, opener, views, map);
    actions =
        new WindowActions(this, new SelectedDeeds(yard, menus, map))
            .with(time, timePane, dialogs, yard)
            .with(lessons, exercises)
            .with(map, views, look)
            .with(frame, shells, overlay, files)
            .all();
  }

  /** Fills and shows the stage. */
  void show() {
    look.setShade(before.shade());
    look.setPalette(before.palette());
    look.setTextSize(before.textSize());
    follow();
    frame.setTop(new VBox(new ToolsPane(yard, this), new BannerPane(yard, opener, time)));
    var scene = new Scene(new StackPane(frame, overlay), before.width(), before.height());
    look.dress(scene);
    scene.addEventFilter(
        KeyEvent.KEY_PRESSED, new Keyboard(scene, actions, overlay, map, views)::press);
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
    pages.showIn(frame, lesson);
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
    return pages.stories();
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

  @Override
  public List<Action> all() {
    return actions;
  }

  /** Shows or hides what is selected. */
  void toggleInspector() {
    showInspector(!frame.inspectorIsShown());
  }

  /** Keys are for what is told of the selected from now on. */
  void readInspector() {
    showInspector(true);
    facts.requestFocus();
  }

  /** Lets one type at the shell of the node that was selected last. */
  void typeAtShell() {
    frame.showShells();
    List<String> selected = yard.selection().nodes();
    shells.typeAt(selected.isEmpty() ? Optional.empty() : Optional.of(selected.getLast()));
  }

  /** Says how it is asked which file is meant. */
  void askForFilesBy(FileAsking asking) {
    files.askBy(asking);
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

  void beginAnew() {
    pages.close();
    yard.begin();
  }

  /** Shows three steps around the window if it was never opened before. */
  void welcomeNewcomer() {
    if (!Files.exists(settings)) {
      showTour();
    }
  }

  void showTour() {
    overlay.showChoice(new Welcome(overlay::hide));
  }

  void nameBookmark() {
    time.lastBookmark()
        .ifPresentOrElse(
            before -> dialogs.askForName("Name the last bookmark", before, time::nameBookmark),
            () -> yard.tell("there is no bookmark yet: B sets one"));
  }

  void renameBranch() {
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

  void showLibrary() {
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
