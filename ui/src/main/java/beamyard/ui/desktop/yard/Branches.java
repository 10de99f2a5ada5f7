package beamyard.ui.desktop.yard;

import beamyard.simulator.Simulation;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.Run;
import beamyard.ui.desktop.yard.Update.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs of a yard, which of them is shown, and at which place of it. Of the yard's thread. */
public final class Branches {
  private final List<Branched> runs = new ArrayList<>();
  private Run run;
  private long number;
  private long nextNumber = 1;

  /** The place that is shown; null for the newest. */
  private @Nullable Position cursor;

  /** A run with what it is called. */
  private record Branched(Branch branch, Run run) {}

  Branches(Run first) {
    run = first;
    adopt(first);
  }

  /** The run that is shown. */
  Run run() {
    return run;
  }

  /** Its number; no other run of this yard ever has it. */
  long number() {
    return number;
  }

  /** All runs, in the order in which they began. */
  List<Branch> all() {
    return runs.stream().map(Branched::branch).toList();
  }

  Optional<Run> find(long wanted) {
    return runs.stream()
        .filter(each -> each.branch().run() == wanted)
        .map(Branched::run)
        .findFirst();
  }

  // The place that is shown.

  boolean isLive() {
    return cursor == null;
  }

  Position place() {
    Position shown = cursor;
    return shown == null ? run.position() : shown;
  }

  void show(Position place) {
    cursor = run.position().isAfter(place) ? place : null;
  }

  void goLive() {
    cursor = null;
  }

  /** The simulation at the place that is shown, to be looked at only and not after the next call. */
  Simulation shown() {
    Position place = cursor;
    return place == null ? run.simulation() : run.at(place);
  }

  // Other runs.

  /** What is done in the past is done in a run of its own. */
  void branchIfPast() {
    if (cursor != null) {
      branch();
    }
  }

  /** Goes on from the place that is shown in a run of its own. */
  void branch() {
    Position from = place();
    enter(
        new Branched(
            new Branch(nextNumber++, "branch " + runs.size(), from.atNanos()), run.branch(from)));
  }

  /** Leaves all runs for another. */
  void adopt(Run next) {
    runs.clear();
    enter(new Branched(new Branch(nextNumber++, "main", 0), next));
  }

  private void enter(Branched entered) {
    runs.add(entered);
    run = entered.run();
    number = entered.branch().run();
    cursor = null;
  }

  /** Shows another run; without effect if there is none of that number. */
  void switchTo(long wanted) {
    find(wanted)
        .ifPresent(
            found -> {
              run = found;
              number = wanted;
              cursor = null;
            });
  }

  void rename(long which, String name) {
    runs.replaceAll(
        each ->
            each.branch().run() == which
                ? new Branched(new Branch(which, name, each.branch().fromNanos()), each.run())
                : each);
  }
}
