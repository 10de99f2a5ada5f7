import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Term;

public final class LastWords {
  /** Waits for the end of a process. */
  public static Term of(Self self, Term pid) {
    return pid;
  }
}
