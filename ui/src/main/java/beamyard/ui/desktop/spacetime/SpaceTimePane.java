package beamyard.ui.desktop.spacetime;

import beamyard.ui.desktop.drawing.CanvasPen;
import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.SvgPen;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.spacetime.SpaceTimePlaces.Window;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.Locale;
import javafx.geometry.Orientation;
import javafx.geometry.Point2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/**
 * The space-time diagram. It follows the newest events until it is scrolled back, and in the past the time cursor. A click on an arrow selects it, and dims what
 * cannot have caused it, or been caused by it; a double click goes to its instant; a click on a head unfolds a node's processes.
 * The arrow keys go from arrow to arrow, Enter to the instant of the selected one.
 */
public final class SpaceTimePane extends BorderPane {
  /** How much of the window is above what is revealed: what led to it is of more interest than what came of it. */
  private static final double SHARE_ABOVE = 0.7;

  private final YardModel yard;
  private final SpaceTimeModel model;
  private final Inks inks = new Inks();
  private final SpaceTimePlaces places;
  private final SpaceTimePainter painter;
  private final Canvas canvas = new Canvas();
  private final Pane field = new Pane(inks, canvas);
  private final ScrollBar scroll = new ScrollBar();
  private long drawnVersion = -1;
  private Position drawnCursor = Position.START;
  private boolean follows = true;

  /** It is not somebody's hand that moves the scroll bar. */
  private boolean moving;

  private boolean wasPast;

  public SpaceTimePane(YardModel yard, SpaceTimeModel model) {
    this.yard = yard;
    this.model = model;
    places = new SpaceTimePlaces(model, inks);
    painter = new SpaceTimePainter(yard, model, places, inks);
    getStyleClass().add("space-time");
    field.setId("space-time");
    field.setAccessibleText("Space-time diagram");
    field.setFocusTraversable(true);
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
                draw();
              }
            });
    field.widthProperty().subscribe(_ -> draw());
    field.heightProperty().subscribe(_ -> draw());
    inks.onChange(this::draw);
    yard.selection().subjectProperty().subscribe(_ -> draw());
    yard.updateProperty().subscribe(this::follow);
    field.addEventHandler(
        ScrollEvent.SCROLL,
        event -> {
          scroll.setValue(
              Math.clamp(scroll.getValue() - event.getDeltaY(), 0, Math.max(0, scroll.getMax())));
          event.consume();
        });
    field.addEventHandler(MouseEvent.MOUSE_CLICKED, this::click);
    field.addEventHandler(KeyEvent.KEY_PRESSED, this::press);
  }

  /** Keys are for the diagram from now on. */
  public void focusDiagram() {
    field.requestFocus();
  }

  /** Unfolds the lanes of the nodes that are selected, or folds them. */
  public void foldSelected() {
    model.foldSelected();
    draw();
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
    var space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    var search = new TextField();
    search.setId("space-time-search");
    search.setPromptText("Search");
    search.setAccessibleText("Search the diagram; Enter goes to the next that is found");
    search
        .textProperty()
        .subscribe(
            text -> {
              model.search(text);
              draw();
            });
    search.setOnAction(_ -> reveal(model.chooseNext()));
    box.getChildren().addAll(space, search);
    return box;
  }

  private boolean isInFront() {
    return getScene() != null && getParent() != null && getParent().isVisible();
  }

  private void follow(Update update) {
    if (!isInFront()) {
      return;
    }
    boolean moved = !update.cursor().equals(drawnCursor) || drawnVersion < 0;
    if (moved && update.isPast()) {
      reveal(update.cursor().atNanos());
    } else if (wasPast && !update.isPast()) {
      follows = true;
      draw();
    } else if (model.version() != drawnVersion || moved && isFar(update)) {
      draw();
    }
    wasPast = update.isPast();
  }

  /** Whether the cursor has moved so far that it is drawn elsewhere. */
  private boolean isFar(Update update) {
    return Math.abs(places.down(update.cursor().atNanos()) - places.down(drawnCursor.atNanos()))
        >= 1;
  }

  // Drawing.

  private void draw() {
    if (!isInFront() || field.getWidth() <= 0 || field.getHeight() <= places.head()) {
      drawnVersion = -1;
      return;
    }
    drawnVersion = model.version();
    drawnCursor = yard.update().cursor();
    layScroll();
    moving = true;
    if (follows) {
      scroll.setValue(scroll.getMax());
    }
    moving = false;
    painter.draw(new CanvasPen(canvas), window());
  }

  private void layScroll() {
    double seen = seen();
    boolean before = moving;
    moving = true;
    scroll.setMax(Math.max(0, places.height() - seen));
    scroll.setVisibleAmount(
        scroll.getMax() == 0 ? 1 : scroll.getMax() * seen / Math.max(seen, places.height()));
    moving = before;
  }

  private double seen() {
    return field.getHeight() - places.head() - 16;
  }

  private Window window() {
    return new Window(field.getWidth(), field.getHeight(), scroll.getValue());
  }

  /** What is seen now as an SVG file. */
  public String picture() {
    var pen = new SvgPen(field.getWidth(), field.getHeight());
    painter.draw(pen, window());
    return pen.picture();
  }

  // The mouse and the keys.

  private void click(MouseEvent event) {
    field.requestFocus();
    if (event.getY() < places.head()) {
      String node = painter.nodeAt(window(), event.getX());
      if (node != null) {
        model.fold(node);
        draw();
      }
      return;
    }
    Happening found = painter.at(window(), new Point2D(event.getX(), event.getY()));
    if (found == null) {
      yard.selection().clear();
    } else {
      model.choose(found);
      if (event.getClickCount() == 2) {
        model.goTo(found);
      }
    }
  }

  private void press(KeyEvent event) {
    switch (event.getCode()) {
      case DOWN -> reveal(model.chooseBeside(1));
      case UP -> reveal(model.chooseBeside(-1));
      case ENTER -> {
        if (yard.selection().get() instanceof Selection.OfHappening(Happening happening)) {
          model.goTo(happening);
        }
      }
      default -> {
        return;
      }
    }
    event.consume();
  }

  /** How many lanes there are. */
  public int laneCount() {
    return model.lanes().size();
  }

  /** Whether the height of an instant is within what is seen. */
  public boolean shows(long atNanos) {
    double y = places.y(window(), atNanos);
    return y >= places.head() && y <= field.getHeight();
  }

  /** Scrolls to where an instant is seen. */
  private void reveal(long atNanos) {
    double down = places.down(atNanos);
    double seen = seen();
    layScroll();
    if (atNanos >= 0 && (down < scroll.getValue() + 20 || down > scroll.getValue() + seen - 20)) {
      moving = true;
      follows = false;
      scroll.setValue(Math.clamp(down - seen * SHARE_ABOVE, 0, Math.max(0, scroll.getMax())));
      moving = false;
    }
    draw();
  }
}
