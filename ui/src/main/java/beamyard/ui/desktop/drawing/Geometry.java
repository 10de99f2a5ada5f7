package beamyard.ui.desktop.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Point2D;

/** Plane geometry of what is drawn. */
public final class Geometry {
  /** Which part of a region's smaller half is round. */
  private static final double ROUND = 0.6;

  private static final int CORNERS_OF_A_CIRCLE = 64;

  private Geometry() {}

  /** The distance of a point from the nearest point of a segment. */
  public static double distanceToSegment(Point2D point, Point2D from, Point2D to) {
    Point2D along = to.subtract(from);
    double square = along.dotProduct(along);
    if (square == 0) {
      return point.distance(from);
    }
    double share = Math.clamp(point.subtract(from).dotProduct(along) / square, 0, 1);
    return point.distance(from.add(along.multiply(share)));
  }

  /** Whether two segments cross. */
  public static boolean cross(Point2D a, Point2D b, Point2D c, Point2D d) {
    return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
  }

  /** Positive if a, b, c turn one way, negative if the other, 0 if they are in line. */
  private static double turn(Point2D a, Point2D b, Point2D c) {
    return (b.getX() - a.getX()) * (c.getY() - a.getY())
        - (b.getY() - a.getY()) * (c.getX() - a.getX());
  }

  /** The smallest region with round corners that leaves so much space around all points. */
  public static List<Point2D> around(List<Point2D> points, double wide, double high) {
    double radius = Math.min(wide, high) * ROUND;
    var corners = new ArrayList<Point2D>();
    for (Point2D point : points) {
      for (int i = 0; i < CORNERS_OF_A_CIRCLE; i++) {
        double angle = 2 * Math.PI * (i + 0.5) / CORNERS_OF_A_CIRCLE;
        double x = Math.copySign(wide - radius, Math.cos(angle)) + radius * Math.cos(angle);
        double y = Math.copySign(high - radius, Math.sin(angle)) + radius * Math.sin(angle);
        corners.add(point.add(x, y));
      }
    }
    return hull(corners);
  }

  /** The corners of the convex hull, in order. */
  private static List<Point2D> hull(List<Point2D> points) {
    List<Point2D> sorted =
        points.stream()
            .sorted(Comparator.comparingDouble(Point2D::getX).thenComparingDouble(Point2D::getY))
            .toList();
    var hull = new ArrayList<Point2D>();
    for (int half = 0; half < 2; half++) {
      int start = hull.size();
      for (Point2D point : half == 0 ? sorted : sorted.reversed()) {
        while (hull.size() >= start + 2
            && turn(hull.get(hull.size() - 2), hull.getLast(), point) <= 0) {
          hull.removeLast();
        }
        hull.add(point);
      }
      hull.removeLast();
    }
    return hull;
  }
}
