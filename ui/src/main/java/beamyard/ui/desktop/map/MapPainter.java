package beamyard.ui.desktop.map;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.map.LinkNotes.Note;
import beamyard.ui.desktop.map.MapModel.LinkMark;
import beamyard.ui.desktop.map.MapModel.NodeMark;
import beamyard.ui.desktop.map.NodePainter.Detail;
import beamyard.ui.desktop.yard.Selection;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;

/** Draws the cluster map; with many nodes, less of each. */
public final class MapPainter {
  private static final double GRID = 32;
  private static final int MOST_CARDS = 16;
  private static final int MOST_DISCS = 48;
  private static final int MOST_PACKETS = 300;
  private static final int MOST_LINKS = 200;

  private final MapModel model;
  private final Inks inks;
  private final NodePainter nodes;
  private final SidePainter sides;
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

  /** The ring that spreads around a node where something has just happened to it. */
  interface Rings {
    Optional<Ripples.Ring> around(String label);
  }

  MapPainter(MapModel model, Inks inks) {
    this.model = model;
    this.inks = inks;
    nodes = new NodePainter(inks, model::magnification);
    sides = new SidePainter(model, inks, nodes);
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
        || model.nodes().stream().anyMatch(node -> node.state() != State.RUNNING)
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
    sides.draw(pen, view, detail(view.zoom));
    legend.draw(pen, view.width, view.height);
    if (hasManyLinks()) {
      return; // they are the crowd's
    }
    Optional<Seam> seam = model.seam();
    for (LinkMark link : model.links()) {
      links.draw(
          pen,
          link,
          placeOf(view, link.from()),
          placeOf(view, link.to()),
          link.cut() ? seamAt(link, seam) : 1,
          isChosen(link, selected));
    }
    pen.setLineDashes();
    for (Note note : model.notes()) {
      boolean cut = model.isCut(note.from(), note.to());
      links.drawNote(pen, note, placeOf(view, note.from()), placeOf(view, note.to()), cut);
    }
  }

  /** Where the cross of a link is: also if it is cut in one direction only. */
  private double seamAt(LinkMark link, Optional<Seam> seam) {
    return seam.map(line -> line.share(model.placeOf(link.from()), model.placeOf(link.to())))
        .orElse(0.5);
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
      Rings rings,
      List<Point2D> scissors) {
    pen.clearRect(0, 0, view.width, view.height);
    boolean labelled = PacketPainter.areLabelled(packets);
    if (!areMany(packets)) {
      packetPainter.draw(pen, view, packets);
    }
    Detail detail = detail(view.zoom);
    for (NodeMark node : model.nodes()) {
      Point2D at = view.place(model.placeOf(node.label()));
      rings.around(node.label()).ifPresent(ring -> nodes.drawRing(pen, detail, node, at, ring));
      nodes.draw(
          pen,
          detail,
          node,
          at,
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
