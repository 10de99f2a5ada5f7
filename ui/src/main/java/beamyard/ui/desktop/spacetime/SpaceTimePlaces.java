package beamyard.ui.desktop.spacetime;

import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Arrow;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Lane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where lanes, instants and arrows of the space-time diagram are in the part of it that is seen. */
final class SpaceTimePlaces {
  private static final double HEAD = 48;
  private static final double GUTTER = 84;
  private static final double FIRST_LANE = 50;
  private static final double RIGHT_MARGIN = 70;
  private static final double ABOVE_FIRST = 8;
  private static final double APART = 4;
  private static final int MOST_APART = 3;

  private final SpaceTimeModel model;
  private final Inks inks;

  /**
   * The part of the diagram that is seen.
   *
   * @param top how much of it is above, in pixels
   */
  record Window(double width, double height, double top) {}

  SpaceTimePlaces(SpaceTimeModel model, Inks inks) {
    this.model = model;
    this.inks = inks;
  }

  /** How high the heads of the lanes are. */
  double head() {
    return HEAD * inks.scale();
  }

  /** How wide the gutter is in which times stand. */
  double gutter() {
    return GUTTER * inks.scale();
  }

  /** How high all there is would be. */
  double height() {
    return model.scale().height() * inks.scale();
  }

  /** How far down from the first instant an instant is. */
  double down(long atNanos) {
    return model.scale().y(atNanos) * inks.scale();
  }

  /** Where in the window a height of the diagram's own scale is. */
  double inWindow(Window window, double y) {
    return head() + ABOVE_FIRST + y * inks.scale() - window.top();
  }

  double y(Window window, long atNanos) {
    return inWindow(window, model.scale().y(atNanos));
  }

  /** The height of the diagram's own scale that is somewhere in the window. */
  double ofWindow(Window window, double y) {
    return (y - head() - ABOVE_FIRST + window.top()) / inks.scale();
  }

  /** Arrows that leave at the same instant are drawn a little apart. */
  double startY(Window window, Arrow arrow) {
    return y(window, arrow.happening().atNanos())
        + Math.min(MOST_APART, arrow.rank()) * APART * inks.scale();
  }

  double endY(Window window, Arrow arrow) {
    return startY(window, arrow)
        + y(window, arrow.endNanos())
        - y(window, arrow.happening().atNanos());
  }

  double x(Window window, List<Lane> lanes, Lane lane) {
    int index = Math.max(0, lanes.indexOf(lane));
    double left = gutter();
    double wide = Math.max(1, window.width() - left - RIGHT_MARGIN);
    return left
        + (lanes.size() == 1
            ? wide / 2
            : FIRST_LANE + (wide - FIRST_LANE) * index / (lanes.size() - 1.0));
  }

  /** All lanes, and how far right they are. */
  Map<Lane, Double> lanes(Window window) {
    List<Lane> lanes = model.lanes();
    Map<Lane, Double> xs = new LinkedHashMap<>();
    lanes.forEach(lane -> xs.put(lane, x(window, lanes, lane)));
    return xs;
  }
}
