package beamyard.ui.desktop.map;

import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Pen;
import beamyard.ui.desktop.map.MapModel.Kind;
import beamyard.ui.desktop.map.MapModel.LinkMark;
import beamyard.ui.desktop.run.Happening.Cargo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.geometry.VPos;
import javafx.scene.text.TextAlignment;

/** Says in a corner of the map what its signs mean: those of packets, and of the kinds of links that are there. */
final class LegendPainter {
  private static final double TEXT_SIZE = 11;
  private static final double MARGIN = 16;
  private static final double SIGN = 20;
  private static final double LINE = 26;
  private static final double BETWEEN = 16;

  private final MapModel model;
  private final Inks inks;

  LegendPainter(MapModel model, Inks inks) {
    this.model = model;
    this.inks = inks;
  }

  /** Nothing where there are no links, and where the map is too narrow for it. */
  void draw(Pen pen, double width, double height) {
    if (model.links().isEmpty()) {
      return;
    }
    pen.setFont(inks.font(TEXT_SIZE));
    pen.setTextAlign(TextAlignment.LEFT);
    pen.setTextBaseline(VPos.CENTER);
    double scale = inks.scale();
    double y = height - MARGIN * scale;
    double x = MARGIN;
    for (Cargo cargo : Cargo.values()) {
      String name = cargo.name().toLowerCase(Locale.ROOT);
      if (x + SIGN + pen.width(name) > width - MARGIN) {
        return;
      }
      PacketPainter.drawSign(pen, inks, cargo, x + 6, y, 4.5);
      x += say(pen, name, x + SIGN * scale, y) + (SIGN + BETWEEN) * scale;
    }
    for (Map.Entry<String, LinkMark> kind : unusual().entrySet()) {
      if (x + LINE + pen.width(kind.getKey()) > width - MARGIN) {
        return;
      }
      pen.setStroke(inks.get(kind.getValue().cut() ? Ink.DANGER : Ink.QUIET));
      pen.setLineWidth(1.8);
      pen.setLineDashes(LinkPainter.dashes(kind.getValue()));
      pen.strokeLine(x, y, x + LINE * scale - 6, y);
      pen.setLineDashes();
      x += say(pen, kind.getKey(), x + LINE * scale, y) + (LINE + BETWEEN) * scale;
    }
  }

  private double say(Pen pen, String text, double x, double y) {
    pen.setFill(inks.get(Ink.QUIET));
    pen.fillText(text, x, y);
    return pen.width(text);
  }

  /** One link of each kind that needs a word, by that word. */
  private Map<String, LinkMark> unusual() {
    List<LinkMark> links = new ArrayList<>(model.links());
    Map<String, LinkMark> found = new LinkedHashMap<>();
    for (LinkMark link : links) {
      if (link.cut()) {
        found.putIfAbsent(link.kind() == Kind.NONE ? "cut, no connection" : "cut, unnoticed", link);
      } else if (link.kind() == Kind.HIDDEN) {
        found.putIfAbsent("hidden connection", link);
      } else if (link.kind() == Kind.PENDING) {
        found.putIfAbsent("being connected", link);
      }
    }
    return found;
  }
}
