package beamyard.ui.desktop.drawing;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.VPos;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/**
 * Draws into an SVG picture.
 *
 * @see <a href="https://www.w3.org/TR/SVG11/">Scalable Vector Graphics 1.1</a>
 */
public final class SvgPen implements Pen {
  private final double width;
  private final double height;
  private final StringBuilder body = new StringBuilder();
  private Color fill = Color.BLACK;
  private Color stroke = Color.BLACK;
  private double lineWidth = 1;
  private double[] dashes = {};
  private Font font = Font.getDefault();
  private TextAlignment align = TextAlignment.LEFT;
  private VPos baseline = VPos.BASELINE;
  private double alpha = 1;

  public SvgPen(double width, double height) {
    this.width = width;
    this.height = height;
  }

  /** The whole picture, a file of its own. */
  public String picture() {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
        + number(width)
        + "\" height=\""
        + number(height)
        + "\" viewBox=\"0 0 "
        + number(width)
        + " "
        + number(height)
        + "\">\n"
        + body
        + "</svg>\n";
  }

  /** Puts a picture of pixels over all that was drawn so far. */
  public void image(String base64Png) {
    body.append("<image width=\"")
        .append(number(width))
        .append("\" height=\"")
        .append(number(height))
        .append("\" href=\"data:image/png;base64,")
        .append(base64Png)
        .append("\"/>\n");
  }

  @Override
  public void setFill(Color color) {
    fill = color;
  }

  @Override
  public void setStroke(Color color) {
    stroke = color;
  }

  @Override
  public void setLineWidth(double pixels) {
    lineWidth = pixels;
  }

  @Override
  public void setLineDashes(double... lengths) {
    dashes = lengths.clone();
  }

  @Override
  public void setFont(Font chosen) {
    font = chosen;
  }

  @Override
  public void setTextAlign(TextAlignment chosen) {
    align = chosen;
  }

  @Override
  public void setTextBaseline(VPos chosen) {
    baseline = chosen;
  }

  @Override
  public void setGlobalAlpha(double share) {
    alpha = share;
  }

  @Override
  public void clearRect(double x, double y, double wide, double high) {
    // what lies beneath is of the same picture
  }

  @Override
  public void fillRect(double x, double y, double wide, double high) {
    element("rect", rect(x, y, wide, high) + filled());
  }

  @Override
  public void fillRoundRect(
      double x, double y, double wide, double high, double arcWidth, double arcHeight) {
    element("rect", rect(x, y, wide, high) + at("rx", arcWidth / 2) + filled());
  }

  @Override
  public void strokeRoundRect(
      double x, double y, double wide, double high, double arcWidth, double arcHeight) {
    element("rect", rect(x, y, wide, high) + at("rx", arcWidth / 2) + stroked());
  }

  @Override
  public void fillOval(double x, double y, double wide, double high) {
    element("ellipse", oval(x, y, wide, high) + filled());
  }

  @Override
  public void strokeOval(double x, double y, double wide, double high) {
    element("ellipse", oval(x, y, wide, high) + stroked());
  }

  @Override
  public void strokeArc(double x, double y, double wide, double high, double from, double extent) {
    double first = Math.toRadians(from);
    double last = Math.toRadians(from + extent);
    element(
        "path",
        " d=\"M"
            + point(x, y, wide, high, first)
            + " A"
            + number(wide / 2)
            + " "
            + number(high / 2)
            + " 0 "
            + (extent > 180 ? 1 : 0)
            + " 0 "
            + point(x, y, wide, high, last)
            + "\""
            + stroked());
  }

  private static String point(double x, double y, double wide, double high, double angle) {
    return number(x + wide / 2 + Math.cos(angle) * wide / 2)
        + " "
        + number(y + high / 2 - Math.sin(angle) * high / 2);
  }

  @Override
  public void strokeLine(double fromX, double fromY, double toX, double toY) {
    element("line", at("x1", fromX) + at("y1", fromY) + at("x2", toX) + at("y2", toY) + stroked());
  }

  @Override
  public void fillPolygon(double[] xs, double[] ys, int count) {
    element("polygon", points(xs, ys, count) + filled());
  }

  @Override
  public void strokePolygon(double[] xs, double[] ys, int count) {
    element("polygon", points(xs, ys, count) + stroked());
  }

  @Override
  public void strokePolyline(double[] xs, double[] ys, int count) {
    element("polyline", points(xs, ys, count) + stroked());
  }

  @Override
  public void fillText(String text, double x, double y) {
    fillText(text, x, y, Double.MAX_VALUE);
  }

  @Override
  public void fillText(String text, double x, double y, double widthMax) {
    String anchor =
        switch (align) {
          case CENTER -> " text-anchor=\"middle\"";
          case RIGHT -> " text-anchor=\"end\"";
          case LEFT, JUSTIFY -> "";
        };
    double down =
        switch (baseline) {
          case TOP -> font.getSize() * 0.95;
          case CENTER -> font.getSize() * 0.35;
          case BOTTOM -> -font.getSize() * 0.22;
          case BASELINE -> 0;
        };
    String narrowed =
        width(text) > widthMax
            ? at("textLength", widthMax) + " lengthAdjust=\"spacingAndGlyphs\""
            : "";
    String weight = font.getStyle().contains("Bold") ? " font-weight=\"bold\"" : "";
    body.append("<text")
        .append(at("x", x))
        .append(at("y", y + down))
        .append(at("font-size", font.getSize()))
        .append(" font-family=\"")
        .append(escaped(font.getFamily()))
        .append(", sans-serif\"")
        .append(weight)
        .append(anchor)
        .append(narrowed)
        .append(filled())
        .append('>')
        .append(escaped(text))
        .append("</text>\n");
  }

  @Override
  public double width(String text) {
    var measured = new Text(text);
    measured.setFont(font);
    return measured.getLayoutBounds().getWidth();
  }

  // Writing.

  private void element(String name, String attributes) {
    body.append('<').append(name).append(attributes).append("/>\n");
  }

  private String filled() {
    return " fill=\"" + hex(fill) + "\"" + opacity("fill-opacity", fill);
  }

  private String stroked() {
    String dashed =
        dashes.length == 0
            ? ""
            : " stroke-dasharray=\""
                + Arrays.stream(dashes).mapToObj(SvgPen::number).collect(Collectors.joining(" "))
                + "\"";
    return " fill=\"none\" stroke=\""
        + hex(stroke)
        + "\""
        + opacity("stroke-opacity", stroke)
        + at("stroke-width", lineWidth)
        + dashed;
  }

  private String opacity(String name, Color color) {
    double share = color.getOpacity() * alpha;
    return share >= 1 ? "" : at(name, share);
  }

  private static String hex(Color color) {
    return String.format(
        Locale.ROOT,
        "#%02x%02x%02x",
        Math.round(color.getRed() * 255),
        Math.round(color.getGreen() * 255),
        Math.round(color.getBlue() * 255));
  }

  private static String rect(double x, double y, double wide, double high) {
    return at("x", x) + at("y", y) + at("width", wide) + at("height", high);
  }

  private static String oval(double x, double y, double wide, double high) {
    return at("cx", x + wide / 2)
        + at("cy", y + high / 2)
        + at("rx", wide / 2)
        + at("ry", high / 2);
  }

  private static String points(double[] xs, double[] ys, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> number(xs[i]) + "," + number(ys[i]))
        .collect(Collectors.joining(" ", " points=\"", "\""));
  }

  private static String at(String name, double value) {
    return " " + name + "=\"" + number(value) + "\"";
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("[\\p{Cntrl}&&[^\t\n]]", "");
  }
}
