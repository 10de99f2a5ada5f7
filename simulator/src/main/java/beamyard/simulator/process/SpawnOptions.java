package beamyard.simulator.process;

import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import java.util.EnumSet;
import java.util.Optional;

/**
 * How to spawn.
 *
 * @param flags link, monitor
 * @param replyTag the tag of the {@code spawn_request} reply message, {@code spawn_reply} if the caller did not choose; empty
 *     if the caller waits for a pid only
 * @param reply which replies of a {@code spawn_request} are wanted
 * @param monitorTag replaces {@code 'DOWN'} in the message of the monitor
 * @param processFlags with which the new process begins, besides those of its node
 */
public record SpawnOptions(
    EnumSet<Flag> flags,
    Optional<Term> replyTag,
    Reply reply,
    Optional<Term> monitorTag,
    MapTerm processFlags) {
  /** What the new process is tied to its spawner by. */
  public enum Flag {
    LINK,
    MONITOR
  }

  /** Which outcomes of a {@code spawn_request} are told: its option {@code reply}. */
  public enum Reply {
    YES,
    NO,
    ERROR_ONLY,
    SUCCESS_ONLY
  }

  /** No process flags are set. */
  public SpawnOptions(
      EnumSet<Flag> flags, Optional<Term> replyTag, Reply reply, Optional<Term> monitorTag) {
    this(flags, replyTag, reply, monitorTag, MapTerm.EMPTY);
  }

  /** Every reply is wanted; the monitor sends {@code 'DOWN'}. */
  public SpawnOptions(EnumSet<Flag> flags, Optional<Term> replyTag) {
    this(flags, replyTag, Reply.YES, Optional.empty());
  }

  public static SpawnOptions none() {
    return new SpawnOptions(EnumSet.noneOf(Flag.class), Optional.empty());
  }

  public static SpawnOptions of(Flag first, Flag... others) {
    return new SpawnOptions(EnumSet.of(first, others), Optional.empty());
  }

  /** The flags of a process so spawned, given those that its node sets. */
  MapTerm flagsOver(MapTerm given) {
    MapTerm flags = given;
    for (MapTerm.Entry flag : processFlags) {
      flags = flags.put(flag.key(), flag.value());
    }
    return flags;
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }
}
