package beamyard.ui.desktop.map;

import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.map.LinkNotes.Note;
import beamyard.ui.desktop.map.MapModel.Kind;
import beamyard.ui.desktop.map.MapModel.LinkMark;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/** Draws links of the map, and what stands beside them. What keeps a link from working is told by its dashes and a sign. */
final class LinkPainter {
  private static final double TEXT_SIZE = 11;
  private static final double WIDTH = 1.8;
  private static final double CHOSEN_WIDTH = 3.2;

  /** A link that carries nothing is fainter than one that does. */
  private static final double CUT = 0.5;

  private final Inks inks;

  LinkPainter(Inks inks) {
    this.inks = inks;
  }

  /**
   * @param cutAt the share of the way at which a link that is cut has its cross
   */
  void draw(Pen pen, LinkMark link, Point2D from, Point2D to, double cutAt, boolean chosen) {
    pen.setLineWidth(chosen ? CHOSEN_WIDTH : WIDTH);
    pen.setLineDashes(dashes(link));
    pen.setStroke(chosen ? inks.get(Ink.ACCENT) : colour(link));
    pen.strokeLine(from.getX(), from.getY(), to.getX(), to.getY());
    if (link.cut()) {
      drawCross(pen, from.interpolate(to, cutAt));
    } else if (link.kind() == Kind.ONE_SIDED) {
      tag(pen, from.midpoint(to), "one side only", Ink.WARNING);
    }
  }

  /** A connection whose path is cut is still there for those who have not noticed, but carries nothing. */
  static double[] dashes(LinkMark link) {
    return switch (link.kind()) {
      case VISIBLE -> link.cut() ? new double[] {7, 6} : new double[] {};
      case HIDDEN -> new double[] {2, 5};
      case PENDING -> new double[] {1, 4};
      case ONE_SIDED -> new double[] {8, 5};
      case NONE -> new double[] {2, 6};
    };
  }

  private Color colour(LinkMark link) {
    return switch (link.kind()) {
      case VISIBLE, HIDDEN -> link.cut() ? inks.get(Ink.DANGER, CUT) : inks.get(Ink.LINK);
      case PENDING -> inks.get(Ink.QUIET);
      case ONE_SIDED -> inks.get(Ink.WARNING);
      case NONE -> inks.get(Ink.DANGER, CUT);
    };
  }

  private void drawCross(Pen pen, Point2D at) {
    double x = at.getX();
    double y = at.getY();
    pen.setLineDashes();
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillOval(x - 10, y - 10, 20, 20);
    pen.setStroke(inks.get(Ink.DANGER));
    pen.setLineWidth(2.2);
    pen.strokeLine(x - 4.5, y - 4.5, x + 4.5, y + 4.5);
    pen.strokeLine(x - 4.5, y + 4.5, x + 4.5, y - 4.5);
  }

  /** A little off the middle of a link that is cut: its cross is there. */
  void drawNote(Pen pen, Note note, Point2D from, Point2D to, boolean cut) {
    Ink ink =
        switch (note.weight()) {
          case FACT -> Ink.TEXT;
          case WARNING -> Ink.WARNING;
        };
    tag(pen, from.interpolate(to, cut ? 0.3 : 0.5), note.text(), ink);
  }

  private void tag(Pen pen, Point2D at, String text, Ink ink) {
    pen.setLineDashes();
    pen.setFont(inks.font(TEXT_SIZE));
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.CENTER);
    double wide = pen.width(text) + 16;
    double high = 19 * inks.scale();
    double x = at.getX() - wide / 2;
    double y = at.getY() - high / 2;
    pen.setFill(inks.get(Ink.NODE_FILL));
    pen.fillRoundRect(x, y, wide, high, high, high);
    pen.setStroke(inks.get(Ink.NODE_EDGE));
    pen.setLineWidth(1);
    pen.strokeRoundRect(x, y, wide, high, high, high);
    pen.setFill(inks.get(ink));
    pen.fillText(text, at.getX(), at.getY());
  }
}
