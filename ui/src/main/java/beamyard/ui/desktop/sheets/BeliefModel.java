package beamyard.ui.desktop.sheets;

import beamyard.simulator.Observation.NodeInside;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.kernel.KernelView.GlobalName;
import beamyard.simulator.kernel.KernelView.Group;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.Selection.Nothing;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What each node believes, side by side: who is up, global names, group members. What nodes disagree on is marked. */
public final class BeliefModel extends SheetModel {
  private static final String NOTHING = "—";

  public BeliefModel(YardModel yard) {
    super(yard);
  }

  @Override
  public void setLookedAt(boolean is) {
    if (!is) {
      yard().watch(this, List.of());
    }
    super.setLookedAt(is);
  }

  @Override
  Sheet make(Update update) {
    yard().watch(this, yard().labels());
    List<NodeSeen> nodes = update.observation().nodes();
    if (nodes.isEmpty()) {
      return Sheet.EMPTY;
    }
    return new Sheet(
        List.of(
            whoSeesWhom(nodes), names(nodes, update.insides()), groups(nodes, update.insides())));
  }

  private static List<String> columns(String first, List<NodeSeen> nodes) {
    var columns = new ArrayList<String>();
    columns.add(first);
    nodes.forEach(node -> columns.add(TermText.shortName(node.label())));
    return columns;
  }

  // Who is up.

  static Part whoSeesWhom(List<NodeSeen> nodes) {
    var rows = new ArrayList<Row>();
    for (NodeSeen observer : nodes) {
      var cells = new ArrayList<Cell>();
      cells.add(Cell.plain(TermText.shortName(observer.label())));
      for (NodeSeen other : nodes) {
        cells.add(sight(observer, other));
      }
      rows.add(new Row(new Selection.OfNode(observer.label()), cells));
    }
    return new Part(
        "Who sees whom",
        "Each row is what one node takes for true. ● sees it up, ○ does not; ≠ the other does not see it likewise.",
        columns("", nodes),
        rows);
  }

  private static Cell sight(NodeSeen observer, NodeSeen other) {
    if (observer == other) {
      return new Cell("·", Tone.QUIET);
    }
    if (!observer.isUp()) {
      return new Cell("", Tone.QUIET);
    }
    boolean sees = sees(observer, other);
    boolean seen = other.isUp() && sees(other, observer);
    String sign = sees ? "●" : "○";
    if (sees != seen) {
      return new Cell(sign + (other.isUp() ? "" : " is down"), Tone.DISPUTED);
    }
    return new Cell(sign, sees ? Tone.GOOD : Tone.QUIET);
  }

  private static boolean sees(NodeSeen observer, NodeSeen other) {
    return observer.peers().stream().filter(Peer::up).anyMatch(peer -> peer.node() == other.name());
  }

  // Names and groups.

  private static Part names(List<NodeSeen> nodes, Map<String, NodeInside> insides) {
    return beliefs(
        "Global names",
        "Nobody has registered a global name.",
        nodes,
        insides,
        inside -> {
          var held = new LinkedHashMap<String, String>();
          for (GlobalName name : inside.kernel().names()) {
            held.put(TermText.of(name.name(), 40), TermText.processOfNode(name.pid()));
          }
          return held;
        });
  }

  private static Part groups(List<NodeSeen> nodes, Map<String, NodeInside> insides) {
    return beliefs(
        "Process groups (:pg)",
        "There is no process group.",
        nodes,
        insides,
        inside -> {
          var held = new LinkedHashMap<String, String>();
          for (Group group : inside.kernel().groups()) {
            String scope = group.scope().name().equals("pg") ? "" : group.scope().name() + " / ";
            held.put(
                scope + TermText.of(group.name(), 40),
                String.join(
                    ", ", group.members().stream().map(TermText::processOfNode).sorted().toList()));
          }
          return held;
        });
  }

  private static Part beliefs(
      String title,
      String none,
      List<NodeSeen> nodes,
      Map<String, NodeInside> insides,
      Function<NodeInside, Map<String, String>> reader) {
    Map<String, Map<String, String>> byNode = new LinkedHashMap<>();
    var subjects = new LinkedHashSet<String>();
    for (NodeSeen node : nodes) {
      NodeInside inside = insides.get(node.label());
      if (inside != null) {
        Map<String, String> held = reader.apply(inside);
        byNode.put(node.label(), held);
        subjects.addAll(held.keySet());
      }
    }
    var rows = new ArrayList<Row>();
    for (String subject : subjects) {
      Map<String, Long> counts = new LinkedHashMap<>();
      byNode
          .values()
          .forEach(held -> counts.merge(held.getOrDefault(subject, NOTHING), 1L, Long::sum));
      long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
      boolean oneMost = counts.values().stream().filter(count -> count == most).count() == 1;
      var cells = new ArrayList<Cell>();
      cells.add(Cell.plain(subject));
      for (NodeSeen node : nodes) {
        Map<String, String> held = byNode.get(node.label());
        if (held == null) {
          cells.add(new Cell("", Tone.QUIET));
          continue;
        }
        String value = held.getOrDefault(subject, NOTHING);
        boolean agrees = counts.size() == 1 || oneMost && counts.get(value) == most;
        cells.add(new Cell(value, agrees ? Tone.PLAIN : Tone.DISPUTED));
      }
      rows.add(new Row(new Nothing(), cells));
    }
    return new Part(
        title, rows.isEmpty() ? none : "", rows.isEmpty() ? List.of() : columns("", nodes), rows);
  }
}
