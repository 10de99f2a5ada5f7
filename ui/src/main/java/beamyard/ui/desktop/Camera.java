package beamyard.ui.desktop;

import javafx.geometry.Point2D;

/** What part of a map is seen, and how large. */
final class Camera {
  private static final double SMALLEST = 0.3;
  private static final double LARGEST = 4;

  private double zoom = 1;
  private Point2D pan = Point2D.ZERO;

  double zoom() {
    return zoom;
  }

  /** How far the middle of the map is from the middle of what is seen, in pixels. */
  Point2D pan() {
    return pan;
  }

  void panTo(Point2D place) {
    pan = place;
  }

  void zoomBy(double factor) {
    zoom = Math.clamp(zoom * factor, SMALLEST, LARGEST);
  }

  /**
   * Zooms so that what is under a point stays there.
   *
   * @param point from the middle of what is seen, in pixels
   */
  void zoomBy(double factor, Point2D point) {
    double before = zoom;
    zoomBy(factor);
    pan = point.subtract(point.subtract(pan).multiply(zoom / before));
  }

  void reset() {
    zoom = 1;
    pan = Point2D.ZERO;
  }
}
