package beamyard.ui.desktop.shells;

import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.yard.ShellModel;
import beamyard.ui.desktop.yard.YardModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** One line for the shells of many nodes: of all that run, but for those that are left out. */
final class ManyShellsPane extends VBox {
  private static final double MOST_HEIGHT = 100;

  private final YardModel yard;
  private final Map<ShellModel, BooleanProperty> asked = new LinkedHashMap<>();
  private final FlowPane chips = new FlowPane();
  private final StringProperty prompt = new SimpleStringProperty(this, "prompt", "");
  private final TextField line = new TextField();
  private boolean looked;

  ManyShellsPane(YardModel yard) {
    this.yard = yard;
    getStyleClass().addAll("shell", "all-nodes");
    chips.getStyleClass().add("node-chips");
    line.setId("line-all");
    line.setPromptText("Elixir for each of these nodes");
    line.setAccessibleText("Input for many nodes");
    line.getStyleClass().add("input");
    line.setOnAction(_ -> type());
    HBox.setHgrow(line, Priority.ALWAYS);
    var before = new Label();
    before.getStyleClass().add("prompt");
    before.setMinWidth(Region.USE_PREF_SIZE);
    before.textProperty().bind(prompt);
    var row = new HBox(before, line);
    row.getStyleClass().add("input-row");
    var hint =
        new Label("It is typed at the shell of each node that is chosen; each answers in its own.");
    hint.getStyleClass().add("hint");
    hint.setWrapText(true);
    var scroll = new ScrollPane(chips);
    scroll.setFitToWidth(true);
    scroll.setMaxHeight(MOST_HEIGHT);
    scroll.getStyleClass().add("chip-scroll");
    getChildren().setAll(scroll, row, hint);
    yard.shells().subscribe(this::follow);
  }

  /** Somebody looks, or no longer: then nothing is done for the chips. */
  void setLookedAt(boolean is) {
    looked = is;
    follow();
  }

  private void follow() {
    if (!looked) {
      return;
    }
    asked.keySet().retainAll(yard.shells());
    for (ShellModel shell : yard.shells()) {
      asked.computeIfAbsent(shell, this::asking);
    }
    chips.getChildren().setAll(button("All", "ask-all", true), button("None", "ask-none", false));
    asked.forEach((shell, property) -> chips.getChildren().add(chip(shell, property)));
    tell();
  }

  private BooleanProperty asking(ShellModel shell) {
    var property = new SimpleBooleanProperty(this, shell.node(), true);
    property.subscribe(this::tell);
    shell.upProperty().subscribe(this::tell);
    return property;
  }

  private Button button(String text, String id, boolean chosen) {
    var button = new Button(text);
    button.setId(id);
    button.getStyleClass().addAll("small", "flat");
    button.setOnAction(_ -> asked.values().forEach(each -> each.set(chosen)));
    return button;
  }

  private static ToggleButton chip(ShellModel shell, BooleanProperty chosen) {
    var chip = new ToggleButton(TermText.shortName(shell.node()));
    chip.setId("ask-" + shell.node());
    chip.getStyleClass().add("chip");
    chip.setTooltip(new Tooltip(shell.node()));
    chip.selectedProperty().bindBidirectional(chosen);
    chip.disableProperty().bind(Bindings.not(shell.upProperty()));
    return chip;
  }

  /** Those at whose shells a line is typed. */
  private List<ShellModel> chosen() {
    return asked.entrySet().stream()
        .filter(each -> each.getValue().get() && each.getKey().upProperty().get())
        .map(Map.Entry::getKey)
        .toList();
  }

  private void tell() {
    int count = chosen().size();
    prompt.set(
        switch (count) {
          case 0 -> "iex(nobody)>";
          case 1 -> "iex(" + chosen().getFirst().node() + ")>";
          default -> "iex(" + count + " nodes)>";
        });
    line.setDisable(count == 0);
  }

  private void type() {
    String code = line.getText();
    line.clear();
    chosen().forEach(shell -> shell.type(code));
  }
}
