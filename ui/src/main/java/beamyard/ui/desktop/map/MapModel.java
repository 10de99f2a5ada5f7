package beamyard.ui.desktop.map;

import beamyard.simulator.Node.State;
import beamyard.simulator.Observation;
import beamyard.simulator.Observation.Cut;
import beamyard.simulator.Observation.NodeSeen;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.ui.desktop.map.LinkNotes.Note;
import beamyard.ui.desktop.run.TermText;
import beamyard.ui.desktop.run.YardFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;

/** What the cluster map shows, and where: its nodes and links, the sides of a partition, and what stands beside links. */
public final class MapModel {
  /** How much of what is left of a change of the shading is done between two frames, as nodes move. */
  private static final double SHADING = 0.14;

  private static final double SHADED = 0.98;

  private final MapLayout layout = new MapLayout();
  private Observation shown = Observation.EMPTY;
  private List<NodeMark> nodes = List.of();
  private List<LinkMark> links = List.of();
  private List<List<String>> sides = List.of();
  private Set<Cut> cuts = Set.of();
  private List<Note> notes = List.of();
  private long version;

  /** The sides that are shaded: those of a partition that is healed until it has faded. */
  private List<List<String>> shaded = List.of();

  private double shading;

  /**
   * A node on the map.
   *
   * @param caption what stands under its name
   */
  record NodeMark(String label, String name, String caption, State state) {
    boolean isUp() {
      return state == State.RUNNING || state == State.PAUSED || state == State.STOPPING;
    }
  }

  /** A connection between two nodes, or a cut path where there is none. */
  record LinkMark(String from, String to, Kind kind, boolean cut) {}

  /** Kinds of links. */
  enum Kind {
    VISIBLE,
    HIDDEN,
    /** Open on one side only. */
    ONE_SIDED,
    /** Being made. */
    PENDING,
    /** No connection: it is drawn because its path is cut. */
    NONE
  }

  List<NodeMark> nodes() {
    return nodes;
  }

  List<LinkMark> links() {
    return links;
  }

  /** The sides of the partition; empty if all nodes reach each other, directly or not. */
  public List<List<String>> sides() {
    return sides;
  }

  /** What stands beside links. */
  public List<Note> notes() {
    return notes;
  }

  void showNotes(List<Note> next) {
    if (!next.equals(notes)) {
      notes = next;
      version++;
    }
  }

  /** The sides as they are shaded: those of a partition that is healed fade away. */
  List<List<String>> shadedSides() {
    return shaded;
  }

  /** How strongly they are shaded, from 0 to 1. */
  double shading() {
    return shading;
  }

  /** Where a partition in two passes between its sides; empty if it is none, or lets anything through. */
  Optional<Seam> seam() {
    if (sides.size() != 2) {
      return Optional.empty();
    }
    for (String one : sides.getFirst()) {
      for (String other : sides.getLast()) {
        if (!isCut(one, other) || !isCut(other, one)) {
          return Optional.empty();
        }
      }
    }
    return Seam.between(
        sides.getFirst().stream().map(this::placeOf).toList(),
        sides.getLast().stream().map(this::placeOf).toList());
  }

  /** How far from one node to another a packet comes: the whole way is 1, and less where their path is cut. */
  double cutAt(String from, String to, Optional<Seam> seam) {
    if (!isCut(from, to)) {
      return 1;
    }
    return seam.map(line -> line.share(placeOf(from), placeOf(to))).orElse(0.5);
  }

  boolean isCut(String from, String to) {
    return !cuts.isEmpty() && cuts.contains(new Cut(from, to));
  }

  /** Changes with what is drawn beneath the nodes, and with their places. */
  public long version() {
    return version;
  }

  /** Shows the yard of an instant. */
  void show(Observation observation) {
    if (observation == shown
        || observation.cuts().equals(shown.cuts()) && looksTheSame(observation.nodes())) {
      return;
    }
    shown = observation;
    List<NodeMark> nextNodes = marks(observation.nodes());
    Set<Cut> nextCuts = new HashSet<>(observation.cuts());
    List<LinkMark> nextLinks = links(observation.nodes(), nextCuts);
    boolean others = !labels(nextNodes).equals(labels(nodes)) || !nextCuts.equals(cuts);
    if (!nextLinks.equals(links) || !nextNodes.equals(nodes) || others) {
      version++;
    }
    nodes = nextNodes;
    links = nextLinks;
    cuts = nextCuts;
    if (others) {
      sides = cuts.isEmpty() ? List.of() : sides(labels(nodes));
      shaded = sides.isEmpty() ? shaded : sides;
      layout.arrange(labels(nodes), sides);
      version++;
    }
  }

  /** Whether the map of these nodes is that of the nodes shown: how much they said to each other is not on it. */
  private boolean looksTheSame(List<NodeSeen> next) {
    List<NodeSeen> before = shown.nodes();
    if (next.size() != before.size()) {
      return false;
    }
    for (int i = 0; i < next.size(); i++) {
      if (!looksTheSame(before.get(i), next.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean looksTheSame(NodeSeen before, NodeSeen next) {
    List<Peer> peers = next.peers();
    if (before.incarnation() != next.incarnation()
        || before.state() != next.state()
        || before.peers().size() != peers.size()
        || !before.name().equals(next.name())
        || !before.cookie().equals(next.cookie())) {
      return false;
    }
    for (int i = 0; i < peers.size(); i++) {
      Peer one = before.peers().get(i);
      Peer other = peers.get(i);
      if (one.up() != other.up()
          || one.visible() != other.visible()
          || !one.node().equals(other.node())) {
        return false;
      }
    }
    return true;
  }

  private static List<String> labels(List<NodeMark> marks) {
    return marks.stream().map(NodeMark::label).toList();
  }

  /** What captions tell of nodes that run: only what differs between nodes, or changes. */
  private enum Told {
    HOST,
    PEERS,
    COOKIE
  }

  private static List<NodeMark> marks(List<NodeSeen> seen) {
    var told = EnumSet.noneOf(Told.class);
    if (seen.size() == 1 || differ(seen.stream().map(NodeSeen::host))) {
      told.add(Told.HOST);
    }
    if (seen.size() > 1) {
      told.add(Told.PEERS);
    }
    if (differ(
        seen.stream()
            .filter(NodeSeen::isUp)
            .map(NodeSeen::cookie)
            .filter(cookie -> !cookie.equals("nocookie")))) {
      told.add(Told.COOKIE);
    }
    return seen.stream().map(node -> mark(node, told)).toList();
  }

  private static boolean differ(Stream<String> values) {
    return values.distinct().count() > 1;
  }

  private static NodeMark mark(NodeSeen node, Set<Told> told) {
    int at = node.label().indexOf('@');
    String name = at < 0 ? node.label() : node.label().substring(0, at);
    var caption = new ArrayList<String>();
    switch (node.state()) {
      case RUNNING -> {
        if (told.contains(Told.HOST)) {
          caption.add(node.host());
        }
        if (told.contains(Told.PEERS)) {
          caption.add(sees(node.peers().stream().filter(Peer::up).count()));
        }
      }
      case BOOTING -> caption.add("starting");
      case PAUSED -> caption.add("paused");
      case STOPPING -> caption.add("stopping");
      case DOWN -> caption.add("down");
      case NOT_STARTED -> caption.add("name taken");
    }
    if (node.visibility() == Visibility.HIDDEN) {
      caption.add("hidden");
    }
    if (told.contains(Told.COOKIE) && node.isUp()) {
      caption.add("cookie " + TermText.shortened(node.cookie(), 10));
    }
    return new NodeMark(node.label(), name, String.join(" · ", caption), node.state());
  }

  private static String sees(long others) {
    return others == 0
        ? "sees nobody"
        : others == 1 ? "sees 1 other" : "sees " + others + " others";
  }

  private static List<LinkMark> links(List<NodeSeen> nodes, Set<Cut> cuts) {
    List<Map<String, Peer>> peers = new ArrayList<>();
    for (NodeSeen node : nodes) {
      var byName = new LinkedHashMap<String, Peer>();
      node.peers().forEach(peer -> byName.put(peer.node().name(), peer));
      peers.add(byName);
    }
    var links = new ArrayList<LinkMark>();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        NodeSeen one = nodes.get(i);
        NodeSeen other = nodes.get(j);
        Peer there = peers.get(i).get(other.name().name());
        Peer back = peers.get(j).get(one.name().name());
        boolean cut =
            !cuts.isEmpty()
                && (cuts.contains(new Cut(one.label(), other.label()))
                    || cuts.contains(new Cut(other.label(), one.label())));
        if (there == null && back == null && !(cut && one.isUp() && other.isUp())) {
          continue;
        }
        links.add(new LinkMark(one.label(), other.label(), kind(there, back), cut));
      }
    }
    return links;
  }

  private static Kind kind(@Nullable Peer there, @Nullable Peer back) {
    boolean up = there != null && there.up();
    boolean upBack = back != null && back.up();
    if (there != null && back != null && up && upBack) {
      return there.visible() && back.visible() ? Kind.VISIBLE : Kind.HIDDEN;
    }
    if (up || upBack) {
      return Kind.ONE_SIDED;
    }
    return there != null || back != null ? Kind.PENDING : Kind.NONE;
  }

  /** Nodes that reach each other are of one side. */
  private List<List<String>> sides(List<String> labels) {
    var left = new ArrayList<>(labels);
    var found = new ArrayList<List<String>>();
    while (!left.isEmpty()) {
      var side = new ArrayList<String>();
      side.add(left.removeFirst());
      for (int i = 0; i < side.size(); i++) {
        String member = side.get(i);
        var reached =
            left.stream().filter(other -> !isCut(member, other) && !isCut(other, member)).toList();
        side.addAll(reached);
        left.removeAll(reached);
      }
      found.add(side.stream().sorted(Comparator.comparingInt(labels::indexOf)).toList());
    }
    return found.size() > 1 ? List.copyOf(found) : List.of();
  }

  // Places.

  void setTextScale(double scale) {
    note(layout.setTextScale(scale));
  }

  void setSize(double width, double height) {
    note(layout.setSize(width, height));
  }

  /** How much larger than usual nodes are drawn: as there is room. */
  double magnification() {
    return layout.magnification();
  }

  private void note(boolean changed) {
    if (changed) {
      version++;
    }
  }

  /** Where a node stands now; the middle for one that is not on the map. */
  public Point2D placeOf(String label) {
    return layout.placeOf(label);
  }

  /** Puts a node somewhere, where it stays. */
  void pin(String label, Point2D place) {
    layout.pin(label, place);
    version++;
  }

  /** Whether somebody has put the node where it is. */
  public boolean isPinned(String label) {
    return layout.isPinned(label);
  }

  /** Where nodes were put. */
  public Map<String, Point2D> pins() {
    return layout.pins();
  }

  /** Puts nodes somewhere, those that are not there yet as soon as they are. */
  public void awaitAt(List<YardFile.Place> all) {
    layout.awaitAt(all);
    version++;
  }

  /** From now on something is put elsewhere, which can be undone in one go. */
  void beginChange() {
    layout.beginChange();
  }

  /** Undoes the last change of places; without effect if there is none. */
  void undo() {
    note(layout.undo());
  }

  /** Lets all nodes go back to where the map would put them. */
  void unpinAll() {
    note(layout.unpinAll());
  }

  /**
   * Moves nodes some way to where they should be, and lets the shading of sides come or go.
   *
   * @param share of the rest of the way, from 0 to 1
   * @return whether any has moved
   */
  boolean move(double share) {
    boolean moved = layout.move(share) | shade();
    note(moved);
    return moved;
  }

  private boolean shade() {
    double goal = sides.isEmpty() ? 0 : 1;
    if (shading == goal) {
      return false;
    }
    double left = (goal - shading) * (1 - SHADING);
    shading = Math.abs(left) > 1 - SHADED ? goal - left : goal;
    if (shading == 0) {
      shaded = List.of();
    }
    return true;
  }
}
