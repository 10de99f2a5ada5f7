package beamyard.ui.desktop;

import atlantafx.base.theme.PrimerLight;
import beamyard.lessons.script.Stage.Visibility;
import beamyard.ui.desktop.ClusterFrame.NodeMark;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.geometry.Orientation;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToolBar;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Stage;

/** The window: the tools above, the page on the left, the map in the middle, the shells below. */
final class BeamyardWindow {
  private static final String STYLE_SHEET = "beamyard.css";

  private final YardModel model;
  private final Stage stage;
  private final LessonPane lesson = new LessonPane();
  private final SplitPane columns = new SplitPane();

  BeamyardWindow(Stage stage, YardModel model) {
    this.stage = stage;
    this.model = model;
  }

  /** Fills and shows the stage. */
  void show() {
    var rows = new SplitPane(map(), shells());
    rows.setOrientation(Orientation.VERTICAL);
    rows.setDividerPositions(0.58);
    columns.getItems().setAll(rows);
    lesson.setMinWidth(260);
    model
        .lessonProperty()
        .subscribe(
            page -> {
              if (page != null) {
                lesson.show(page);
                if (!columns.getItems().contains(lesson)) {
                  columns.getItems().addFirst(lesson);
                  columns.setDividerPositions(0.36);
                }
              }
            });
    model
        .stepProperty()
        .subscribe(
            step -> {
              if (step != null) {
                lesson.running(step.line());
                switch (step.verdict()) {
                  case MATCHES -> lesson.finished(step.line(), "matches");
                  case DIFFERS -> lesson.finished(step.line(), "differs");
                  case NOT_COMPARED, NOT_RUN -> {}
                }
              }
            });
    var root = new BorderPane(columns);
    root.setTop(new VBox(tools(), banner()));
    var scene = new Scene(root, 1180, 760);
    scene.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
    scene
        .getStylesheets()
        .add(Objects.requireNonNull(getClass().getResource(STYLE_SHEET)).toExternalForm());
    stage.setTitle("Beamyard");
    stage.setScene(scene);
    stage.setOnHidden(_ -> model.close());
    stage.show();
  }

  private ToolBar tools() {
    var add = new Button("Add node…");
    add.setOnAction(_ -> askForNode());
    var connect = new Button("Connect…");
    connect.setOnAction(_ -> askForConnection());
    model.frameProperty().subscribe(frame -> connect.setDisable(frame.nodes().size() < 2));
    var open = new Button("Open page…");
    open.setOnAction(_ -> askForPage());
    var pause = new ToggleButton("Pause");
    pause.selectedProperty().bindBidirectional(model.pausedProperty());
    pause.selectedProperty().subscribe(paused -> pause.setText(paused ? "Go on" : "Pause"));
    var speed = new ComboBox<Speed>();
    speed.getItems().setAll(Speed.values());
    speed.setValue(Speed.AS_THE_WALL);
    speed.setAccessibleText("Speed of virtual time");
    speed.valueProperty().subscribe(chosen -> model.speedProperty().set(chosen.factor));
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var time = new Label();
    time.getStyleClass().add("time");
    time.setAccessibleText("Virtual time");
    model.frameProperty().subscribe(frame -> time.setText(seconds(frame.atNanos())));
    return new ToolBar(
        add,
        connect,
        separator(),
        open,
        separator(),
        pause,
        new Label("Speed"),
        speed,
        space,
        new Label("Virtual time"),
        time);
  }

  private static Separator separator() {
    return new Separator(Orientation.VERTICAL);
  }

  /** How fast virtual time flows. */
  private enum Speed {
    TENTH(0.1, "× 0.1"),
    AS_THE_WALL(1, "× 1"),
    TEN(10, "× 10"),
    HUNDRED(100, "× 100");

    private final double factor;
    private final String shown;

    Speed(double factor, String shown) {
      this.factor = factor;
      this.shown = shown;
    }

    @Override
    public String toString() {
      return shown;
    }
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%8.1f s", nanos / 1e9);
  }

  private Label banner() {
    var banner = new Label();
    banner.getStyleClass().add("banner");
    banner.setWrapText(true);
    banner.setMaxWidth(Double.MAX_VALUE);
    banner.textProperty().bind(model.problemProperty());
    model
        .problemProperty()
        .subscribe(
            problem -> {
              banner.setVisible(!problem.isEmpty());
              banner.setManaged(!problem.isEmpty());
            });
    return banner;
  }

  private StackPane map() {
    var hint = new Label("The yard is empty. Add a node, or open a page.");
    hint.getStyleClass().add("empty-hint");
    hint.setMouseTransparent(true);
    model.frameProperty().subscribe(frame -> hint.setVisible(frame.nodes().isEmpty()));
    var map = new StackPane(new ClusterMap(model.frameProperty()), hint);
    map.setMinHeight(160);
    return map;
  }

  private TabPane shells() {
    var tabs = new TabPane();
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.setMinHeight(140);
    model
        .shells()
        .subscribe(
            () -> {
              List<ShellModel> wanted = model.shells();
              tabs.getTabs().removeIf(tab -> !wanted.contains(tab.getUserData()));
              for (ShellModel shell : wanted) {
                if (tabs.getTabs().stream().noneMatch(tab -> tab.getUserData() == shell)) {
                  var tab = new Tab(shell.node(), new ShellPane(shell));
                  tab.setUserData(shell);
                  tabs.getTabs().add(tab);
                }
              }
            });
    return tabs;
  }

  // Questions.

  private void askForNode() {
    var name = new TextField();
    name.setPromptText("alice");
    var host = new TextField("localhost");
    var cookie = new TextField("beamyard");
    var hidden = new CheckBox("Hidden: other nodes do not tell each other of it");
    var form = new GridPane(10, 10);
    form.addRow(0, new Label("Name"), name);
    form.addRow(1, new Label("Host"), host);
    form.addRow(2, new Label("Cookie"), cookie);
    form.add(hidden, 1, 3);
    Dialog<ButtonType> dialog = dialog("Add a node", form);
    dialog
        .getDialogPane()
        .lookupButton(ButtonType.OK)
        .disableProperty()
        .bind(
            name.textProperty()
                .map(text -> !text.matches("[A-Za-z0-9_-]+"))
                .flatMap(
                    bad ->
                        host.textProperty().map(text -> bad || !text.matches("[A-Za-z0-9_.-]+"))));
    dialog.setOnShown(_ -> name.requestFocus());
    dialog
        .showAndWait()
        .filter(ButtonType.OK::equals)
        .ifPresent(
            _ ->
                model.addNode(
                    name.getText(),
                    host.getText(),
                    cookie.getText(),
                    hidden.isSelected() ? Visibility.HIDDEN : Visibility.VISIBLE));
  }

  private void askForConnection() {
    List<String> names = model.frameProperty().get().nodes().stream().map(NodeMark::name).toList();
    var from = new ComboBox<String>();
    from.getItems().setAll(names);
    from.setValue(names.getFirst());
    var to = new ComboBox<String>();
    to.getItems().setAll(names);
    to.setValue(names.get(1));
    var form = new GridPane(10, 10);
    form.addRow(0, new Label("From"), from);
    form.addRow(1, new Label("To"), to);
    dialog("Connect two nodes", form)
        .showAndWait()
        .filter(ButtonType.OK::equals)
        .ifPresent(_ -> model.connect(from.getValue(), to.getValue()));
  }

  private Dialog<ButtonType> dialog(String title, GridPane form) {
    var dialog = new Dialog<ButtonType>();
    dialog.initOwner(stage);
    dialog.setTitle(title);
    DialogPane pane = dialog.getDialogPane();
    pane.setContent(form);
    pane.getButtonTypes().setAll(ButtonType.OK, ButtonType.CANCEL);
    return dialog;
  }

  private void askForPage() {
    var chooser = new FileChooser();
    chooser.setTitle("Open a lesson page");
    chooser
        .getExtensionFilters()
        .add(new FileChooser.ExtensionFilter("Lesson pages", "*.md", "*.mdx"));
    File chosen = chooser.showOpenDialog(stage);
    if (chosen != null) {
      model.openPage(chosen.toPath());
    }
  }
}
