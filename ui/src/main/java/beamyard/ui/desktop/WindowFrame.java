package beamyard.ui.desktop;

import java.util.List;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * How the parts of the window lie: a page as high as the window on the left; beside it the views and what is selected, below them time
 * and the shells. Every part but the views can be folded away, and keeps its size for when it comes back.
 */
final class WindowFrame extends BorderPane {
  private final SplitPane outer = new SplitPane();
  private final SplitPane rows = new SplitPane();
  private final SplitPane columns = new SplitPane();
  private final BorderPane right = new BorderPane(rows);
  private final Region inspector;
  private final Region time;
  private final Region shells;
  private final VBox below = new VBox();
  private Shares shares;
  private boolean alive;

  /**
   * How much of the room each part has.
   *
   * @param page of the window's width
   * @param views of the width beside the page, when the inspector is there
   * @param upper of the height, when the shells are there
   * @param shells whether they are there
   */
  record Shares(double page, double views, double upper, Folding shells) {
    static final Shares USUAL = new Shares(0.43, 0.72, 0.6, Folding.OPEN);
  }

  /** Whether a part is folded away. */
  enum Folding {
    OPEN,
    FOLDED
  }

  WindowFrame(Region views, Region inspector, Region time, Region shells, Shares shares) {
    this.inspector = inspector;
    this.time = time;
    this.shells = shells;
    this.shares = shares;
    VBox.setVgrow(shells, Priority.ALWAYS);
    below.setMinHeight(120);
    columns.getItems().setAll(views);
    columns.getStyleClass().add("columns");
    rows.setOrientation(Orientation.VERTICAL);
    rows.getStyleClass().add("rows");
    rows.getItems().setAll(columns);
    right.setMinWidth(300);
    outer.getItems().setAll(right);
    setCenter(outer);
    SplitPane.setResizableWithParent(inspector, false);
  }

  /** How the parts lie now. */
  Shares shares() {
    if (pageIsShown()) {
      shares =
          new Shares(outer.getDividerPositions()[0], shares.views, shares.upper, shares.shells);
    }
    if (inspectorIsShown()) {
      shares =
          new Shares(shares.page, columns.getDividerPositions()[0], shares.upper, shares.shells);
    }
    if (rows.getItems().contains(below)) {
      shares = new Shares(shares.page, shares.views, rows.getDividerPositions()[0], shares.shells);
    }
    return shares;
  }

  /** There is something in the yard: time and shells matter from now on. */
  void awaken() {
    if (!alive) {
      alive = true;
      layLower();
    }
  }

  // The page.

  /** Shows a page, or something like it, on the left, or no longer. */
  void showPage(Node page, boolean is) {
    if (!is) {
      shares();
      outer.getItems().remove(page);
    } else if (!outer.getItems().contains(page)) {
      outer.getItems().setAll(page, right);
      outer.setDividerPosition(0, shares.page);
    }
  }

  private boolean pageIsShown() {
    return outer.getItems().size() > 1;
  }

  // What is selected.

  boolean inspectorIsShown() {
    return columns.getItems().contains(inspector);
  }

  void showInspector(boolean is) {
    if (!is) {
      shares();
      columns.getItems().remove(inspector);
    } else if (!inspectorIsShown()) {
      columns.getItems().add(inspector);
      columns.setDividerPosition(0, shares.views);
    }
  }

  // Time and shells.

  /** Folds the shells away, or shows them again; time stays. */
  void toggleShells() {
    shares();
    shares =
        new Shares(
            shares.page,
            shares.views,
            shares.upper,
            shares.shells == Folding.OPEN ? Folding.FOLDED : Folding.OPEN);
    if (alive) {
      layLower();
    }
  }

  /** Shows the shells if they are folded away. */
  void showShells() {
    if (shares.shells() == Folding.FOLDED) {
      toggleShells();
    }
  }

  private void layLower() {
    rows.getItems().remove(below);
    right.setBottom(null);
    below.getChildren().clear();
    if (shares.shells == Folding.FOLDED) {
      right.setBottom(time);
      return;
    }
    below.getChildren().setAll(List.of(time, shells));
    rows.getItems().add(below);
    rows.setDividerPositions(shares.upper);
  }
}
