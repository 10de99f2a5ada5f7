package beamyard.ui.desktop;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.Happening.Cargo;
import beamyard.ui.desktop.Inks.Ink;
import beamyard.ui.desktop.MapModel.Kind;
import beamyard.ui.desktop.MapModel.LinkMark;
import beamyard.ui.desktop.MapModel.NodeMark;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;

/** Draws the cluster map; with many nodes, less of each. */
final class MapPainter {
  private static final double CARD_WIDTH = 104;
  private static final double CARD_HEIGHT = 48;
  private static final double DISC = 16;
  static final double DOT = 6;
  private static final int MOST_CARDS = 16;
  private static final int MOST_DISCS = 48;
  private static final int MOST_LABELS = 10;
  private static final int MOST_PACKETS = 300;
  private static final int MOST_LINKS = 200;
  private static final Ink[] SIDES = {Ink.SIDE_A, Ink.SIDE_B, Ink.SIDE_C};

  private final MapModel model;
  private final Inks inks;
  private final Font nameFont = Font.font(null, FontWeight.BOLD, 13);
  private final Font captionFont = Font.font(10.5);
  private final Font packetFont = Font.font(11);

  /** What part of the map is seen. */
  record View(double width, double height, double zoom, Point2D pan) {
    Point2D place(Point2D onMap) {
      return new Point2D(
          width / 2 + pan.getX() + onMap.getX() * zoom,
          height / 2 + pan.getY() + onMap.getY() * zoom);
    }
  }

  /** How much of each node is drawn. */
  private enum Detail {
    CARDS,
    DISCS,
    DOTS
  }

  MapPainter(MapModel model, Inks inks) {
    this.model = model;
    this.inks = inks;
  }

  private Detail detail(double zoom) {
    double crowd = model.nodes().size() / (zoom * zoom);
    return crowd <= MOST_CARDS ? Detail.CARDS : crowd <= MOST_DISCS ? Detail.DISCS : Detail.DOTS;
  }

  /** Whether anything is drawn above the crowd. */
  boolean hasAbove(
      View view,
      List<String> selected,
      Optional<String> hovered,
      List<Flights.Mark> packets,
      List<Point2D> scissors) {
    return !hasDots(view)
        || !selected.isEmpty()
        || hovered.isPresent()
        || !scissors.isEmpty()
        || !packets.isEmpty() && !areMany(packets);
  }

  /** Whether a node that stands at a place is drawn over a point. */
  boolean covers(NodeMark node, Point2D place, double zoom, double x, double y) {
    return switch (detail(zoom)) {
      case CARDS ->
          Math.abs(x - place.getX()) <= cardWidth(node) / 2
              && Math.abs(y - place.getY()) <= CARD_HEIGHT / 2;
      case DISCS -> place.distance(x, y) <= DISC + 2;
      case DOTS -> place.distance(x, y) <= DOT + 3;
    };
  }

  private static double cardWidth(NodeMark node) {
    int longest = Math.max(node.name().length() + 2, node.caption().length() - 2);
    return Math.max(CARD_WIDTH, 28 + longest * 7.4);
  }

  // What changes seldom: regions and links.

  void drawBelow(Pen pen, View view, Selection.Subject selected) {
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillRect(0, 0, view.width, view.height);
    int index = 0;
    for (List<String> side : model.sides()) {
      drawSide(pen, view, side, index++);
    }
    if (hasManyLinks()) {
      return; // they are the crowd's
    }
    for (LinkMark link : model.links()) {
      drawLink(pen, view, link, isChosen(link, selected));
    }
    pen.setLineDashes();
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
    boolean cards = detail(view.zoom) == Detail.CARDS;
    List<Point2D> region =
        Geometry.around(places, cards ? CARD_WIDTH * 0.82 : DISC * 2, cards ? 52 : DISC * 2);
    double[] xs = region.stream().mapToDouble(Point2D::getX).toArray();
    double[] ys = region.stream().mapToDouble(Point2D::getY).toArray();
    Ink ink = SIDES[index % SIDES.length];
    pen.setFill(inks.get(ink, 0.13));
    pen.fillPolygon(xs, ys, xs.length);
    pen.setStroke(inks.get(ink, 0.7));
    pen.setLineWidth(1.2);
    pen.setLineDashes(index == 0 ? new double[] {} : new double[] {6, 4});
    pen.strokePolygon(xs, ys, xs.length);
    pen.setLineDashes();
    double top = Arrays.stream(ys).min().orElse(0);
    double left = places.stream().mapToDouble(Point2D::getX).average().orElse(0);
    pen.setFill(inks.get(ink));
    pen.setFont(packetFont);
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.BOTTOM);
    pen.fillText("side " + (char) ('A' + index), left, Math.max(14, top - 3));
  }

  private void drawLink(Pen pen, View view, LinkMark link, boolean chosen) {
    Point2D from = placeOf(view, link.from());
    Point2D to = placeOf(view, link.to());
    Color colour = inks.get(Ink.LINK);
    pen.setLineWidth(1.8);
    switch (link.kind()) {
      case VISIBLE -> pen.setLineDashes();
      case HIDDEN -> pen.setLineDashes(2, 5);
      case PENDING -> {
        pen.setLineDashes(1, 4);
        colour = inks.get(Ink.QUIET);
      }
      case ONE_SIDED -> {
        pen.setLineDashes(8, 5);
        colour = inks.get(Ink.WARNING);
      }
      case NONE -> {
        pen.setLineDashes(2, 6);
        colour = inks.get(Ink.DANGER, 0.45);
      }
    }
    if (chosen) {
      pen.setLineWidth(3.2);
      colour = inks.get(Ink.ACCENT);
    }
    pen.setStroke(colour);
    pen.strokeLine(from.getX(), from.getY(), to.getX(), to.getY());
    Point2D middle = from.midpoint(to);
    if (link.cut()) {
      drawCross(pen, middle);
    } else if (link.kind() == Kind.ONE_SIDED) {
      tag(pen, middle, "one side only", Ink.WARNING);
    }
  }

  private void drawCross(Pen pen, Point2D at) {
    pen.setLineDashes();
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillOval(at.getX() - 9, at.getY() - 9, 18, 18);
    pen.setStroke(inks.get(Ink.DANGER));
    pen.setLineWidth(2);
    pen.strokeLine(at.getX() - 4.5, at.getY() - 4.5, at.getX() + 4.5, at.getY() + 4.5);
    pen.strokeLine(at.getX() - 4.5, at.getY() + 4.5, at.getX() + 4.5, at.getY() - 4.5);
  }

  private void tag(Pen pen, Point2D at, String text, Ink ink) {
    pen.setFont(captionFont);
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.CENTER);
    double wide = text.length() * 6.2 + 12;
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillRoundRect(at.getX() - wide / 2, at.getY() - 9, wide, 18, 9, 9);
    pen.setFill(inks.get(ink));
    pen.fillText(text, at.getX(), at.getY());
  }

  // What moves: packets and nodes.

  void drawAbove(
      Pen pen,
      View view,
      List<String> selected,
      Optional<String> hovered,
      List<Flights.Mark> packets,
      List<Point2D> scissors) {
    pen.clearRect(0, 0, view.width, view.height);
    if (!areMany(packets)) {
      boolean labelled =
          packets.stream().filter(mark -> Flights.isNamed(mark.sent().cargo())).count()
              <= MOST_LABELS;
      packets.forEach(packet -> drawPacket(pen, view, packet, labelled));
    }
    Detail detail = detail(view.zoom);
    for (NodeMark node : model.nodes()) {
      Point2D at = view.place(model.placeOf(node.label()));
      boolean chosen = selected.contains(node.label());
      boolean over = hovered.isPresent() && hovered.get().equals(node.label());
      switch (detail) {
        case CARDS -> drawCard(pen, node, at, chosen, over);
        case DISCS -> drawDisc(pen, node, at, chosen);
        case DOTS -> {
          if (chosen || over) {
            pen.setTextBaseline(VPos.BOTTOM);
            label(pen, node.label(), at.getX(), at.getY() - DOT - 3);
          }
        }
      }
    }
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

  private void label(Pen pen, String text, double x, double y) {
    pen.setFont(captionFont);
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setFill(inks.get(Ink.TEXT));
    pen.fillText(text, x, y);
  }

  private void drawCard(Pen pen, NodeMark node, Point2D at, boolean chosen, boolean over) {
    double wide = cardWidth(node);
    double x = at.getX() - wide / 2;
    double y = at.getY() - CARD_HEIGHT / 2;
    pen.setFill(inks.get(Ink.TEXT, 0.07));
    pen.fillRoundRect(x - 1, y + 1.5, wide + 2, CARD_HEIGHT + 1.5, 16, 16);
    pen.setFill(
        inks.get(node.isUp() || node.state() == State.BOOTING ? Ink.NODE_FILL : Ink.NODE_DOWN));
    pen.fillRoundRect(x, y, wide, CARD_HEIGHT, 14, 14);
    pen.setStroke(
        chosen ? inks.get(Ink.ACCENT) : over ? inks.get(Ink.QUIET) : inks.get(Ink.NODE_EDGE));
    pen.setLineWidth(chosen ? 2.4 : 1.3);
    pen.setLineDashes(node.isUp() ? new double[] {} : new double[] {4, 4});
    pen.strokeRoundRect(x, y, wide, CARD_HEIGHT, 14, 14);
    pen.setLineDashes();
    drawState(pen, node.state(), x + 17, at.getY() - 8);
    pen.setTextAlign(TextAlignment.LEFT);
    pen.setTextBaseline(VPos.CENTER);
    pen.setFont(nameFont);
    pen.setFill(inks.get(node.isUp() ? Ink.TEXT : Ink.QUIET));
    pen.fillText(node.name(), x + 29, at.getY() - 8, wide - 36);
    pen.setFont(captionFont);
    pen.setFill(inks.get(node.state() == State.PAUSED ? Ink.WARNING : Ink.QUIET));
    pen.fillText(node.caption(), x + 12, at.getY() + 11, wide - 20);
  }

  /** A sign for the state, told by its shape as well as by its colour. */
  private void drawState(Pen pen, State state, double x, double y) {
    switch (state) {
      case RUNNING -> {
        pen.setFill(inks.get(Ink.GOOD));
        pen.fillOval(x - 4.5, y - 4.5, 9, 9);
      }
      case BOOTING, STOPPING -> {
        pen.setStroke(inks.get(Ink.ACCENT));
        pen.setLineWidth(2);
        pen.strokeArc(x - 4.5, y - 4.5, 9, 9, 60, 240);
      }
      case PAUSED -> {
        pen.setFill(inks.get(Ink.WARNING));
        pen.fillRect(x - 4, y - 5, 3, 10);
        pen.fillRect(x + 1, y - 5, 3, 10);
      }
      case DOWN, NOT_STARTED -> {
        pen.setStroke(inks.get(Ink.QUIET));
        pen.setLineWidth(2);
        pen.strokeLine(x - 3.5, y - 3.5, x + 3.5, y + 3.5);
        pen.strokeLine(x - 3.5, y + 3.5, x + 3.5, y - 3.5);
      }
    }
  }

  private void drawDisc(Pen pen, NodeMark node, Point2D at, boolean chosen) {
    pen.setFill(inks.get(node.isUp() ? Ink.NODE_FILL : Ink.NODE_DOWN));
    pen.fillOval(at.getX() - DISC, at.getY() - DISC, DISC * 2, DISC * 2);
    pen.setLineWidth(chosen ? 2.6 : 1.4);
    pen.setStroke(inks.get(edge(node, chosen)));
    pen.strokeOval(at.getX() - DISC, at.getY() - DISC, DISC * 2, DISC * 2);
    pen.setTextBaseline(VPos.TOP);
    label(pen, node.name(), at.getX(), at.getY() + DISC + 3);
  }

  static Ink edge(NodeMark node, boolean chosen) {
    if (chosen) {
      return Ink.ACCENT;
    }
    return switch (node.state()) {
      case RUNNING -> Ink.GOOD;
      case BOOTING, STOPPING -> Ink.ACCENT;
      case PAUSED -> Ink.WARNING;
      case DOWN, NOT_STARTED -> Ink.QUIET;
    };
  }

  static Ink ink(Cargo cargo) {
    return switch (cargo) {
      case MESSAGE -> Ink.MESSAGE;
      case SIGNAL -> Ink.SIGNAL;
      case HANDSHAKE -> Ink.HANDSHAKE;
      case TICK -> Ink.TICK;
    };
  }

  private void drawPacket(Pen pen, View view, Flights.Mark mark, boolean labelled) {
    Point2D from = view.place(model.placeOf(mark.sent().from()));
    Point2D to = view.place(model.placeOf(mark.sent().to()));
    double length = from.distance(to);
    // the two directions keep to their right
    Point2D aside =
        length == 0
            ? Point2D.ZERO
            : new Point2D((from.getY() - to.getY()) / length, (to.getX() - from.getX()) / length)
                .multiply(labelled ? 7 : 2);
    double eased = mark.progress() * mark.progress() * (3 - 2 * mark.progress());
    Point2D at = from.interpolate(to, eased).add(aside);
    double opacity = 1 - mark.fade();
    Ink ink = ink(mark.sent().cargo());
    pen.setGlobalAlpha(opacity);
    double x = at.getX();
    double y = at.getY();
    switch (mark.sent().cargo()) {
      case MESSAGE -> {
        pen.setFill(inks.get(ink));
        double size = labelled ? 5 : 2.5;
        pen.fillOval(x - size, y - size, size * 2, size * 2);
      }
      case SIGNAL -> {
        pen.setFill(inks.get(ink));
        pen.fillPolygon(new double[] {x - 5, x + 5, x}, new double[] {y + 4, y + 4, y - 5}, 3);
      }
      case HANDSHAKE -> {
        pen.setFill(inks.get(ink));
        pen.fillPolygon(new double[] {x - 5, x, x + 5, x}, new double[] {y, y - 5, y, y + 5}, 4);
      }
      case TICK -> {
        pen.setStroke(inks.get(ink));
        pen.setLineWidth(1.5);
        pen.strokeOval(x - 3, y - 3, 6, 6);
      }
    }
    if (mark.fade() > 0) {
      pen.setStroke(inks.get(Ink.DANGER));
      pen.setLineWidth(2);
      pen.strokeLine(x - 6, y - 6, x + 6, y + 6);
      pen.strokeLine(x - 6, y + 6, x + 6, y - 6);
    }
    boolean free = Math.min(eased, 1 - eased) * length > CARD_WIDTH;
    if (labelled && free && Flights.isNamed(mark.sent().cargo())) {
      pen.setFont(packetFont);
      pen.setTextAlign(TextAlignment.CENTER);
      boolean above = aside.getY() < 0 || aside.getY() == 0 && aside.getX() > 0;
      pen.setTextBaseline(above ? VPos.BOTTOM : VPos.TOP);
      pen.setFill(inks.get(ink));
      pen.fillText(
          TermText.shortened(mark.sent().text(), 28), x, y + (above ? -8 : 8), length * 0.7);
    }
    pen.setGlobalAlpha(1);
  }
}
