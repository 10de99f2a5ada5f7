package beamyard.ui.desktop.map;

import beamyard.ui.desktop.yard.YardModel;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyEvent;

/** What the arrow keys do on the cluster map: they put the selected nodes elsewhere, or move the map if none is selected. */
final class MapKeys {
  private static final double STEP = 20;
  private static final double FAR = 60;

  private final ClusterMap map;
  private final YardModel yard;

  MapKeys(ClusterMap map, YardModel yard) {
    this.map = map;
    this.yard = yard;
    map.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
  }

  private void press(KeyEvent event) {
    double far = event.isShiftDown() ? FAR : STEP;
    Point2D way =
        switch (event.getCode()) {
          case LEFT -> new Point2D(-far, 0);
          case RIGHT -> new Point2D(far, 0);
          case UP -> new Point2D(0, -far);
          case DOWN -> new Point2D(0, far);
          default -> null;
        };
    if (way == null || event.isShortcutDown() || event.isAltDown()) {
      return;
    }
    event.consume();
    List<String> selected = yard.selection().nodes();
    if (selected.isEmpty()) {
      map.camera().panTo(map.camera().pan().subtract(way));
    } else {
      Point2D onMap = way.multiply(1 / map.camera().zoom());
      map.model().beginChange();
      selected.forEach(label -> map.model().pin(label, map.model().placeOf(label).add(onMap)));
    }
    map.redraw();
  }
}
