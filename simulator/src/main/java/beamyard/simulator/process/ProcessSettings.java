package beamyard.simulator.process;

import beamyard.simulator.term.MapTerm;

/**
 * How a runtime is dimensioned.
 *
 * @param schedulers how many processes run at a time
 * @param reductionsPerSlice how long a process runs before the next one's turn
 * @param nanosPerReduction the virtual time of one reduction
 * @param firstPid the number of the first pid
 * @param processLimit how many processes may live at a time; more is {@link SystemLimit}
 * @param fullness what happens to who spawns more
 * @param mailboxLimit how many messages a mailbox may hold. Unlike OTP, which has a limit on the heap only, a process whose
 *     mailbox is full is killed, and {@code mailbox_limit} is logged
 * @param flags the flags that every process begins with, as {@code process_flag} sets them
 */
public record ProcessSettings(
    int schedulers,
    int reductionsPerSlice,
    int nanosPerReduction,
    long firstPid,
    int processLimit,
    Fullness fullness,
    int mailboxLimit,
    MapTerm flags) {
  public static final ProcessSettings DEFAULT =
      new ProcessSettings(2, 4_000, 10, 9, 262_144, Fullness.FAMILY_ENDS, 1_000_000, MapTerm.EMPTY);

  /** What becomes of code that spawns more processes than there may be. */
  public enum Fullness {
    /** Unlike in OTP, what such code has spawned is killed, and some room is kept for others: see {@link Families}. */
    FAMILY_ENDS,
    /** As in OTP: the spawn fails, {@code Too many processes} is logged, and all go on. */
    SPAWN_FAILS
  }

  public ProcessSettings withFirstPid(long number) {
    return new ProcessSettings(
        schedulers,
        reductionsPerSlice,
        nanosPerReduction,
        number,
        processLimit,
        fullness,
        mailboxLimit,
        flags);
  }

  public ProcessSettings withSchedulers(int count) {
    return new ProcessSettings(
        count,
        reductionsPerSlice,
        nanosPerReduction,
        firstPid,
        processLimit,
        fullness,
        mailboxLimit,
        flags);
  }

  public ProcessSettings withLimits(int processes, int mailbox) {
    return new ProcessSettings(
        schedulers,
        reductionsPerSlice,
        nanosPerReduction,
        firstPid,
        processes,
        fullness,
        mailbox,
        flags);
  }

  public ProcessSettings withFullness(Fullness changed) {
    return new ProcessSettings(
        schedulers,
        reductionsPerSlice,
        nanosPerReduction,
        firstPid,
        processLimit,
        changed,
        mailboxLimit,
        flags);
  }

  public ProcessSettings withFlags(MapTerm changed) {
    return new ProcessSettings(
        schedulers,
        reductionsPerSlice,
        nanosPerReduction,
        firstPid,
        processLimit,
        fullness,
        mailboxLimit,
        changed);
  }
}
