package beamyard.ui.desktop;

import java.util.List;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** A shell of each node, a line for all of them, and the log of what happened. */
final class ShellsPane extends TabPane {
  private final YardModel yard;
  private final Tab all = new Tab("All nodes");
  private final Tab events = new Tab("Events");

  /** A tab comes to the front because of what was selected elsewhere: the focus stays there. */
  private boolean following;

  ShellsPane(YardModel yard) {
    this.yard = yard;
    getStyleClass().add("shells");
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
    setMinHeight(120);
    all.setContent(allNodes());
    var log = new EventsModel(yard);
    events.setContent(new EventsPane(log));
    getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            tab -> {
              log.setLookedAt(tab == events);
              if (tab == null) {
                return;
              }
              if (tab.getContent() == null && tab.getUserData() instanceof ShellModel model) {
                tab.setContent(new ShellPane(model)); // a yard of a hundred nodes shows one shell
              }
              if (!following && tab.getContent() instanceof ShellPane shell) {
                Platform.runLater(shell::focusLine);
              }
            });
    yard.shells().subscribe(this::follow);
    follow();
    yard.selection()
        .subjectProperty()
        .subscribe(
            subject -> {
              if (subject instanceof Selection.OfNode(String label)) {
                follow(label);
              }
            });
  }

  /** Brings the shell of a node to the front; without effect if there is none. */
  void show(String label) {
    getTabs().stream()
        .filter(tab -> tab.getUserData() instanceof ShellModel shell && shell.node().equals(label))
        .findFirst()
        .ifPresent(tab -> getSelectionModel().select(tab));
  }

  /** Brings the shell of a node to the front because something happens there; the focus stays where it is. */
  void follow(String label) {
    following = true;
    show(label);
    following = false;
  }

  void showEvents() {
    getSelectionModel().select(events);
  }

  private void follow() {
    List<ShellModel> wanted = yard.shells();
    getTabs().removeIf(tab -> tab.getUserData() != null && !wanted.contains(tab.getUserData()));
    int index = 0;
    for (ShellModel shell : wanted) {
      if (getTabs().stream().noneMatch(tab -> tab.getUserData() == shell)) {
        var tab = new Tab(shell.node());
        tab.setUserData(shell);
        shell.upProperty().subscribe(up -> tab.setStyle(up ? "" : "-fx-opacity: 0.55;"));
        getTabs().add(index, tab);
        if (index == 0) {
          getSelectionModel().select(tab);
        }
      }
      index++;
    }
    if (wanted.size() > 1 && !getTabs().contains(all)) {
      getTabs().add(index, all);
    } else if (wanted.size() <= 1) {
      getTabs().remove(all);
    }
    if (!getTabs().contains(events)) {
      getTabs().add(events);
    }
  }

  private VBox allNodes() {
    var line = new TextField();
    line.setId("line-all");
    line.setPromptText("Elixir for every node that runs");
    line.setAccessibleText("Input for all nodes");
    line.getStyleClass().add("input");
    line.setOnAction(
        _ -> {
          String code = line.getText();
          line.clear();
          yard.shells().stream()
              .filter(shell -> shell.upProperty().get())
              .forEach(shell -> shell.type(code));
        });
    HBox.setHgrow(line, Priority.ALWAYS);
    var prompt = new Label("iex(all)>");
    prompt.getStyleClass().add("prompt");
    var row = new HBox(prompt, line);
    row.getStyleClass().add("input-row");
    var hint =
        new Label(
            "What you type here is typed at the shell of every node; each answers in its own.");
    hint.getStyleClass().add("hint");
    hint.setWrapText(true);
    var box = new VBox(row, hint);
    box.getStyleClass().addAll("shell", "all-nodes");
    return box;
  }
}
