package beamyard.ui.desktop.map;

import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.map.Flights.Gait;
import beamyard.ui.desktop.map.MapPainter.View;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.PacketText;
import beamyard.ui.desktop.run.TermText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.geometry.Rectangle2D;
import javafx.geometry.VPos;
import javafx.scene.text.TextAlignment;

/** Draws packets on their way across the map, each kind with a shape of its own, and what the one under the mouse says. */
public final class PacketPainter {
  private static final int MOST_LABELS = 10;
  private static final int LABEL_CHARACTERS = 28;
  private static final int HOVERED_CHARACTERS = 90;
  private static final double TEXT_SIZE = 11;
  private static final double LABEL_HEIGHT = 15;
  private static final double NEAR = 9;
  private static final double ROUND = 6;
  private static final double TAIL = 22;
  private static final double FALL = 34;

  /** Half as wide as signs are: of a few packets, of many, of very many. */
  private static final double SIGN = 5.5;

  private static final double SIGN_OF_MANY = 4.2;
  private static final double SIGN_OF_CROWD = 3;
  private static final int MANY = 60;

  /** A packet nearer than this to a node has no room for its label. */
  private static final double NODE_ROOM = 104;

  private final MapModel model;
  private final Inks inks;

  PacketPainter(MapModel model, Inks inks) {
    this.model = model;
    this.inks = inks;
  }

  /** Whether they are so few that each can say what it is. */
  static boolean areLabelled(List<Flights.Mark> packets) {
    return packets.stream().filter(mark -> Flights.isNamed(mark.sent().cargo())).count()
        <= MOST_LABELS;
  }

  /** The ink of what a packet carries, the same in all views. */
  public static Ink ink(Cargo cargo) {
    return switch (cargo) {
      case MESSAGE -> Ink.MESSAGE;
      case SIGNAL -> Ink.SIGNAL;
      case HANDSHAKE -> Ink.HANDSHAKE;
      case TICK -> Ink.TICK;
    };
  }

  /**
   * Where a packet is drawn.
   *
   * @param aside how far beside its link: the two directions keep to their right
   */
  private record Spot(Point2D at, Point2D aside, double length, double share) {}

  private Spot spot(View view, Flights.Mark mark, boolean labelled) {
    Point2D from = view.place(model.placeOf(mark.sent().from()));
    Point2D to = view.place(model.placeOf(mark.sent().to()));
    double length = from.distance(to);
    Point2D aside =
        length == 0
            ? Point2D.ZERO
            : new Point2D((from.getY() - to.getY()) / length, (to.getX() - from.getX()) / length)
                .multiply(labelled ? 7 : 3);
    Point2D at = from.interpolate(to, mark.progress()).add(aside).add(0, FALL * fallen(mark));
    return new Spot(at, aside, length, mark.progress());
  }

  /** What is lost falls, faster and faster. */
  private static double fallen(Flights.Mark mark) {
    return mark.fade() * mark.fade();
  }

  /** The packet that is drawn nearest to a point, if one is near. */
  Optional<Flights.Mark> at(View view, List<Flights.Mark> packets, Point2D point) {
    boolean labelled = areLabelled(packets);
    Optional<Flights.Mark> nearest = Optional.empty();
    double best = NEAR;
    for (Flights.Mark mark : packets) {
      double distance = spot(view, mark, labelled).at().distance(point);
      if (distance < best) {
        best = distance;
        nearest = Optional.of(mark);
      }
    }
    return nearest;
  }

  /**
   * Draws packets, and what each is as long as they are few and there is room for it: who set out first has it first.
   */
  void draw(Pen pen, View view, List<Flights.Mark> packets) {
    boolean labelled = areLabelled(packets);
    var taken = new ArrayList<Rectangle2D>();
    double size = labelled ? SIGN : packets.size() <= MANY ? SIGN_OF_MANY : SIGN_OF_CROWD;
    packets.forEach(packet -> draw(pen, view, packet, labelled, size, taken));
  }

  private void draw(
      Pen pen,
      View view,
      Flights.Mark mark,
      boolean labelled,
      double size,
      List<Rectangle2D> taken) {
    Spot spot = spot(view, mark, labelled);
    Cargo cargo = mark.sent().cargo();
    double x = spot.at().getX();
    double y = spot.at().getY();
    pen.setGlobalAlpha(1 - mark.fade());
    if (labelled && mark.fade() == 0 && mark.gait() == Gait.FLIES) {
      drawTail(pen, spot, mark);
    }
    drawSign(pen, inks, cargo, x, y, size);
    if (mark.fade() > 0) {
      pen.setStroke(inks.get(Ink.DANGER));
      pen.setLineWidth(2);
      pen.strokeLine(x - 6, y - 6, x + 6, y + 6);
      pen.strokeLine(x - 6, y + 6, x + 6, y - 6);
    }
    boolean free = Math.min(spot.share(), 1 - spot.share()) * spot.length() > NODE_ROOM;
    if (labelled && free && Flights.isNamed(cargo)) {
      drawLabel(pen, spot, mark, taken);
    }
    pen.setGlobalAlpha(1);
  }

  /** Where a packet comes from, faintly. */
  private void drawTail(Pen pen, Spot spot, Flights.Mark mark) {
    if (spot.length() == 0) {
      return;
    }
    double back = Math.min(TAIL, spot.share() * spot.length());
    // aside is a quarter turn to the right of the way
    Point2D way = new Point2D(spot.aside().getY(), -spot.aside().getX()).normalize();
    Point2D from = spot.at().subtract(way.multiply(back));
    pen.setStroke(inks.get(ink(mark.sent().cargo()), 0.35));
    pen.setLineWidth(3);
    pen.strokeLine(from.getX(), from.getY(), spot.at().getX(), spot.at().getY());
  }

  private void drawLabel(Pen pen, Spot spot, Flights.Mark mark, List<Rectangle2D> taken) {
    String text = TermText.shortened(mark.sent().text(), LABEL_CHARACTERS);
    pen.setFont(inks.font(TEXT_SIZE));
    boolean above = spot.aside().getY() < 0 || spot.aside().getY() == 0 && spot.aside().getX() > 0;
    double x = spot.at().getX();
    double y = spot.at().getY() + (above ? -8 : 8);
    double wide = Math.min(pen.width(text), spot.length() * 0.7);
    double high = LABEL_HEIGHT * inks.scale();
    var room = new Rectangle2D(x - wide / 2 - 3, above ? y - high : y, wide + 6, high);
    if (taken.stream().anyMatch(room::intersects)) {
      return; // two texts over each other are none
    }
    taken.add(room);
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(above ? VPos.BOTTOM : VPos.TOP);
    // no link crosses its letters
    pen.setFill(inks.get(Ink.GROUND, 0.8));
    pen.fillRoundRect(
        room.getMinX(), room.getMinY(), room.getWidth(), room.getHeight(), ROUND, ROUND);
    pen.setFill(inks.get(ink(mark.sent().cargo())));
    pen.fillText(text, x, y, wide);
  }

  /** Draws the sign of what a packet carries, the same in all views. */
  public static void drawSign(Pen pen, Inks inks, Cargo cargo, double x, double y, double size) {
    pen.setFill(inks.get(ink(cargo)));
    double half = size + 0.5;
    switch (cargo) {
      case MESSAGE -> pen.fillOval(x - size, y - size, size * 2, size * 2);
      case SIGNAL ->
          pen.fillPolygon(
              new double[] {x - half, x + half, x},
              new double[] {y + half - 1, y + half - 1, y - half},
              3);
      case HANDSHAKE ->
          pen.fillPolygon(
              new double[] {x - half, x, x + half, x}, new double[] {y, y - half, y, y + half}, 4);
      case TICK -> {
        pen.setStroke(inks.get(Ink.TICK));
        pen.setLineWidth(1.5);
        pen.strokeOval(x - 3, y - 3, 6, 6);
      }
    }
  }

  /** Says of a packet who sends it to whom, and what it carries. */
  void drawHovered(Pen pen, View view, Flights.Mark mark, boolean labelled) {
    Sent sent = mark.sent();
    Point2D at = spot(view, mark, labelled).at();
    String head =
        sent.cargo().name().toLowerCase(java.util.Locale.ROOT)
            + "  "
            + end(sent.from(), sent.fromProcess())
            + " → "
            + end(sent.to(), sent.toProcess());
    String says =
        TermText.shortened(
            PacketText.full(sent.packet()).replaceAll("\\s*\n\\s*", "  "), HOVERED_CHARACTERS);
    pen.setStroke(inks.get(ink(sent.cargo())));
    pen.setLineWidth(1.5);
    pen.strokeOval(at.getX() - 9, at.getY() - 9, 18, 18);
    double line = 17 * inks.scale();
    pen.setFont(inks.font(TEXT_SIZE));
    double wide = Math.max(pen.width(head), pen.width(says)) + 24;
    double high = 2 * line + 12;
    double x = Math.clamp(at.getX() - wide / 2, 6, Math.max(6, view.width() - wide - 6));
    double above = at.getY() - high - 14;
    double y = above < 6 ? at.getY() + 14 : above;
    pen.setFill(inks.get(Ink.NODE_FILL));
    pen.fillRoundRect(x, y, wide, high, 12, 12);
    pen.setStroke(inks.get(Ink.NODE_EDGE));
    pen.setLineWidth(1);
    pen.strokeRoundRect(x, y, wide, high, 12, 12);
    pen.setTextAlign(TextAlignment.LEFT);
    pen.setTextBaseline(VPos.CENTER);
    pen.setFill(inks.get(Ink.QUIET));
    pen.fillText(head, x + 12, y + 6 + line / 2);
    pen.setFill(inks.get(Ink.TEXT));
    pen.fillText(says, x + 12, y + 6 + line * 1.5);
  }

  private static String end(String node, String process) {
    return TermText.shortName(node) + (process.isEmpty() ? "" : " " + process);
  }
}
