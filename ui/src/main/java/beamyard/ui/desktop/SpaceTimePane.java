package beamyard.ui.desktop;

import beamyard.ui.desktop.Happening.Cargo;
import beamyard.ui.desktop.Inks.Ink;
import beamyard.ui.desktop.SpaceTimeModel.Arrow;
import beamyard.ui.desktop.SpaceTimeModel.Fate;
import beamyard.ui.desktop.SpaceTimeModel.Lane;
import beamyard.ui.desktop.SpaceTimeModel.Note;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/**
 * The space-time diagram. It follows the newest events until it is scrolled back. A click on an arrow selects it, and dims what
 * cannot have caused it, or been caused by it; a double click goes to its instant; a click on a head unfolds a node's processes.
 */
final class SpaceTimePane extends BorderPane {
  private static final double HEAD = 40;
  private static final double MARGIN = 90;
  private static final double NEAR = 7;
  private static final int LABEL = 46;
  private static final double LABEL_GAP = 12;

  private final YardModel yard;
  private final SpaceTimeModel model;
  private final Inks inks = new Inks();
  private final Canvas canvas = new Canvas();
  private final Pane field = new Pane(inks, canvas);
  private final ScrollBar scroll = new ScrollBar();
  private final Font headFont = Font.font(null, FontWeight.BOLD, 13);
  private final Font textFont = Font.font(11);
  private final Font smallFont = Font.font(10);
  private long drawnVersion = -1;
  private Position drawnCursor = Position.START;
  private final Map<String, Double> labelled = new LinkedHashMap<>();
  private boolean follows = true;
  private boolean moving;

  SpaceTimePane(YardModel yard, SpaceTimeModel model) {
    this.yard = yard;
    this.model = model;
    getStyleClass().add("space-time");
    field.setId("space-time");
    field.setAccessibleText("Space-time diagram");
    canvas.widthProperty().bind(field.widthProperty());
    canvas.heightProperty().bind(field.heightProperty());
    canvas.setMouseTransparent(true);
    field.setMinSize(0, 0);
    scroll.setOrientation(Orientation.VERTICAL);
    setTop(filters());
    setCenter(field);
    setRight(scroll);
    scroll
        .valueProperty()
        .subscribe(
            () -> {
              if (!moving) {
                follows = scroll.getValue() >= scroll.getMax() - 2;
              }
              draw();
            });
    field.widthProperty().subscribe(_ -> draw());
    field.heightProperty().subscribe(_ -> draw());
    inks.onChange(this::draw);
    yard.selection().subjectProperty().subscribe(_ -> draw());
    yard.updateProperty().subscribe(this::follow);
    sceneProperty().subscribe(_ -> draw());
    field.addEventHandler(
        ScrollEvent.SCROLL,
        event -> {
          scroll.setValue(
              Math.clamp(scroll.getValue() - event.getDeltaY(), 0, Math.max(0, scroll.getMax())));
          event.consume();
        });
    field.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
  }

  private HBox filters() {
    var box = new HBox();
    box.getStyleClass().add("filters");
    for (Cargo cargo : Cargo.values()) {
      var toggle =
          new ToggleButton(
              cargo.name().charAt(0) + cargo.name().substring(1).toLowerCase(Locale.ROOT) + "s");
      toggle.setId("cargo-" + cargo.name().toLowerCase(Locale.ROOT));
      toggle.getStyleClass().add("chip");
      toggle.setSelected(model.isShown(cargo));
      toggle.setOnAction(
          _ -> {
            model.toggle(cargo);
            draw();
          });
      box.getChildren().add(toggle);
    }
    return box;
  }

  private void follow(Update update) {
    if (getScene() == null || getParent() == null || !getParent().isVisible()) {
      return; // another view is in front
    }
    if (model.version() != drawnVersion || !update.cursor().equals(drawnCursor) && isNear(update)) {
      draw();
    }
  }

  /** Whether the cursor has moved so far that it is drawn elsewhere. */
  private boolean isNear(Update update) {
    return Math.abs(model.y(update.cursor().atNanos()) - model.y(drawnCursor.atNanos())) >= 1;
  }

  private double x(List<Lane> lanes, Lane lane) {
    int index = Math.max(0, lanes.indexOf(lane));
    double wide = Math.max(1, field.getWidth() - MARGIN - 70);
    return MARGIN
        + (lanes.size() == 1 ? wide / 2 : 50 + (wide - 50) * index / (lanes.size() - 1.0));
  }

  private double y(long atNanos) {
    return HEAD + 8 + model.y(atNanos) - scroll.getValue();
  }

  // Drawing.

  private void draw() {
    double width = field.getWidth();
    double high = field.getHeight();
    if (width <= 0 || high <= HEAD || getScene() == null) {
      return;
    }
    drawnVersion = model.version();
    drawnCursor = yard.update().cursor();
    double seen = high - HEAD - 16;
    moving = true;
    scroll.setMax(Math.max(0, model.height() - seen));
    scroll.setVisibleAmount(
        scroll.getMax() == 0 ? 1 : scroll.getMax() * seen / Math.max(seen, model.height()));
    if (follows) {
      scroll.setValue(scroll.getMax());
    }
    moving = false;
    draw(new CanvasPen(canvas), width, high);
  }

  /** What is seen now as an SVG file. */
  String picture() {
    var pen = new SvgPen(field.getWidth(), field.getHeight());
    draw(pen, field.getWidth(), field.getHeight());
    return pen.picture();
  }

  private void draw(Pen pen, double width, double high) {
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillRect(0, 0, width, high);
    List<Lane> lanes = model.lanes();
    Map<Lane, Double> xs = new LinkedHashMap<>();
    lanes.forEach(lane -> xs.put(lane, x(lanes, lane)));
    drawLanes(pen, xs, high);
    model
        .silences(scroll.getValue() - 20, scroll.getValue() + high)
        .forEach((at, nanos) -> drawSilence(pen, at, nanos));
    for (Note note : model.notes()) {
      drawNote(pen, xs, note);
    }
    labelled.clear();
    Set<Arrow> cone = model.cone();
    for (Arrow arrow : model.arrows()) {
      if (y(arrow.endNanos()) >= HEAD - 20 && y(arrow.happening().atNanos()) <= high + 20) {
        drawArrow(pen, xs, arrow, cone);
      }
    }
    drawCursor(pen, width);
    drawHeads(pen, xs, width);
  }

  private void drawLanes(Pen pen, Map<Lane, Double> xs, double high) {
    xs.forEach(
        (lane, x) -> {
          pen.setStroke(inks.get(Ink.LINK, lane.process().isEmpty() ? 1 : 0.6));
          pen.setLineWidth(lane.process().isEmpty() ? 1.6 : 1);
          pen.setLineDashes();
          pen.strokeLine(x, HEAD, x, high);
        });
  }

  private void drawHeads(Pen pen, Map<Lane, Double> xs, double width) {
    pen.setFill(inks.get(Ink.GROUND));
    pen.fillRect(0, 0, width, HEAD);
    pen.setStroke(inks.get(Ink.FAINT));
    pen.setLineWidth(1);
    pen.strokeLine(0, HEAD, width, HEAD);
    xs.forEach(
        (lane, x) -> {
          boolean own = lane.process().isEmpty();
          pen.setTextAlign(TextAlignment.CENTER);
          pen.setTextBaseline(VPos.CENTER);
          pen.setFont(own ? headFont : textFont);
          pen.setFill(inks.get(own ? Ink.TEXT : Ink.QUIET));
          String fold = own ? (model.isUnfolded(lane.node()) ? " ▾" : " ▸") : "";
          pen.fillText(TermText.shortened(lane.title(), 20) + fold, x, HEAD / 2, 120);
        });
  }

  private void drawSilence(Pen pen, double at, long nanos) {
    double y = HEAD + 8 + at - scroll.getValue();
    pen.setFont(smallFont);
    pen.setTextAlign(TextAlignment.RIGHT);
    pen.setTextBaseline(VPos.CENTER);
    pen.setFill(inks.get(Ink.QUIET, 0.8));
    pen.fillText("+ " + Times.duration(nanos), MARGIN - 24, y);
  }

  private void drawNote(Pen pen, Map<Lane, Double> xs, Note note) {
    double y = y(note.happening().atNanos());
    if (y < HEAD - 10 || y > field.getHeight() + 10) {
      return;
    }
    Double x = xs.get(new Lane(note.node(), ""));
    pen.setFont(smallFont);
    pen.setTextBaseline(VPos.CENTER);
    switch (note.kind()) {
      case FAULT -> {
        pen.setStroke(inks.get(Ink.DANGER, 0.7));
        pen.setLineWidth(1.2);
        pen.setLineDashes(6, 4);
        pen.strokeLine(MARGIN - 20, y, field.getWidth() - 10, y);
        pen.setLineDashes();
        pen.setTextAlign(TextAlignment.RIGHT);
        pen.setFill(inks.get(Ink.DANGER));
        pen.fillText(TermText.shortened(note.text(), 60), field.getWidth() - 14, y - 8);
      }
      case NODE -> {
        if (x != null) {
          pen.setFill(inks.get(Ink.GROUND));
          pen.fillOval(x - 5, y - 5, 10, 10);
          pen.setStroke(inks.get(note.text().equals("is up") ? Ink.GOOD : Ink.WARNING));
          pen.setLineWidth(2);
          pen.strokeOval(x - 4, y - 4, 8, 8);
          beside(pen, x, y, note.text(), Ink.QUIET);
        }
      }
      case CONNECTION -> {
        if (x != null) {
          pen.setFill(inks.get(Ink.QUIET));
          pen.fillRect(x - 4, y - 1, 8, 2);
          beside(pen, x, y, note.text(), Ink.QUIET);
        }
      }
      case INPUT -> {
        if (x != null) {
          pen.setFill(inks.get(Ink.ACCENT));
          pen.fillPolygon(new double[] {x - 10, x - 3, x - 10}, new double[] {y - 4, y, y + 4}, 3);
          beside(pen, x, y, "iex> " + note.text().lines().findFirst().orElse(""), Ink.ACCENT);
        }
      }
      case PROCESS, NAME, LOG -> {}
    }
  }

  private void beside(Pen pen, double x, double y, String text, Ink ink) {
    boolean left = x > field.getWidth() - 200;
    pen.setTextAlign(left ? TextAlignment.RIGHT : TextAlignment.LEFT);
    pen.setFill(inks.get(ink));
    pen.fillText(TermText.shortened(text, LABEL), left ? x - 12 : x + 9, y, 260);
  }

  private void drawArrow(Pen pen, Map<Lane, Double> xs, Arrow arrow, Set<Arrow> cone) {
    Double from = xs.get(model.laneOf(arrow.sent().from(), arrow.sent().fromProcess()));
    Double to = xs.get(model.laneOf(arrow.sent().to(), arrow.sent().toProcess()));
    if (from == null || to == null) {
      return;
    }
    double y = y(arrow.happening().atNanos());
    double endY = y(arrow.endNanos());
    double endX = to;
    if (arrow.fate() != Fate.DELIVERED) {
      endX = from + (to - from) * 0.5;
      endY = Math.max(endY, y + 8);
    }
    boolean dimmed = !cone.isEmpty() && !cone.contains(arrow);
    boolean chosen =
        yard.selection().get() instanceof Selection.OfHappening(Happening happening)
            && happening == arrow.happening();
    Ink ink =
        arrow.fate() == Fate.LOST
            ? Ink.DANGER
            : switch (arrow.sent().cargo()) {
              case MESSAGE -> Ink.MESSAGE;
              case SIGNAL -> Ink.SIGNAL;
              case HANDSHAKE -> Ink.HANDSHAKE;
              case TICK -> Ink.TICK;
            };
    double opacity = dimmed ? 0.18 : 1;
    pen.setStroke(inks.get(ink, opacity));
    pen.setFill(inks.get(ink, opacity));
    pen.setLineWidth(chosen ? 3 : 1.5);
    if (arrow.fate() == Fate.UNDER_WAY) {
      pen.setLineDashes(4, 4);
    } else {
      pen.setLineDashes();
    }
    pen.strokeLine(from, y, endX, endY);
    pen.setLineDashes();
    pen.fillOval(from - 3, y - 3, 6, 6);
    switch (arrow.fate()) {
      case DELIVERED -> drawTip(pen, from, y, endX, endY);
      case LOST -> {
        pen.setLineWidth(2);
        pen.strokeLine(endX - 5, endY - 5, endX + 5, endY + 5);
        pen.strokeLine(endX - 5, endY + 5, endX + 5, endY - 5);
      }
      case UNDER_WAY -> pen.strokeOval(endX - 3, endY - 3, 6, 6);
    }
    double wide = Math.abs(to - from) * 0.55 - 20;
    double labelY = y + (endY - y) * 0.3;
    String way = from < to ? from + ">" + to : from + "<" + to;
    boolean free = labelY - labelled.getOrDefault(way, -100.0) >= LABEL_GAP;
    if (!dimmed && wide > 50 && (free || chosen)) {
      labelled.put(way, labelY);
      pen.setFont(textFont);
      boolean right = from < to;
      pen.setTextAlign(right ? TextAlignment.LEFT : TextAlignment.RIGHT);
      pen.setTextBaseline(VPos.BOTTOM);
      pen.setFill(inks.get(chosen ? ink : Ink.TEXT));
      int most = (int) Math.max(8, wide / 6.2);
      pen.fillText(
          TermText.shortened(arrow.sent().text(), most),
          from + (right ? 14 : -14),
          y + (endY - y) * 14 / Math.max(30, Math.abs(to - from)) - 1,
          wide);
    }
  }

  private static void drawTip(Pen pen, double fromX, double fromY, double x, double y) {
    double angle = Math.atan2(y - fromY, x - fromX);
    double size = 8;
    pen.fillPolygon(
        new double[] {x, x - size * Math.cos(angle - 0.4), x - size * Math.cos(angle + 0.4)},
        new double[] {y, y - size * Math.sin(angle - 0.4), y - size * Math.sin(angle + 0.4)},
        3);
  }

  private void drawCursor(Pen pen, double width) {
    if (!yard.update().isPast()) {
      return;
    }
    double y = y(yard.update().cursor().atNanos());
    if (y > HEAD) {
      pen.setStroke(inks.get(Ink.ACCENT));
      pen.setLineWidth(1.5);
      pen.strokeLine(0, y, width, y);
      pen.setFill(inks.get(Ink.ACCENT));
      pen.setFont(smallFont);
      pen.setTextAlign(TextAlignment.LEFT);
      pen.setTextBaseline(VPos.BOTTOM);
      pen.fillText(Times.instant(yard.update().cursor().atNanos()), 6, y - 1);
    }
  }

  // The mouse.

  private void click(MouseEvent event) {
    List<Lane> lanes = model.lanes();
    if (event.getY() < HEAD) {
      lanes.stream()
          .filter(lane -> lane.process().isEmpty())
          .filter(lane -> Math.abs(x(lanes, lane) - event.getX()) < 50)
          .findFirst()
          .ifPresent(lane -> model.fold(lane.node()));
      draw();
      return;
    }
    Happening found = at(event.getX(), event.getY(), lanes);
    if (found == null) {
      yard.selection().clear();
    } else {
      model.choose(found);
      if (event.getClickCount() == 2) {
        model.goTo(found);
      }
    }
  }

  private @Nullable Happening at(double x, double y, List<Lane> lanes) {
    @Nullable Happening nearest = null;
    double best = NEAR;
    var point = new Point2D(x, y);
    for (Arrow arrow : model.arrows()) {
      var from =
          new Point2D(
              x(lanes, model.laneOf(arrow.sent().from(), arrow.sent().fromProcess())),
              y(arrow.happening().atNanos()));
      var to =
          new Point2D(
              x(lanes, model.laneOf(arrow.sent().to(), arrow.sent().toProcess())),
              y(arrow.endNanos()));
      double distance = Geometry.distanceToSegment(point, from, to);
      if (distance < best) {
        best = distance;
        nearest = arrow.happening();
      }
    }
    for (Note note : model.notes()) {
      double distance = Math.abs(y(note.happening().atNanos()) - y);
      if (distance < best && Math.abs(x(lanes, new Lane(note.node(), "")) - x) < 120) {
        best = distance;
        nearest = note.happening();
      }
    }
    return nearest;
  }
}
