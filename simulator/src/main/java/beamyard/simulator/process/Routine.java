package beamyard.simulator.process;

/**
 * Something that runs inside a process and can stop half-way: the body of a process, a blocking call of the kernel (a
 * conversation), or one call of a function. Its state is data, so that it can be copied between two runs.
 */
public interface Routine {
  /**
   * Goes on until the time slice is used up, something has to be waited for, or the end. Called again after {@link
   * Outcome.Yielded}, and after {@link Outcome.Waiting} when a message came or the deadline passed.
   */
  Outcome run(ProcessContext self);

  /** An independent copy in the same state. */
  Routine copy();
}
