package beamyard.ui.desktop.map;

import beamyard.ui.desktop.drawing.Geometry;
import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.map.MapModel.NodeMark;
import beamyard.ui.desktop.map.MapPainter.View;
import beamyard.ui.desktop.map.NodePainter.Detail;
import java.util.Arrays;
import java.util.List;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.text.TextAlignment;

/** Draws the sides of a partition as shaded regions, and the seam between two that nothing passes. */
final class SidePainter {
  private static final double TEXT_SIZE = 11;
  private static final double TOP = 14;

  /** From a soft edge to a clear line. */
  private static final double[] SEAM_WIDTHS = {72, 64, 56, 48, 40, 32, 24, 16, 8};

  private static final double SEAM_SHADE = 0.016;
  private static final Ink[] SIDES = {Ink.SIDE_A, Ink.SIDE_B, Ink.SIDE_C};

  private final MapModel model;
  private final Inks inks;
  private final NodePainter nodes;

  SidePainter(MapModel model, Inks inks, NodePainter nodes) {
    this.model = model;
    this.inks = inks;
    this.nodes = nodes;
  }

  void draw(Pen pen, View view, Detail detail) {
    double strength = model.shading();
    model.seam().ifPresent(seam -> drawSeam(pen, view, seam, strength));
    int index = 0;
    for (List<String> side : model.shadedSides()) {
      drawSide(pen, view, detail, side, index++, strength);
    }
  }

  private void drawSide(
      Pen pen, View view, Detail detail, List<String> side, int index, double strength) {
    List<NodeMark> its =
        model.nodes().stream().filter(node -> side.contains(node.label())).toList();
    if (its.isEmpty()) {
      return; // its nodes were removed while it fades
    }
    List<Point2D> places =
        its.stream().map(node -> view.place(model.placeOf(node.label()))).toList();
    List<Point2D> region =
        Geometry.around(places, nodes.halfWidth(detail, its), nodes.halfHeight(detail));
    double[] xs = region.stream().mapToDouble(Point2D::getX).toArray();
    double[] ys = region.stream().mapToDouble(Point2D::getY).toArray();
    Ink ink = SIDES[index % SIDES.length];
    pen.setFill(inks.get(ink, 0.09 * strength));
    pen.fillPolygon(xs, ys, xs.length);
    pen.setStroke(inks.get(ink, 0.6 * strength));
    pen.setLineWidth(1.2);
    pen.setLineDashes(index == 0 ? new double[] {} : new double[] {6, 4});
    pen.strokePolygon(xs, ys, xs.length);
    pen.setLineDashes();
    double top = Arrays.stream(ys).min().orElse(0);
    double middle = (Arrays.stream(xs).min().orElse(0) + Arrays.stream(xs).max().orElse(0)) / 2;
    pen.setFill(inks.get(ink, strength));
    pen.setFont(inks.bold(TEXT_SIZE));
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.BOTTOM);
    String nodesOfIt = side.size() == 1 ? "1 node" : side.size() + " nodes";
    pen.fillText("Side " + (char) ('A' + index) + ", " + nodesOfIt, middle, Math.max(16, top - 5));
  }

  private void drawSeam(Pen pen, View view, Seam seam, double strength) {
    Point2D foot = view.place(seam.foot());
    Point2D along = new Point2D(-seam.way().getY(), seam.way().getX());
    double far = view.width() + view.height();
    for (double width : SEAM_WIDTHS) {
      band(pen, foot, along.multiply(far), seam.way().multiply(width / 2), strength);
    }
    pen.setStroke(inks.get(Ink.DANGER, 0.55 * strength));
    pen.setLineWidth(1.4);
    Point2D end = foot.add(along.multiply(far));
    Point2D other = foot.subtract(along.multiply(far));
    pen.strokeLine(other.getX(), other.getY(), end.getX(), end.getY());
    label(pen, view, foot, along, strength);
  }

  private void band(Pen pen, Point2D foot, Point2D far, Point2D half, double strength) {
    List<Point2D> corners =
        List.of(
            foot.add(far).add(half),
            foot.add(far).subtract(half),
            foot.subtract(far).subtract(half),
            foot.subtract(far).add(half));
    pen.setFill(inks.get(Ink.DANGER, SEAM_SHADE * strength));
    pen.fillPolygon(
        corners.stream().mapToDouble(Point2D::getX).toArray(),
        corners.stream().mapToDouble(Point2D::getY).toArray(),
        corners.size());
  }

  /** At the upper end of a seam that is steep, at the left end of one that is flat. */
  private void label(Pen pen, View view, Point2D foot, Point2D along, double strength) {
    pen.setFont(inks.bold(TEXT_SIZE));
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.CENTER);
    String text = "network cut";
    double wide = pen.width(text) + 20;
    double high = 21 * inks.scale();
    boolean steep = Math.abs(along.getY()) >= Math.abs(along.getX());
    double steps =
        steep
            ? (TOP + high / 2 - foot.getY()) / along.getY()
            : (TOP + wide / 2 - foot.getX()) / along.getX();
    Point2D at = foot.add(along.multiply(steps));
    double x = Math.clamp(at.getX(), wide / 2, Math.max(wide / 2, view.width() - wide / 2));
    double y = Math.clamp(at.getY(), high / 2, Math.max(high / 2, view.height() - high / 2));
    pen.setFill(inks.get(Ink.GROUND, strength));
    pen.fillRoundRect(x - wide / 2, y - high / 2, wide, high, high, high);
    pen.setStroke(inks.get(Ink.DANGER, 0.55 * strength));
    pen.setLineWidth(1.2);
    pen.strokeRoundRect(x - wide / 2, y - high / 2, wide, high, high, high);
    pen.setFill(inks.get(Ink.DANGER, strength));
    pen.fillText(text, x, y);
  }
}
