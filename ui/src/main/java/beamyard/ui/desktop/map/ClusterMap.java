package beamyard.ui.desktop.map;

import beamyard.ui.desktop.drawing.Camera;
import beamyard.ui.desktop.drawing.CanvasPen;
import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.PngFile;
import beamyard.ui.desktop.drawing.Raster;
import beamyard.ui.desktop.drawing.SvgPen;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.RunLog;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javafx.animation.AnimationTimer;
import javafx.geometry.Point2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Pane;

/**
 * The cluster map: regions, links, nodes and packets. What lies beneath is drawn only when it changes; nodes and packets on a
 * canvas above it, whenever something moves.
 *
 * <p>A node is selected by a click and dragged where it should stay; while cutting, or with Alt held, a line cuts the paths that it
 * crosses, and a node that is pulled away is cut off. A packet that is clicked on is selected.
 */
public final class ClusterMap extends Pane {
  private static final double HINT_TOP = 12;

  /** What only flies is drawn again after so many times what drawing it takes: the window has other things to do. */
  private static final int CALM = 4;

  private final YardModel yard;
  private final MapModel model = new MapModel();
  private final Flights flights = new Flights();
  private final Ripples ripples = new Ripples();
  private final Inks inks = new Inks();
  private final Canvas below = new Canvas();
  private final ImageView crowd = new ImageView();
  private final Canvas above = new Canvas();
  private final Label cutting =
      new Label("Draw a line across links, or pull a node out.   Esc ends it.");
  private final MapPainter painter = new MapPainter(model, inks);
  private final CrowdPainter crowdPainter = new CrowdPainter(model, inks, painter);
  private final MapMouse mouse;
  private final AnimationTimer timer;
  private Raster raster = new Raster(1, 1);
  private final Camera camera = new Camera();
  private long drawnVersion = -1;
  private boolean dirty = true;
  private boolean wasFlying;

  /** When the map was drawn last, and how long that took, in nanoseconds of the wall. */
  private long begun;

  private long drawing;
  private long shownRun = -1;
  private Position followed = Position.START;

  public ClusterMap(YardModel yard, MapMenus menus) {
    this.yard = yard;
    mouse = new MapMouse(this, yard, menus);
    new MapKeys(this, yard);
    getStyleClass().add("cluster-map");
    setAccessibleText("Cluster map");
    setFocusTraversable(true);
    crowd.setMouseTransparent(true);
    cutting.getStyleClass().add("map-hint");
    cutting.setId("cut-hint");
    cutting.setVisible(false);
    cutting.setMouseTransparent(true);
    cutting.layoutXProperty().bind(widthProperty().subtract(cutting.widthProperty()).divide(2));
    cutting.setLayoutY(HINT_TOP);
    getChildren().setAll(inks, below, crowd, above, cutting);
    below.setMouseTransparent(true);
    above.setMouseTransparent(true);
    for (Canvas canvas : List.of(below, above)) {
      canvas.widthProperty().bind(widthProperty());
      canvas.heightProperty().bind(heightProperty());
    }
    widthProperty().subscribe(_ -> resized());
    heightProperty().subscribe(_ -> resized());
    inks.onChange(this::dressed);
    yard.updateProperty().subscribe(this::show);
    yard.selection().subjectProperty().subscribe(this::reselect);
    timer =
        new AnimationTimer() {
          @Override
          public void handle(long now) {
            frame(System.nanoTime());
          }
        };
    sceneProperty()
        .subscribe(
            scene -> {
              if (scene == null) {
                timer.stop();
              } else {
                timer.start();
              }
            });
  }

  /** What the map shows. */
  public MapModel model() {
    return model;
  }

  /** The inks that the map draws with. */
  public Inks inks() {
    return inks;
  }

  /** While cutting, a line drawn with the mouse cuts what it crosses. */
  public void setCutting(boolean on) {
    mouse.setCutting(on);
  }

  /** Opens the menu of what is selected, where it is; that of the yard if nothing is. */
  public void openMenu() {
    mouse.openMenuOfSelection();
  }

  /** Says what is to be done while cutting. */
  void tellCutting(boolean on) {
    cutting.setVisible(on);
  }

  /** The links that are drawn, in the order of their nodes. */
  List<Selection.OfLink> links() {
    return model.links().stream()
        .map(link -> new Selection.OfLink(link.from(), link.to()))
        .toList();
  }

  /** Whether no packet is on its way. */
  public boolean isAtRest() {
    return flights.isEmpty();
  }

  /** Whether a line drawn across links cuts them. */
  public boolean isCutting() {
    return mouse.isCutting();
  }

  /** The whole map again, nodes where the map puts them. */
  public void reset() {
    camera.reset();
    model.unpinAll();
    redraw();
  }

  /** Puts nodes back to where they were before the last one was dragged, or all were let go. */
  public void undoLayout() {
    model.undo();
    redraw();
  }

  /** Zooms about the middle. */
  public void zoomBy(double factor) {
    camera.zoomBy(factor);
    redraw();
  }

  /** What part of the map is seen. */
  public Camera camera() {
    return camera;
  }

  /** Where a place of the map is in this pane. */
  public Point2D toPane(Point2D place) {
    return view().place(place);
  }

  /** Where the middle of a node is on the screen. */
  public Point2D onScreen(String label) {
    return localToScreen(toPane(model.placeOf(label)));
  }

  /** A link that is selected is drawn beneath; a node is not. */
  private void reselect(Selection.Subject before, Selection.Subject now) {
    if (before instanceof Selection.OfLink || now instanceof Selection.OfLink) {
      redraw();
    }
    dirty = true;
  }

  private void dressed() {
    model.setTextScale(inks.scale());
    redraw();
  }

  private void resized() {
    model.setSize(getWidth(), getHeight());
    redraw();
  }

  /** Draws all of it again, what lies beneath as well. */
  void redraw() {
    drawnVersion = -1;
    dirty = true;
  }

  // Following the yard.

  private void show(Update update) {
    model.show(update.observation());
    model.showNotes(LinkNotes.of(update, yard.traffic()));
    boolean otherRun = update.run() != shownRun;
    boolean back = followed.isAfter(update.cursor());
    if (otherRun || back) {
      dirty = dirty || !flights.isEmpty();
      flights.clear();
      ripples.jump(model.nodes());
    } else {
      RunLog log = yard.log();
      ripples.follow(model.nodes(), System.nanoTime());
      flights.follow(
          log.all().subList(log.countUntil(followed), log.countUntil(update.cursor())),
          System.nanoTime());
    }
    shownRun = update.run();
    followed = update.cursor();
  }

  /** Draws what moves again. */
  void touch() {
    dirty = true;
  }

  private void frame(long now) {
    boolean moved = model.move(0.18);
    boolean flying = !flights.isEmpty() || !ripples.isStill(now);
    boolean changed = moved || dirty || drawnVersion != model.version();
    if (changed || (flying || wasFlying) && now - begun >= CALM * drawing) {
      begun = now;
      draw();
      drawing = System.nanoTime() - now;
      wasFlying = flying;
    }
  }

  public MapPainter.View view() {
    return new MapPainter.View(getWidth(), getHeight(), camera.zoom(), camera.pan());
  }

  public MapPainter painter() {
    return painter;
  }

  /** The packets that are on their way now. */
  public List<Flights.Mark> packets() {
    Optional<Seam> seam = model.seam();
    return flights.marks(System.nanoTime(), (from, to) -> model.cutAt(from, to, seam));
  }

  private void draw() {
    dirty = false;
    var view = view();
    List<String> selected = yard.selection().nodes();
    List<Flights.Mark> packets = packets();
    boolean another = drawnVersion != model.version();
    boolean crowded = crowdPainter.isNeeded(view, packets);
    if (another) {
      drawnVersion = model.version();
      painter.drawBelow(new CanvasPen(below), view, yard.selection().get());
    }
    if (crowded) {
      drawCrowd(view, selected, packets, another || !crowd.isVisible());
    }
    crowd.setVisible(crowded);
    MapPainter.Over over = mouse.over(view, packets);
    List<Point2D> scissors = mouse.scissors();
    boolean more = painter.hasAbove(view, selected, over, packets, scissors);
    if (more) {
      MapPainter.Rings rings = label -> ripples.around(label, begun);
      painter.drawAbove(new CanvasPen(above), view, selected, over, packets, rings, scissors);
    }
    above.setVisible(more);
  }

  /** What is seen now as an SVG file; a crowd is a picture of pixels in it. */
  public String picture() {
    var view = view();
    List<Flights.Mark> packets = packets();
    List<String> selected = yard.selection().nodes();
    var pen = new SvgPen(getWidth(), getHeight());
    painter.drawBelow(pen, view, yard.selection().get());
    if (crowdPainter.isNeeded(view, packets)) {
      drawCrowd(view, selected, packets, true);
      pen.image(Base64.getEncoder().encodeToString(PngFile.bytes(raster.image())));
    }
    painter.drawAbove(
        pen, view, selected, MapPainter.Over.NOTHING, packets, _ -> Optional.empty(), List.of());
    return pen.picture();
  }

  private void drawCrowd(
      MapPainter.View view, List<String> selected, List<Flights.Mark> packets, boolean another) {
    boolean fits = raster.hasSize((int) getWidth(), (int) getHeight());
    if (!fits) {
      raster = new Raster((int) getWidth(), (int) getHeight());
      crowd.setImage(raster.image());
    }
    if (another || !fits) {
      crowdPainter.drawBelow(raster, view, yard.selection().get());
    }
    crowdPainter.drawAbove(raster, view, selected, packets);
  }
}
