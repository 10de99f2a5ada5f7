package beamyard.ui.desktop;

import beamyard.ui.desktop.ClusterFrame.LinkMark;
import beamyard.ui.desktop.ClusterFrame.MessageMark;
import beamyard.ui.desktop.ClusterFrame.NodeMark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;

/** Draws nodes, connections and messages on one canvas. Nodes stand on an ellipse until they are dragged elsewhere. */
final class ClusterMap extends Pane {
  private static final double NODE_RADIUS = 30;
  private static final Color INK = Color.web("#24292f");
  private static final Color QUIET = Color.web("#8c959f");
  private static final Color ACCENT = Color.web("#0969da");
  private static final Color WARNING = Color.web("#bc4c00");
  private static final Color NODE_FILL = Color.web("#ddf4ff");
  private static final Color DOWN_FILL = Color.web("#eaeef2");

  private final Canvas canvas = new Canvas();
  private final Map<String, Point2D> dragged = new LinkedHashMap<>();
  private ClusterFrame frame = ClusterFrame.EMPTY;
  private @Nullable String held;

  ClusterMap(ObservableValue<ClusterFrame> frames) {
    getStyleClass().add("cluster-map");
    setAccessibleText("Cluster map");
    getChildren().setAll(canvas);
    canvas.widthProperty().bind(widthProperty());
    canvas.heightProperty().bind(heightProperty());
    canvas.widthProperty().subscribe(_ -> draw());
    canvas.heightProperty().subscribe(_ -> draw());
    frames.subscribe(
        next -> {
          frame = next;
          draw();
        });
    canvas.addEventHandler(
        MouseEvent.MOUSE_PRESSED, event -> held = nodeAt(event.getX(), event.getY()));
    canvas.addEventHandler(MouseEvent.MOUSE_RELEASED, _ -> held = null);
    canvas.addEventHandler(
        MouseEvent.MOUSE_DRAGGED,
        event -> {
          if (held != null) {
            dragged.put(held, new Point2D(event.getX(), event.getY()));
            draw();
          }
        });
  }

  private @Nullable String nodeAt(double x, double y) {
    for (NodeMark node : frame.nodes()) {
      if (placeOf(node.name()).distance(x, y) <= NODE_RADIUS) {
        return node.name();
      }
    }
    return null;
  }

  /** Where a node stands; the middle of the map for one that the frame does not have. */
  Point2D placeOf(String name) {
    Point2D place = dragged.get(name);
    if (place != null) {
      return place;
    }
    List<String> names = frame.nodes().stream().map(NodeMark::name).toList();
    double middleX = getWidth() / 2;
    double middleY = getHeight() / 2;
    int index = names.indexOf(name);
    if (index < 0 || names.size() == 1) {
      return new Point2D(middleX, middleY);
    }
    double high = Math.max(NODE_RADIUS * 2, middleY - NODE_RADIUS * 2);
    double wide = Math.max(NODE_RADIUS * 2, Math.min(middleX - NODE_RADIUS * 3, high * 1.8));
    double first = names.size() == 2 ? Math.PI : -Math.PI / 2;
    double angle = 2 * Math.PI * index / names.size() + first;
    return new Point2D(middleX + wide * Math.cos(angle), middleY + high * Math.sin(angle));
  }

  private void draw() {
    GraphicsContext pen = canvas.getGraphicsContext2D();
    pen.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    frame.links().forEach(link -> draw(pen, link));
    frame.messages().forEach(message -> draw(pen, message));
    frame.nodes().forEach(node -> draw(pen, node));
  }

  private void draw(GraphicsContext pen, LinkMark link) {
    Point2D from = placeOf(link.from());
    Point2D to = placeOf(link.to());
    pen.setLineWidth(2);
    switch (link.kind()) {
      case VISIBLE -> {
        pen.setStroke(QUIET);
        pen.setLineDashes();
      }
      case HIDDEN -> {
        pen.setStroke(QUIET);
        pen.setLineDashes(2, 6);
      }
      case DOUBTFUL -> {
        pen.setStroke(WARNING);
        pen.setLineDashes(8, 6);
      }
    }
    pen.strokeLine(from.getX(), from.getY(), to.getX(), to.getY());
    pen.setLineDashes();
  }

  private void draw(GraphicsContext pen, MessageMark message) {
    Point2D at = placeOf(message.from()).interpolate(placeOf(message.to()), message.progress());
    pen.setFill(ACCENT);
    pen.fillOval(at.getX() - 5, at.getY() - 5, 10, 10);
    pen.setFont(Font.font(11));
    boolean above = placeOf(message.from()).getX() <= placeOf(message.to()).getX();
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(above ? VPos.BOTTOM : VPos.TOP);
    pen.fillText(message.label(), at.getX(), at.getY() + (above ? -8 : 8));
  }

  private void draw(GraphicsContext pen, NodeMark node) {
    Point2D at = placeOf(node.name());
    boolean up = node.state() == ClusterFrame.State.UP;
    pen.setFill(up ? NODE_FILL : DOWN_FILL);
    pen.setStroke(up ? ACCENT : QUIET);
    pen.setLineWidth(2);
    pen.fillOval(
        at.getX() - NODE_RADIUS, at.getY() - NODE_RADIUS, NODE_RADIUS * 2, NODE_RADIUS * 2);
    pen.strokeOval(
        at.getX() - NODE_RADIUS, at.getY() - NODE_RADIUS, NODE_RADIUS * 2, NODE_RADIUS * 2);
    pen.setTextAlign(TextAlignment.CENTER);
    pen.setTextBaseline(VPos.CENTER);
    pen.setFill(INK);
    pen.setFont(Font.font(14));
    pen.fillText(shortName(node.name()), at.getX(), at.getY());
    pen.setFont(Font.font(11));
    pen.setFill(QUIET);
    pen.fillText(caption(node), at.getX(), at.getY() + NODE_RADIUS + 14);
  }

  private static String shortName(String name) {
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  private static String caption(NodeMark node) {
    String host = node.name().substring(Math.max(0, node.name().indexOf('@')));
    return switch (node.state()) {
      case UP -> node.note().isEmpty() ? host : host + "  " + node.note();
      case PAUSED -> host + "  paused";
      case DOWN -> host + "  down";
    };
  }
}
