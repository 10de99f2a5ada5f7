package beamyard.ui.desktop;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

/** What went wrong, calmly, until it is dismissed. */
final class BannerPane extends HBox {
  BannerPane(YardModel yard) {
    getStyleClass().add("banner");
    var text = new Label();
    text.setId("banner-text");
    text.setWrapText(true);
    text.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(text, Priority.ALWAYS);
    text.textProperty().bind(yard.problemProperty());
    var close = new Button("", Icon.CLOSE.graphic());
    close.getStyleClass().addAll("flat", "icon-button");
    close.setAccessibleText("Dismiss");
    close.setOnAction(_ -> yard.dismissProblem());
    getChildren().setAll(text, close);
    yard.problemProperty()
        .subscribe(
            problem -> {
              setVisible(!problem.isEmpty());
              setManaged(!problem.isEmpty());
            });
  }
}
