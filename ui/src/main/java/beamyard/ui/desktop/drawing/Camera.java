package beamyard.ui.desktop.drawing;

import javafx.geometry.Point2D;

/** What part of a map is seen, and how large. */
public final class Camera {
  private static final double SMALLEST = 0.3;
  private static final double LARGEST = 4;

  private double zoom = 1;
  private Point2D pan = Point2D.ZERO;

  /** How many pixels a unit of the plane takes. */
  public double zoom() {
    return zoom;
  }

  /** How far the middle of the map is from the middle of what is seen, in pixels. */
  public Point2D pan() {
    return pan;
  }

  /** Moves the plane so that its origin lies at this place of the pane. */
  public void panTo(Point2D place) {
    pan = place;
  }

  /** Zooms about the middle of the pane. */
  public void zoomBy(double factor) {
    zoom = Math.clamp(zoom * factor, SMALLEST, LARGEST);
  }

  /**
   * Zooms so that what is under a point stays there.
   *
   * @param point from the middle of what is seen, in pixels
   */
  public void zoomBy(double factor, Point2D point) {
    double before = zoom;
    zoomBy(factor);
    pan = point.subtract(point.subtract(pan).multiply(zoom / before));
  }

  /** Shows the plane as it was at first. */
  public void reset() {
    zoom = 1;
    pan = Point2D.ZERO;
  }
}
