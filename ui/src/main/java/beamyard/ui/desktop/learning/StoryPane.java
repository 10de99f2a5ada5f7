package beamyard.ui.desktop.learning;

import beamyard.ui.desktop.drawing.CodeText;
import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.drawing.Prosaic;
import beamyard.ui.desktop.run.StoryRun.Line;
import beamyard.ui.desktop.run.StoryRun.Story;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;

/** A counterexample: what was violated, the story of how, whose lines lead to their moments, and the program. */
public final class StoryPane extends VBox {
  private static final PseudoClass REACHED = PseudoClass.getPseudoClass("reached");

  private final StoryModel model;
  private final VBox page = new VBox();
  private final VBox lines = new VBox(2);
  private final ScrollPane scroll = new ScrollPane(page);

  public StoryPane(StoryModel model) {
    this.model = model;
    getStyleClass().addAll("lesson", "story-pane");
    setMinWidth(300);
    page.getStyleClass().add("page");
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("page-scroll");
    scroll.setAccessibleText("Counterexample");
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().setAll(scroll, controls());
    model
        .storyProperty()
        .subscribe(
            story -> {
              if (story != null) {
                show(story);
              }
            });
    model.lineProperty().subscribe(this::mark);
  }

  private void show(Story story) {
    scroll.setVvalue(0);
    var kind = new Label("Counterexample");
    kind.getStyleClass().add("hint");
    lines.getChildren().clear();
    int number = 1;
    for (Line line : story.lines()) {
      lines.getChildren().add(row(number++, line));
    }
    lines.getChildren().getLast().getStyleClass().add("violation");
    var code = new VBox();
    code.getStyleClass().add("code");
    story
        .program()
        .stripTrailing()
        .lines()
        .forEach(
            line -> {
              var flow = new TextFlow();
              flow.getChildren().addAll(CodeText.line(line));
              code.getChildren().add(flow);
            });
    page.getChildren()
        .setAll(
            kind,
            Prosaic.label(story.file(), "page-title"),
            Prosaic.label("Violated: " + story.violation(), "story-message"),
            Prosaic.label(
                "The smallest run found that does so. A line leads to where it has happened."
                    + story.note(),
                "step-note"),
            lines,
            Prosaic.label("The program", "sub-title"),
            code);
    mark();
  }

  private StoryRow row(int number, Line line) {
    var row = new StoryRow(number, line.text(), () -> model.goTo(line));
    row.line().setId("story-line-" + number);
    return row;
  }

  private void mark() {
    for (int i = 0; i < lines.getChildren().size(); i++) {
      lines.getChildren().get(i).pseudoClassStateChanged(REACHED, i == model.lineProperty().get());
    }
  }

  private HBox controls() {
    var violation = new Button("The violation");
    violation.setId("story-violation");
    violation.getStyleClass().add("accent");
    violation.setMinWidth(Region.USE_PREF_SIZE);
    violation.setTooltip(new Tooltip("Go to where it is violated"));
    violation.setOnAction(
        _ -> {
          Story story = model.storyProperty().get();
          if (story != null) {
            model.goTo(story.lines().getLast());
          }
        });
    var branch = new Button("Go on from here");
    branch.setId("story-branch");
    branch.setMinWidth(Region.USE_PREF_SIZE);
    branch.setTooltip(
        new Tooltip("Leaves the story here: a branch in which everything happens by itself"));
    branch.setOnAction(_ -> model.branch());
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var close = new Button("", Icon.CLOSE.graphic());
    close.getStyleClass().add("flat");
    close.setTooltip(new Tooltip("Close the counterexample"));
    close.setAccessibleText("Close the counterexample");
    close.setOnAction(_ -> model.close());
    var bar = new HBox(violation, branch, space, close);
    bar.getStyleClass().add("lesson-bar");
    return bar;
  }
}
