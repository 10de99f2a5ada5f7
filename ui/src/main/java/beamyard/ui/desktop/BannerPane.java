package beamyard.ui.desktop;

import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.yard.YardModel;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What takes long, with its progress and a way to end it; and below it what went wrong, calmly, until it is dismissed. */
final class BannerPane extends VBox {
  BannerPane(YardModel yard, Opener opener) {
    getChildren().setAll(work(opener), problem(yard));
  }

  private static HBox problem(YardModel yard) {
    var text = label("banner-text");
    text.textProperty().bind(yard.problemProperty());
    var close = new Button("", Icon.CLOSE.graphic());
    close.getStyleClass().addAll("flat", "icon-button");
    close.setId("banner-close");
    close.setAccessibleText("Dismiss");
    close.setOnAction(_ -> yard.dismissProblem());
    var row = row(text, close);
    yard.problemProperty().subscribe(problem -> show(row, !problem.isEmpty()));
    return row;
  }

  private static HBox work(Opener opener) {
    var text = label("work-text");
    text.textProperty().bind(opener.doingProperty().concat(" …"));
    var progress = new ProgressBar();
    progress.progressProperty().bind(opener.progressProperty());
    progress.setAccessibleText("Progress");
    var cancel = new Button("Cancel");
    cancel.setId("work-cancel");
    cancel.getStyleClass().add("small");
    cancel.setMinWidth(Region.USE_PREF_SIZE);
    cancel.setOnAction(_ -> opener.cancel());
    var row = row(text, progress, cancel);
    row.getStyleClass().add("work");
    opener.doingProperty().subscribe(doing -> show(row, !doing.isEmpty()));
    return row;
  }

  private static Label label(String id) {
    var text = new Label();
    text.setId(id);
    text.setWrapText(true);
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    return text;
  }

  private static HBox row(Node... content) {
    var row = new HBox(content);
    row.getStyleClass().add("banner");
    return row;
  }

  private static void show(HBox row, boolean is) {
    row.setVisible(is);
    row.setManaged(is);
  }
}
