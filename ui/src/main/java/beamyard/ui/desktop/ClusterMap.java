package beamyard.ui.desktop;

import beamyard.ui.desktop.MapModel.LinkMark;
import beamyard.ui.desktop.MapModel.NodeMark;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.geometry.Point2D;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ContextMenu;
import javafx.scene.image.ImageView;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Pane;
import org.jspecify.annotations.Nullable;

/**
 * The cluster map: regions, links, nodes and packets. What lies beneath is drawn only when it changes; nodes and packets on a
 * canvas above it, whenever something moves.
 *
 * <p>A node is selected by a click and dragged where it should stay; while cutting, or with Alt held, a line cuts the paths that it
 * crosses, and a node that is pulled away is cut off. A packet that is clicked on is selected.
 */
final class ClusterMap extends Pane {
  private static final double CLICK_DISTANCE = 6;
  private static final double SMALLEST_ZOOM = 0.3;
  private static final double LARGEST_ZOOM = 4;

  private final YardModel yard;
  private final MapModel model = new MapModel();
  private final Flights flights = new Flights();
  private final Inks inks = new Inks();
  private final Canvas below = new Canvas();
  private final ImageView crowd = new ImageView();
  private final Canvas above = new Canvas();
  private final MapPainter painter = new MapPainter(model, inks);
  private final CrowdPainter crowdPainter = new CrowdPainter(model, inks, painter);
  private final MapMenus menus;
  private final AnimationTimer timer;
  private final List<Point2D> scissors = new ArrayList<>();
  private Raster raster = new Raster(1, 1);
  private ContextMenu menu = new ContextMenu();
  private double zoom = 1;
  private Point2D pan = Point2D.ZERO;
  private long drawnVersion = -1;
  private boolean dirty = true;
  private boolean wasFlying;
  private long shownRun = -1;
  private Position followed = Position.START;
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

  ClusterMap(YardModel yard, MapMenus menus) {
    this.yard = yard;
    this.menus = menus;
    getStyleClass().add("cluster-map");
    setAccessibleText("Cluster map");
    setFocusTraversable(true);
    crowd.setMouseTransparent(true);
    getChildren().setAll(inks, below, crowd, above);
    below.setMouseTransparent(true);
    above.setMouseTransparent(true);
    for (Canvas canvas : List.of(below, above)) {
      canvas.widthProperty().bind(widthProperty());
      canvas.heightProperty().bind(heightProperty());
    }
    widthProperty().subscribe(_ -> resized());
    heightProperty().subscribe(_ -> resized());
    inks.onChange(this::redraw);
    yard.updateProperty().subscribe(this::show);
    yard.selection().subjectProperty().subscribe(this::reselect);
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
    addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
    addEventHandler(MouseEvent.MOUSE_MOVED, this::hover);
    addEventHandler(MouseEvent.MOUSE_EXITED, _ -> mouse = null);
    addEventHandler(ScrollEvent.SCROLL, this::scroll);
    addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::openMenu);
    timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            frame();
          }
        };
    sceneProperty()
        .subscribe(
            scene -> {
              if (scene == null) {
                timer.stop();
              } else {
                timer.start();
              }
            });
  }

  MapModel model() {
    return model;
  }

  Inks inks() {
    return inks;
  }

  /** While cutting, a line drawn with the mouse cuts what it crosses. */
  void setCutting(boolean on) {
    cutting = on;
    setCursor(on ? Cursor.CROSSHAIR : null);
    if (!on) {
      scissors.clear();
      redraw();
    }
  }

  /** Whether no packet is on its way. */
  boolean isAtRest() {
    return flights.isEmpty();
  }

  boolean isCutting() {
    return cutting;
  }

  /** The whole map again, nodes where the map puts them. */
  void reset() {
    zoom = 1;
    pan = Point2D.ZERO;
    model.unpinAll();
    redraw();
  }

  /** Puts nodes back to where they were before the last one was dragged, or all were let go. */
  void undoLayout() {
    model.undo();
    redraw();
  }

  void zoomBy(double factor) {
    zoom = Math.clamp(zoom * factor, SMALLEST_ZOOM, LARGEST_ZOOM);
    redraw();
  }

  /** Where a place of the map is in this pane. */
  Point2D toPane(Point2D place) {
    return new Point2D(
        getWidth() / 2 + pan.getX() + place.getX() * zoom,
        getHeight() / 2 + pan.getY() + place.getY() * zoom);
  }

  /** Where the middle of a node is on the screen. */
  Point2D onScreen(String label) {
    return localToScreen(toPane(model.placeOf(label)));
  }

  private Point2D toMap(double x, double y) {
    return new Point2D(
        (x - getWidth() / 2 - pan.getX()) / zoom, (y - getHeight() / 2 - pan.getY()) / zoom);
  }

  /** A link that is selected is drawn beneath; a node is not. */
  private void reselect(Selection.Subject before, Selection.Subject now) {
    if (before instanceof Selection.OfLink || now instanceof Selection.OfLink) {
      redraw();
    }
    dirty = true;
  }

  private void resized() {
    model.setSize(getWidth(), getHeight());
    redraw();
  }

  private void redraw() {
    drawnVersion = -1;
    dirty = true;
  }

  // Following the yard.

  private void show(Update update) {
    model.show(update.observation());
    model.showNotes(LinkNotes.of(update, yard.traffic()));
    boolean otherRun = update.run() != shownRun;
    boolean back = followed.isAfter(update.cursor());
    if (otherRun || back) {
      dirty = dirty || !flights.isEmpty();
      flights.clear();
    } else {
      RunLog log = yard.log();
      flights.follow(
          log.all().subList(log.countUntil(followed), log.countUntil(update.cursor())),
          System.nanoTime());
    }
    shownRun = update.run();
    followed = update.cursor();
  }

  private void frame() {
    boolean moved = model.move(0.18);
    boolean flying = !flights.isEmpty();
    if (moved || dirty || flying || wasFlying || drawnVersion != model.version()) {
      draw();
    }
    wasFlying = flying;
  }

  private MapPainter.View view() {
    return new MapPainter.View(getWidth(), getHeight(), zoom, pan);
  }

  private void draw() {
    dirty = false;
    var view = view();
    List<String> selected = yard.selection().nodes();
    List<Flights.Mark> packets = flights.marks(System.nanoTime(), model::isCut);
    boolean another = drawnVersion != model.version();
    boolean crowded = crowdPainter.isNeeded(view, packets);
    if (another) {
      drawnVersion = model.version();
      painter.drawBelow(new CanvasPen(below), view, yard.selection().get());
    }
    if (crowded) {
      drawCrowd(view, selected, packets, another || !crowd.isVisible());
    }
    crowd.setVisible(crowded);
    MapPainter.Over over = over(view, packets);
    boolean more = painter.hasAbove(view, selected, over, packets, scissors);
    if (more) {
      painter.drawAbove(new CanvasPen(above), view, selected, over, packets, scissors);
    }
    above.setVisible(more);
  }

  private MapPainter.Over over(MapPainter.View view, List<Flights.Mark> packets) {
    Point2D at = mouse;
    return new MapPainter.Over(
        Optional.ofNullable(hovered),
        at == null || hovered != null ? Optional.empty() : painter.packetAt(view, packets, at));
  }

  /** What is seen now as an SVG file; a crowd is a picture of pixels in it. */
  String picture() {
    var view = view();
    List<Flights.Mark> packets = flights.marks(System.nanoTime(), model::isCut);
    List<String> selected = yard.selection().nodes();
    var pen = new SvgPen(getWidth(), getHeight());
    painter.drawBelow(pen, view, yard.selection().get());
    if (crowdPainter.isNeeded(view, packets)) {
      drawCrowd(view, selected, packets, true);
      pen.image(Base64.getEncoder().encodeToString(PngFile.bytes(raster.image())));
    }
    painter.drawAbove(pen, view, selected, MapPainter.Over.NOTHING, packets, List.of());
    return pen.picture();
  }

  private void drawCrowd(
      MapPainter.View view, List<String> selected, List<Flights.Mark> packets, boolean another) {
    boolean fits = raster.hasSize((int) getWidth(), (int) getHeight());
    if (!fits) {
      raster = new Raster((int) getWidth(), (int) getHeight());
      crowd.setImage(raster.image());
    }
    if (another || !fits) {
      crowdPainter.drawBelow(raster, view, yard.selection().get());
    }
    crowdPainter.drawAbove(raster, view, selected, packets);
  }

  // The mouse.

  /** The node whose card is at a place of this pane. */
  private @Nullable String nodeAt(double x, double y) {
    List<NodeMark> nodes = model.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeMark node = nodes.get(i);
      if (painter.covers(node, toPane(model.placeOf(node.label())), zoom, x, y)) {
        return node.label();
      }
    }
    return null;
  }

  private @Nullable LinkMark linkAt(double x, double y) {
    @Nullable LinkMark found = null;
    double nearest = CLICK_DISTANCE;
    for (LinkMark link : model.links()) {
      double distance =
          Geometry.distanceToSegment(
              new Point2D(x, y),
              toPane(model.placeOf(link.from())),
              toPane(model.placeOf(link.to())));
      if (distance < nearest) {
        nearest = distance;
        found = link;
      }
    }
    return found;
  }

  private void press(MouseEvent event) {
    requestFocus();
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
    Optional<Flights.Mark> packet =
        painter.packetAt(view(), flights.marks(System.nanoTime(), model::isCut), pressed);
    LinkMark link = linkAt(event.getX(), event.getY());
    if (packet.isPresent() && selectSent(packet.get().sent())) {
      return;
    }
    if (link != null) {
      yard.selection().select(new Selection.OfLink(link.from(), link.to()));
    } else {
      yard.selection().clear();
      pannedFrom = pan;
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
      dirty = true;
    } else if (held != null) {
      if (start.distance(here) > CLICK_DISTANCE || dragged) {
        if (!dragged) {
          model.beginChange();
          dragged = true;
          chosen = null;
        }
        model.pin(held, toMap(event.getX(), event.getY()));
        dirty = true;
      }
    } else if (pannedFrom != null) {
      pan = pannedFrom.add(here.subtract(start));
      redraw();
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
    dirty = true;
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
    for (LinkMark link : model.links()) {
      Point2D from = toPane(model.placeOf(link.from()));
      Point2D to = toPane(model.placeOf(link.to()));
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
      dirty = true;
    }
  }

  private void scroll(ScrollEvent event) {
    if (event.getDeltaY() == 0) {
      return;
    }
    Point2D under = toMap(event.getX(), event.getY());
    zoom = Math.clamp(zoom * Math.exp(event.getDeltaY() / 400), SMALLEST_ZOOM, LARGEST_ZOOM);
    Point2D now = toPane(under);
    pan = pan.add(event.getX() - now.getX(), event.getY() - now.getY());
    redraw();
    event.consume();
  }

  private void openMenu(ContextMenuEvent event) {
    String node = nodeAt(event.getX(), event.getY());
    LinkMark link = node == null ? linkAt(event.getX(), event.getY()) : null;
    menu.hide();
    if (node != null) {
      List<String> selected = yard.selection().nodes();
      if (!selected.contains(node)) {
        yard.selection().select(new Selection.OfNode(node));
        selected = List.of(node);
      }
      menu = menus.ofNodes(selected);
    } else if (link != null) {
      yard.selection().select(new Selection.OfLink(link.from(), link.to()));
      menu = menus.ofLink(link.from(), link.to());
    } else {
      menu = menus.ofYard();
    }
    menu.show(this, event.getScreenX(), event.getScreenY());
    event.consume();
  }
}
