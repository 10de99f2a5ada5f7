package beamyard.ui.desktop.learning;

import atlantafx.base.theme.Styles;
import beamyard.exercises.Exercise;
import beamyard.exercises.Report.Counterexample;
import beamyard.exercises.Report.Result;
import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.drawing.Prosaic;
import beamyard.ui.desktop.learning.ExerciseModel.Language;
import beamyard.ui.desktop.learning.ExerciseModel.State;
import java.util.List;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** An exercise: what is asked, a place to write, the verdict of each check, and the story of why one failed. */
public final class ExercisePane extends VBox {
  private static final int MOST_ROWS = 22;
  private static final List<String> OPENING = List.of(" do", "->", "{");

  private final ExerciseModel model;
  private final VBox page = new VBox();
  private final ScrollPane scroll = new ScrollPane(page);
  private final VBox results = new VBox(10);
  private final CodeEditor editor = new CodeEditor();
  private final Label verdict = Prosaic.label("", "exercise-verdict");
  private int hintsGiven;

  public ExercisePane(ExerciseModel model) {
    this.model = model;
    getStyleClass().addAll("lesson", "exercise-pane");
    setMinWidth(300);
    page.getStyleClass().add("page");
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("page-scroll");
    scroll.setAccessibleText("Exercise");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    editor.setId("exercise-code");
    editor.setAccessibleText("Your solution");
    editor.textProperty().bindBidirectional(model.codeProperty());
    model.languageProperty().subscribe(language -> editor.setGrammar(language.grammar()));
    editor.addEventFilter(KeyEvent.KEY_PRESSED, this::indent);
    verdict.setId("exercise-verdict");
    verdict.textProperty().bind(model.verdictProperty());
    getChildren().setAll(scroll, controls());
    model
        .exerciseProperty()
        .subscribe(
            exercise -> {
              if (exercise != null) {
                show(exercise);
              }
            });
    model
        .results()
        .addListener(
            (ListChangeListener<Result>)
                _ ->
                    results
                        .getChildren()
                        .setAll(model.results().stream().map(this::result).toList()));
    model
        .stateProperty()
        .subscribe(
            state -> {
              verdict.getStyleClass().removeAll("passed", "failed");
              switch (state) {
                case PASSED -> verdict.getStyleClass().add("passed");
                case FAILED -> verdict.getStyleClass().add("failed");
                case WRITING, CHECKING -> {}
              }
            });
  }

  private void show(Exercise exercise) {
    hintsGiven = 0;
    page.getChildren().clear();
    scroll.setVvalue(0);
    var level = new Label("Exercise " + exercise.level());
    level.getStyleClass().add("hint");
    page.getChildren().addAll(level, Prosaic.label(exercise.title(), "page-title"));
    String statement = exercise.statement().strip();
    if (statement.startsWith("# ")) {
      statement = statement.lines().skip(1).reduce("", (all, line) -> all + line + "\n");
    }
    page.getChildren().addAll(Prosaic.panes(statement));
    var hints = new VBox(6);
    var hint = new Button("Hint");
    hint.setId("exercise-hint");
    hint.getStyleClass().add("small");
    hint.setDisable(exercise.hints().isEmpty());
    hint.setOnAction(
        _ -> {
          hints.getChildren().addAll(Prosaic.panes(exercise.hints().get(hintsGiven++)));
          int left = exercise.hints().size() - hintsGiven;
          hint.setText(left == 0 ? "No more hints" : "Next hint (" + left + " left)");
          hint.setDisable(left == 0);
        });
    var solution = new Button("Show a solution");
    solution.setId("exercise-solution");
    solution.getStyleClass().add("small");
    solution.setOnAction(_ -> model.giveUp());
    var format = new Button("Format");
    format.setId("exercise-format");
    format.getStyleClass().add("small");
    format.setTooltip(new Tooltip("Lay it out as mix format does (Ctrl+Shift+F)"));
    format.disableProperty().bind(model.languageProperty().isNotEqualTo(Language.ELIXIR));
    format.setOnAction(_ -> model.format());
    editor.setPrefRowCount(rows());
    page.getChildren()
        .addAll(
            Prosaic.label("Your solution", "sub-title"),
            languages(exercise),
            editor,
            new HBox(8, hint, solution, format),
            hints,
            verdict,
            results);
  }

  private int rows() {
    return Math.clamp(model.codeProperty().get().lines().count() + 6, 12, MOST_ROWS);
  }

  /** A choice of what to write in, where there is one. */
  private HBox languages(Exercise exercise) {
    var choice = new ToggleGroup();
    var box = new HBox();
    for (Language each : Language.values()) {
      var button = new ToggleButton(each.title());
      button.setId("exercise-in-" + each.title().toLowerCase(Locale.ROOT));
      button.getStyleClass().add("small");
      button.setToggleGroup(choice);
      button.setSelected(model.languageProperty().get() == each);
      button.setOnAction(
          _ -> {
            button.setSelected(true);
            model.write(each);
            editor.setPrefRowCount(rows());
          });
      box.getChildren().add(button);
    }
    box.getChildren().getFirst().getStyleClass().add(Styles.LEFT_PILL);
    box.getChildren().getLast().getStyleClass().add(Styles.RIGHT_PILL);
    box.setVisible(exercise.javaStarter().isPresent());
    box.setManaged(exercise.javaStarter().isPresent());
    return box;
  }

  /** Two spaces for a tab, and a new line as far in as the one before. */
  private void indent(KeyEvent event) {
    if (event.getCode() == KeyCode.TAB && !event.isShiftDown()) {
      editor.replaceSelection("  ");
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
      model.check();
      event.consume();
    } else if (event.getCode() == KeyCode.ENTER) {
      String before = editor.getText(0, editor.getCaretPosition());
      String line = before.substring(before.lastIndexOf('\n') + 1);
      String inset = line.substring(0, line.length() - line.stripLeading().length());
      boolean opens = OPENING.stream().anyMatch(line.stripTrailing()::endsWith);
      editor.replaceSelection("\n" + inset + (opens ? "  " : ""));
      event.consume();
    }
  }

  // What became of it.

  private VBox result(Result result) {
    var box = new VBox(6);
    box.getStyleClass().addAll("frame", result.passed() ? "check-passed" : "check-failed");
    String runs =
        (result.runs() == 1 ? "1 run" : result.runs() + " runs")
            + (result.faults() == 0 ? "" : ", " + result.faults() + " with something going wrong");
    box.getChildren()
        .add(
            Prosaic.label((result.passed() ? "✓ " : "✗ ") + result.check().title(), "frame-title"));
    box.getChildren().add(Prosaic.label(runs, "step-note"));
    result.counterexample().ifPresent(found -> addStory(box, result, found));
    return box;
  }

  private void addStory(VBox box, Result result, Counterexample found) {
    box.getChildren().add(Prosaic.label(found.message(), "story-message"));
    var play = new Button("Play it", Icon.PLAY.graphic());
    play.setId("play-counterexample");
    play.getStyleClass().addAll("small", "accent");
    play.setMinWidth(Region.USE_PREF_SIZE);
    play.setTooltip(new Tooltip("Shows this run in the yard; a click on a line goes there"));
    play.setOnAction(_ -> model.play(result));
    var where =
        Prosaic.label(
            "The shortest run that fails: "
                + found.size()
                + (found.size() == 1 ? " node" : " nodes")
                + String.join(
                    "", found.faults().stream().map(fault -> "; " + fault.told()).toList()),
            "step-note");
    HBox.setHgrow(where, Priority.ALWAYS);
    var head = new HBox(8, where, play);
    head.getStyleClass().add("step-head");
    box.getChildren().add(head);
    int number = 1;
    for (String line : found.story()) {
      String first = line.lines().findFirst().orElse("");
      box.getChildren().add(new StoryRow(number++, first, () -> model.goTo(line)));
    }
  }

  // What can be done.

  private HBox controls() {
    var check = new Button("Check", Icon.PLAY.graphic());
    check.setId("exercise-check");
    check.getStyleClass().add("accent");
    check.setMinWidth(Region.USE_PREF_SIZE);
    check.setTooltip(new Tooltip("Have it judged (Ctrl+Enter)"));
    check.setOnAction(_ -> model.check());
    var cancel = new Button("Cancel");
    cancel.setId("exercise-cancel");
    cancel.setMinWidth(Region.USE_PREF_SIZE);
    cancel.setOnAction(_ -> model.cancel());
    var busy = new ProgressIndicator();
    busy.setPrefSize(18, 18);
    busy.setMinSize(18, 18);
    busy.setAccessibleText("Checking");
    var count = new Label();
    count.getStyleClass().add("tally");
    Runnable tell =
        () ->
            count.setText(
                model.stateProperty().get() == State.CHECKING
                    ? "check %d, %,d runs …"
                        .formatted(model.results().size() + 1, model.runsProperty().get())
                    : "");
    model.results().subscribe(tell);
    model.runsProperty().subscribe(tell);
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var again = new Button("", Icon.RESTART.graphic());
    again.getStyleClass().add("flat");
    again.setTooltip(new Tooltip("Begin the exercise anew"));
    again.setAccessibleText("Begin the exercise anew");
    again.setOnAction(_ -> model.restart());
    var close = new Button("", Icon.CLOSE.graphic());
    close.getStyleClass().add("flat");
    close.setTooltip(new Tooltip("Close the exercise"));
    close.setAccessibleText("Close the exercise");
    close.setOnAction(_ -> model.close());
    model
        .stateProperty()
        .subscribe(
            state -> {
              boolean checking = state == State.CHECKING;
              check.setDisable(checking);
              cancel.setVisible(checking);
              cancel.setManaged(checking);
              busy.setVisible(checking);
              busy.setManaged(checking);
              tell.run();
            });
    var bar = new HBox(check, cancel, busy, count, space, again, close);
    bar.getStyleClass().add("lesson-bar");
    return bar;
  }
}
