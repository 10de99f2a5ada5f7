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
  private Shown shown = new Shown(new Selection.Nothing(), List.of());

  /** What the buttons depend on. */
  private record Shown(Selection.Subject subject, List<State> states) {}

  public DeedsPane(YardModel yard, MapMenus menus) {
    this.yard = yard;
    this.menus = menus;
    getStyleClass().add("deeds");
    setId("deeds");
    yard.selection().subjectProperty().subscribe(this::follow);
    yard.updateProperty().subscribe(this::follow);
  }

  private void follow() {
    Selection.Subject subject = yard.selection().get();
    List<State> states =
        yard.selection().nodes().stream()
            .map(yard::node)
            .flatMap(Optional::stream)
            .map(NodeSeen::state)
            .toList();
    var now = new Shown(subject, states);
    if (now.equals(shown)) {
      return;
    }
    boolean another = !subject.equals(shown.subject());
    shown = now;
    switch (subject) {
      case Selection.OfNode _, Selection.OfNodes _ ->
          show(ofNodes(yard.selection().nodes(), states));
      case Selection.OfLink link -> {
        if (another) {
          show(new LinkControls(yard, menus, link.from(), link.to()));
        }
      }
      case Selection.OfProcess _, Selection.OfHappening _, Selection.Nothing _ -> show(null);
    }
  }

  private void show(@Nullable Node content) {
    getChildren().setAll(content == null ? List.of() : List.of(content));
    setVisible(content != null);
    setManaged(content != null);
  }

  private FlowPane ofNodes(List<String> labels, List<State> states) {
    var box = new FlowPane();
    box.getStyleClass().add("deed-buttons");
    boolean running = states.contains(State.RUNNING);
    boolean paused = states.contains(State.PAUSED);
    if (running || paused) {
      box.getChildren()
          .add(
              button(
                  running ? "Pause" : "Go on",
                  "deed-pause",
                  "Pause what is selected, or let it go on (P)",
                  () -> menus.togglePause(labels)));
    }
    box.getChildren()
        .add(
            button(
                running || paused ? "Restart" : "Start",
                "deed-restart",
                "Kill what is selected if it is up, and start it again (R)",
                () -> menus.doTo(labels, Fault.Restart::new)));
    if (running || paused) {
      box.getChildren()
          .addAll(
              button(
                  "Stop",
                  "deed-stop",
                  "Stop in an orderly way",
                  () -> menus.doTo(labels, Fault.Stop::new)),
              button("Kill", "deed-kill", "Kill (K)", () -> menus.doTo(labels, Fault.Crash::new)));
    }
    if (yard.labels().size() > labels.size()) {
      box.getChildren()
          .add(
              button(
                  "Cut off",
                  "deed-cut",
                  "Cut the network between these and all others (X)",
                  () -> menus.isolate(labels)));
    }
    return box;
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
