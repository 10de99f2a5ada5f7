package beamyard.ui.desktop;

import beamyard.ui.desktop.Actions.Action;
import beamyard.ui.desktop.drawing.Icon;
import beamyard.ui.desktop.yard.YardModel;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The tools above: a button for each of the actions that are used most. */
final class ToolsPane extends HBox {
  private final Actions actions;

  ToolsPane(YardModel yard, Actions actions) {
    this.actions = actions;
    getStyleClass().add("tools");
    var name = new Label("Beamyard");
    name.getStyleClass().add("brand");
    name.setMinWidth(Region.USE_PREF_SIZE);
    Button connect = tool(Icon.CONNECT, "Connect", "tool-connect", "Connect two nodes");
    Button cut = tool(Icon.CUT, "Cut", "tool-cut", "Cut the network");
    cut.getTooltip()
        .setText(
            cut.getTooltip().getText()
                + "\nThen draw a line across links, or pull a node out;\nor select the nodes of one side first");
    Button heal = tool(Icon.HEAL, "Heal", "tool-heal", "Heal the network");
    yard.updateProperty()
        .subscribe(
            update -> {
              int nodes = update.observation().nodes().size();
              connect.setDisable(nodes < 2);
              cut.setDisable(nodes < 2);
              heal.setDisable(update.observation().cuts().isEmpty());
            });
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    getChildren()
        .setAll(
            name,
            tool(Icon.COURSE, "Learn", "tool-library", "Choose a lesson or an exercise"),
            tool(
                Icon.PAGE,
                "Open",
                "tool-open",
                "Open a page, set-up, recording, transcript or counterexample"),
            tool(Icon.ADD, "Add node", "tool-add", "Add a node"),
            connect,
            cut,
            heal,
            space,
            tool(Icon.SEARCH, "", "tool-palette", "Find anything to do"),
            tool(Icon.INSPECT, "", "tool-inspect", "Show or hide the inspector"),
            tool(Icon.SUN, "", "tool-theme", "Light or dark"),
            tool(Icon.HELP, "", "tool-keys", "All keys"));
  }

  private Button tool(Icon icon, String text, String id, String does) {
    Action action = actions.named(does);
    String keys = action.keyText();
    var button = new Button(text, icon.graphic());
    button.setId(id);
    button.getStyleClass().add("flat");
    button.setMinWidth(Region.USE_PREF_SIZE);
    button.setTooltip(new Tooltip(does + (keys.isEmpty() ? "" : " (" + keys + ")")));
    button.setAccessibleText(text.isEmpty() ? does : text);
    button.setOnAction(_ -> action.deed().run());
    return button;
  }
}
