package beamyard.ui.desktop.map;

import beamyard.ui.desktop.drawing.Geometry;
import beamyard.ui.desktop.map.MapModel.LinkMark;
import beamyard.ui.desktop.map.MapModel.NodeMark;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.control.ContextMenu;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the mouse does on the cluster map: selects, drags and pulls nodes, cuts across links, opens menus, moves the map and
 * zooms.
 */
final class MapMouse {
  private static final double CLICK_DISTANCE = 6;

  private final ClusterMap map;
  private final YardModel yard;
  private final MapMenus menus;
  private final List<Point2D> scissors = new ArrayList<>();
  private ContextMenu menu = new ContextMenu();
  private @Nullable String held;
  private @Nullable Point2D pressed;
  private @Nullable Point2D pannedFrom;
  private @Nullable String hovered;
  private @Nullable Point2D mouse;
  private boolean dragged;

  /** The node that is dragged is to be cut off. */
  private boolean pulls;

  /** What the button that is down selects unless it drags: what a selection opens may not move the map under a drag. */
  private @Nullable String chosen;

  private boolean cutting;

  MapMouse(ClusterMap map, YardModel yard, MapMenus menus) {
    this.map = map;
    this.yard = yard;
    this.menus = menus;
    map.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    map.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    map.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    map.addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    map.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> mouse = null);
    map.addEventHandler(ScrollEvent.SCROLL, this::scroll);
    map.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::openMenu);
  }

  /** While cutting, a line drawn with the mouse cuts what it crosses. */
  void setCutting(boolean on) {
    cutting = on;
    map.setCursor(on ? Cursor.CROSSHAIR : null);
    map.tellCutting(on);
    if (!on) {
      scissors.clear();
      map.redraw();
    }
  }

  boolean isCutting() {
    return cutting;
  }

  /** The line that is being drawn to cut along. */
  List<Point2D> scissors() {
    return scissors;
  }

  /** What the mouse is over. */
  MapPainter.Over over(MapPainter.View view, List<Flights.Mark> packets) {
    Point2D at = mouse;
    return new MapPainter.Over(
        Optional.ofNullable(hovered),
        at == null || hovered != null
            ? Optional.empty()
            : map.painter().packetAt(view, packets, at));
  }

  private Point2D toPane(String label) {
    return map.toPane(map.model().placeOf(label));
  }

  private Point2D fromTheMiddle(double x, double y) {
    return new Point2D(x - map.getWidth() / 2, y - map.getHeight() / 2);
  }

  private Point2D toMap(double x, double y) {
    return fromTheMiddle(x, y).subtract(map.camera().pan()).multiply(1 / map.camera().zoom());
  }

  /** The node whose card is at a place of this pane. */
  private @Nullable String nodeAt(double x, double y) {
    List<NodeMark> nodes = map.model().nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeMark node = nodes.get(i);
      if (map.painter().covers(node, toPane(node.label()), map.camera().zoom(), x, y)) {
        return node.label();
      }
    }
    return null;
  }

  private @Nullable LinkMark linkAt(double x, double y) {
    @Nullable LinkMark found = null;
    double nearest = CLICK_DISTANCE;
    for (LinkMark link : map.model().links()) {
      double distance =
          Geometry.distanceToSegment(new Point2D(x, y), toPane(link.from()), toPane(link.to()));
      if (distance < nearest) {
        nearest = distance;
        found = link;
      }
    }
    return found;
  }

  private void press(MouseEvent event) {
    map.requestFocus();
    menu.hide();
    if (event.getButton() != MouseButton.PRIMARY) {
      return;
    }
    pressed = new Point2D(event.getX(), event.getY());
    held = nodeAt(event.getX(), event.getY());
    if (cutting || event.isAltDown()) {
      pulls = held != null;
      scissors.clear();
      if (!pulls) {
        scissors.add(pressed);
      }
      return;
    }
    if (held != null) {
      chosen = event.isShiftDown() || event.isShortcutDown() ? null : held;
      if (chosen == null) {
        yard.selection().toggle(held);
      }
      return;
    }
    Optional<Flights.Mark> packet = map.painter().packetAt(map.view(), map.packets(), pressed);
    LinkMark link = linkAt(event.getX(), event.getY());
    if (packet.isPresent() && selectSent(packet.get().sent())) {
      return;
    }
    if (link != null) {
      yard.selection().select(new Selection.OfLink(link.from(), link.to()));
    } else {
      yard.selection().clear();
      pannedFrom = map.camera().pan();
    }
  }

  /** Selects the sending of a packet, if it is kept. */
  private boolean selectSent(Happening.Sent sent) {
    List<Happening> all = yard.log().all();
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).what() == sent) {
        yard.selection().select(new Selection.OfHappening(all.get(i)));
        return true;
      }
    }
    return false;
  }

  private void drag(MouseEvent event) {
    Point2D start = pressed;
    if (start == null || event.getButton() != MouseButton.PRIMARY) {
      return;
    }
    var here = new Point2D(event.getX(), event.getY());
    if (!scissors.isEmpty()) {
      scissors.add(here);
      map.touch();
    } else if (held != null) {
      if (start.distance(here) > CLICK_DISTANCE || dragged) {
        if (!dragged) {
          map.model().beginChange();
          dragged = true;
          chosen = null;
        }
        map.model().pin(held, toMap(event.getX(), event.getY()));
        map.touch();
      }
    } else if (pannedFrom != null) {
      map.camera().panTo(pannedFrom.add(here.subtract(start)));
      map.redraw();
    }
  }

  private void release(MouseEvent event) {
    if (scissors.size() > 1) {
      cutAlong(List.copyOf(scissors));
    }
    if (chosen != null) {
      yard.selection().select(new Selection.OfNode(chosen));
    }
    String pulled = held;
    if (pulls && dragged && pulled != null) {
      pullOut(pulled);
    }
    pulls = false;
    scissors.clear();
    held = null;
    chosen = null;
    dragged = false;
    pressed = null;
    pannedFrom = null;
    map.touch();
    if (event.getButton() == MouseButton.PRIMARY
        && event.getClickCount() == 2
        && nodeAt(event.getX(), event.getY()) == null
        && linkAt(event.getX(), event.getY()) == null) {
      menus.addNode();
    }
  }

  /** Cuts a node off from the others, with those that are selected beside it. */
  private void pullOut(String label) {
    List<String> selected = yard.selection().nodes();
    if (!selected.contains(label)) {
      yard.selection().select(new Selection.OfNode(label));
    }
    menus.isolate(yard.selection().nodes());
    setCutting(false);
  }

  /** Cuts the paths that a line crosses; all of them in one partition if the line parts the nodes in two. */
  private void cutAlong(List<Point2D> line) {
    var crossed = new ArrayList<LinkMark>();
    for (LinkMark link : map.model().links()) {
      Point2D from = toPane(link.from());
      Point2D to = toPane(link.to());
      for (int i = 1; i < line.size(); i++) {
        if (Geometry.cross(line.get(i - 1), line.get(i), from, to)) {
          crossed.add(link);
          break;
        }
      }
    }
    menus.cut(crossed);
  }

  private void hover(MouseEvent event) {
    mouse = new Point2D(event.getX(), event.getY());
    String over = nodeAt(event.getX(), event.getY());
    if (over == null ? hovered != null : !over.equals(hovered)) {
      hovered = over;
      map.touch();
    }
  }

  private void scroll(ScrollEvent event) {
    if (event.getDeltaY() == 0) {
      return;
    }
    map.camera()
        .zoomBy(Math.exp(event.getDeltaY() / 400), fromTheMiddle(event.getX(), event.getY()));
    map.redraw();
    event.consume();
  }

  private void openMenu(ContextMenuEvent event) {
    String node = nodeAt(event.getX(), event.getY());
    LinkMark link = node == null ? linkAt(event.getX(), event.getY()) : null;
    if (node != null && !yard.selection().nodes().contains(node)) {
      yard.selection().select(new Selection.OfNode(node));
    } else if (link != null) {
      yard.selection().select(new Selection.OfLink(link.from(), link.to()));
    }
    open(
        node == null && link == null ? menus.ofYard() : menuOfSelection(),
        new Point2D(event.getScreenX(), event.getScreenY()));
    event.consume();
  }

  /** Opens the menu of what is selected where that is. */
  void openMenuOfSelection() {
    List<String> selected = yard.selection().nodes();
    Point2D at =
        selected.isEmpty()
            ? map.localToScreen(map.getWidth() / 2, map.getHeight() / 2)
            : yard.selection().get() instanceof Selection.OfLink(String from, String to)
                ? map.onScreen(from).midpoint(map.onScreen(to))
                : map.onScreen(selected.getLast());
    open(menuOfSelection(), at);
  }

  private ContextMenu menuOfSelection() {
    return switch (yard.selection().get()) {
      case Selection.OfLink(String from, String to) -> menus.ofLink(from, to);
      case Selection.OfNode _, Selection.OfNodes _, Selection.OfProcess _ ->
          menus.ofNodes(yard.selection().nodes());
      case Selection.OfHappening _, Selection.Nothing _ -> menus.ofYard();
    };
  }

  private void open(ContextMenu next, Point2D at) {
    menu.hide();
    menu = next;
    menu.show(map, at.getX(), at.getY());
  }
}
