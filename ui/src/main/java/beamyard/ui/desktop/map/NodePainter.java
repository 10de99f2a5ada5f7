package beamyard.ui.desktop.map;

import beamyard.simulator.Node.State;
import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.map.MapModel.NodeMark;
import java.util.Collection;
import java.util.function.DoubleSupplier;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.text.TextAlignment;

/** Draws nodes of the map: as cards, as discs when there are many, and only the names of chosen ones when there is a crowd. */
public final class NodePainter {
  static final double DOT = 6;
  private static final double CARD_WIDTH = 104;
  private static final double CARD_HEIGHT = 48;
  private static final double DISC = 16;
  private static final double NAME_SIZE = 13;
  private static final double CAPTION_SIZE = 11;
  private static final double AROUND = 26;
  private static final double LETTER = 7.4;

  /** How far a ring spreads. */
  private static final double RING = 22;

  private final Inks inks;
  private final DoubleSupplier magnification;

  /** How much of each node is drawn. */
  enum Detail {
    CARDS,
    DISCS,
    DOTS
  }

  /**
   * @param magnification how much larger than usual nodes are, apart from their text
   */
  NodePainter(Inks inks, DoubleSupplier magnification) {
    this.inks = inks;
    this.magnification = magnification;
  }

  private double scale() {
    return inks.scale() * magnification.getAsDouble();
  }

  /** Whether a node that stands at a place is drawn over a point. */
  boolean covers(Detail detail, NodeMark node, Point2D place, double x, double y) {
    return switch (detail) {
      case CARDS ->
          Math.abs(x - place.getX()) <= cardWidth(node) / 2
              && Math.abs(y - place.getY()) <= cardHeight() / 2;
      case DISCS -> place.distance(x, y) <= DISC + 2;
      case DOTS -> place.distance(x, y) <= DOT + 3;
    };
  }

  /** How far the widest of some nodes reaches to either side, and a little more. */
  double halfWidth(Detail detail, Collection<NodeMark> nodes) {
    double widest = nodes.stream().mapToDouble(this::cardWidth).max().orElse(0);
    return detail == Detail.CARDS ? widest / 2 + AROUND * scale() : DISC * 2;
  }

  double halfHeight(Detail detail) {
    return detail == Detail.CARDS ? 52 * scale() : DISC * 2;
  }

  private double cardWidth(NodeMark node) {
    int longest = Math.max(node.name().length() + 2, node.caption().length() - 2);
    return Math.max(CARD_WIDTH, 28 + longest * LETTER) * scale();
  }

  private double cardHeight() {
    return CARD_HEIGHT * scale();
  }

  void draw(Pen pen, Detail detail, NodeMark node, Point2D at, boolean chosen, boolean hovered) {
    switch (detail) {
      case CARDS -> drawCard(pen, node, at, chosen, hovered);
      case DISCS -> drawDisc(pen, node, at, chosen);
      case DOTS -> {
        if (node.state() != State.RUNNING) {
          drawState(pen, inks, node.state(), at.getX(), at.getY(), 1);
        }
        if (chosen || hovered) {
          pen.setTextBaseline(VPos.BOTTOM);
          label(pen, node.label(), at.getX(), at.getY() - DOT - 3);
        }
      }
    }
  }

  /** A ring that spreads from a card or a disc, and fades while it does; a crowd has none. */
  void drawRing(Pen pen, Detail detail, NodeMark node, Point2D at, Ripples.Ring ring) {
    double grown = RING * scale() * (1 - (1 - ring.age()) * (1 - ring.age()));
    pen.setStroke(inks.get(ring.ink(), 0.7 * (1 - ring.age())));
    pen.setLineWidth(2.5);
    switch (detail) {
      case CARDS -> {
        double wide = cardWidth(node) + 2 * grown;
        double high = cardHeight() + 2 * grown;
        double arc = 14 + 2 * grown;
        pen.strokeRoundRect(at.getX() - wide / 2, at.getY() - high / 2, wide, high, arc, arc);
      }
      case DISCS -> {
        double radius = DISC + grown;
        pen.strokeOval(at.getX() - radius, at.getY() - radius, radius * 2, radius * 2);
      }
      case DOTS -> {}
    }
  }

  private void label(Pen pen, String text, double x, double y) {
    pen.setFont(inks.font(CAPTION_SIZE));
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setFill(inks.get(Ink.TEXT));
    pen.fillText(text, x, y);
  }

  private void drawCard(Pen pen, NodeMark node, Point2D at, boolean chosen, boolean over) {
    double scale = scale();
    double size = magnification.getAsDouble();
    double wide = cardWidth(node);
    double high = cardHeight();
    double x = at.getX() - wide / 2;
    double y = at.getY() - high / 2;
    pen.setFill(inks.get(Ink.TEXT, 0.07));
    pen.fillRoundRect(x - 1, y + 1.5, wide + 2, high + 1.5, 16, 16);
    pen.setFill(
        inks.get(node.isUp() || node.state() == State.BOOTING ? Ink.NODE_FILL : Ink.NODE_DOWN));
    pen.fillRoundRect(x, y, wide, high, 14, 14);
    pen.setStroke(
        chosen ? inks.get(Ink.ACCENT) : over ? inks.get(Ink.QUIET) : inks.get(Ink.NODE_EDGE));
    pen.setLineWidth(chosen ? 2.4 : 1.3);
    pen.setLineDashes(node.isUp() ? new double[] {} : new double[] {4, 4});
    pen.strokeRoundRect(x, y, wide, high, 14, 14);
    pen.setLineDashes();
    drawState(pen, inks, node.state(), x + 17 * scale, at.getY() - 8 * scale, size);
    pen.setTextAlign(TextAlignment.LEFT);
    pen.setTextBaseline(VPos.CENTER);
    pen.setFont(inks.bold(NAME_SIZE * size));
    pen.setFill(inks.get(node.isUp() ? Ink.TEXT : Ink.QUIET));
    pen.fillText(node.name(), x + 29 * scale, at.getY() - 8 * scale, wide - 36 * scale);
    pen.setFont(inks.font(CAPTION_SIZE * size));
    pen.setFill(inks.get(node.state() == State.PAUSED ? Ink.WARNING : Ink.QUIET));
    pen.fillText(node.caption(), x + 12 * scale, at.getY() + 11 * scale, wide - 20 * scale);
  }

  /** A sign for the state, told by its shape as well as by its colour. */
  public static void drawState(Pen pen, Inks inks, State state, double x, double y, double size) {
    double scale = inks.scale() * size;
    double half = 4.5 * scale;
    switch (state) {
      case RUNNING -> {
        pen.setFill(inks.get(Ink.GOOD));
        pen.fillOval(x - half, y - half, half * 2, half * 2);
      }
      case BOOTING, STOPPING -> {
        pen.setStroke(inks.get(Ink.ACCENT));
        pen.setLineWidth(2);
        pen.strokeArc(x - half, y - half, half * 2, half * 2, 60, 240);
      }
      case PAUSED -> {
        pen.setFill(inks.get(Ink.WARNING));
        pen.fillRect(x - 4 * scale, y - 5 * scale, 3 * scale, 10 * scale);
        pen.fillRect(x + scale, y - 5 * scale, 3 * scale, 10 * scale);
      }
      case DOWN, NOT_STARTED -> {
        double arm = 3.5 * scale;
        pen.setStroke(inks.get(Ink.QUIET));
        pen.setLineWidth(2);
        pen.strokeLine(x - arm, y - arm, x + arm, y + arm);
        pen.strokeLine(x - arm, y + arm, x + arm, y - arm);
      }
    }
  }

  private void drawDisc(Pen pen, NodeMark node, Point2D at, boolean chosen) {
    pen.setFill(inks.get(node.isUp() ? Ink.NODE_FILL : Ink.NODE_DOWN));
    pen.fillOval(at.getX() - DISC, at.getY() - DISC, DISC * 2, DISC * 2);
    pen.setLineWidth(chosen ? 2.6 : 1.4);
    pen.setStroke(inks.get(edge(node, chosen)));
    pen.strokeOval(at.getX() - DISC, at.getY() - DISC, DISC * 2, DISC * 2);
    if (node.state() != State.RUNNING) {
      drawState(pen, inks, node.state(), at.getX(), at.getY(), 1.4);
    }
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
}
