package beamyard.ui.desktop.learning;

import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.Lesson.Block;
import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Prompt;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Session;
import beamyard.ui.desktop.drawing.CodeText;
import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.drawing.Prosaic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;

/** Makes panes of the blocks of a page. Remembers where each line of code is. */
final class PageBlocks {
  private static final Pattern AT_NODE =
      Pattern.compile("(?m)^\\s*#+\\s*(?:[Oo]n|[Aa]t) (\\S+@\\S+)");

  private final LessonModel model;

  /** By the line of the page. */
  private final NavigableMap<Integer, Row> rows = new TreeMap<>();

  /**
   * One line of code, or what a question or a task begins with.
   *
   * @param below what became of it
   */
  record Row(Region line, Label mark, VBox below) {}

  PageBlocks(LessonModel model) {
    this.model = model;
  }

  NavigableMap<Integer, Row> rows() {
    return rows;
  }

  void add(VBox parent, List<Block> blocks) {
    blocks.forEach(block -> add(parent, block));
  }

  private void add(VBox parent, Block block) {
    switch (block) {
      case Prose prose -> parent.getChildren().addAll(Prosaic.panes(prose.markdown()));
      case Code code -> addCode(parent, code);
      case Session session -> {
        var box = new VBox();
        box.getStyleClass().add("code");
        session.prompts().forEach(prompt -> addPrompt(box, prompt));
        parent.getChildren().add(box);
      }
      case Frame frame -> addFrame(parent, frame);
    }
  }

  private void addFrame(VBox parent, Frame frame) {
    switch (frame.kind()) {
      case QUESTION -> parent.getChildren().add(new QuestionPane(model, this, frame));
      case TASK -> parent.getChildren().add(new TaskPane(model, this, frame));
      case SUMMARY -> parent.getChildren().add(new GapsPane(frame));
      case CONCEPT, CALLOUT, COMPARE, EXERCISE, REVEAL, HINT, SOLUTION -> {
        var box = new VBox();
        box.getStyleClass().addAll("frame", frame.kind().name().toLowerCase(Locale.ROOT));
        String type = frame.attributes().getOrDefault("type", "");
        if (!type.isEmpty()) {
          box.getStyleClass().add(type);
        }
        String usual = frame.kind() == Lesson.Kind.COMPARE ? "Side by side" : "";
        String title = frame.attributes().getOrDefault("title", usual);
        if (!title.isEmpty()) {
          box.getChildren().add(Prosaic.label(title, "frame-title"));
        }
        add(box, frame.blocks());
        parent.getChildren().add(box);
      }
    }
  }

  // Code.

  private void addCode(VBox parent, Code code) {
    var box = new VBox();
    box.getStyleClass().add("code");
    boolean elixir = code.language().equals("elixir");
    int line = code.line();
    for (String each : code.text().stripTrailing().lines().toList()) {
      addRow(box, line++, elixir ? CodeText.line(each) : List.of(CodeText.piece(each, "plain")));
    }
    if (elixir && rows.containsKey(code.line())) {
      Matcher named = AT_NODE.matcher(code.text());
      offerTrial(
          rows.get(code.line()),
          rows.get(line - 1),
          named.find() ? named.group(1) : "",
          code.text().stripTrailing());
    }
    parent.getChildren().add(box);
  }

  private void addPrompt(VBox box, Prompt prompt) {
    String shown = prompt.node().map(node -> "iex(" + node + ")>\u00a0").orElse("iex>\u00a0");
    int line = prompt.line();
    for (String each : prompt.code().isEmpty() ? List.of("") : prompt.code().lines().toList()) {
      var pieces = new ArrayList<Node>();
      pieces.add(CodeText.piece(line == prompt.line() ? shown : "...>\u00a0", "prompt"));
      pieces.addAll(CodeText.line(each));
      addRow(box, line++, pieces);
    }
    Row first = rows.get(prompt.line());
    Row last = rows.get(line - 1);
    for (String each : prompt.expected()) {
      addRow(box, line++, CodeText.line(each));
    }
    if (first != null && last != null) {
      offerTrial(first, last, prompt.node().orElse(""), prompt.code());
    }
  }

  private void addRow(VBox box, int line, List<? extends Node> pieces) {
    var mark = new Label();
    mark.getStyleClass().add("mark");
    var flow = new TextFlow();
    flow.getChildren().addAll(pieces);
    HBox.setHgrow(flow, Priority.ALWAYS);
    flow.setMinWidth(0);
    var row = new HBox(mark, flow);
    row.getStyleClass().add("code-row");
    var below = new VBox();
    below.getStyleClass().add("below");
    rows.put(line, new Row(row, mark, below));
    box.getChildren().addAll(row, below);
  }

  /** A way to change code and try it. */
  private void offerTrial(Row first, Row last, String node, String code) {
    if (!(first.line() instanceof HBox line)) {
      return;
    }
    var edit = new Button("", Icon.EDIT.graphic());
    edit.getStyleClass().addAll("flat", "edit-code");
    edit.setTooltip(new Tooltip("Change this code and run it"));
    edit.setAccessibleText("Change this code and run it");
    var trial = new VBox();
    edit.setOnAction(
        _ -> {
          if (trial.getChildren().isEmpty()) {
            trial
                .getChildren()
                .setAll(new TrialPane(model, node, code, () -> trial.getChildren().clear()));
          } else {
            trial.getChildren().clear();
          }
        });
    // over the code, which keeps all of the room
    edit.setManaged(false);
    line.getChildren().add(edit);
    line.layoutBoundsProperty()
        .subscribe(
            bounds -> {
              edit.autosize();
              edit.relocate(bounds.getWidth() - edit.getWidth() - 2, 1);
            });
    VBox box = (VBox) last.below().getParent();
    if (box == null) {
      return;
    }
    box.getChildren().add(trial);
  }
}
