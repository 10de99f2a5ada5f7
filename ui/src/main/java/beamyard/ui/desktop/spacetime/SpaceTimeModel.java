package beamyard.ui.desktop.spacetime;

import beamyard.simulator.Observation.NodeSeen;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Happening.Arrived;
import beamyard.ui.desktop.run.Happening.Cargo;
import beamyard.ui.desktop.run.Happening.Kind;
import beamyard.ui.desktop.run.Happening.LockTurn;
import beamyard.ui.desktop.run.Happening.Lost;
import beamyard.ui.desktop.run.Happening.Moment;
import beamyard.ui.desktop.run.Happening.Sent;
import beamyard.ui.desktop.run.RunLog;
import beamyard.ui.desktop.yard.Selection;
import beamyard.ui.desktop.yard.Until;
import beamyard.ui.desktop.yard.YardModel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The space-time diagram: a lane for each node, or for each process of an unfolded one, time downwards, packets as arrows with
 * their fate. Time is drawn on a {@link TimeScale}, so all that happens can be read at one scale.
 */
public final class SpaceTimeModel {
  private static final int MOST_PROCESSES = 6;

  /** So many of the latest happenings are drawn at first, and so many arrows and notes before it begins anew. */
  private static final int MOST = 40_000;

  private final YardModel yard;
  private final List<Arrow> arrows = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final Map<Long, Arrow> byTransfer = new LinkedHashMap<>();

  /** The latest arrow of each way between two nodes. */
  private final Map<String, Arrow> latest = new LinkedHashMap<>();

  private final TimeScale scale = new TimeScale();
  private final Set<String> unfolded = new LinkedHashSet<>();
  private final Map<String, Set<String>> processes = new LinkedHashMap<>();
  private final EnumSet<Cargo> shown = EnumSet.of(Cargo.MESSAGE, Cargo.SIGNAL);
  private long version;
  private String wanted = "";
  private boolean looked;
  private boolean stale;

  /** A packet from lane to lane. */
  static final class Arrow {
    private final Happening happening;
    private final Sent sent;
    private long endNanos;
    private Fate fate = Fate.UNDER_WAY;

    private final int rank;

    Arrow(Happening happening, Sent sent, int rank) {
      this.happening = happening;
      this.sent = sent;
      this.rank = rank;
      this.endNanos = happening.atNanos();
    }

    Happening happening() {
      return happening;
    }

    Sent sent() {
      return sent;
    }

    /** How many others left at the same instant on the same way before it. */
    int rank() {
      return rank;
    }

    void end(long atNanos, Fate its) {
      endNanos = atNanos;
      fate = its;
    }

    /** When it arrived or was lost; when it was sent while it is under way. */
    long endNanos() {
      return endNanos;
    }

    Fate fate() {
      return fate;
    }
  }

  /** What became of a packet. */
  enum Fate {
    UNDER_WAY,
    DELIVERED,
    LOST
  }

  /** Something that happened on one lane, or, with an empty node, to all. */
  record Note(Happening happening, Kind kind, String node, String text) {}

  /** A column of the diagram; {@code process} is empty for that of the node itself. */
  record Lane(String node, String process) {
    String title() {
      int at = node.indexOf('@');
      return process.isEmpty() ? (at < 0 ? node : node.substring(0, at)) : process;
    }
  }

  public SpaceTimeModel(YardModel yard) {
    this.yard = yard;
    yard.log()
        .listen(
            change -> {
              if (!looked) {
                stale = true;
                return;
              }
              switch (change) {
                case RunLog.Change.Anew _ -> refill();
                case RunLog.Change.More(List<Happening> more) -> {
                  more.forEach(this::take);
                  version++;
                  if (arrows.size() + notes.size() > MOST) {
                    refill();
                  }
                }
              }
            });
  }

  /** Somebody looks at the diagram, or no longer: then nothing is done for it. */
  public void setLookedAt(boolean is) {
    looked = is;
    if (is && stale) {
      refill();
    }
  }

  /** Makes the diagram anew, of the latest that happened. */
  private void refill() {
    stale = false;
    arrows.clear();
    notes.clear();
    byTransfer.clear();
    latest.clear();
    scale.clear();
    processes.clear();
    List<Happening> all = yard.log().all();
    all.subList(Math.max(0, all.size() - MOST), all.size()).forEach(this::take);
    version++;
  }

  private void take(Happening happening) {
    switch (happening.what()) {
      case Sent sent -> {
        if (shown.contains(sent.cargo())) {
          Arrow before = latest.get(sent.from() + " " + sent.to());
          boolean together = before != null && before.happening().atNanos() == happening.atNanos();
          var arrow = new Arrow(happening, sent, together ? before.rank() + 1 : 0);
          latest.put(sent.from() + " " + sent.to(), arrow);
          arrows.add(arrow);
          byTransfer.put(sent.transfer(), arrow);
          meet(sent.from(), sent.fromProcess());
          meet(sent.to(), sent.toProcess());
          scale.mark(happening.atNanos());
        }
      }
      case Arrived(long transfer) -> end(transfer, happening.atNanos(), Fate.DELIVERED);
      case Lost(long transfer) -> end(transfer, happening.atNanos(), Fate.LOST);
      case Moment(Kind kind, String node, String text, _) -> {
        boolean worthy =
            switch (kind) {
              case NODE, FAULT, CUT, HEALED, INPUT, CONNECTION -> true;
              case PROCESS, NAME, LOG -> false;
            };
        if (worthy) {
          notes.add(new Note(happening, kind, node, text));
          scale.mark(happening.atNanos());
        }
      }
      case LockTurn _ -> {}
    }
  }

  private void meet(String node, String process) {
    if (!process.isEmpty()) {
      Set<String> known = processes.computeIfAbsent(node, _ -> new LinkedHashSet<>());
      if (known.size() < MOST_PROCESSES) {
        known.add(process);
      }
    }
  }

  private void end(long transfer, long atNanos, Fate fate) {
    Arrow arrow = byTransfer.remove(transfer);
    if (arrow != null) {
      arrow.end(atNanos, fate);
      scale.mark(atNanos);
    }
  }

  // What there is to draw.

  /** Changes with everything that is drawn. */
  long version() {
    return version;
  }

  List<Arrow> arrows() {
    return arrows;
  }

  /** The arrows, made anew if nobody looked at the diagram for a while. */
  public List<Arrow> arrowsNow() {
    if (stale) {
      refill();
      stale = !looked;
    }
    return arrows;
  }

  List<Note> notes() {
    return notes;
  }

  /** The lanes, those of an unfolded node's processes after its own. */
  List<Lane> lanes() {
    var lanes = new ArrayList<Lane>();
    for (NodeSeen node : yard.update().observation().nodes()) {
      lanes.add(new Lane(node.label(), ""));
      if (unfolded.contains(node.label())) {
        processes
            .getOrDefault(node.label(), Set.of())
            .forEach(process -> lanes.add(new Lane(node.label(), process)));
      }
    }
    return lanes;
  }

  /** The lane on which a process of a node is drawn. */
  Lane laneOf(String node, String process) {
    boolean own =
        unfolded.contains(node) && processes.getOrDefault(node, Set.of()).contains(process);
    return new Lane(node, own ? process : "");
  }

  /** Where instants are. */
  TimeScale scale() {
    return scale;
  }

  // Commands.

  boolean isUnfolded(String node) {
    return unfolded.contains(node);
  }

  /** Shows a node's processes as lanes of their own, or no longer. */
  void fold(String node) {
    if (!unfolded.remove(node)) {
      unfolded.add(node);
    }
    version++;
  }

  /** The same for the nodes that are selected, or between which what is selected went. */
  void foldSelected() {
    List<String> nodes =
        yard.selection().get() instanceof Selection.OfHappening(Happening happening)
            ? switch (happening.what()) {
              case Sent sent -> List.of(sent.from(), sent.to());
              case Moment moment when !moment.node().isEmpty() -> List.of(moment.node());
              case Moment _, Arrived _, Lost _, LockTurn _ -> List.<String>of();
            }
            : yard.selection().nodes();
    if (nodes.isEmpty()) {
      yard.tell("select the nodes first whose processes are to have lanes");
    }
    nodes.forEach(this::fold);
  }

  boolean isShown(Cargo cargo) {
    return shown.contains(cargo);
  }

  /** Shows packets of a kind, or no longer. */
  void toggle(Cargo cargo) {
    if (!shown.remove(cargo)) {
      shown.add(cargo);
    }
    refill();
  }

  /** From now on arrows that say something with this text in it stand out; all do if it is blank. */
  void search(String text) {
    wanted = text.strip();
    version++;
  }

  /** Whether an arrow is among those that are searched for. */
  boolean isFound(Arrow arrow) {
    return wanted.isEmpty() || Until.says(arrow.happening(), wanted);
  }

  /** Selects the next arrow that is searched for after the selected one, the first one after the last; its instant, or -1. */
  long chooseNext() {
    List<Arrow> found =
        wanted.isEmpty() ? List.of() : arrows.stream().filter(this::isFound).toList();
    return found.isEmpty() ? -1 : choose(found, Math.floorMod(chosenOf(found) + 1, found.size()));
  }

  /** Selects an arrow so many after the selected one, if there is one; its instant, or -1. */
  long chooseBeside(int steps) {
    int chosen = chosenOf(arrows);
    int wantedIndex = chosen < 0 ? arrows.size() - 1 : chosen + steps;
    return wantedIndex < 0 || wantedIndex >= arrows.size() ? -1 : choose(arrows, wantedIndex);
  }

  private int chosenOf(List<Arrow> some) {
    if (yard.selection().get() instanceof Selection.OfHappening(Happening chosen)) {
      for (int i = 0; i < some.size(); i++) {
        if (some.get(i).happening() == chosen) {
          return i;
        }
      }
    }
    return -1;
  }

  private long choose(List<Arrow> some, int index) {
    choose(some.get(index).happening());
    return some.get(index).happening().atNanos();
  }

  void choose(Happening happening) {
    yard.selection().select(new Selection.OfHappening(happening));
  }

  /** Goes to the instant of a happening. */
  void goTo(Happening happening) {
    yard.pausedProperty().set(true);
    yard.thread().seek(happening.place());
  }

  /** The arrows that the selected one can have caused, or that can have caused it; empty if none is selected. */
  Set<Arrow> cone() {
    if (!(yard.selection().get() instanceof Selection.OfHappening(Happening chosen))
        || !(chosen.what() instanceof Sent sent)) {
      return Set.of();
    }
    return CausalCone.of(arrows, sent.transfer());
  }
}
