package beamyard.ui.desktop.map;

import beamyard.ui.desktop.drawing.Inks;
import beamyard.ui.desktop.drawing.Inks.Ink;
import beamyard.ui.desktop.drawing.Raster;
import beamyard.ui.desktop.map.MapModel.Kind;
import beamyard.ui.desktop.map.MapModel.LinkMark;
import beamyard.ui.desktop.map.MapModel.NodeMark;
import beamyard.ui.desktop.map.MapPainter.View;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.yard.Selection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.Point2D;

/** Draws what the map has very many of, links, packets or nodes, each with less care than {@link MapPainter} takes. */
final class CrowdPainter {
  private static final int PACKET_DOT = 3;

  private final MapModel model;
  private final Inks inks;
  private final MapPainter painter;

  /**
   * @param painter draws all that is not the crowd's
   */
  CrowdPainter(MapModel model, Inks inks, MapPainter painter) {
    this.model = model;
    this.inks = inks;
    this.painter = painter;
  }

  /** Whether there is a crowd. */
  boolean isNeeded(View view, List<Flights.Mark> packets) {
    return painter.hasManyLinks() || MapPainter.areMany(packets) || painter.hasDots(view);
  }

  /** Draws the links, if they are many, as what lies beneath. */
  void drawBelow(Raster raster, View view, Selection.Subject selected) {
    raster.clear();
    if (painter.hasManyLinks()) {
      Map<String, Point2D> places = places(view);
      int usual = Raster.ink(inks.get(Ink.LINK, 0.28));
      for (LinkMark link : model.links()) {
        Point2D from = places.get(link.from());
        Point2D to = places.get(link.to());
        boolean chosen = MapPainter.isChosen(link, selected);
        int ink =
            chosen
                ? Raster.ink(inks.get(Ink.ACCENT))
                : link.kind() == Kind.VISIBLE && !link.cut()
                    ? usual
                    : Raster.ink(inks.get(crowdInk(link), 0.3));
        int dash = link.kind() == Kind.VISIBLE && !link.cut() || chosen ? 0 : 5;
        raster.line(from.getX(), from.getY(), to.getX(), to.getY(), ink, dash);
        if (chosen) {
          raster.line(from.getX() + 1, from.getY() + 1, to.getX() + 1, to.getY() + 1, ink, dash);
        }
      }
    }
    raster.keepAsBase();
  }

  private static Ink crowdInk(LinkMark link) {
    if (link.cut()) {
      return Ink.DANGER;
    }
    return switch (link.kind()) {
      case VISIBLE, HIDDEN -> Ink.LINK;
      case ONE_SIDED -> Ink.WARNING;
      case PENDING -> Ink.QUIET;
      case NONE -> Ink.DANGER;
    };
  }

  private Map<String, Point2D> places(View view) {
    Map<String, Point2D> places = new HashMap<>();
    model
        .nodes()
        .forEach(node -> places.put(node.label(), view.place(model.placeOf(node.label()))));
    return places;
  }

  /** Draws packets, if they are many, and nodes, if they are dots, over the links. */
  void drawAbove(Raster raster, View view, List<String> selected, List<Flights.Mark> packets) {
    raster.restoreBase();
    if (MapPainter.areMany(packets)) {
      drawPackets(raster, view, packets);
    }
    if (painter.hasDots(view)) {
      int up = Raster.ink(inks.get(Ink.NODE_FILL));
      int down = Raster.ink(inks.get(Ink.NODE_DOWN));
      for (NodeMark node : model.nodes()) {
        Point2D at = view.place(model.placeOf(node.label()));
        boolean chosen = selected.contains(node.label());
        raster.disc(
            at.getX(),
            at.getY(),
            NodePainter.DOT,
            node.isUp() ? up : down,
            Raster.ink(inks.get(NodePainter.edge(node, chosen))),
            chosen ? 2.6 : 1.4);
      }
    }
    raster.show();
  }

  private void drawPackets(Raster raster, View view, List<Flights.Mark> packets) {
    Map<String, Point2D> places = places(view);
    int[] cargoInks = new int[Cargo.values().length];
    for (Cargo cargo : Cargo.values()) {
      cargoInks[cargo.ordinal()] = Raster.ink(inks.get(PacketPainter.ink(cargo)));
    }
    for (Flights.Mark mark : packets) {
      Point2D from = places.get(mark.sent().from());
      Point2D to = places.get(mark.sent().to());
      if (mark.fade() == 0 && from != null && to != null) {
        double share = mark.progress();
        raster.square(
            from.getX() + (to.getX() - from.getX()) * share,
            from.getY() + (to.getY() - from.getY()) * share,
            PACKET_DOT,
            cargoInks[mark.sent().cargo().ordinal()]);
      }
    }
  }
}
