package beamyard.simulator.process;

/**
 * How a runtime is dimensioned.
 *
 * @param schedulers how many processes run at a time
 * @param reductionsPerSlice how long a process runs before the next one's turn
 * @param nanosPerReduction the virtual time of one reduction
 * @param firstPid the number of the first pid
 */
public record ProcessSettings(int schedulers, int reductionsPerSlice, int nanosPerReduction, long firstPid) {
  public static final ProcessSettings DEFAULT = new ProcessSettings(2, 4_000, 10, 9);

  public ProcessSettings withFirstPid(long number) {
    return new ProcessSettings(schedulers, reductionsPerSlice, nanosPerReduction, number);
  }

  public ProcessSettings withSchedulers(int count) {
    return new ProcessSettings(count, reductionsPerSlice, nanosPerReduction, firstPid);
  }
}
