package beamyard.ui.desktop;

import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.drawing.Prosaic;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Three steps around the window, for who opens it for the first time. */
final class Welcome extends VBox {
  private static final double WIDTH = 440;

  private static final List<Step> STEPS =
      List.of(
          new Step(
              Icon.CONNECT,
              "See the cluster think",
              "Every card on the map is a whole node, with real Elixir at its shell below. Messages between nodes are seen"
                  + " moving; click on anything to look into it."),
          new Step(
              Icon.CUT,
              "Break it",
              "Press Cut and draw a line across links to part the nodes; select one and kill it with K, pause it with P. What"
                  + " you do here hurts nobody, and time goes back."),
          new Step(
              Icon.TO_START,
              "Rewind it",
              "Drag the time line back to any moment and look again, slower. Do something else there, and the yard goes on"
                  + " in a branch of its own."));

  private final Runnable end;
  private int step;

  private record Step(Icon icon, String title, String text) {}

  /**
   * @param end takes it away
   */
  Welcome(Runnable end) {
    this.end = end;
    setId("welcome-tour");
    setSpacing(14);
    setPrefWidth(WIDTH);
    show();
  }

  private void show() {
    Step now = STEPS.get(step);
    var drawing = new HBox(now.icon().graphic());
    drawing.getStyleClass().add("tour-icon");
    var title = new Label(now.title());
    title.getStyleClass().add("welcome-title");
    Label text = Prosaic.label(now.text(), "prose");
    text.setMinHeight(76);
    var dots = new Label("●".repeat(step + 1) + "○".repeat(STEPS.size() - step - 1));
    dots.getStyleClass().add("hint");
    dots.setAccessibleText("Step " + (step + 1) + " of " + STEPS.size());
    var skip = new Button("Skip");
    skip.getStyleClass().add("flat");
    skip.setId("tour-skip");
    skip.setOnAction(_ -> end.run());
    boolean last = step == STEPS.size() - 1;
    skip.setVisible(!last);
    var next = new Button(last ? "Begin" : "Next");
    next.setId("tour-next");
    next.getStyleClass().add("accent");
    next.setDefaultButton(true);
    next.setOnAction(
        _ -> {
          step++;
          if (step == STEPS.size()) {
            end.run();
          } else {
            show();
          }
        });
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var bar = new HBox(8, dots, space, skip, next);
    bar.getStyleClass().add("step-head");
    getChildren().setAll(drawing, title, text, bar);
    next.requestFocus();
  }
}
