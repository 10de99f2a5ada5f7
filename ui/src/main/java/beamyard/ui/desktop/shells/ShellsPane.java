package beamyard.ui.desktop.shells;

import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.ShellModel;
import beamyard.ui.desktop.yard.YardModel;
import java.util.List;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/**
 * A shell of each node, a line for many of them, and the log of what happened: tabs, and below them what is in front. That is beside
 * the tabs and not in them, as one pane shows all shells in turn.
 */
public final class ShellsPane extends VBox {
  private final YardModel yard;
  private final TabPane tabs = new TabPane();
  private final Tab all = new Tab("Many nodes");
  private final Tab events = new Tab("Events");
  private final StackPane front = new StackPane();
  private final EventsModel log;
  private final EventsPane logPane;
  private final ManyShellsPane many;
  private @Nullable ShellPane shell;

  /** A tab comes to the front because of what was selected elsewhere: the focus stays there. */
  private boolean following;

  public ShellsPane(YardModel yard) {
    this.yard = yard;
    getStyleClass().add("shells");
    tabs.getStyleClass().add("shell-tabs");
    tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
    tabs.setMinHeight(Region.USE_PREF_SIZE);
    tabs.skinProperty().subscribe(this::followText);
    front.setMinHeight(0);
    VBox.setVgrow(front, Priority.ALWAYS);
    setMinHeight(120);
    getChildren().setAll(tabs, front);
    many = new ManyShellsPane(yard);
    log = new EventsModel(yard);
    logPane = new EventsPane(log);
    tabs.getSelectionModel().selectedItemProperty().subscribe(this::bringToFront);
    yard.shells().subscribe(this::follow);
    addEventFilter(KeyEvent.KEY_PRESSED, this::goOn);
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

  /** Control and Tab lead to the next one, with Shift to the one before. */
  private void goOn(KeyEvent event) {
    if (event.getCode() == KeyCode.TAB && event.isControlDown()) {
      int next = tabs.getSelectionModel().getSelectedIndex() + (event.isShiftDown() ? -1 : 1);
      tabs.getSelectionModel().select(Math.floorMod(next, tabs.getTabs().size()));
      tabs.requestFocus(); // until the line of a shell has it
      event.consume();
    }
  }

  /** Tabs are as high as their text; when that grows, a tab pane without content does not ask for more room. */
  private void followText() {
    if (tabs.lookup(".tab-header-area") instanceof Parent heads) {
      heads
          .needsLayoutProperty()
          .subscribe(
              needed -> {
                if (needed) {
                  tabs.requestLayout();
                }
              });
    }
  }

  private void bringToFront(@Nullable Tab tab) {
    log.setLookedAt(tab == events);
    many.setLookedAt(tab == all);
    if (tab == null) {
      return;
    }
    if (!(tab.getUserData() instanceof ShellModel model)) {
      show(tab == all ? many : logPane);
      return;
    }
    ShellPane pane = shell;
    if (pane == null) {
      pane = new ShellPane(model);
      shell = pane;
    } else {
      pane.show(model);
    }
    show(pane);
    if (!following) {
      Platform.runLater(pane::focusLine);
    }
  }

  private void show(Node content) {
    if (!front.getChildren().equals(List.of(content))) {
      front.getChildren().setAll(content);
    }
  }

  /** Brings the shell of a node to the front; without effect if there is none. */
  public void show(String label) {
    tabs.getTabs().stream()
        .filter(tab -> tab.getUserData() instanceof ShellModel shell && shell.node().equals(label))
        .findFirst()
        .ifPresent(tab -> tabs.getSelectionModel().select(tab));
  }

  /** Brings the shell of a node to the front because something happens there; the focus stays where it is. */
  public void follow(String label) {
    following = true;
    show(label);
    following = false;
  }

  /** Lets what is typed next be typed at the shell of a node; at the one in front if there is no such node. */
  public void typeAt(Optional<String> label) {
    label.ifPresent(this::show);
    ShellPane pane = shell;
    if (pane != null && front.getChildren().contains(pane)) {
      pane.focusLine();
    } else {
      tabs.getTabs().stream().findFirst().ifPresent(tab -> tabs.getSelectionModel().select(tab));
    }
  }

  /** Shows the list of events instead of a shell. */
  public void showEvents() {
    tabs.getSelectionModel().select(events);
  }

  private void follow() {
    List<ShellModel> wanted = yard.shells();
    tabs.getTabs()
        .removeIf(tab -> tab.getUserData() != null && !wanted.contains(tab.getUserData()));
    int index = 0;
    for (ShellModel shell : wanted) {
      if (tabs.getTabs().stream().noneMatch(tab -> tab.getUserData() == shell)) {
        var tab = new Tab(shell.node());
        tab.setUserData(shell);
        shell.upProperty().subscribe(up -> tab.setStyle(up ? "" : "-fx-opacity: 0.55;"));
        tabs.getTabs().add(index, tab);
        if (index == 0) {
          tabs.getSelectionModel().select(tab);
        }
      }
      index++;
    }
    if (wanted.size() > 1 && !tabs.getTabs().contains(all)) {
      tabs.getTabs().add(index, all);
    } else if (wanted.size() <= 1) {
      tabs.getTabs().remove(all);
    }
    if (!tabs.getTabs().contains(events)) {
      tabs.getTabs().add(events);
    }
  }
}
