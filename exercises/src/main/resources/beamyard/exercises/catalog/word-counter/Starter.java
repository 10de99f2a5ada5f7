import beamyard.exercises.straight.Self;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;

public final class DistributedCounter {
  /** Starts a member of the group :counters on this node. */
  public static void startWorker(Self self) {}

  /** Counts the words of the files, each on the node that it is given to. */
  public static Term countWords(Self self, Term files, Term nodes) {
    return MapTerm.of();
  }

  /** Tells every member of the group :counters. */
  public static void broadcastResult(Self self, Term result) {}
}
