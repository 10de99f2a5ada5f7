package beamyard.ui.desktop.learning;

import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Task;
import beamyard.lessons.script.Task.Check;
import beamyard.ui.desktop.drawing.Prosaic;
import beamyard.ui.desktop.learning.PageBlocks.Row;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.MapChangeListener;
import javafx.collections.SetChangeListener;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Something to do in the cluster: its checks are ticked as soon as they hold, hints are given one after the other. */
final class TaskPane extends VBox {
  private final Task task;
  private final List<Label> checks = new ArrayList<>();
  private final VBox hints = new VBox(6);
  private final VBox solution = new VBox(8);
  private final Label done = Prosaic.label("✓ Done. Well done.", "task-done");
  private int hintsGiven;

  TaskPane(LessonModel model, PageBlocks blocks, Frame frame) {
    task = Task.of(frame, List.of());
    getStyleClass().addAll("frame", "task-frame");
    var mark = new Label();
    mark.getStyleClass().add("mark");
    mark.managedProperty().bind(mark.textProperty().isNotEmpty());
    String title = task.title().isEmpty() ? "Your turn" : "Your turn: " + task.title();
    var head = new HBox(mark, Prosaic.label(title, "frame-title"));
    head.getStyleClass().add("step-head");
    blocks.rows().put(task.line(), new Row(head, mark, hints));
    getChildren().add(head);
    blocks.add(this, task.blocks());
    for (Check check : task.checks()) {
      Label label = Prosaic.label("○ " + said(check), "check");
      checks.add(label);
      getChildren().add(label);
    }
    var hint = new Button("Hint");
    hint.setId("task-hint");
    hint.getStyleClass().add("small");
    hint.setMinWidth(Region.USE_PREF_SIZE);
    hint.setDisable(task.hints().isEmpty());
    hint.setOnAction(_ -> giveHint(hint));
    var show = new Button("Show me how");
    show.setId("task-solve");
    show.getStyleClass().add("small");
    show.setMinWidth(Region.USE_PREF_SIZE);
    show.setOnAction(_ -> model.runNext());
    show.disableProperty()
        .bind(
            model
                .stateProperty()
                .isNotEqualTo(LessonModel.State.WORKING)
                .or(model.lineProperty().isNotEqualTo(task.line())));
    var help = new HBox(8, hint, show);
    hide(solution);
    hide(done);
    blocks.add(solution, task.solution());
    getChildren().addAll(help, hints, solution, done);
    List<Boolean> held = model.marks().checks().get(task.line());
    if (held != null) {
      tick(held);
    }
    if (model.marks().revealed().contains(task.line())) {
      show(solution);
    }
    model
        .marks()
        .checks()
        .addListener(
            (MapChangeListener<Integer, List<Boolean>>)
                change -> {
                  if (change.wasAdded() && change.getKey() == task.line()) {
                    tick(change.getValueAdded());
                  }
                });
    model
        .marks()
        .revealed()
        .addListener(
            (SetChangeListener<Integer>)
                change -> {
                  if (change.wasAdded() && change.getElementAdded() == task.line()) {
                    show(solution);
                  }
                });
  }

  private static String said(Check check) {
    return check.says().isEmpty() ? check.code() : check.says();
  }

  private void giveHint(Button button) {
    hints.getChildren().addAll(Prosaic.panes(task.hints().get(hintsGiven++)));
    int left = task.hints().size() - hintsGiven;
    button.setText(left == 0 ? "No more hints" : "Next hint");
    button.setDisable(left == 0);
  }

  private void tick(List<Boolean> holding) {
    for (int i = 0; i < Math.min(holding.size(), checks.size()); i++) {
      boolean holds = holding.get(i);
      Label label = checks.get(i);
      label.setText((holds ? "✓ " : "○ ") + said(task.checks().get(i)));
      label.getStyleClass().remove("check-holds");
      if (holds) {
        label.getStyleClass().add("check-holds");
      }
    }
    if (!holding.contains(false)) {
      show(done);
    }
  }

  private static void hide(Region region) {
    region.setVisible(false);
    region.setManaged(false);
  }

  private static void show(Region region) {
    region.setVisible(true);
    region.setManaged(true);
  }
}
