package beamyard.simulator.process;

import beamyard.simulator.term.Term;
import java.util.EnumSet;
import java.util.Optional;

/**
 * How to spawn.
 *
 * @param flags link, monitor, alias of the monitor
 * @param replyTag the tag of the {@code spawn_request} reply message; empty if the caller waits for a pid only
 */
public record SpawnOptions(EnumSet<Flag> flags, Optional<Term> replyTag) {
  /** What the new process is tied to its spawner by. */
  public enum Flag {
    LINK,
    MONITOR
  }

  public static SpawnOptions none() {
    return new SpawnOptions(EnumSet.noneOf(Flag.class), Optional.empty());
  }

  public static SpawnOptions of(Flag first, Flag... others) {
    return new SpawnOptions(EnumSet.of(first, others), Optional.empty());
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }
}
