package beamyard.ui.desktop.yard;

import beamyard.lessons.shell.NodeInsight;
import beamyard.simulator.Observation;
import beamyard.simulator.Observation.NodeInside;
import beamyard.simulator.network.HeldPacket;
import beamyard.simulator.network.PathView;
import beamyard.ui.desktop.run.Happening;
import beamyard.ui.desktop.run.Position;
import beamyard.ui.desktop.run.Printed;
import beamyard.ui.desktop.yard.Update.Branch;
import java.util.List;
import java.util.Map;

/**
 * What the yard's thread tells the window: the yard at one place, and what is new since the update before.
 *
 * @param run the number of the run that is shown; with another run, {@code happenings} and {@code printed} begin anew
 * @param cursor the place that is shown
 * @param end the newest place of the run
 * @param insides of the nodes that somebody looks into, by label; a fraction of a second old at most
 * @param insights what only Elixir knows of these nodes
 * @param paths the directions between nodes that somebody made slower, narrower or lossier, or that hold what they carry
 * @param held what is held on its way, oldest first
 * @param prompts what stands before the place to type, by node; empty while something runs there
 * @param branches all runs of this yard, the one that is shown included
 * @param pace how fast virtual time really went since the update before, against the wall
 */
public record Update(
    long run,
    Position cursor,
    Position end,
    Observation observation,
    Map<String, NodeInside> insides,
    Map<String, NodeInsight> insights,
    List<PathView> paths,
    List<HeldPacket> held,
    Map<String, String> prompts,
    List<Happening> happenings,
    List<Printed> printed,
    List<Branch> branches,
    double pace) {
  static final Update EMPTY =
      new Update(
          0,
          Position.START,
          Position.START,
          Observation.EMPTY,
          Map.of(),
          Map.of(),
          List.of(),
          List.of(),
          Map.of(),
          List.of(),
          List.of(),
          List.of(),
          0);

  /**
   * A run of this yard.
   *
   * @param fromNanos where it left the run it came from; 0 for the first
   */
  public record Branch(long run, String name, long fromNanos) {}

  /** An update is equal to itself only: to compare two would take longer than to show one. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** Whether what is shown is over: time has gone on from there. */
  public boolean isPast() {
    return end.isAfter(cursor);
  }
}
