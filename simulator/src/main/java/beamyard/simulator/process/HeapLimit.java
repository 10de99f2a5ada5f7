package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process flag {@code max_heap_size}: how large the heap of a process may be, and what happens when it is larger.
 *
 * @param words at most; 0 for any size
 * @param kills whether the process then exits with {@code killed}, trapping or not
 * @param logs whether that is logged
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#process_flag_max_heap_size">erlang:process_flag/2</a>
 */
public record HeapLimit(long words, boolean kills, boolean logs) {
  /** No limit. */
  public static final HeapLimit NONE = new HeapLimit(0, true, true);

  /** The least size but 0: that of the heap with which a process begins. */
  public static final long LEAST = 233;

  private static final Atom FLAG = Atom.of("max_heap_size");
  private static final Atom SIZE = Atom.of("size");
  private static final Atom KILL = Atom.of("kill");
  private static final Atom ERROR_LOGGER = Atom.of("error_logger");

  /** The limit that some flags of a process set. */
  public static HeapLimit in(MapTerm flags) {
    Term set = flags.get(FLAG);
    return set == null ? NONE : NONE.changed(set).orElse(NONE);
  }

  /**
   * The limit that {@code process_flag} sets where this one is the node's: by a size, or by a map whose {@code size} must be
   * there; {@code kill} and {@code error_logger} are taken from this one if they are not. Empty for what is neither.
   */
  public Optional<HeapLimit> changed(Term value) {
    if (value instanceof SmallInt size) {
      return sized(size, kills, logs);
    }
    if (!(value instanceof MapTerm map) || !(map.get(SIZE) instanceof SmallInt size)) {
      return Optional.empty();
    }
    Term kill = map.get(KILL);
    Term log = map.get(ERROR_LOGGER);
    return isTruthOrAbsent(kill) && isTruthOrAbsent(log)
        ? sized(
            size, kill == null ? kills : kill == Atom.TRUE, log == null ? logs : log == Atom.TRUE)
        : Optional.empty();
  }

  private static Optional<HeapLimit> sized(SmallInt size, boolean kills, boolean logs) {
    long words = size.value();
    return words == 0 || words >= LEAST
        ? Optional.of(new HeapLimit(words, kills, logs))
        : Optional.empty();
  }

  private static boolean isTruthOrAbsent(@Nullable Term value) {
    return value == null || value == Atom.TRUE || value == Atom.FALSE;
  }

  public boolean isNone() {
    return words == 0;
  }

  /** As {@code process_flag} and {@code process_info} tell it. */
  public MapTerm asTerm() {
    return MapTerm.of(ERROR_LOGGER, Atom.of(logs), KILL, Atom.of(kills), SIZE, SmallInt.of(words));
  }

  /** The flags of a process with this limit among them. */
  public MapTerm setIn(MapTerm flags) {
    return flags.put(FLAG, asTerm());
  }
}
