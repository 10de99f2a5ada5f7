package beamyard.ui.desktop.learning;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A numbered line of a story, which leads to where it happens; a long one is folded beside its number. */
final class StoryRow extends HBox {
  private final Button line = new Button();

  StoryRow(int number, String text, Runnable go) {
    getStyleClass().add("story-row");
    var count = new Label(number + ".");
    count.getStyleClass().add("story-number");
    count.setMinWidth(Region.USE_PREF_SIZE);
    line.setText(text);
    line.getStyleClass().addAll("flat", "story-line");
    line.setMnemonicParsing(false);
    line.setWrapText(true);
    line.setMaxWidth(Double.MAX_VALUE);
    line.setMinHeight(Region.USE_PREF_SIZE);
    line.setAccessibleText(number + ". " + text);
    line.setOnAction(_ -> go.run());
    HBox.setHgrow(line, Priority.ALWAYS);
    getChildren().setAll(count, line);
  }

  /** What is pressed. */
  Button line() {
    return line;
  }
}
