package beamyard.ui.desktop.map;

import beamyard.simulator.Fault;
import beamyard.simulator.Node.State;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.YardModel;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What can be done to what is selected, above what is known of it: buttons for nodes, and {@link LinkControls} for a link. */
public final class DeedsPane extends VBox {
  private final YardModel yard;
  private final MapMenus menus;
  private Shown shown = new Shown(new Selection.Nothing(), Optional.empty());

  /** What the buttons of some nodes depend on: with another node of that kind they stay. */
  private record Kind(Power power, boolean hasOthers) {}

  /** Whether something runs, or could at least go on. */
  private enum Power {
    ON,
    PAUSED,
    OFF
  }

  private record Shown(Selection.Subject subject, Optional<Kind> kind) {}

  public DeedsPane(YardModel yard, MapMenus menus) {
    this.yard = yard;
    this.menus = menus;
    getStyleClass().add("deeds");
    setId("deeds");
    yard.selection().subjectProperty().subscribe(this::follow);
    yard.updateProperty().subscribe(this::follow);
    show(null);
  }

  private void follow() {
    Selection.Subject subject = yard.selection().get();
    Shown before = shown;
    switch (subject) {
      case Selection.OfNode _, Selection.OfNodes _ -> {
        Kind kind = kind(yard.selection().nodes());
        shown = new Shown(subject, Optional.of(kind));
        if (!shown.kind().equals(before.kind())) {
          show(ofNodes(kind));
        }
      }
      case Selection.OfLink link -> {
        shown = new Shown(subject, Optional.empty());
        if (!shown.equals(before)) {
          show(new LinkControls(yard, menus, link.from(), link.to()));
        }
      }
      case Selection.OfProcess _, Selection.OfHappening _, Selection.Nothing _ -> {
        shown = new Shown(subject, Optional.empty());
        if (!shown.equals(before)) {
          show(null);
        }
      }
    }
  }

  private Kind kind(List<String> labels) {
    List<State> states =
        labels.stream().map(yard::node).flatMap(Optional::stream).map(NodeSeen::state).toList();
    Power power =
        states.contains(State.RUNNING)
            ? Power.ON
            : states.contains(State.PAUSED) ? Power.PAUSED : Power.OFF;
    return new Kind(power, yard.labels().size() > labels.size());
  }

  private void show(@Nullable Node content) {
    getChildren().setAll(content == null ? List.of() : List.of(content));
    setVisible(content != null);
    setManaged(content != null);
  }

  private List<String> selected() {
    return yard.selection().nodes();
  }

  private FlowPane ofNodes(Kind kind) {
    var box = new FlowPane();
    box.getStyleClass().add("deed-buttons");
    boolean up = kind.power() != Power.OFF;
    if (up) {
      box.getChildren()
          .add(
              button(
                  kind.power() == Power.ON ? "Pause" : "Go on",
                  "deed-pause",
                  "Pause what is selected, or let it go on (P)",
                  () -> menus.togglePause(selected())));
    }
    box.getChildren()
        .add(
            button(
                up ? "Restart" : "Start",
                "deed-restart",
                "Kill what is selected if it is up, and start it again (R)",
                () -> menus.doTo(selected(), Fault.Restart::new)));
    if (up) {
      box.getChildren()
          .addAll(
              button(
                  "Stop",
                  "deed-stop",
                  "Stop in an orderly way",
                  () -> menus.doTo(selected(), Fault.Stop::new)),
              dangerous(
                  button(
                      "Kill",
                      "deed-kill",
                      "Kill (K)",
                      () -> menus.doTo(selected(), Fault.Crash::new))));
    }
    if (kind.hasOthers()) {
      box.getChildren()
          .add(
              dangerous(
                  button(
                      "Cut off",
                      "deed-cut",
                      "Cut the network between these and all others (X)",
                      () -> menus.isolate(selected()))));
    }
    return box;
  }

  /** What breaks something looks like it. */
  private static Button dangerous(Button button) {
    button.getStyleClass().add("dangerous");
    return button;
  }

  static Button button(String text, String id, String tip, Runnable deed) {
    var button = new Button(text);
    button.setId(id);
    button.getStyleClass().add("small");
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setTooltip(new Tooltip(tip));
    button.setOnAction(_ -> deed.run());
    return button;
  }
}
