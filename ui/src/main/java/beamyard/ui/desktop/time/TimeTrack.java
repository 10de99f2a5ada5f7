package beamyard.ui.desktop.time;

import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.run.Times;
import beamyard.ui.desktop.time.TimeModel.Bookmark;
import beamyard.ui.desktop.time.TimeModel.Mark;
import beamyard.ui.desktop.time.TimeModel.Span;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.text.TextAlignment;

/** The scrubber: the whole run from left to right, with a lane of what was broken, bookmarks, and the cursor. */
final class TimeTrack extends Pane {
  private static final double HEIGHT = 46;
  private static final double SCALE = 39;
  private static final double TEXT_SIZE = 10.5;
  private static final double LABELS_APART = 70;
  private static final double LANE = 9;
  private static final double BAR = 20;
  private static final double EDGE = 10;
  private static final long SHORTEST_NANOS = 10_000_000_000L;

  private final YardModel yard;
  private final TimeModel time;
  private final Inks inks = new Inks();
  private final Canvas canvas = new Canvas();
  private final Tooltip tip = new Tooltip();
  private final ReadOnlyBooleanWrapper dragged = new ReadOnlyBooleanWrapper(this, "dragged", false);
  private Drawn drawn = new Drawn(-1, 0, 0, 0);

  /** What the last drawing depended on, in pixels. */
  private record Drawn(long run, long cursor, long end, int marks) {}

  TimeTrack(YardModel yard, TimeModel time) {
    this.yard = yard;
    this.time = time;
    getStyleClass().add("time-track");
    setId("time-track");
    setAccessibleText("Time of the run");
    setFocusTraversable(true);
    setMinHeight(HEIGHT);
    setPrefHeight(HEIGHT);
    setMaxHeight(HEIGHT);
    getChildren().setAll(inks, canvas);
    canvas.widthProperty().bind(widthProperty());
    canvas.setHeight(HEIGHT);
    canvas.setMouseTransparent(true);
    widthProperty().subscribe(_ -> draw());
    inks.onChange(this::draw);
    yard.updateProperty().subscribe(this::follow);
    time.bookmarks().subscribe(this::draw);
    addEventHandler(MouseEvent.MOUSE_PRESSED, _ -> dragged.set(true));
    addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> dragged.set(false));
    addEventHandler(MouseEvent.MOUSE_PRESSED, this::seek);
    addEventHandler(MouseEvent.MOUSE_DRAGGED, this::seek);
    addEventHandler(MouseEvent.MOUSE_MOVED, this::tell);
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    Tooltip.install(this, tip);
  }

  /** Whether a button is held on it. */
  ReadOnlyBooleanProperty draggedProperty() {
    return dragged.getReadOnlyProperty();
  }

  /** The time of the right end: somewhat more than the run has, in steps, so that it does not creep. */
  private long extent() {
    long end = Math.max(SHORTEST_NANOS, yard.update().end().atNanos());
    long extent = SHORTEST_NANOS;
    while (extent < end) {
      extent += extent / 2;
    }
    return extent;
  }

  private double x(long atNanos) {
    return EDGE + (getWidth() - 2 * EDGE) * Math.min(1, (double) atNanos / extent());
  }

  private long at(double x) {
    double share = Math.clamp((x - EDGE) / Math.max(1, getWidth() - 2 * EDGE), 0, 1);
    return (long) (share * extent());
  }

  private void seek(MouseEvent event) {
    requestFocus();
    time.seek(Math.min(at(event.getX()), yard.update().end().atNanos()));
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.LEFT) {
      time.stepBack();
      event.consume();
    } else if (event.getCode() == KeyCode.RIGHT) {
      time.stepForward();
      event.consume();
    } else if (event.getCode() == KeyCode.HOME) {
      time.toStart();
      event.consume();
    } else if (event.getCode() == KeyCode.END) {
      time.goLive();
      event.consume();
    }
  }

  private void tell(MouseEvent event) {
    long at = at(event.getX());
    Optional<Mark> near =
        time.marks().stream()
            .filter(mark -> Math.abs(x(mark.atNanos()) - event.getX()) < 4)
            .findFirst();
    tip.setText(Times.instant(at) + near.map(mark -> "\n" + mark.text()).orElse(""));
  }

  /** Draws again only what a new update would draw otherwise. */
  private void follow(Update update) {
    var now =
        new Drawn(
            update.run(),
            Math.round(x(update.cursor().atNanos())),
            Math.round(x(update.end().atNanos())),
            time.marks().size() + time.cuts().size());
    if (!now.equals(drawn)) {
      drawn = now;
      draw();
    }
  }

  private void draw() {
    GraphicsContext pen = canvas.getGraphicsContext2D();
    double width = getWidth();
    Update update = yard.update();
    pen.clearRect(0, 0, width, HEIGHT);
    drawScale(pen);
    double end = x(update.end().atNanos());
    double cursor = x(update.cursor().atNanos());
    pen.setFill(inks.get(Ink.FAINT));
    pen.fillRoundRect(EDGE, BAR - 3, Math.max(0, width - 2 * EDGE), 6, 6, 6);
    pen.setFill(inks.get(Ink.QUIET, 0.5));
    pen.fillRoundRect(EDGE, BAR - 3, end - EDGE, 6, 6, 6);
    pen.setFill(inks.get(Ink.ACCENT));
    pen.fillRoundRect(EDGE, BAR - 3, Math.max(0, cursor - EDGE), 6, 6, 6);
    for (Span cut : time.cuts()) {
      double from = x(cut.fromNanos());
      double to = Math.min(end, x(Math.min(cut.toNanos(), update.end().atNanos())));
      pen.setFill(inks.get(Ink.DANGER, 0.55));
      pen.fillRoundRect(from, LANE - 3, Math.max(3, to - from), 5, 5, 5);
    }
    for (Mark mark : time.marks()) {
      drawMark(pen, mark);
    }
    for (Bookmark bookmark : time.bookmarks()) {
      if (bookmark.run() == update.run()) {
        double x = x(bookmark.place().atNanos());
        pen.setFill(inks.get(Ink.SIDE_B));
        pen.fillPolygon(
            new double[] {x - 4, x + 4, x + 4, x, x - 4},
            new double[] {BAR + 3, BAR + 3, BAR + 13, BAR + 9.5, BAR + 13},
            5);
      }
    }
    pen.setFill(inks.get(Ink.NODE_FILL));
    pen.fillOval(cursor - 7, BAR - 7, 14, 14);
    pen.setStroke(inks.get(Ink.ACCENT));
    pen.setLineWidth(2.5);
    pen.strokeOval(cursor - 6, BAR - 6, 12, 12);
  }

  /** Round instants, as many as there is room for. */
  private void drawScale(GraphicsContext pen) {
    double apart = LABELS_APART * inks.scale();
    long step = Times.roundStep((long) (apart * extent() / Math.max(1, getWidth() - 2 * EDGE)));
    pen.setFont(inks.font(TEXT_SIZE));
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.CENTER);
    pen.setFill(inks.get(Ink.QUIET));
    for (long at = step; at <= extent() && x(at) < getWidth() - EDGE - apart / 3; at += step) {
      pen.fillRect(Math.round(x(at)), BAR + 4, 1, 5);
      pen.fillText(Times.roundInstant(at), x(at), SCALE);
    }
  }

  private void drawMark(GraphicsContext pen, Mark mark) {
    double x = x(mark.atNanos());
    switch (mark.sort()) {
      case FAULT -> {
        pen.setFill(inks.get(Ink.DANGER));
        pen.fillRect(x - 1, LANE - 5, 2, 9);
      }
      case NODE_GONE -> {
        pen.setStroke(inks.get(Ink.WARNING));
        pen.setLineWidth(1.6);
        pen.strokeLine(x - 3, LANE - 4, x + 3, LANE + 2);
        pen.strokeLine(x - 3, LANE + 2, x + 3, LANE - 4);
      }
      case NODE_UP -> {
        pen.setFill(inks.get(Ink.GOOD));
        pen.fillPolygon(
            new double[] {x - 3, x + 3, x}, new double[] {LANE + 2, LANE + 2, LANE - 4}, 3);
      }
      case INPUT -> {
        pen.setFill(inks.get(Ink.QUIET));
        pen.fillRect(x - 0.5, BAR + 5, 1, 4);
      }
    }
  }
}
