package beamyard.ui.desktop.sheets;

import beamyard.lessons.shell.NodeInsight;
import beamyard.lessons.shell.NodeInsight.Call;
import beamyard.lessons.shell.NodeInsight.Table;
import beamyard.simulator.Observation.NodeInside;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.simulator.Observation.ProcessSeen;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.sheets.Sheet.Cell;
import beamyard.ui.desktop.sheets.Sheet.Extent;
import beamyard.ui.desktop.sheets.Sheet.Part;
import beamyard.ui.desktop.sheets.Sheet.Row;
import beamyard.ui.desktop.sheets.Sheet.Tone;
import beamyard.ui.desktop.yard.Selection.OfLink;
import beamyard.ui.desktop.yard.Selection.OfProcess;
import beamyard.ui.desktop.yard.Update;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A node from outside and from inside. */
final class NodeSheet {
  private static final int MOST_PEERS = 16;
  private static final int MOST_PROCESSES = 100;
  private static final int MOST_OBJECTS = 8;

  private NodeSheet() {}

  static Sheet of(NodeSeen node, Update update) {
    var facts = new ArrayList<Row>();
    facts.add(Row.of("state", node.state().name().toLowerCase(Locale.ROOT)));
    facts.add(Row.of("host", node.host()));
    if (node.isUp()) {
      facts.add(Row.of("cookie", node.cookie()));
    }
    facts.add(Row.of("visibility", node.visibility() == Visibility.HIDDEN ? "hidden" : "visible"));
    facts.add(Row.of("incarnation", String.valueOf(node.incarnation())));
    var parts = new ArrayList<Part>();
    parts.add(new Part(node.label(), "", List.of(), facts));
    parts.add(
        new Part(
            "Connections",
            node.peers().isEmpty() ? "It is connected to nobody." : "",
            List.of(),
            peers(node)));
    NodeInsight insight = update.insights().getOrDefault(node.label(), NodeInsight.NONE);
    Optional.ofNullable(update.insides().get(node.label()))
        .ifPresent(inside -> addInside(parts, inside, insight));
    addInsight(parts, insight);
    return new Sheet(parts);
  }

  /** Those that are not up come first: they are what one looks for among many. */
  private static List<Row> peers(NodeSeen node) {
    List<Row> rows =
        new ArrayList<>(
            node.peers().stream()
                .sorted(Comparator.comparing(Peer::up))
                .limit(MOST_PEERS)
                .map(peer -> peer(node, peer))
                .toList());
    int rest = node.peers().size() - rows.size();
    if (rest > 0) {
      rows.add(Row.of("and " + rest + " more", ""));
    }
    return rows;
  }

  private static Row peer(NodeSeen node, Peer peer) {
    String state =
        !peer.up()
            ? "connecting, " + peer.bufferedSignals() + " signals wait"
            : peer.visible() ? "up" : "up, hidden";
    return new Row(
        new OfLink(node.label(), peer.node().name()),
        List.of(
            Cell.plain(peer.node().name()), new Cell(state, peer.up() ? Tone.GOOD : Tone.WARNING)));
  }

  private static void addInside(List<Part> parts, NodeInside inside, NodeInsight insight) {
    List<ProcessSeen> own =
        inside.processes().stream().filter(process -> !isOfKernel(process)).toList();
    List<ProcessSeen> kernel = inside.processes().stream().filter(NodeSheet::isOfKernel).toList();
    parts.add(processes("Processes", inside.label(), own, insight, Extent.OPEN));
    parts.add(processes("Processes of the kernel", inside.label(), kernel, insight, Extent.FOLDED));
    if (!inside.kernel().names().isEmpty()) {
      parts.add(
          new Part(
              "Global names",
              "",
              List.of(),
              inside.kernel().names().stream()
                  .map(
                      name ->
                          Row.of(TermText.of(name.name(), 30), TermText.processOfNode(name.pid())))
                  .toList()));
    }
  }

  /** Started with the node; the learner's own come later. */
  private static boolean isOfKernel(ProcessSeen process) {
    return process.pid().number() < 104;
  }

  /** Of very many processes the oldest: those that the learner knows began before the others. */
  private static Part processes(
      String title, String node, List<ProcessSeen> processes, NodeInsight insight, Extent extent) {
    int count = processes.size();
    return new Part(
        title,
        processes.isEmpty()
            ? "There are none."
            : count > MOST_PROCESSES ? "The first " + MOST_PROCESSES + " of " + count + "." : "",
        processes.isEmpty() ? List.of() : List.of("pid", "mail", "name or call"),
        processes.stream()
            .limit(MOST_PROCESSES)
            .map(process -> row(node, process, insight))
            .toList(),
        extent);
  }

  private static Row row(String node, ProcessSeen process, NodeInsight insight) {
    return new Row(
        new OfProcess(node, TermText.process(process.pid())),
        List.of(
            new Cell(TermText.process(process.pid()), Tone.CODE),
            new Cell(
                String.valueOf(process.messages().size()),
                process.messages().isEmpty() ? Tone.QUIET : Tone.WARNING),
            Cell.plain(known(process, insight))));
  }

  /** Of a process that began as a function without a name it says more where it is than how it began. */
  private static String known(ProcessSeen process, NodeInsight insight) {
    List<Call> stack = insight.stacks().getOrDefault(process.pid(), List.of());
    boolean nameless =
        process.registeredName().isEmpty()
            && process.initialCall().module().name().equals("erlang")
            && process.initialCall().function().name().equals("apply");
    return nameless && !stack.isEmpty()
        ? "in " + ProcessSheet.called(stack.getFirst())
        : nameOf(process);
  }

  static String nameOf(ProcessSeen process) {
    return process
        .registeredName()
        .map(name -> withoutPrefix(name.name()))
        .orElseGet(
            () ->
                withoutPrefix(process.initialCall().module().name())
                    + "."
                    + process.initialCall().function().name()
                    + "/"
                    + process.initialCall().arity());
  }

  /** A name as Elixir has it. */
  private static String withoutPrefix(String name) {
    return name.replaceFirst("^Elixir\\.", "");
  }

  private static void addInsight(List<Part> parts, NodeInsight insight) {
    if (!insight.modules().isEmpty()) {
      parts.add(
          new Part(
              "Modules of its own",
              "",
              List.of(),
              insight.modules().stream()
                  .map(
                      module ->
                          Row.of(
                              new Cell(TermText.of(module.name()), Tone.CODE),
                              new Cell(module.file(), Tone.QUIET)))
                  .toList()));
    }
    for (Table table : insight.tables()) {
      parts.add(table(table));
    }
    if (!insight.files().isEmpty()) {
      parts.add(
          new Part(
              "Files of its host",
              "",
              List.of(),
              insight.files().stream()
                  .map(
                      file ->
                          Row.of(
                              new Cell(file.path(), Tone.CODE),
                              new Cell(file.bytes() + " bytes", Tone.QUIET)))
                  .toList()));
    }
  }

  private static Part table(Table table) {
    int objects = table.objects().size();
    String note =
        table.type()
            + ", "
            + table.protection()
            + ", of "
            + TermText.process(table.owner())
            + ", "
            + (objects == 1 ? "1 object" : objects + " objects");
    return new Part(
        "Table " + TermText.of(table.name()),
        note,
        List.of(),
        table.objects().stream()
            .limit(MOST_OBJECTS)
            .map(object -> Row.of(new Cell(TermText.of(object, 80), Tone.CODE)))
            .toList());
  }
}
