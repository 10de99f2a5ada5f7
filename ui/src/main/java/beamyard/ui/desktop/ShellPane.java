package beamyard.ui.desktop;

import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A node's terminal with a line to type in. */
final class ShellPane extends VBox {
  private final TextField line = new TextField();

  ShellPane(ShellModel model) {
    getStyleClass().add("shell");
    var terminal = new TextArea();
    terminal.setEditable(false);
    terminal.setWrapText(true);
    terminal.getStyleClass().add("terminal");
    terminal.setAccessibleText("Terminal of " + model.node());
    model
        .textProperty()
        .subscribe(
            text -> {
              terminal.setText(text);
              terminal.setScrollTop(Double.MAX_VALUE);
              terminal.positionCaret(text.length());
            });
    line.setId("line-" + model.node());
    line.setPromptText("Type Elixir for " + model.node());
    line.setAccessibleText("Input for " + model.node());
    line.getStyleClass().add("input");
    line.setOnAction(
        _ -> {
          model.type(line.getText());
          line.clear();
        });
    line.addEventFilter(KeyEvent.KEY_PRESSED, event -> recall(model, event));
    HBox.setHgrow(line, Priority.ALWAYS);
    var prompt = new Label("iex>");
    prompt.getStyleClass().add("prompt");
    model.readyProperty().subscribe(ready -> prompt.setDisable(!ready));
    VBox.setVgrow(terminal, Priority.ALWAYS);
    var input = new HBox(prompt, line);
    input.getStyleClass().add("input-row");
    getChildren().setAll(terminal, input);
  }

  private void recall(ShellModel model, KeyEvent event) {
    if (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN) {
      line.setText(event.getCode() == KeyCode.UP ? model.earlier() : model.later());
      line.end();
      event.consume();
    }
  }
}
