package beamyard.ui.desktop;

import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.map.ClusterMap;
import beamyard.ui.desktop.sheets.BeliefModel;
import beamyard.ui.desktop.sheets.CompareModel;
import beamyard.ui.desktop.sheets.LockModel;
import beamyard.ui.desktop.sheets.SheetModel;
import beamyard.ui.desktop.sheets.SheetPainter;
import beamyard.ui.desktop.sheets.SheetPane;
import beamyard.ui.desktop.sheets.SupervisionModel;
import beamyard.ui.desktop.spacetime.SpaceTimeModel;
import beamyard.ui.desktop.spacetime.SpaceTimePane;
import beamyard.ui.desktop.yard.YardModel;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.image.Image;

/** The views of the yard, one at a time: all share one selection and one time cursor. */
final class ViewsPane extends TabPane {
  private final Map<Tab, SheetModel> sheets = new LinkedHashMap<>();
  private final CompareModel branches;
  private final Node map;
  private final SpaceTimePane diagram;

  /**
   * @param map the cluster map
   * @param withMap the same with what lies over it
   */
  ViewsPane(YardModel yard, Node map, Node withMap, SpaceTimeModel spaceTime) {
    this.map = map;
    branches = new CompareModel(yard);
    getStyleClass().add("views");
    setTabClosingPolicy(TabClosingPolicy.UNAVAILABLE);
    add("Map", withMap);
    diagram = new SpaceTimePane(yard, spaceTime);
    Tab spaceTimeTab = add("Space-time", diagram);
    addSheet("Beliefs", yard, new BeliefModel(yard));
    addSheet("Locks", yard, new LockModel(yard));
    addSheet("Supervision", yard, new SupervisionModel(yard));
    addSheet("Branches", yard, branches);
    getSelectionModel()
        .selectedItemProperty()
        .subscribe(
            chosen -> {
              sheets.forEach((tab, model) -> model.setLookedAt(tab == chosen));
              spaceTime.setLookedAt(chosen == spaceTimeTab);
            });
  }

  private Tab add(String title, Node content) {
    var tab = new Tab(title, content);
    getTabs().add(tab);
    return tab;
  }

  private void addSheet(String title, YardModel yard, SheetModel model) {
    var pane = new SheetPane(model.sheetProperty(), yard.selection()::select);
    pane.setAccessibleText(title);
    var tab = new Tab(title, pane);
    sheets.put(tab, model);
    getTabs().add(tab);
  }

  /** Compares what is shown with another branch of this yard. */
  void compareWith(long run) {
    branches.compareWith(run);
    getSelectionModel().selectLast();
  }

  /** Which view is in front, counted from 0. */
  int shown() {
    return getSelectionModel().getSelectedIndex();
  }

  /** Shows the processes of the selected nodes as lanes of their own, or no longer. */
  void foldLanes() {
    diagram.foldSelected();
  }

  /** Brings a view to the front, counted from 0; keys are for it from now on. */
  void show(int index) {
    getSelectionModel().select(index);
    focusFront();
  }

  /** Keys are for what is in front from now on. */
  void focusFront() {
    Node front = front();
    if (front instanceof SpaceTimePane itself) {
      itself.focusDiagram();
    } else if (front.isFocusTraversable()) {
      front.requestFocus();
    } else {
      map.requestFocus();
    }
  }

  /** What is in front as pixels: of a sheet all that can be scrolled to. */
  Image pixels() {
    Node whole = front() instanceof SheetPane sheet ? sheet.getContent() : front();
    return whole.snapshot(null, null);
  }

  /** What is in front. */
  private Node front() {
    return getSelectionModel().getSelectedItem().getContent();
  }

  /**
   * What is in front as an SVG file.
   *
   * @param map the cluster map, which has other things over it
   */
  String picture(ClusterMap map, Inks inks) {
    Tab front = getSelectionModel().getSelectedItem();
    SheetModel sheet = sheets.get(front);
    if (sheet != null) {
      return new SheetPainter(inks).picture(sheet.sheetProperty().get());
    }
    return front.getContent() == diagram ? diagram.picture() : map.picture();
  }

  String frontTitle() {
    return getSelectionModel().getSelectedItem().getText();
  }
}
