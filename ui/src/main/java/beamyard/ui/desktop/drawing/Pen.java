package beamyard.ui.desktop.drawing;

import javafx.geometry.VPos;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/** What views are drawn with, on a canvas or into a file: the part of a canvas's pen that they need, by the same names. */
public interface Pen {
  void setFill(Color color);

  void setStroke(Color color);

  void setLineWidth(double width);

  /** Lengths that are drawn and left out in turn; none for a whole line. */
  void setLineDashes(double... lengths);

  void setFont(Font font);

  void setTextAlign(TextAlignment align);

  void setTextBaseline(VPos baseline);

  void setGlobalAlpha(double alpha);

  /** Makes a rectangle transparent again. */
  void clearRect(double x, double y, double width, double height);

  void fillRect(double x, double y, double width, double height);

  void fillRoundRect(
      double x, double y, double width, double height, double arcWidth, double arcHeight);

  void strokeRoundRect(
      double x, double y, double width, double height, double arcWidth, double arcHeight);

  void fillOval(double x, double y, double width, double height);

  void strokeOval(double x, double y, double width, double height);

  /** A part of an oval's edge, from an angle on, counter-clockwise, in degrees. */
  void strokeArc(double x, double y, double width, double height, double from, double extent);

  void strokeLine(double fromX, double fromY, double toX, double toY);

  void fillPolygon(double[] xs, double[] ys, int count);

  void strokePolygon(double[] xs, double[] ys, int count);

  void strokePolyline(double[] xs, double[] ys, int count);

  void fillText(String text, double x, double y);

  /** How wide a text is in the font that is set. */
  double width(String text);

  /** Text that is made narrower if it is wider than that. */
  void fillText(String text, double x, double y, double widthMax);
}
