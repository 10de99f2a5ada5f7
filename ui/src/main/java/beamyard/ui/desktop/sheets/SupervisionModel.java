package beamyard.ui.desktop.sheets;

import beamyard.simulator.Observation.NodeInside;
import beamyard.simulator.Observation.ProcessSeen;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.Update;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The supervision trees of all nodes, as OTP's processes tell of their ancestors; those without are roots. */
public final class SupervisionModel extends SheetModel {
  private static final Atom ANCESTORS = Atom.of("$ancestors");

  public SupervisionModel(YardModel yard) {
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
    var parts = new ArrayList<Part>();
    for (NodeInside inside : update.insides().values()) {
      List<Row> rows = rows(inside);
      parts.add(
          new Part(
              inside.label(),
              rows.isEmpty()
                  ? "Nothing is supervised here: only the kernel and the shell run."
                  : "",
              List.of(),
              rows));
    }
    return new Sheet(parts);
  }

  static List<Row> rows(NodeInside inside) {
    Map<Pid, ProcessSeen> byPid = new LinkedHashMap<>();
    Map<Term, Pid> byName = new LinkedHashMap<>();
    for (ProcessSeen process : inside.processes()) {
      byPid.put(process.pid(), process);
      process.registeredName().ifPresent(name -> byName.put(name, process.pid()));
    }
    Map<Pid, List<Pid>> children = new LinkedHashMap<>();
    Set<Pid> grown = new LinkedHashSet<>();
    for (ProcessSeen process : inside.processes()) {
      parent(process, byName)
          .filter(byPid::containsKey)
          .ifPresent(
              parent -> {
                children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(process.pid());
                grown.add(process.pid());
              });
    }
    var rows = new ArrayList<Row>();
    for (Pid root : children.keySet()) {
      if (!grown.contains(root)) {
        add(rows, inside.label(), root, byPid, children, 0);
      }
    }
    return rows;
  }

  private static Optional<Pid> parent(ProcessSeen process, Map<Term, Pid> byName) {
    return Optional.ofNullable(process.dictionary().get(ANCESTORS))
        .filter(ListTerm.class::isInstance)
        .map(list -> ((ListTerm) list).toList())
        .filter(list -> !list.isEmpty())
        .map(List::getFirst)
        .map(first -> first instanceof Pid pid ? pid : byName.get(first));
  }

  private static void add(
      List<Row> rows,
      String node,
      Pid pid,
      Map<Pid, ProcessSeen> byPid,
      Map<Pid, List<Pid>> children,
      int depth) {
    ProcessSeen process = byPid.get(pid);
    String indent = depth == 0 ? "" : "      ".repeat(depth - 1) + "└─  ";
    rows.add(
        new Row(
            new Selection.OfProcess(node, TermText.process(pid)),
            List.of(
                Cell.plain(indent + NodeSheet.nameOf(process)),
                new Cell(TermText.process(pid), Tone.CODE))));
    if (rows.size() < 500) {
      children
          .getOrDefault(pid, List.of())
          .forEach(child -> add(rows, node, child, byPid, children, depth + 1));
    }
  }
}
