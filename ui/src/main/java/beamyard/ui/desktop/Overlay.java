package beamyard.ui.desktop;

import beamyard.ui.desktop.Actions.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** What lies over the whole window for a moment: the command palette, or the list of keys. A click beside it, or Escape, ends it. */
final class Overlay extends StackPane {
  private final Actions actions;
  private Node returnTo = this;

  Overlay(Actions actions) {
    this.actions = actions;
    getStyleClass().add("overlay");
    setVisible(false);
    setOnMousePressed(
        event -> {
          if (event.getTarget() == this) {
            hide();
          }
        });
    addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (event.getCode() == KeyCode.ESCAPE || event.getCode() == KeyCode.F1) {
            hide();
            event.consume();
          }
        });
  }

  void hide() {
    setVisible(false);
    getChildren().clear();
    returnTo.requestFocus();
  }

  private void show(Region content, Pos where) {
    if (!isVisible() && getScene().getFocusOwner() != null) {
      returnTo = getScene().getFocusOwner();
    }
    content.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    content.getStyleClass().add("overlay-card");
    StackPane.setAlignment(content, where);
    getChildren().setAll(content);
    setVisible(true);
  }

  // The palette.

  /** Asks for something to do, by its name. */
  void showPalette() {
    var search = new TextField();
    search.setId("palette");
    search.setPromptText("What would you like to do?");
    search.setAccessibleText("Search for something to do");
    var list = new ListView<Action>();
    list.getStyleClass().add("palette-list");
    list.setFocusTraversable(false);
    list.setCellFactory(_ -> new ActionCell());
    list.setPrefWidth(460);
    search
        .textProperty()
        .subscribe(
            text -> {
              list.getItems().setAll(found(text));
              double rows = Math.clamp(list.getItems().size(), 1, ROWS);
              list.setPrefHeight(rows * ROW_HEIGHT * search.getFont().getSize());
              list.getSelectionModel().selectFirst();
            });
    search.addEventFilter(
        KeyEvent.KEY_PRESSED,
        event -> {
          switch (event.getCode()) {
            case DOWN -> list.getSelectionModel().selectNext();
            case UP -> list.getSelectionModel().selectPrevious();
            default -> {
              return;
            }
          }
          list.scrollTo(Math.max(0, list.getSelectionModel().getSelectedIndex() - 4));
          event.consume();
        });
    search.setOnAction(_ -> run(list.getSelectionModel().getSelectedItem()));
    list.setOnMouseClicked(_ -> run(list.getSelectionModel().getSelectedItem()));
    show(new VBox(10, search, list), Pos.TOP_CENTER);
    search.requestFocus();
  }

  private void run(@Nullable Action action) {
    if (action != null) {
      hide();
      action.deed().run();
    }
  }

  /** Actions that have all words of a text in their names, those that begin with it first. */
  private List<Action> found(String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    var begins = new ArrayList<Action>();
    var has = new ArrayList<Action>();
    for (Action action : actions.all()) {
      String name = (action.name() + " " + action.group()).toLowerCase(Locale.ROOT);
      if (name.startsWith(wanted)) {
        begins.add(action);
      } else if (List.of(wanted.split("\\s+")).stream().allMatch(name::contains)) {
        has.add(action);
      }
    }
    begins.addAll(has);
    return begins;
  }

  /** The keys of all groups stand below each other. */
  private static final double KEY_WIDTH = 94;

  /** So many of the things found are seen at once. */
  private static final int ROWS = 8;

  /** In heights of the text. */
  private static final double ROW_HEIGHT = 3.05;

  private static final class ActionCell extends ListCell<Action> {
    private final Label group = new Label();
    private final Label name = new Label();
    private final Label key = new Label();
    private final HBox row;

    ActionCell() {
      group.getStyleClass().add("hint");
      group.setMinWidth(64);
      key.getStyleClass().add("key");
      key.setMinWidth(Region.USE_PREF_SIZE);
      var space = new Region();
      HBox.setHgrow(space, Priority.ALWAYS);
      row = new HBox(group, name, space, key);
      row.setAlignment(Pos.CENTER_LEFT);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Action action, boolean empty) {
      super.updateItem(action, empty);
      if (empty || action == null) {
        setGraphic(null);
        return;
      }
      group.setText(action.group());
      name.setText(action.name());
      key.setText(action.keyText());
      key.setVisible(!action.keyText().isEmpty());
      setGraphic(row);
    }
  }

  /** Shows something to choose from. */
  void showChoice(Region content) {
    show(content, Pos.CENTER);
    requestFocus();
  }

  // The keys.

  /** Lists all keys. */
  void showKeys() {
    Map<String, List<Action>> groups = new LinkedHashMap<>();
    for (Action action : actions.all()) {
      if (!action.keys().isEmpty()) {
        groups.computeIfAbsent(action.group(), _ -> new ArrayList<>()).add(action);
      }
    }
    var columns = new HBox(44);
    var left = new VBox(18);
    var right = new VBox(18);
    groups.forEach(
        (group, all) ->
            (group.equals("View") || group.equals("Lesson") ? right : left)
                .getChildren()
                .add(keys(group, all)));
    columns.getChildren().setAll(left, right);
    var title = new Label("Keys");
    title.getStyleClass().add("dialog-title");
    var mouse =
        new Label(
            "Mouse: drag a node to pin it · Shift+click selects several · Alt+drag across links cuts them · right click"
                + " for more · double click on the map adds a node · wheel zooms. Arrow keys move selected nodes, or the map; in the"
                + " diagram they go from message to message, in the inspector from row to row, and Enter goes there. In a shell:"
                + " Tab completes, ↑ and ↓ recall, Ctrl+Tab goes to the next. In an editor: Ctrl+Enter runs or checks. Esc leads"
                + " back to the view.");
    mouse.getStyleClass().add("hint");
    mouse.setWrapText(true);
    mouse.setMaxWidth(740);
    mouse.setMinHeight(Region.USE_PREF_SIZE);
    var box = new VBox(16, title, columns, mouse);
    box.setId("keys");
    show(box, Pos.CENTER);
    requestFocus();
  }

  private static VBox keys(String group, List<Action> all) {
    var grid = new GridPane(14, 4);
    grid.getColumnConstraints().add(new ColumnConstraints(KEY_WIDTH));
    for (int y = 0; y < all.size(); y++) {
      var key = new Label(all.get(y).keyText());
      key.getStyleClass().add("key");
      grid.addRow(y, key, new Label(all.get(y).name()));
    }
    var title = new Label(group);
    title.getStyleClass().add("sheet-title");
    return new VBox(8, title, grid);
  }
}
