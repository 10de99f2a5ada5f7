package beamyard.ui.desktop.learning;

import beamyard.ui.desktop.drawing.CodeText;
import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.drawing.Prosaic;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextFlow;

/** Code of the page to change and to run at a node; what it prints is shown here and at the node's shell. */
final class TrialPane extends VBox {
  private static final int MOST_ROWS = 14;

  private final LessonModel model;
  private final CodeEditor editor = new CodeEditor();
  private final ComboBox<String> at = new ComboBox<>();
  private final VBox printed = new VBox();

  /**
   * @param node where it runs at first; empty for the first there is
   * @param close takes this pane away
   */
  TrialPane(LessonModel model, String node, String code, Runnable close) {
    this.model = model;
    getStyleClass().add("trial");
    editor.setId("trial");
    editor.setAccessibleText("Code to change");
    editor.setText(code);
    editor.setPrefRowCount(Math.clamp(code.lines().count() + 1, 2, MOST_ROWS));
    editor.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
            run();
            event.consume();
          } else if (event.getCode() == KeyCode.ESCAPE) {
            close.run();
            event.consume();
          }
        });
    at.getItems().setAll(model.nodes());
    at.setValue(
        model.nodes().contains(node) || model.nodes().isEmpty() ? node : model.nodes().getFirst());
    at.setOnShowing(_ -> at.getItems().setAll(model.nodes()));
    at.setAccessibleText("Node to run it at");
    var run = new Button("Run", Icon.PLAY.graphic());
    run.setId("trial-run");
    run.getStyleClass().addAll("accent", "small");
    run.setMinWidth(Region.USE_PREF_SIZE);
    run.setTooltip(new Tooltip("Run it at this node (Ctrl+Enter)"));
    run.setOnAction(_ -> run());
    var away = new Button("Close");
    away.getStyleClass().addAll("flat", "small");
    away.setMinWidth(Region.USE_PREF_SIZE);
    away.setOnAction(_ -> close.run());
    var bar = new HBox(6, run, at, away);
    bar.getStyleClass().add("trial-bar");
    getChildren().setAll(editor, bar, printed);
    Platform.runLater(editor::requestFocus);
  }

  private void run() {
    if (at.getValue() == null || at.getValue().isEmpty()) {
      printed.getChildren().setAll(Prosaic.label("There is no node yet.", "step-note"));
      return;
    }
    printed.getChildren().setAll(Prosaic.label("running …", "step-note"));
    model.tryOut(at.getValue(), editor.getText().strip(), this::show);
  }

  private void show(String text) {
    List<TextFlow> lines =
        text.stripTrailing()
            .lines()
            .map(
                line -> {
                  var flow = new TextFlow();
                  flow.getChildren().addAll(CodeText.line(line));
                  return flow;
                })
            .toList();
    printed.getChildren().setAll(lines);
    printed.getStyleClass().setAll("result");
  }
}
