package beamyard.ui.desktop.drawing;

import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.ArcType;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/** Draws on a canvas. */
public final class CanvasPen implements Pen {
  private final GraphicsContext pen;
  private final Text measured = new Text();

  public CanvasPen(Canvas canvas) {
    pen = canvas.getGraphicsContext2D();
  }

  @Override
  public void setFill(Color color) {
    pen.setFill(color);
  }

  @Override
  public void setStroke(Color color) {
    pen.setStroke(color);
  }

  @Override
  public void setLineWidth(double width) {
    pen.setLineWidth(width);
  }

  @Override
  public void setLineDashes(double... lengths) {
    pen.setLineDashes(lengths);
  }

  @Override
  public void setFont(Font font) {
    pen.setFont(font);
  }

  @Override
  public void setTextAlign(TextAlignment align) {
    pen.setTextAlign(align);
  }

  @Override
  public void setTextBaseline(VPos baseline) {
    pen.setTextBaseline(baseline);
  }

  @Override
  public void setGlobalAlpha(double alpha) {
    pen.setGlobalAlpha(alpha);
  }

  @Override
  public void clearRect(double x, double y, double width, double height) {
    pen.clearRect(x, y, width, height);
  }

  @Override
  public void fillRect(double x, double y, double width, double height) {
    pen.fillRect(x, y, width, height);
  }

  @Override
  public void fillRoundRect(
      double x, double y, double width, double height, double arcWidth, double arcHeight) {
    pen.fillRoundRect(x, y, width, height, arcWidth, arcHeight);
  }

  @Override
  public void strokeRoundRect(
      double x, double y, double width, double height, double arcWidth, double arcHeight) {
    pen.strokeRoundRect(x, y, width, height, arcWidth, arcHeight);
  }

  @Override
  public void fillOval(double x, double y, double width, double height) {
    pen.fillOval(x, y, width, height);
  }

  @Override
  public void strokeOval(double x, double y, double width, double height) {
    pen.strokeOval(x, y, width, height);
  }

  @Override
  public void strokeArc(
      double x, double y, double width, double height, double from, double extent) {
    pen.strokeArc(x, y, width, height, from, extent, ArcType.OPEN);
  }

  @Override
  public void strokeLine(double fromX, double fromY, double toX, double toY) {
    pen.strokeLine(fromX, fromY, toX, toY);
  }

  @Override
  public void fillPolygon(double[] xs, double[] ys, int count) {
    pen.fillPolygon(xs, ys, count);
  }

  @Override
  public void strokePolygon(double[] xs, double[] ys, int count) {
    pen.strokePolygon(xs, ys, count);
  }

  @Override
  public void strokePolyline(double[] xs, double[] ys, int count) {
    pen.strokePolyline(xs, ys, count);
  }

  @Override
  public double width(String text) {
    measured.setText(text);
    measured.setFont(pen.getFont());
    return measured.getLayoutBounds().getWidth();
  }

  @Override
  public void fillText(String text, double x, double y) {
    pen.fillText(text, x, y);
  }

  @Override
  public void fillText(String text, double x, double y, double widthMax) {
    pen.fillText(text, x, y, widthMax);
  }
}
