package beamyard.ui.desktop.sheets;

import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.spacetime.SpaceTimeModel;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.Selection.OfHappening;
import beamyard.ui.desktop.yard.Selection.OfLink;
import beamyard.ui.desktop.yard.Selection.OfNode;
import beamyard.ui.desktop.yard.Selection.OfNodes;
import beamyard.ui.desktop.yard.Selection.OfProcess;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.List;

/** What is selected, from inside, at the time cursor. */
public final class InspectorModel extends SheetModel {
  private final SpaceTimeModel spaceTime;

  public InspectorModel(YardModel yard, SpaceTimeModel spaceTime) {
    super(yard);
    this.spaceTime = spaceTime;
    yard.selection().subjectProperty().subscribe(this::refresh);
  }

  @Override
  Sheet make(Update update) {
    yard().watch(this, isLookedAt() ? yard().selection().nodes() : List.of());
    return switch (yard().selection().get()) {
      case OfNode(String label) ->
          yard().node(label).map(node -> NodeSheet.of(node, update)).orElse(Sheet.EMPTY);
      case OfNodes(List<String> labels) ->
          new Sheet(
              List.of(
                  new Part(
                      labels.size() + " nodes",
                      "X cuts them off from the others; K, P and R kill, pause and restart them.",
                      List.of(),
                      labels.stream()
                          .map(label -> new Row(new OfNode(label), List.of(Cell.plain(label))))
                          .toList())));
      case OfProcess(String node, String pid) -> ProcessSheet.of(node, pid, update);
      case OfLink(String from, String to) -> LinkSheet.of(from, to, yard(), update);
      case OfHappening(Happening happening) ->
          HappeningSheet.of(happening, yard().log(), spaceTime);
      case Selection.Nothing _ ->
          new Sheet(
              List.of(
                  new Part(
                      "Nothing is selected",
                      "Click on a node, a link, an arrow or a line of the log; G goes from node to node.",
                      List.of(),
                      List.of())));
    };
  }
}
