package beamyard.ui.desktop;

import beamyard.simulator.NodeSettings;
import beamyard.ui.desktop.yard.Until;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;

/** The questions the window asks. */
final class Dialogs {
  private static final ButtonType CONNECT = new ButtonType("Connect", ButtonData.OK_DONE);

  private static final String UNTIL_EVENT = "something happens that says";
  private static final String UNTIL_TIME = "the time is";
  private static final String UNTIL_AT = "it holds at ";

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
    new NodeDialog(taken, this).ask(adder);
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
    from.setAccessibleText("From");
    from.getItems().setAll(labels);
    from.setValue(labels.getFirst());
    from.setMaxWidth(Double.MAX_VALUE);
    var to = new ComboBox<String>();
    to.setId("connect-to");
    to.setAccessibleText("To");
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

  /** A dialog of the window, to be shown. */
  Dialog<ButtonType> dialog(String title, Region content, ButtonType ok) {
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
