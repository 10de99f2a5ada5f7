package beamyard.simulator.process;

/**
 * How a runtime is dimensioned.
 *
 * @param schedulers how many processes run at a time
 * @param reductionsPerSlice how long a process runs before the next one's turn
 * @param nanosPerReduction the virtual time of one reduction
 * @param firstPid the number of the first pid
 * @param processLimit how many processes may live at a time; more is {@link SystemLimit}
 * @param mailboxLimit how many messages a mailbox may hold. Unlike OTP, which has a limit on the heap only, a process whose
 *     mailbox is full is killed, and {@code mailbox_limit} is logged
 */
public record ProcessSettings(
    int schedulers,
    int reductionsPerSlice,
    int nanosPerReduction,
    long firstPid,
    int processLimit,
    int mailboxLimit) {
  public static final ProcessSettings DEFAULT =
      new ProcessSettings(2, 4_000, 10, 9, 262_144, 1_000_000);

  public ProcessSettings withFirstPid(long number) {
    return new ProcessSettings(
        schedulers, reductionsPerSlice, nanosPerReduction, number, processLimit, mailboxLimit);
  }

  public ProcessSettings withSchedulers(int count) {
    return new ProcessSettings(
        count, reductionsPerSlice, nanosPerReduction, firstPid, processLimit, mailboxLimit);
  }

  public ProcessSettings withLimits(int processes, int mailbox) {
    return new ProcessSettings(
        schedulers, reductionsPerSlice, nanosPerReduction, firstPid, processes, mailbox);
  }
}
