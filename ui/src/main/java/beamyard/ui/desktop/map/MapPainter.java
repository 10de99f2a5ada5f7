package beamyard.ui.desktop.map;

import beamyard.ui.desktop.drawing.Geometry;
import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.map.LinkNotes.Note;
import beamyard.ui.desktop.map.MapModel.LinkMark;
import beamyard.ui.desktop.map.MapModel.NodeMark;
import beamyard.ui.desktop.map.NodePainter.Detail;
import beamyard.ui.desktop.yard.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.text.TextAlignment;

/** Draws the cluster map; with many nodes, less of each. */
public final class MapPainter {
  private static final double TEXT_SIZE = 11;
  private static final double GRID = 32;
  private static final int MOST_CARDS = 16;
  private static final int MOST_DISCS = 48;
  private static final int MOST_PACKETS = 300;
  private static final int MOST_LINKS = 200;
  private static final Ink[] SIDES = {Ink.SIDE_A, Ink.SIDE_B, Ink.SIDE_C};

  private final MapModel model;
  private final Inks inks;
  private final NodePainter nodes;
  private final LinkPainter links;
  private final PacketPainter packetPainter;
  private final LegendPainter legend;

  /** What part of the map is seen. */
  public record View(double width, double height, double zoom, Point2D pan) {
    Point2D place(Point2D onMap) {
      return new Point2D(
          width / 2 + pan.getX() + onMap.getX() * zoom,
          height / 2 + pan.getY() + onMap.getY() * zoom);
    }
  }

  /** What the mouse is over. */
  record Over(Optional<String> node, Optional<Flights.Mark> packet) {
    static final Over NOTHING = new Over(Optional.empty(), Optional.empty());
  }

  MapPainter(MapModel model, Inks inks) {
    this.model = model;
    this.inks = inks;
    nodes = new NodePainter(inks);
    links = new LinkPainter(inks);
    packetPainter = new PacketPainter(model, inks);
    legend = new LegendPainter(model, inks);
  }

  private Detail detail(double zoom) {
    double crowd = model.nodes().size() / (zoom * zoom);
    return crowd <= MOST_CARDS ? Detail.CARDS : crowd <= MOST_DISCS ? Detail.DISCS : Detail.DOTS;
  }

  /** Whether anything is drawn above the crowd. */
  boolean hasAbove(
      View view,
      List<String> selected,
      Over over,
      List<Flights.Mark> packets,
      List<Point2D> scissors) {
    return !hasDots(view)
        || !selected.isEmpty()
        || over.node().isPresent()
        || !scissors.isEmpty()
        || !packets.isEmpty() && !areMany(packets);
  }

  /** Whether a node that stands at a place is drawn over a point. */
  boolean covers(NodeMark node, Point2D place, double zoom, double x, double y) {
    return nodes.covers(detail(zoom), node, place, x, y);
  }

  /** The packet that is drawn nearest to a point, if one is near, and packets are drawn one by one. */
  public Optional<Flights.Mark> packetAt(View view, List<Flights.Mark> packets, Point2D point) {
    return areMany(packets) ? Optional.empty() : packetPainter.at(view, packets, point);
  }

  // What changes seldom: regions and links.

  void drawBelow(Pen pen, View view, Selection.Subject selected) {
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillRect(0, 0, view.width, view.height);
    drawGrid(pen, view);
    int index = 0;
    for (List<String> side : model.sides()) {
      drawSide(pen, view, side, index++);
    }
    legend.draw(pen, view.width, view.height);
    if (hasManyLinks()) {
      return; // they are the crowd's
    }
    for (LinkMark link : model.links()) {
      links.draw(
          pen,
          link,
          placeOf(view, link.from()),
          placeOf(view, link.to()),
          isChosen(link, selected));
    }
    pen.setLineDashes();
    for (Note note : model.notes()) {
      boolean cut = model.isCut(note.from(), note.to());
      links.drawNote(pen, note, placeOf(view, note.from()), placeOf(view, note.to()), cut);
    }
  }

  /** Points that move with the map: one sees that it is a plane, and how far one has gone on it. */
  private void drawGrid(Pen pen, View view) {
    if (model.nodes().isEmpty()) {
      return;
    }
    double step = GRID * view.zoom;
    while (step < GRID * 0.75) {
      step *= 2;
    }
    pen.setFill(inks.get(Ink.GRID));
    Point2D middle = view.place(Point2D.ZERO);
    for (double y = middle.getY() % step; y < view.height; y += step) {
      for (double x = middle.getX() % step; x < view.width; x += step) {
        pen.fillRect(Math.round(x) - 1, Math.round(y) - 1, 2, 2);
      }
    }
  }

  static boolean isChosen(LinkMark link, Selection.Subject selected) {
    return selected instanceof Selection.OfLink(String from, String to)
        && link.from().equals(from)
        && link.to().equals(to);
  }

  // The crowd is what is too much for a canvas: CrowdPainter draws it.

  boolean hasManyLinks() {
    return model.links().size() > MOST_LINKS;
  }

  static boolean areMany(List<Flights.Mark> packets) {
    return packets.size() > MOST_PACKETS;
  }

  boolean hasDots(View view) {
    return detail(view.zoom) == Detail.DOTS;
  }

  private Point2D placeOf(View view, String label) {
    return view.place(model.placeOf(label));
  }

  private void drawSide(Pen pen, View view, List<String> side, int index) {
    List<Point2D> places = side.stream().map(label -> view.place(model.placeOf(label))).toList();
    Detail detail = detail(view.zoom);
    List<NodeMark> its =
        model.nodes().stream().filter(node -> side.contains(node.label())).toList();
    List<Point2D> region =
        Geometry.around(places, nodes.halfWidth(detail, its), nodes.halfHeight(detail));
    double[] xs = region.stream().mapToDouble(Point2D::getX).toArray();
    double[] ys = region.stream().mapToDouble(Point2D::getY).toArray();
    Ink ink = SIDES[index % SIDES.length];
    pen.setFill(inks.get(ink, 0.09));
    pen.fillPolygon(xs, ys, xs.length);
    pen.setStroke(inks.get(ink, 0.6));
    pen.setLineWidth(1.2);
    pen.setLineDashes(index == 0 ? new double[] {} : new double[] {6, 4});
    pen.strokePolygon(xs, ys, xs.length);
    pen.setLineDashes();
    double top = Arrays.stream(ys).min().orElse(0);
    double left = places.stream().mapToDouble(Point2D::getX).average().orElse(0);
    pen.setFill(inks.get(ink));
    pen.setFont(inks.bold(TEXT_SIZE));
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.BOTTOM);
    String nodesOfIt = side.size() == 1 ? "1 node" : side.size() + " nodes";
    pen.fillText("Side " + (char) ('A' + index) + ", " + nodesOfIt, left, Math.max(16, top - 5));
  }

  // What moves: packets and nodes.

  /**
   * @param over what the mouse is over
   */
  void drawAbove(
      Pen pen,
      View view,
      List<String> selected,
      Over over,
      List<Flights.Mark> packets,
      List<Point2D> scissors) {
    pen.clearRect(0, 0, view.width, view.height);
    boolean labelled = PacketPainter.areLabelled(packets);
    if (!areMany(packets)) {
      packetPainter.draw(pen, view, packets);
    }
    Detail detail = detail(view.zoom);
    for (NodeMark node : model.nodes()) {
      nodes.draw(
          pen,
          detail,
          node,
          view.place(model.placeOf(node.label())),
          selected.contains(node.label()),
          over.node().filter(node.label()::equals).isPresent());
    }
    over.packet().ifPresent(packet -> packetPainter.drawHovered(pen, view, packet, labelled));
    if (scissors.size() > 1) {
      pen.setStroke(inks.get(Ink.DANGER));
      pen.setLineWidth(2);
      pen.setLineDashes(6, 4);
      pen.strokePolyline(
          scissors.stream().mapToDouble(Point2D::getX).toArray(),
          scissors.stream().mapToDouble(Point2D::getY).toArray(),
          scissors.size());
      pen.setLineDashes();
    }
  }
}
