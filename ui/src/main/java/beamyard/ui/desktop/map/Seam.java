package beamyard.ui.desktop.map;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;

/**
 * The straight line along which a network is cut in two: all of one side stand before it, all of the other behind it.
 *
 * @param way the direction from the first side to the second, of length 1
 * @param distance of the line from (0, 0), in that direction
 */
record Seam(Point2D way, double distance) {
  /** Nearer to each other than this, the sides have no room for a line between them. */
  private static final double ROOM = 30;

  /** The line half way between two sides; empty if there is none, as they stand among each other. */
  static Optional<Seam> between(List<Point2D> one, List<Point2D> other) {
    Point2D across = middle(other).subtract(middle(one));
    if (across.magnitude() < ROOM) {
      return Optional.empty();
    }
    Point2D way = across.normalize();
    double last = one.stream().mapToDouble(way::dotProduct).max().orElse(0);
    double first = other.stream().mapToDouble(way::dotProduct).min().orElse(0);
    return first - last < ROOM ? Optional.empty() : Optional.of(new Seam(way, (last + first) / 2));
  }

  private static Point2D middle(List<Point2D> points) {
    double x = points.stream().mapToDouble(Point2D::getX).average().orElse(0);
    double y = points.stream().mapToDouble(Point2D::getY).average().orElse(0);
    return new Point2D(x, y);
  }

  /** The place of the line that is nearest to (0, 0). */
  Point2D foot() {
    return way.multiply(distance);
  }

  /** Which share of the way from one place to another is before the line, from 0 to 1; a half if the way does not cross it. */
  double share(Point2D from, Point2D to) {
    double before = way.dotProduct(from);
    double after = way.dotProduct(to);
    boolean crosses = (before - distance) * (after - distance) < 0;
    return crosses ? (distance - before) / (after - before) : 0.5;
  }
}
