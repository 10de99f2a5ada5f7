package beamyard.ui.desktop.learning;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.Lesson.Link;
import beamyard.lessons.script.Lesson.Section;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.ui.desktop.drawing.CodeText;
import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.drawing.Prosaic;
import beamyard.ui.desktop.learning.LessonModel.State;
import beamyard.ui.desktop.learning.PageBlocks.Row;
import beamyard.ui.desktop.learning.PageMarks.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import javafx.application.Platform;
import javafx.collections.MapChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;

/** The text of a page, with what became of its steps. The step that is next, or runs, is marked and kept in view. */
public final class LessonPane extends VBox {
  private static final String NEXT = "next";
  private static final String RUNNING = "running";

  private final LessonModel model;
  private final Course course;
  private final VBox page = new VBox();
  private final ScrollPane scroll = new ScrollPane(page);

  private NavigableMap<Integer, Row> rows = new TreeMap<>();

  private final List<Row> marked = new ArrayList<>();

  /** Where one goes on after a page. */
  public interface Course {
    /** The title of the lesson after a page of a name; empty if there is none. */
    Optional<String> titleAfter(String page);

    void openAfter(String page);
  }

  public LessonPane(LessonModel model, Course course) {
    this.model = model;
    this.course = course;
    getStyleClass().add("lesson");
    setMinWidth(280);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("page-scroll");
    scroll.setAccessibleText("Lesson");
    page.getStyleClass().add("page");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().setAll(scroll, controls());
    model
        .lessonProperty()
        .subscribe(
            lesson -> {
              if (lesson != null) {
                scroll.setVvalue(0);
                show(lesson);
              }
            });
    model
        .returnsProperty()
        .subscribe(
            () -> {
              Lesson again = model.lessonProperty().get();
              if (again != null) {
                show(again);
                mark(model.lineProperty().get());
              }
            });
    model.lineProperty().subscribe(line -> mark(line.intValue()));
    model.stateProperty().subscribe(_ -> mark(model.lineProperty().get()));
    model
        .marks()
        .outcomes()
        .addListener(
            (MapChangeListener<Integer, Outcome>)
                change -> {
                  if (change.wasAdded()) {
                    finish(change.getKey(), change.getValueAdded());
                  }
                });
  }

  // The page.

  private void show(Lesson lesson) {
    page.getChildren().clear();
    marked.clear();
    var blocks = new PageBlocks(model);
    rows = blocks.rows();
    page.getChildren()
        .add(Prosaic.label(lesson.front().text("title").orElse(lesson.file()), "page-title"));
    lesson
        .front()
        .text("description")
        .ifPresent(
            description ->
                page.getChildren()
                    .add(Prosaic.label(description.replace(" -- ", " – "), "page-description")));
    for (Section section : lesson.sections()) {
      if (!section.title().isEmpty()) {
        page.getChildren().add(Prosaic.label(section.title(), "section-title"));
      }
      blocks.add(page, section.blocks());
    }
    model.marks().outcomes().forEach(this::finish);
    readOn(lesson.front().links());
  }

  /** The official pages that the lesson names. */
  private void readOn(List<Link> links) {
    if (links.isEmpty()) {
      return;
    }
    page.getChildren().add(Prosaic.label("Read on", "section-title"));
    var list = new VBox();
    list.setId("read-on");
    list.getStyleClass().add("list");
    links.forEach(link -> list.getChildren().add(Prosaic.link(link.title(), link.address())));
    page.getChildren().add(list);
  }

  // The steps.

  private void mark(int line) {
    for (Row row : marked) {
      row.line().getStyleClass().removeAll(NEXT, RUNNING);
      if (row.mark().getText().equals("▸")) {
        row.mark().setText("");
      }
    }
    marked.clear();
    Row row = rows.get(line);
    if (row != null) {
      row.line().getStyleClass().add(model.stateProperty().get() == State.RUNNING ? RUNNING : NEXT);
      row.mark().setText("▸");
      marked.add(row);
      Platform.runLater(() -> reveal(row.line()));
    }
  }

  /** Scrolls only if the row is not comfortably in view. */
  private void reveal(Node row) {
    double seen = scroll.getViewportBounds().getHeight();
    double spare = page.getHeight() - seen;
    double top = page.sceneToLocal(row.localToScene(0, 0)).getY();
    double first = scroll.getVvalue() * spare;
    if (spare > 0 && (top < first + seen * 0.12 || top > first + seen * 0.8)) {
      scroll.setVvalue(Math.clamp((top - seen * 0.35) / spare, 0, 1));
    }
  }

  private void finish(int line, Outcome outcome) {
    String style =
        switch (outcome.verdict()) {
          case MATCHES -> "matches";
          case DIFFERS -> "differs";
          case NOT_COMPARED -> "done";
          case NOT_RUN -> "not-run";
        };
    Map<Integer, Row> its = rows.subMap(line, true, line + outcome.lines() - 1, true);
    its.values().forEach(row -> row.line().getStyleClass().add(style));
    Row first = rows.get(line);
    if (first == null) {
      return;
    }
    first.mark().setOnMouseClicked(_ -> model.goBackTo(line));
    first.mark().setTooltip(new Tooltip("Go back to here"));
    first
        .mark()
        .setText(
            switch (outcome.verdict()) {
              case MATCHES -> "✓";
              case DIFFERS -> "✗";
              case NOT_COMPARED -> "•";
              case NOT_RUN -> "–";
            });
    Row last = its.isEmpty() ? first : List.copyOf(its.values()).getLast();
    if (outcome.verdict() == Verdict.DIFFERS) {
      last.below().getChildren().setAll(result("printed", outcome.printed()));
    } else if (outcome.verdict() == Verdict.NOT_COMPARED && !outcome.printed().isEmpty()) {
      last.below().getChildren().setAll(result("", outcome.printed()));
    }
    if (!outcome.note().isEmpty()) {
      last.below().getChildren().add(Prosaic.label(outcome.note(), "step-note"));
    }
  }

  private static VBox result(String title, List<String> lines) {
    var box = new VBox();
    box.getStyleClass().add("result");
    if (!title.isEmpty()) {
      box.getChildren().add(Prosaic.label(title, "step-note"));
    }
    for (String line : lines) {
      var flow = new TextFlow();
      flow.getChildren().addAll(CodeText.line(line));
      box.getChildren().add(flow);
    }
    return box;
  }

  // What can be done.

  private VBox controls() {
    var next = new Button("Run step", Icon.PLAY.graphic());
    next.setId("run-next");
    next.getStyleClass().add("accent");
    next.setMinWidth(Region.USE_PREF_SIZE);
    next.setTooltip(new Tooltip("Run the marked step (F8)"));
    next.setOnAction(
        _ -> {
          if (model.stateProperty().get() == State.ENDED) {
            course.openAfter(model.name());
          } else {
            model.runNext();
          }
        });
    var all = new Button("Run all", Icon.RUN_ALL.graphic());
    all.setId("run-all");
    all.setMinWidth(Region.USE_PREF_SIZE);
    all.setTooltip(new Tooltip("Run every step to the end of the page (Shift+F8)"));
    all.setOnAction(
        _ -> {
          if (model.isRunningAll()) {
            model.hold();
          } else {
            model.runAll();
          }
          label(all);
        });
    var back = new Button("", Icon.STEP_BACK.graphic());
    back.setId("lesson-back");
    back.setTooltip(new Tooltip("Back to the step before (F7)"));
    back.setAccessibleText("Back to the step before");
    back.getStyleClass().add("flat");
    back.setOnAction(_ -> model.goBack());
    back.disableProperty().bind(model.progressProperty().isEqualTo(0));
    var again = new Button("", Icon.RESTART.graphic());
    again.setTooltip(new Tooltip("Begin the page anew"));
    again.setAccessibleText("Begin the page anew");
    again.getStyleClass().add("flat");
    again.setOnAction(_ -> model.restart());
    var close = new Button("", Icon.CLOSE.graphic());
    close.setTooltip(new Tooltip("Close the page; its nodes stay"));
    close.setAccessibleText("Close the page");
    close.getStyleClass().add("flat");
    close.setOnAction(_ -> model.close());
    var tally = new Label();
    tally.getStyleClass().add("tally");
    tally.setId("tally");
    tally.setMinWidth(0);
    tally.setTooltip(
        new Tooltip("✓ printed what the page shows   ✗ printed something else   – could not run"));
    Runnable count = () -> tally.setText(tallied());
    model.marks().matchedProperty().subscribe(count);
    model.marks().differingProperty().subscribe(count);
    model.marks().notRunProperty().subscribe(count);
    model
        .stateProperty()
        .subscribe(
            state -> {
              Optional<String> after =
                  state == State.ENDED ? course.titleAfter(model.name()) : Optional.empty();
              next.setDisable(
                  switch (state) {
                    case READY, ASKING, WORKING -> false;
                    case CLOSED, SETTING_UP, RUNNING -> true;
                    case ENDED -> after.isEmpty();
                  });
              next.setText(
                  switch (state) {
                    case ASKING -> "Show the answer";
                    case WORKING -> "Show me how";
                    case ENDED -> after.map(title -> "Next: " + title).orElse("Run step");
                    case CLOSED, SETTING_UP, READY, RUNNING -> "Run step";
                  });
              all.setDisable(state == State.ENDED || state == State.CLOSED);
              label(all);
              count.run();
            });
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var bar = new HBox(next, all, back, again, space, tally, close);
    bar.getStyleClass().add("lesson-bar");
    var progress = new ProgressBar();
    progress.setId("lesson-progress");
    progress.getStyleClass().add("lesson-progress");
    progress.setMaxWidth(Double.MAX_VALUE);
    progress.setAccessibleText("How much of the page is done");
    progress.progressProperty().bind(model.progressProperty());
    return new VBox(progress, bar);
  }

  private void label(Button all) {
    all.setText(model.isRunningAll() ? "Hold" : "Run all");
    all.setGraphic(model.isRunningAll() ? Icon.PAUSE.graphic() : Icon.RUN_ALL.graphic());
  }

  private String tallied() {
    int matched = model.marks().matchedProperty().get();
    int differing = model.marks().differingProperty().get();
    int notRun = model.marks().notRunProperty().get();
    if (model.stateProperty().get() == State.SETTING_UP) {
      return "starting nodes…";
    }
    return "✓ " + matched + "  ✗ " + differing + (notRun == 0 ? "" : "  – " + notRun);
  }
}
