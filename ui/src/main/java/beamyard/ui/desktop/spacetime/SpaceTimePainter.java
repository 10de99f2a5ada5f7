package beamyard.ui.desktop.spacetime;

import beamyard.ui.desktop.drawing.Geometry;
import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.map.PacketPainter;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Arrow;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Fate;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Lane;
import beamyard.ui.desktop.spacetime.SpaceTimeModel.Note;
import beamyard.ui.desktop.spacetime.SpaceTimePlaces.Window;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/** Draws a part of the space-time diagram, and finds what is drawn at a point. */
final class SpaceTimePainter {
  private static final double NEAR = 7;
  private static final double NOTE_ROOM = 260;
  private static final double LABEL_GAP = 13;
  private static final double TEXT_SIZE = 11;
  private static final double SMALL_SIZE = 10.5;
  private static final double LETTER = 6.2;

  private final YardModel yard;
  private final SpaceTimeModel model;
  private final SpaceTimePlaces places;
  private final Inks inks;
  private final SpaceTimeGround ground;

  /** At which heights the arrows of each way between two lanes have a label. */
  private final Map<String, TreeSet<Double>> labelled = new LinkedHashMap<>();

  private final List<Name> names = new ArrayList<>();

  private final List<Label> labels = new ArrayList<>();

  /** Text beside an arrow, drawn over all arrows. */
  private record Label(
      String text, double x, double y, TextAlignment align, Ink ink, double most) {}

  SpaceTimePainter(YardModel yard, SpaceTimeModel model, SpaceTimePlaces places, Inks inks) {
    this.yard = yard;
    this.model = model;
    this.places = places;
    this.inks = inks;
    ground = new SpaceTimeGround(yard, model, places, inks);
  }

  /**
   * What an arrow carries, to be written where it begins.
   *
   * @param room how wide it may be, in pixels
   */
  private record Name(
      Arrow arrow, Point2D start, Point2D end, double room, Ink ink, boolean isChosen) {
    boolean tells() {
      return arrow.sent().cargo() == Cargo.MESSAGE || arrow.sent().text().indexOf(' ') > 0;
    }
  }

  // Drawing.

  void draw(Pen pen, Window window) {
    Map<Lane, Double> xs = places.lanes(window);
    ground.drawBelow(pen, window, xs);
    labelled.clear();
    labels.clear();
    names.clear();
    for (Note note : model.notes()) {
      drawNote(pen, window, xs, note);
    }
    drawArrows(pen, window, xs);
    placeNames();
    labels.stream()
        .filter(label -> label.y() - (TEXT_SIZE + 3) * inks.scale() >= places.head())
        .forEach(label -> drawLabel(pen, label));
    ground.drawAbove(pen, window, xs);
  }

  private void drawArrows(Pen pen, Window window, Map<Lane, Double> xs) {
    Set<Arrow> cone = model.cone();
    TimeScale scale = model.scale();
    long from = scale.instantAbove(places.ofWindow(window, places.head() - 40));
    double bottom = places.ofWindow(window, window.height() + 20);
    for (Arrow arrow : model.arrows()) {
      if (arrow.endNanos() >= from && scale.y(arrow.happening().atNanos()) <= bottom) {
        boolean dimmed = !cone.isEmpty() && !cone.contains(arrow) || !model.isFound(arrow);
        drawArrow(pen, window, xs, arrow, dimmed);
      }
    }
  }

  private void drawNote(Pen pen, Window window, Map<Lane, Double> xs, Note note) {
    double y = places.y(window, note.happening().atNanos());
    if (y < places.head() - 10 || y > window.height() + 10) {
      return;
    }
    Double x = xs.get(new Lane(note.node(), ""));
    pen.setFont(inks.font(SMALL_SIZE));
    pen.setTextBaseline(VPos.CENTER);
    switch (note.kind()) {
      case FAULT, CUT, HEALED -> drawFault(pen, window, y, note.text());
      case NODE -> {
        if (x != null) {
          pen.setFill(inks.get(Ink.GROUND));
          pen.fillOval(x - 5, y - 5, 10, 10);
          pen.setStroke(inks.get(note.text().equals("is up") ? Ink.GOOD : Ink.WARNING));
          pen.setLineWidth(2);
          pen.strokeOval(x - 4, y - 4, 8, 8);
          beside(window, xs, x, y, note.text(), Ink.QUIET);
        }
      }
      case CONNECTION -> {
        if (x != null) {
          pen.setFill(inks.get(Ink.QUIET));
          pen.fillRect(x - 4, y - 1, 8, 2);
          beside(window, xs, x, y, note.text(), Ink.QUIET);
        }
      }
      case INPUT -> {
        if (x != null) {
          pen.setFill(inks.get(Ink.ACCENT));
          pen.fillPolygon(new double[] {x - 10, x - 3, x - 10}, new double[] {y - 4, y, y + 4}, 3);
          String input = "iex> " + note.text().lines().findFirst().orElse("");
          beside(window, xs, x, y, input, Ink.ACCENT);
        }
      }
      case PROCESS, NAME, LOG -> {}
    }
  }

  private void drawFault(Pen pen, Window window, double y, String text) {
    pen.setStroke(inks.get(Ink.DANGER, 0.7));
    pen.setLineWidth(1.2);
    pen.setLineDashes(6, 4);
    pen.strokeLine(places.gutter() - 8, y, window.width() - 10, y);
    pen.setLineDashes();
    labels.add(
        new Label(
            TermText.shortened(text, 60),
            window.width() - 14,
            y - 2,
            TextAlignment.RIGHT,
            Ink.DANGER,
            window.width() / 2));
  }

  /** What stands beside a lane has room up to the next one. */
  private void beside(
      Window window, Map<Lane, Double> xs, double x, double y, String text, Ink ink) {
    boolean left = x > window.width() - 200;
    double next =
        xs.values().stream()
            .filter(other -> other > x + 1)
            .min(Double::compare)
            .orElse(window.width());
    double room = left ? NOTE_ROOM * inks.scale() : Math.max(60, next - x - 28);
    int most = (int) Math.max(8, room / LETTER / inks.scale());
    labels.add(
        new Label(
            TermText.shortened(text, most),
            left ? x - 14 : x + 14,
            y + 3,
            left ? TextAlignment.RIGHT : TextAlignment.LEFT,
            ink,
            room));
  }

  private void drawArrow(
      Pen pen, Window window, Map<Lane, Double> xs, Arrow arrow, boolean dimmed) {
    Double from = xs.get(model.laneOf(arrow.sent().from(), arrow.sent().fromProcess()));
    Double to = xs.get(model.laneOf(arrow.sent().to(), arrow.sent().toProcess()));
    if (from == null || to == null) {
      return;
    }
    var start = new Point2D(from, places.startY(window, arrow));
    var end = new Point2D(to, places.endY(window, arrow));
    if (arrow.fate() != Fate.DELIVERED) {
      end = new Point2D(from + (to - from) * 0.5, Math.max(end.getY(), start.getY() + 8));
    }
    boolean chosen =
        yard.selection().get() instanceof Selection.OfHappening(Happening happening)
            && happening == arrow.happening();
    Ink ink = arrow.fate() == Fate.LOST ? Ink.DANGER : PacketPainter.ink(arrow.sent().cargo());
    double opacity = dimmed ? 0.18 : 1;
    pen.setStroke(inks.get(ink, opacity));
    pen.setFill(inks.get(ink, opacity));
    pen.setLineWidth(chosen ? 3 : 1.5);
    if (arrow.fate() == Fate.UNDER_WAY) {
      pen.setLineDashes(4, 4);
    } else {
      pen.setLineDashes();
    }
    pen.strokeLine(start.getX(), start.getY(), end.getX(), end.getY());
    pen.setLineDashes();
    drawFate(pen, arrow.fate(), start, end);
    pen.setGlobalAlpha(opacity);
    PacketPainter.drawSign(pen, inks, arrow.sent().cargo(), start.getX(), start.getY(), 3.5);
    pen.setGlobalAlpha(1);
    if (!dimmed) {
      double share = chosen ? 0.9 : 0.55;
      double room = Math.abs(to - from) * share - 20;
      names.add(new Name(arrow, start, end, room, chosen ? ink : Ink.TEXT, chosen));
    }
  }

  private static void drawFate(Pen pen, Fate fate, Point2D from, Point2D end) {
    double x = end.getX();
    double y = end.getY();
    switch (fate) {
      case DELIVERED -> {
        double angle = Math.atan2(y - from.getY(), x - from.getX());
        double size = 8;
        pen.fillPolygon(
            new double[] {x, x - size * Math.cos(angle - 0.4), x - size * Math.cos(angle + 0.4)},
            new double[] {y, y - size * Math.sin(angle - 0.4), y - size * Math.sin(angle + 0.4)},
            3);
      }
      case LOST -> {
        pen.setLineWidth(2);
        pen.strokeLine(x - 5, y - 5, x + 5, y + 5);
        pen.strokeLine(x - 5, y + 5, x + 5, y - 5);
      }
      case UNDER_WAY -> pen.strokeOval(x - 3, y - 3, 6, 6);
    }
  }

  /** Where room is scarce, what carries something is named before bare signals such as those of monitors. */
  private void placeNames() {
    names.stream().filter(Name::isChosen).forEach(this::place);
    names.stream().filter(name -> !name.isChosen() && name.tells()).forEach(this::place);
    names.stream().filter(name -> !name.isChosen() && !name.tells()).forEach(this::place);
  }

  /** Puts the label of an arrow where it begins, unless another one of the same way is there. */
  private void place(Name name) {
    Point2D start = name.start();
    Point2D end = name.end();
    boolean right = start.getX() < end.getX();
    TreeSet<Double> others =
        labelled.computeIfAbsent(
            start.getX() + (right ? ">" : "<") + Math.round(end.getX()), _ -> new TreeSet<>());
    double across = Math.max(30, Math.abs(end.getX() - start.getX()));
    double y = start.getY() + (end.getY() - start.getY()) * 14 / across - 1;
    double gap = LABEL_GAP * inks.scale();
    if (name.room() > 50 && others.subSet(y - gap, false, y + gap, false).isEmpty()) {
      others.add(y);
      int most = (int) Math.max(8, name.room() / LETTER / inks.scale());
      labels.add(
          new Label(
              TermText.shortened(name.arrow().sent().text(), most),
              start.getX() + (right ? 14 : -14),
              y,
              right ? TextAlignment.LEFT : TextAlignment.RIGHT,
              name.ink(),
              name.room()));
    }
  }

  /** A label stands on a ground of its own, so that no arrow crosses its letters. */
  private void drawLabel(Pen pen, Label label) {
    pen.setFont(inks.font(TEXT_SIZE));
    double wide = Math.min(label.most(), pen.width(label.text()));
    double high = (TEXT_SIZE + 2) * inks.scale();
    double left = label.align() == TextAlignment.RIGHT ? label.x() - wide : label.x();
    pen.setFill(inks.get(Ink.GROUND, 0.85));
    pen.fillRect(left - 2, label.y() - high - 1, wide + 4, high);
    pen.setTextAlign(label.align());
    pen.setTextBaseline(VPos.BOTTOM);
    pen.setFill(inks.get(label.ink()));
    pen.fillText(label.text(), label.x(), label.y(), label.most());
  }

  // Finding.

  /** The node whose head is at a place of the heads, if there is one. */
  @Nullable String nodeAt(Window window, double x) {
    List<Lane> lanes = model.lanes();
    return lanes.stream()
        .filter(lane -> lane.process().isEmpty())
        .filter(lane -> Math.abs(places.x(window, lanes, lane) - x) < 50)
        .map(Lane::node)
        .findFirst()
        .orElse(null);
  }

  /** What is drawn nearest to a point, if it is near. */
  @Nullable Happening at(Window window, Point2D point) {
    List<Lane> lanes = model.lanes();
    @Nullable Happening nearest = null;
    double best = NEAR;
    for (Arrow arrow : model.arrows()) {
      var from =
          new Point2D(
              places.x(
                  window, lanes, model.laneOf(arrow.sent().from(), arrow.sent().fromProcess())),
              places.startY(window, arrow));
      var to =
          new Point2D(
              places.x(window, lanes, model.laneOf(arrow.sent().to(), arrow.sent().toProcess())),
              places.endY(window, arrow));
      double distance = Geometry.distanceToSegment(point, from, to);
      if (distance < best) {
        best = distance;
        nearest = arrow.happening();
      }
    }
    for (Note note : model.notes()) {
      double distance = Math.abs(places.y(window, note.happening().atNanos()) - point.getY());
      boolean there =
          note.node().isEmpty()
              || Math.abs(places.x(window, lanes, new Lane(note.node(), "")) - point.getX()) < 60;
      if (there && distance < best) {
        best = distance;
        nearest = note.happening();
      }
    }
    return nearest;
  }
}
