package beamyard.ui.desktop.shells;

import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.ShellModel;
import beamyard.ui.desktop.yard.YardModel;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;

/** A shell of each node, a line for many of them, and the log of what happened. */
public final class ShellsPane extends TabPane {
  private final YardModel yard;
  private final Tab all = new Tab("Many nodes");
  private final Tab events = new Tab("Events");

  /** A tab comes to the front because of what was selected elsewhere: the focus stays there. */
  private boolean following;

  public ShellsPane(YardModel yard) {
    this.yard = yard;
    getStyleClass().add("shells");
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
    setMinHeight(120);
    var many = new ManyShellsPane(yard);
    all.setContent(many);
    var log = new EventsModel(yard);
    events.setContent(new EventsPane(log));
    getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            tab -> {
              log.setLookedAt(tab == events);
              many.setLookedAt(tab == all);
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
  public void show(String label) {
    getTabs().stream()
        .filter(tab -> tab.getUserData() instanceof ShellModel shell && shell.node().equals(label))
        .findFirst()
        .ifPresent(tab -> getSelectionModel().select(tab));
  }

  /** Brings the shell of a node to the front because something happens there; the focus stays where it is. */
  public void follow(String label) {
    following = true;
    show(label);
    following = false;
  }

  /** Shows the list of events instead of a shell. */
  public void showEvents() {
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
}
