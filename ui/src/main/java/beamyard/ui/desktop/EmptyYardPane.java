package beamyard.ui.desktop;

import beamyard.ui.desktop.drawing.Icon;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** What the window says while the yard is empty: what this is, and three ways to begin. */
final class EmptyYardPane extends VBox {
  private static final double WAY_WIDTH = 220;

  /**
   * @param actions what each way does
   */
  EmptyYardPane(Actions actions) {
    getStyleClass().add("welcome");
    setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    var title = new Label("This is your yard");
    title.getStyleClass().add("welcome-title");
    var text =
        new Label(
            "Nodes you put here talk as real Erlang and Elixir nodes do.\n"
                + "Connect them, type at their shells, break what is between them, and go back in time.");
    text.getStyleClass().add("welcome-text");
    text.setWrapText(true);
    var ways =
        new HBox(
            way(
                "first-lesson",
                Icon.COURSE,
                "Take the first lesson",
                "Two nodes, ten minutes",
                actions::openFirstLesson),
            way(
                "three-nodes",
                Icon.CONNECT,
                "Three nodes, connected",
                "alice, bob and carol",
                actions::addThreeNodes),
            way("add-first", Icon.ADD, "Add one node", "You choose its name", actions::addNode));
    ways.getStyleClass().add("welcome-ways");
    var hint =
        new Label("Or drop a page, a recording or a set-up on this window.  F1 shows all keys.");
    hint.getStyleClass().add("hint");
    getChildren().setAll(title, text, ways, hint);
  }

  private static Button way(String id, Icon icon, String title, String note, Runnable action) {
    var heading = new Label(title);
    heading.getStyleClass().add("way-title");
    var line = new Label(note);
    line.getStyleClass().add("hint");
    var drawing = new HBox(icon.graphic());
    drawing.getStyleClass().add("way-icon");
    var box = new VBox(drawing, heading, line);
    box.getStyleClass().add("way-box");
    var button = new Button("", box);
    button.setId(id);
    button.setAccessibleText(title);
    button.getStyleClass().add("way");
    button.setMaxHeight(Double.MAX_VALUE);
    button.setPrefWidth(WAY_WIDTH);
    HBox.setHgrow(button, Priority.ALWAYS);
    button.setOnAction(_ -> action.run());
    return button;
  }
}
