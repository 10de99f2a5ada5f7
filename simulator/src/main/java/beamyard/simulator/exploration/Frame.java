package beamyard.simulator.exploration;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One state on the path that a search is on, and the step that leads on from it. */
final class Frame {
  /** A step that was taken from this state, or from one before it, and need not be taken again until something conflicts. */
  record Asleep(Candidate candidate, Uses uses) {}

  final List<Candidate> enabled;

  /** How many of what is enabled are no faults. */
  final int events;

  final long planned;
  final long clock;
  final ArrayList<Asleep> asleep;
  final ArrayList<Candidate> toTry = new ArrayList<>();

  /** Of the budget, before the step. */
  final int faultsLeft;

  @Nullable SteppedRun snapshot;

  // The step.

  @Nullable Candidate chosen;
  Uses uses = Uses.NONE;

  /** The frames whose steps happened before this one's, as bits. */
  long[] past = new long[0];

  Frame(
      List<Candidate> enabled,
      int events,
      long planned,
      long clock,
      ArrayList<Asleep> asleep,
      int faultsLeft) {
    this.enabled = enabled;
    this.events = events;
    this.planned = planned;
    this.clock = clock;
    this.asleep = asleep;
    this.faultsLeft = faultsLeft;
  }

  Candidate step() {
    if (chosen == null) {
      throw new AssertionError("no step was chosen");
    }
    return chosen;
  }

  boolean sleeps(Candidate candidate) {
    for (Asleep each : asleep) {
      if (each.candidate.ticket() == candidate.ticket()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a step is tried here, was, or needs not be. */
  boolean covers(Candidate candidate) {
    for (Candidate each : toTry) {
      if (each.ticket() == candidate.ticket()) {
        return true;
      }
    }
    return sleeps(candidate);
  }

  @Nullable Candidate enabledLike(Candidate candidate) {
    for (Candidate each : enabled) {
      if (each.ticket() == candidate.ticket()) {
        return each;
      }
    }
    return null;
  }

  boolean isAfter(int frame) {
    int word = frame >> 6;
    return word < past.length && (past[word] & 1L << frame) != 0;
  }

  void comesAfter(int frame, long[] itsPast) {
    int words = Math.max((frame >> 6) + 1, itsPast.length);
    if (past.length < words) {
      past = java.util.Arrays.copyOf(past, words);
    }
    for (int i = 0; i < itsPast.length; i++) {
      past[i] |= itsPast[i];
    }
    past[frame >> 6] |= 1L << frame;
  }
}
