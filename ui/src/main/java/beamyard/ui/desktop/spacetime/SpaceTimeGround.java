package beamyard.ui.desktop.spacetime;

import beamyard.simulator.Node.State;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.map.NodePainter;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Lane;
import beamyard.ui.desktop.spacetime.SpaceTimePlaces.Window;
import beamyard.ui.desktop.spacetime.TimeScale.Tick;
import beamyard.ui.desktop.yard.YardModel;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.text.TextAlignment;

/** Draws what the arrows of the space-time diagram stand on: lanes and their heads, the axis of time, silences, the time cursor. */
final class SpaceTimeGround {
  private static final double HEAD_SIZE = 13;
  private static final double TEXT_SIZE = 11;
  private static final double AXIS_GAP = 14;
  private static final double LABELS_APART = 44;
  private static final double BREAK = 9;
  private static final double CHIP_HEIGHT = 26;
  private static final double CHIP_PADDING = 12;
  private static final int HEAD_CHARACTERS = 20;

  private final YardModel yard;
  private final SpaceTimeModel model;
  private final SpaceTimePlaces places;
  private final Inks inks;

  SpaceTimeGround(YardModel yard, SpaceTimeModel model, SpaceTimePlaces places, Inks inks) {
    this.yard = yard;
    this.model = model;
    this.places = places;
    this.inks = inks;
  }

  // Below the arrows.

  void drawBelow(Pen pen, Window window, Map<Lane, Double> lanes) {
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillRect(0, 0, window.width(), window.height());
    lanes.forEach(
        (lane, x) -> {
          pen.setStroke(inks.get(Ink.LINK, lane.process().isEmpty() ? 1 : 0.6));
          pen.setLineWidth(lane.process().isEmpty() ? 2 : 1);
          pen.setLineDashes();
          pen.strokeLine(x, places.head(), x, window.height());
        });
    double from = places.ofWindow(window, places.head() - 20);
    double to = places.ofWindow(window, window.height() + 20);
    model
        .scale()
        .silences(from, to)
        .forEach((y, nanos) -> drawSilence(pen, window, lanes, places.inWindow(window, y), nanos));
    String before = "";
    for (Tick tick : model.scale().ticks(from, to, LABELS_APART)) {
      String text = text(tick, before);
      drawTick(pen, window, tick, text);
      before = text;
    }
    if (model.scale().isEmpty()) {
      drawEmpty(pen, window);
    }
  }

  /** Lanes are broken where nothing happens for long. */
  private void drawSilence(Pen pen, Window window, Map<Lane, Double> lanes, double y, long nanos) {
    double half = BREAK * inks.scale() / 2;
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillRect(places.gutter(), y - half, window.width(), 2 * half);
    pen.setStroke(inks.get(Ink.LINK));
    pen.setLineWidth(1.2);
    pen.setLineDashes();
    for (double x : lanes.values()) {
      pen.strokeLine(x - 5, y - half + 2, x + 5, y - half - 2);
      pen.strokeLine(x - 5, y + half + 2, x + 5, y + half - 2);
    }
    pen.setFont(inks.font(TEXT_SIZE));
    pen.setTextAlign(TextAlignment.RIGHT);
    pen.setTextBaseline(VPos.CENTER);
    pen.setFill(inks.get(Ink.QUIET));
    pen.fillText(Times.duration(nanos), places.gutter() - AXIS_GAP, y);
  }

  /** What would read as the one before it is told more exactly. */
  private static String text(Tick tick, String before) {
    long since = tick.sinceNanos();
    String usual = since == 0 ? Times.instant(tick.atNanos()) : "+ " + Times.finely(since);
    return since > 0 && before.equals(usual) ? "+ " + Times.toTheMicrosecond(since) : usual;
  }

  private void drawTick(Pen pen, Window window, Tick tick, String text) {
    double y = places.inWindow(window, tick.y());
    boolean begins = tick.sinceNanos() == 0;
    pen.setStroke(inks.get(Ink.FAINT, 0.7));
    pen.setLineWidth(1);
    pen.setLineDashes();
    double pixel = Math.round(y) + 0.5; // a line of one pixel is crisp
    pen.strokeLine(places.gutter() - 8, pixel, window.width(), pixel);
    pen.setFont(inks.font(TEXT_SIZE));
    pen.setTextAlign(TextAlignment.RIGHT);
    pen.setTextBaseline(VPos.CENTER);
    pen.setFill(inks.get(begins ? Ink.TEXT : Ink.QUIET));
    if (y >= places.head() + TEXT_SIZE * inks.scale() / 2) {
      pen.fillText(text, places.gutter() - AXIS_GAP, y);
    }
  }

  private void drawEmpty(Pen pen, Window window) {
    pen.setFont(inks.font(HEAD_SIZE));
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.CENTER);
    pen.setFill(inks.get(Ink.QUIET));
    String text =
        yard.update().observation().nodes().isEmpty()
            ? "Each node gets a lane here, and each message an arrow."
            : "Nothing has been sent yet: connect two nodes.";
    double middle = (window.width() + places.gutter()) / 2;
    double y = (places.head() + window.height()) / 2;
    double half = pen.width(text) / 2 + CHIP_PADDING;
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillRect(middle - half, y - CHIP_HEIGHT / 2, 2 * half, CHIP_HEIGHT);
    pen.setFill(inks.get(Ink.QUIET));
    pen.fillText(text, middle, y);
  }

  // Above the arrows.

  void drawAbove(Pen pen, Window window, Map<Lane, Double> lanes) {
    drawCursor(pen, window);
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillRect(0, 0, window.width(), places.head());
    pen.setStroke(inks.get(Ink.FAINT));
    pen.setLineWidth(1);
    pen.setLineDashes();
    pen.strokeLine(0, places.head() - 0.5, window.width(), places.head() - 0.5);
    double room =
        lanes.size() < 2 ? window.width() : (window.width() - places.gutter()) / lanes.size();
    lanes.forEach((lane, x) -> drawHead(pen, lane, x, room - 10));
  }

  private void drawHead(Pen pen, Lane lane, double x, double room) {
    double y = places.head() / 2;
    pen.setTextBaseline(VPos.CENTER);
    if (!lane.process().isEmpty()) {
      pen.setTextAlign(TextAlignment.CENTER);
      pen.setFont(inks.font(TEXT_SIZE));
      pen.setFill(inks.get(Ink.QUIET));
      pen.fillText(TermText.shortened(lane.title(), HEAD_CHARACTERS), x, y, room);
      return;
    }
    double scale = inks.scale();
    pen.setFont(inks.bold(HEAD_SIZE));
    String name =
        TermText.shortened(lane.title(), HEAD_CHARACTERS)
            + (model.isUnfolded(lane.node()) ? "  ▾" : "  ▸");
    double dot = 14 * scale;
    double padding = CHIP_PADDING * scale;
    double high = CHIP_HEIGHT * scale;
    double wide = Math.min(room, pen.width(name) + dot + 2 * padding);
    double left = x - wide / 2;
    pen.setFill(inks.get(Ink.NODE_FILL));
    pen.fillRoundRect(left, y - high / 2, wide, high, high, high);
    pen.setStroke(inks.get(Ink.NODE_EDGE));
    pen.setLineWidth(1.2);
    pen.strokeRoundRect(left, y - high / 2, wide, high, high, high);
    State state = yard.node(lane.node()).map(NodeSeen::state).orElse(State.DOWN);
    NodePainter.drawState(pen, inks, state, left + padding + 3 * scale, y, 0.85);
    pen.setTextAlign(TextAlignment.LEFT);
    pen.setFill(inks.get(Ink.TEXT));
    pen.fillText(name, left + padding + dot, y, Math.max(8, wide - dot - 2 * padding));
  }

  /** In the past: what comes after the cursor is veiled, and its instant told. */
  private void drawCursor(Pen pen, Window window) {
    if (!yard.update().isPast()) {
      return;
    }
    double y = places.y(window, yard.update().cursor().atNanos()) + 1;
    pen.setFill(inks.get(Ink.GROUND, 0.66));
    double top = Math.max(places.head(), y);
    pen.fillRect(0, top, window.width(), Math.max(0, window.height() - top));
    if (y <= places.head() || y > window.height()) {
      return;
    }
    pen.setStroke(inks.get(Ink.ACCENT));
    pen.setLineWidth(2);
    pen.setLineDashes();
    pen.strokeLine(places.gutter() - 8, y, window.width(), y);
    pen.setFont(inks.bold(TEXT_SIZE));
    String text = Times.instant(yard.update().cursor().atNanos());
    double wide = pen.width(text) + 14;
    double high = 20 * inks.scale();
    pen.setFill(inks.get(Ink.GROUND)); // the axis says something else there
    pen.fillRect(0, y - high / 2, places.gutter() - AXIS_GAP + 2, high);
    pen.setFill(inks.get(Ink.ACCENT));
    pen.fillRoundRect(places.gutter() - 6 - wide, y - high / 2, wide, high, high, high);
    pen.setFill(inks.get(Ink.ON_ACCENT));
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.CENTER);
    pen.fillText(text, places.gutter() - 6 - wide / 2, y);
  }
}
