package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;

/**
 * Work that takes as long as many reductions, though OTP counts one for it. It takes no virtual time; it counts only when a call
 * is judged to be endless ({@link YardLimit#REDUCTIONS}).
 */
final class HiddenWork {
  /** To copy one node of a large map takes as long as so many calls. */
  private static final int STEPS_A_LEVEL = 14;

  private HiddenWork() {}

  /** How many reductions the making of a value was worth beyond those counted; 0 for most values. */
  static int of(Term value) {
    return value instanceof MapTerm map && map.isLarge() ? STEPS_A_LEVEL * levels(map.size()) : 0;
  }

  /** About how deep the trie of a large map is: each level tells sixteen branches apart. */
  private static int levels(int keys) {
    return 1 + (Integer.SIZE - Integer.numberOfLeadingZeros(keys)) / 4;
  }
}
