package beamyard.ui.desktop;

import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.NodeDraft.Option;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Asks for a node to add: its name at first, and folded away what else can be said of it. */
final class NodeDialog {
  private static final ButtonType ADD = new ButtonType("Add node", ButtonData.OK_DONE);
  private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
  private static final int COLUMNS = 22;
  private static final double TITLES_WIDTH = 180;

  private final NodeDraft draft;
  private final Dialog<ButtonType> dialog;
  private final TextField name;

  /**
   * @param dialogs makes a dialog of a title, a content and a button
   */
  NodeDialog(List<String> taken, Dialogs dialogs) {
    draft = new NodeDraft(taken);
    var form = form();
    name = addField(form, draft.name(), "node-name");
    addField(form, draft.host(), "node-host");
    addField(form, draft.cookie(), "node-cookie");
    TitledPane connections = section("Connections", "node-connections", connections());
    TitledPane limits = section("Limits", "node-limits", limits());
    dialog = dialogs.dialog("Add a node", new VBox(8, form, new VBox(connections, limits)), ADD);
    unfoldOneOnly(connections, limits);
    unfoldOneOnly(limits, connections);
    draft
        .fields()
        .forEach(field -> field.problemProperty().subscribe(() -> Platform.runLater(this::fit)));
    Button button = (Button) dialog.getDialogPane().lookupButton(ADD);
    button.setId("dialog-ok");
    button
        .disableProperty()
        .bind(
            draft.fields().stream()
                .map(field -> field.problemProperty().isNotEmpty())
                .reduce(Bindings.createBooleanBinding(() -> false), Bindings::or));
  }

  /** Shows it. */
  void ask(Consumer<NodeSettings> adder) {
    dialog.setOnShown(
        _ -> {
          name.requestFocus();
          name.selectAll();
        });
    dialog
        .resultProperty()
        .subscribe(
            result -> {
              if (result == ADD) {
                draft.settings().ifPresent(adder);
              }
            });
    dialog.show();
  }

  /** Both together are higher than some screens. */
  private void unfoldOneOnly(TitledPane one, TitledPane other) {
    one.expandedProperty()
        .subscribe(
            is -> {
              if (is) {
                other.setExpanded(false);
              }
              Platform.runLater(this::fit);
            });
  }

  private void fit() {
    if (dialog.isShowing()) {
      dialog.getDialogPane().getScene().getWindow().sizeToScene();
    }
  }

  private GridPane connections() {
    var form = form();
    addCheck(
        form,
        "Hidden: other nodes do not tell each other of it",
        "node-hidden",
        draft.hiddenProperty());
    addCheck(
        form,
        "connect_all: nodes that share a neighbour connect",
        "node-connect-all",
        draft.connectAllProperty());
    addCheck(
        form,
        "prevent_overlapping_partitions",
        "node-prevent-overlap",
        draft.preventOverlapProperty());
    addCheck(form, "Start :pg with the node", "node-pg", draft.groupsProperty());
    addCheck(
        form,
        "TLS: only nodes of the same authority get in, and nobody reads along",
        "node-tls",
        draft.secureProperty());
    TextField authority = addField(form, draft.authority(), "node-authority");
    authority.setPromptText("the one of all nodes");
    authority.disableProperty().bind(draft.secureProperty().not());
    draft.connecting().forEach(option -> addOption(form, option));
    return form;
  }

  private GridPane limits() {
    var form = form();
    draft.limits().forEach(option -> addOption(form, option));
    return form;
  }

  private static GridPane form() {
    var form = new GridPane();
    form.getStyleClass().add("form");
    var titles = new ColumnConstraints();
    titles.setMinWidth(TITLES_WIDTH);
    var fields = new ColumnConstraints();
    fields.setHgrow(Priority.ALWAYS);
    form.getColumnConstraints().setAll(titles, fields);
    return form;
  }

  private static TitledPane section(String title, String id, Node content) {
    var section = new TitledPane(title, content);
    section.setId(id);
    section.setExpanded(false);
    section.setAnimated(false);
    section.getStyleClass().add("dense");
    return section;
  }

  private static void addCheck(GridPane form, String text, String id, BooleanProperty chosen) {
    var box = new CheckBox(text);
    box.setMnemonicParsing(false); // connect_all is no mnemonic
    box.setId(id);
    box.selectedProperty().bindBidirectional(chosen);
    box.getStyleClass().add("form-check");
    form.add(box, 0, form.getRowCount(), 2, 1);
  }

  private static void addOption(GridPane form, Option option) {
    String id = "node-" + option.name().replaceAll("[^A-Za-z]+", "").toLowerCase(Locale.ROOT);
    addField(form, option.field(), id).setPromptText(option.usual());
  }

  private static TextField addField(GridPane form, Field its, String id) {
    var field = new TextField();
    field.setId(id);
    field.setAccessibleText(its.title());
    field.textProperty().bindBidirectional(its.textProperty());
    field.setPrefColumnCount(COLUMNS);
    var label = new Label(its.title());
    label.setLabelFor(field);
    label.setMinWidth(Region.USE_PREF_SIZE);
    var problem = new Label();
    problem.getStyleClass().add("problem");
    problem.textProperty().bind(its.problemProperty());
    problem.visibleProperty().bind(its.problemProperty().isNotEmpty());
    problem.managedProperty().bind(problem.visibleProperty());
    its.problemProperty().subscribe(text -> field.pseudoClassStateChanged(DANGER, !text.isEmpty()));
    int row = form.getRowCount();
    GridPane.setValignment(label, VPos.CENTER);
    form.add(label, 0, row);
    form.add(field, 1, row);
    form.add(problem, 1, row + 1);
    return field;
  }
}
