package beamyard.ui.desktop;

import beamyard.simulator.NodeSettings;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/** The questions the window asks. */
final class Dialogs {
  private static final ButtonType ADD = new ButtonType("Add node", ButtonData.OK_DONE);
  private static final ButtonType CONNECT = new ButtonType("Connect", ButtonData.OK_DONE);

  private static final String UNTIL_EVENT = "something happens that says";
  private static final String UNTIL_TIME = "the time is";
  private static final String UNTIL_AT = "it holds at ";

  private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

  private final Stage owner;
  private final Consumer<Dialog<?>> dresser;

  /**
   * @param dresser gives a dialog the look of the window
   */
  Dialogs(Stage owner, Consumer<Dialog<?>> dresser) {
    this.owner = owner;
    this.dresser = dresser;
  }

  /** Asks for a node to add. */
  void askForNode(List<String> taken, Consumer<NodeSettings> adder) {
    var draft = new NodeDraft(taken);
    var form = new GridPane();
    form.getStyleClass().add("form");
    TextField name = addField(form, 0, "Name", draft.nameProperty(), draft.nameProblemProperty());
    name.setId("node-name");
    addField(form, 1, "Host", draft.hostProperty(), draft.hostProblemProperty());
    addField(form, 2, "Cookie", draft.cookieProperty(), draft.cookieProblemProperty());
    var more = new GridPane();
    more.getStyleClass().add("form");
    addField(more, 0, "net_ticktime (s)", draft.tickTimeProperty(), draft.tickProblemProperty());
    more.add(
        check("Hidden: other nodes do not tell each other of it", draft.hiddenProperty()),
        0,
        4,
        2,
        1);
    more.add(check("Start :pg with the node", draft.groupsProperty()), 0, 5, 2, 1);
    more.add(
        check("connect_all: nodes that share a neighbour connect", draft.connectAllProperty()),
        0,
        6,
        2,
        1);
    more.add(check("prevent_overlapping_partitions", draft.preventOverlapProperty()), 0, 7, 2, 1);
    var options = new TitledPane("Options", more);
    options.setExpanded(false);
    options.setAnimated(false);
    options.getStyleClass().add("dense");
    Dialog<ButtonType> dialog = dialog("Add a node", new VBox(8, form, options), ADD);
    options
        .expandedProperty()
        .subscribe(
            () ->
                Platform.runLater(
                    () -> {
                      if (dialog.isShowing()) {
                        dialog.getDialogPane().getScene().getWindow().sizeToScene();
                      }
                    }));
    Button button = (Button) dialog.getDialogPane().lookupButton(ADD);
    button.setId("dialog-ok");
    button
        .disableProperty()
        .bind(
            draft
                .nameProblemProperty()
                .isNotEmpty()
                .or(draft.hostProblemProperty().isNotEmpty())
                .or(draft.cookieProblemProperty().isNotEmpty())
                .or(draft.tickProblemProperty().isNotEmpty()));
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

  /** Asks for a name. */
  void askForName(String title, String before, Consumer<String> taker) {
    var field = new TextField(before);
    field.setId("name");
    field.setPrefColumnCount(22);
    field.setAccessibleText(title);
    var ok = new ButtonType("Rename", ButtonData.OK_DONE);
    Dialog<ButtonType> dialog = dialog(title, field, ok);
    Button button = (Button) dialog.getDialogPane().lookupButton(ok);
    button.setId("dialog-ok");
    button.disableProperty().bind(field.textProperty().map(String::isBlank));
    show(dialog, field, ok, () -> taker.accept(field.getText()));
  }

  private static void show(
      Dialog<ButtonType> dialog, TextField first, ButtonType ok, Runnable deed) {
    dialog.setOnShown(
        _ -> {
          first.requestFocus();
          first.selectAll();
        });
    dialog
        .resultProperty()
        .subscribe(
            result -> {
              if (result == ok) {
                deed.run();
              }
            });
    dialog.show();
  }

  /** Asks until when to let time pass. */
  void askUntil(List<String> labels, Consumer<Until> runner) {
    var kind = new ComboBox<String>();
    kind.setId("until-kind");
    kind.getItems().setAll(UNTIL_EVENT, UNTIL_TIME);
    labels.forEach(label -> kind.getItems().add(UNTIL_AT + label));
    kind.setValue(UNTIL_EVENT);
    kind.setMaxWidth(Double.MAX_VALUE);
    kind.setAccessibleText("What to wait for");
    var field = new TextField();
    field.setId("until");
    field.setPrefColumnCount(26);
    field.getStyleClass().add("mono");
    field.setAccessibleText("Until");
    var example = new Label();
    example.getStyleClass().add("hint");
    kind.valueProperty()
        .subscribe(
            chosen ->
                example.setText(
                    switch (chosen) {
                      case UNTIL_EVENT -> "such as: nodedown, sees bob, killed, :job";
                      case UNTIL_TIME -> "seconds of virtual time, such as: 75";
                      default -> "an expression, such as: Node.list() == []";
                    }));
    var ok = new ButtonType("Run", ButtonData.OK_DONE);
    Dialog<ButtonType> dialog = dialog("Run until", new VBox(8, kind, field, example), ok);
    Button button = (Button) dialog.getDialogPane().lookupButton(ok);
    button.setId("dialog-ok");
    Runnable check =
        () -> {
          boolean number = field.getText().strip().matches("\\d{1,6}(\\.\\d{1,9})?");
          button.setDisable(
              field.getText().isBlank() || kind.getValue().equals(UNTIL_TIME) && !number);
        };
    field.textProperty().subscribe(check);
    kind.valueProperty().subscribe(check);
    show(dialog, field, ok, () -> runner.accept(until(kind.getValue(), field.getText().strip())));
  }

  private static Until until(String kind, String text) {
    return new Until(
        switch (kind) {
          case UNTIL_EVENT -> new Until.Event(text);
          case UNTIL_TIME -> new Until.Time((long) (Double.parseDouble(text) * 1e9));
          default -> new Until.Predicate(kind.substring(UNTIL_AT.length()), text);
        });
  }

  /** Asks which nodes to connect. */
  void askForConnection(List<String> labels, BiConsumer<String, String> connector) {
    var from = new ComboBox<String>();
    from.setId("connect-from");
    from.getItems().setAll(labels);
    from.setValue(labels.getFirst());
    from.setMaxWidth(Double.MAX_VALUE);
    var to = new ComboBox<String>();
    to.setId("connect-to");
    to.getItems().setAll(labels);
    to.setValue(labels.get(1));
    to.setMaxWidth(Double.MAX_VALUE);
    var problem = new Label();
    problem.getStyleClass().add("problem");
    var form = new GridPane();
    form.getStyleClass().add("form");
    form.addRow(0, new Label("From"), from);
    form.addRow(1, new Label("To"), to);
    form.add(problem, 1, 2);
    GridPane.setHgrow(from, Priority.ALWAYS);
    var note = new Label("Types Node.connect at the first node's shell.");
    note.getStyleClass().add("hint");
    Dialog<ButtonType> dialog = dialog("Connect two nodes", new VBox(10, form, note), CONNECT);
    Button button = (Button) dialog.getDialogPane().lookupButton(CONNECT);
    button.setId("dialog-ok");
    Runnable check =
        () -> {
          boolean same = from.getValue().equals(to.getValue());
          problem.setText(same ? "A node is always connected to itself" : "");
          button.setDisable(same);
        };
    from.valueProperty().subscribe(check);
    to.valueProperty().subscribe(check);
    dialog
        .resultProperty()
        .subscribe(
            result -> {
              if (result == CONNECT) {
                connector.accept(from.getValue(), to.getValue());
              }
            });
    dialog.show();
  }

  private static CheckBox check(String text, BooleanProperty chosen) {
    var box = new CheckBox(text);
    box.selectedProperty().bindBidirectional(chosen);
    return box;
  }

  private static TextField addField(
      GridPane form, int row, String title, StringProperty value, ObservableValue<String> problem) {
    var field = new TextField();
    field.textProperty().bindBidirectional(value);
    field.setPrefColumnCount(22);
    var label = new Label(title);
    label.setLabelFor(field);
    label.setMinWidth(Region.USE_PREF_SIZE);
    var line = new Label();
    line.getStyleClass().add("problem");
    line.textProperty().bind(problem);
    problem.subscribe(text -> field.pseudoClassStateChanged(DANGER, !text.isEmpty()));
    form.add(label, 0, row * 2);
    form.add(field, 1, row * 2);
    form.add(line, 1, row * 2 + 1);
    return field;
  }

  private Dialog<ButtonType> dialog(String title, Region content, ButtonType ok) {
    var dialog = new Dialog<ButtonType>();
    dialog.initOwner(owner);
    dialog.setTitle(title);
    DialogPane pane = dialog.getDialogPane();
    var heading = new Label(title);
    heading.getStyleClass().add("dialog-title");
    pane.setContent(new VBox(14, heading, content));
    pane.getButtonTypes().setAll(ok, ButtonType.CANCEL);
    pane.getStyleClass().add("question");
    dresser.accept(dialog);
    return dialog;
  }
}
