package beamyard.ui.desktop;

import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.time.TimeModel;
import beamyard.ui.desktop.yard.YardModel;
import javafx.animation.PauseTransition;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** What takes long, with its progress and a way to end it; and below it what went wrong, calmly, until it is dismissed. */
final class BannerPane extends VBox {
  /** What is over sooner is not worth a row that comes and goes. */
  private static final Duration LONG = Duration.millis(400);

  BannerPane(YardModel yard, Opener opener, TimeModel time) {
    HBox opening = work("work", opener.doingProperty(), opener.progressProperty(), opener::cancel);
    opener.doingProperty().subscribe(doing -> show(opening, !doing.isEmpty()));
    HBox running =
        work(
            "run-until",
            time.runningProperty(),
            new SimpleDoubleProperty(ProgressBar.INDETERMINATE_PROGRESS),
            () -> yard.pausedProperty().set(true));
    showIfLong(running, time.runningProperty());
    getChildren().setAll(opening, running, problem(yard));
  }

  private static void showIfLong(HBox row, ObservableValue<String> doing) {
    var wait = new PauseTransition(LONG);
    wait.setOnFinished(_ -> show(row, !doing.getValue().isEmpty()));
    doing.subscribe(
        text -> {
          if (text.isEmpty()) {
            wait.stop();
            show(row, false);
          } else {
            wait.playFromStart();
          }
        });
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

  private static HBox work(
      String id,
      ObservableValue<String> doing,
      ObservableValue<? extends Number> share,
      Runnable canceller) {
    var text = label(id + "-text");
    text.textProperty().bind(doing.map(what -> what + " …"));
    var progress = new ProgressBar();
    progress.progressProperty().bind(share);
    progress.setAccessibleText("Progress");
    var cancel = new Button("Cancel");
    cancel.setId(id + "-cancel");
    cancel.getStyleClass().add("small");
    cancel.setMinWidth(Region.USE_PREF_SIZE);
    cancel.setOnAction(_ -> canceller.run());
    var row = row(text, progress, cancel);
    row.getStyleClass().add("work");
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
