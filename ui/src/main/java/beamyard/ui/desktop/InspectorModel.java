package beamyard.ui.desktop;

import beamyard.simulator.Observation.NodeInside;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.simulator.Observation.ProcessSeen;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.term.Pid;
import beamyard.ui.desktop.Happening.LockTurn;
import beamyard.ui.desktop.Happening.Lost;
import beamyard.ui.desktop.Happening.Moment;
import beamyard.ui.desktop.Happening.Sent;
import beamyard.ui.desktop.Selection.OfHappening;
import beamyard.ui.desktop.Selection.OfLink;
import beamyard.ui.desktop.Selection.OfNode;
import beamyard.ui.desktop.Selection.OfNodes;
import beamyard.ui.desktop.Selection.OfProcess;
import beamyard.ui.desktop.Sheet.Cell;
import beamyard.ui.desktop.Sheet.Part;
import beamyard.ui.desktop.Sheet.Row;
import beamyard.ui.desktop.Sheet.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is selected, from inside, at the time cursor. */
final class InspectorModel extends SheetModel {
  private static final int MOST_MESSAGES = 30;
  private static final int MOST_PACKETS = 14;
  private static final int MOST_PEERS = 16;

  private final SpaceTimeModel spaceTime;

  InspectorModel(YardModel yard, SpaceTimeModel spaceTime) {
    super(yard);
    this.spaceTime = spaceTime;
    yard.selection().subjectProperty().subscribe(this::refresh);
  }

  @Override
  Sheet make(Update update) {
    yard().watch(this, isLookedAt() ? yard().selection().nodes() : List.of());
    return switch (yard().selection().get()) {
      case OfNode(String label) ->
          yard().node(label).map(node -> node(node, update)).orElse(Sheet.EMPTY);
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
      case OfProcess(String node, String pid) -> process(node, pid, update);
      case OfLink(String from, String to) -> link(from, to, update);
      case OfHappening(Happening happening) -> happening(happening);
      case Selection.Nothing _ ->
          new Sheet(
              List.of(
                  new Part(
                      "Nothing is selected",
                      "Click on a node, a link, an arrow or a line of the log.",
                      List.of(),
                      List.of())));
    };
  }

  // A node.

  private static Sheet node(NodeSeen node, Update update) {
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
    Optional.ofNullable(update.insides().get(node.label()))
        .ifPresent(inside -> addInside(parts, inside));
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

  private static void addInside(List<Part> parts, NodeInside inside) {
    List<ProcessSeen> own =
        inside.processes().stream().filter(process -> !isOfKernel(process)).toList();
    List<ProcessSeen> kernel =
        inside.processes().stream().filter(InspectorModel::isOfKernel).toList();
    parts.add(processes("Processes", inside.label(), own));
    parts.add(processes("Of the kernel", inside.label(), kernel));
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

  private static Part processes(String title, String node, List<ProcessSeen> processes) {
    return new Part(
        title,
        processes.isEmpty() ? "There are none." : "",
        processes.isEmpty() ? List.of() : List.of("pid", "mail", "name or call"),
        processes.stream()
            .map(
                process ->
                    new Row(
                        new OfProcess(node, TermText.process(process.pid())),
                        List.of(
                            new Cell(TermText.process(process.pid()), Tone.CODE),
                            new Cell(
                                String.valueOf(process.messages().size()),
                                process.messages().isEmpty() ? Tone.QUIET : Tone.WARNING),
                            Cell.plain(nameOf(process)))))
            .toList());
  }

  static String nameOf(ProcessSeen process) {
    return process
        .registeredName()
        .map(name -> name.name())
        .orElseGet(
            () ->
                process.initialCall().module().name().replaceFirst("^Elixir\\.", "")
                    + "."
                    + process.initialCall().function().name()
                    + "/"
                    + process.initialCall().arity());
  }

  // A process.

  private static Sheet process(String node, String pid, Update update) {
    Optional<ProcessSeen> found =
        Optional.ofNullable(update.insides().get(node)).stream()
            .flatMap(inside -> inside.processes().stream())
            .filter(process -> TermText.process(process.pid()).equals(pid))
            .findFirst();
    var back = new Row(new OfNode(node), List.of(new Cell("‹ " + node, Tone.QUIET)));
    if (found.isEmpty()) {
      return new Sheet(
          List.of(new Part(pid, "It is not there at this instant.", List.of(), List.of(back))));
    }
    ProcessSeen process = found.get();
    var parts = new ArrayList<Part>();
    parts.add(
        new Part(
            nameOf(process),
            "",
            List.of(),
            List.of(
                back,
                Row.of("pid", pid),
                Row.of("status", process.status().name().toLowerCase(Locale.ROOT)),
                Row.of("traps exits", process.trapsExits() ? "yes" : "no"),
                Row.of("group leader", TermText.processOfNode(process.groupLeader())),
                Row.of("reductions", String.valueOf(process.reductions())))));
    parts.add(
        new Part(
            "Mailbox",
            process.messages().isEmpty() ? "It is empty." : "",
            List.of(),
            process.messages().stream()
                .limit(MOST_MESSAGES)
                .map(message -> Row.of(new Cell(TermText.of(message, 200), Tone.CODE)))
                .toList()));
    parts.add(pids("Links", process.links()));
    parts.add(
        new Part(
            "Monitors",
            process.monitors().isEmpty() ? "None." : "",
            List.of(),
            process.monitors().stream()
                .map(term -> Row.of(new Cell(TermText.of(term, 60), Tone.CODE)))
                .toList()));
    parts.add(pids("Monitored by", process.monitoredBy()));
    String dictionary = TermText.of(process.dictionary(), 400);
    parts.add(
        new Part("Dictionary", "", List.of(), List.of(Row.of(new Cell(dictionary, Tone.CODE)))));
    return new Sheet(parts);
  }

  private static Part pids(String title, List<Pid> pids) {
    return new Part(
        title,
        pids.isEmpty() ? "None." : "",
        List.of(),
        pids.stream()
            .map(
                pid ->
                    new Row(
                        new OfProcess(pid.node().name(), TermText.process(pid)),
                        List.of(new Cell(TermText.processOfNode(pid), Tone.CODE))))
            .toList());
  }

  // A link.

  private Sheet link(String from, String to, Update update) {
    var facts = new ArrayList<Row>();
    facts.add(Row.of(from + " sees it", seen(from, to)));
    facts.add(Row.of(to + " sees it", seen(to, from)));
    boolean cut =
        update.observation().cuts().stream()
            .anyMatch(
                each ->
                    each.from().equals(from) && each.to().equals(to)
                        || each.from().equals(to) && each.to().equals(from));
    facts.add(
        Row.of(
            new Cell("network", Tone.QUIET),
            cut ? new Cell("cut", Tone.WARNING) : new Cell("open", Tone.GOOD)));
    var packets = new ArrayList<Row>();
    List<Happening> all = yard().log().all();
    int sent = 0;
    for (int i = yard().log().countUntil(update.cursor()) - 1; i >= 0; i--) {
      if (all.get(i).what() instanceof Sent each && isBetween(each, from, to)) {
        sent++;
        if (packets.size() < MOST_PACKETS) {
          packets.add(
              new Row(
                  new OfHappening(all.get(i)),
                  List.of(
                      new Cell(Times.instant(all.get(i).atNanos()), Tone.QUIET),
                      Cell.plain("→ " + TermText.shortName(each.to()) + "  " + each.text()))));
        }
      }
    }
    facts.add(Row.of("packets", String.valueOf(sent)));
    return new Sheet(
        List.of(
            new Part(
                TermText.shortName(from) + " — " + TermText.shortName(to), "", List.of(), facts),
            new Part("Latest packets", "", List.of(), packets)));
  }

  private static boolean isBetween(Sent sent, String one, String other) {
    return sent.from().equals(one) && sent.to().equals(other)
        || sent.from().equals(other) && sent.to().equals(one);
  }

  private String seen(String from, String to) {
    return yard()
        .node(from)
        .flatMap(
            node -> node.peers().stream().filter(peer -> peer.node().name().equals(to)).findFirst())
        .map(peer -> peer.up() ? "up" : "connecting")
        .orElse("not connected");
  }

  // Something that happened.

  private Sheet happening(Happening happening) {
    var facts = new ArrayList<Row>();
    facts.add(Row.of("at", Times.instant(happening.atNanos())));
    String title;
    String detail;
    switch (happening.what()) {
      case Sent sent -> {
        title = sent.cargo().name().toLowerCase(Locale.ROOT);
        facts.add(Row.of("from", sent.from() + "  " + sent.fromProcess()));
        facts.add(Row.of("to", sent.to() + "  " + sent.toProcess()));
        facts.add(Row.of("fate", fate(sent)));
        String clock =
            CausalCone.clock(spaceTime.arrows(), sent.transfer()).entrySet().stream()
                .map(each -> TermText.shortName(each.getKey()) + " " + each.getValue())
                .collect(Collectors.joining(", "));
        if (!clock.isEmpty()) {
          facts.add(Row.of("vector clock", clock));
        }
        detail = PacketText.full(sent.packet());
      }
      case Moment moment -> {
        title = moment.text();
        facts.add(Row.of("node", moment.node().isEmpty() ? "all" : moment.node()));
        detail = moment.detail().get();
      }
      case LockTurn turn -> {
        title = "lock " + turn.resource();
        detail = turn.requester() + " " + turn.turn().name().toLowerCase(Locale.ROOT);
      }
      case Lost _ -> {
        title = "a packet is lost";
        detail = "";
      }
      case Happening.Arrived _ -> {
        title = "a packet arrives";
        detail = "";
      }
    }
    var parts = new ArrayList<Part>();
    parts.add(new Part(title, "", List.of(), facts));
    if (!detail.isEmpty()) {
      parts.add(
          new Part(
              "In full",
              "",
              List.of(),
              List.of(Row.of(new Cell(TermText.shortened(detail, 2_000), Tone.CODE)))));
    }
    return new Sheet(parts);
  }

  private String fate(Sent sent) {
    return spaceTime.arrows().stream()
        .filter(arrow -> arrow.sent().transfer() == sent.transfer())
        .findFirst()
        .map(
            arrow ->
                switch (arrow.fate()) {
                  case DELIVERED ->
                      "arrived after "
                          + Times.duration(arrow.endNanos() - arrow.happening().atNanos());
                  case LOST -> "lost";
                  case UNDER_WAY -> "under way";
                })
        .orElse("");
  }
}
