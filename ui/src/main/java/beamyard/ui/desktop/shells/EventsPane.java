package beamyard.ui.desktop.shells;

import beamyard.ui.desktop.shells.EventsModel.Row;
import beamyard.ui.desktop.shells.EventsModel.Topic;
import java.util.Locale;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The log of what happened; a click on a line goes to its instant. */
final class EventsPane extends VBox {
  EventsPane(EventsModel model) {
    getStyleClass().add("events");
    var filters = new HBox();
    filters.getStyleClass().add("filters");
    for (Topic topic : Topic.values()) {
      var toggle = new ToggleButton(topic.title());
      toggle.getStyleClass().add("chip");
      toggle.setSelected(model.isShown(topic));
      toggle
          .selectedProperty()
          .addListener(
              (_, _, chosen) -> {
                if (chosen) {
                  model.show(topic);
                } else {
                  model.hide(topic);
                }
              });
      filters.getChildren().add(toggle);
    }
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var search = new TextField();
    search.setPromptText("Search");
    search.setAccessibleText("Search the log");
    search.textProperty().bindBidirectional(model.searchProperty());
    filters.getChildren().addAll(space, search);
    var list = new ListView<>(model.rows());
    list.setAccessibleText("Log of events");
    list.getStyleClass().add("event-list");
    list.setCellFactory(_ -> new EventCell());
    // once it is laid out: what only comes to the front has no height yet
    model.rows().subscribe(() -> Platform.runLater(() -> showEnd(model, list)));
    list.setOnMouseClicked(
        _ -> {
          Row row = list.getSelectionModel().getSelectedItem();
          if (row != null) {
            model.choose(row);
          }
        });
    list.setOnKeyPressed(
        event -> {
          Row row = list.getSelectionModel().getSelectedItem();
          if (event.getCode() == KeyCode.ENTER && row != null) {
            model.choose(row);
          } else if (event.getCode() == KeyCode.ESCAPE) {
            list.getSelectionModel().clearSelection();
          }
        });
    list.setPlaceholder(new Label("Nothing has happened yet"));
    VBox.setVgrow(list, Priority.ALWAYS);
    getChildren().setAll(filters, list);
  }

  /** The newest is seen, unless somebody looks at another one. */
  private static void showEnd(EventsModel model, ListView<Row> list) {
    if (!model.rows().isEmpty() && list.getSelectionModel().isEmpty()) {
      list.scrollTo(model.rows().size() - 1);
    }
  }

  private static final class EventCell extends ListCell<Row> {
    private final Label time = label("event-time");
    private final Label node = label("event-node");
    private final Label text = label("event-text");
    private final HBox box = new HBox(time, node, text);

    EventCell() {
      getStyleClass().add("event-line");
      setPrefWidth(0);
      HBox.setHgrow(text, Priority.ALWAYS);
      box.setSpacing(10);
    }

    private static Label label(String styleClass) {
      var label = new Label();
      label.getStyleClass().add(styleClass);
      return label;
    }

    @Override
    protected void updateItem(Row row, boolean empty) {
      super.updateItem(row, empty);
      text.getStyleClass().removeIf(each -> each.startsWith("topic-"));
      if (empty || row == null) {
        setGraphic(null);
        return;
      }
      time.setText(row.time());
      node.setText(row.node());
      text.setText(row.text());
      text.getStyleClass().add("topic-" + row.topic().name().toLowerCase(Locale.ROOT));
      setGraphic(box);
    }
  }
}
