package beamyard.simulator.process;

import beamyard.simulator.term.Term;
import java.util.function.UnaryOperator;

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

  /**
   * The node's name changed: pids and references of this node in the terms that are held have to be of the new name, as those
   * in messages will be. A routine that holds no terms between two runs has nothing to do.
   */
  default void bringUpToDate(UnaryOperator<Term> present) {}

  /**
   * Nobody will run it again, maybe before it came to its end: the process is gone. A routine whose state is data has nothing
   * to do.
   */
  default void abandon() {}

  /** An independent copy in the same state. */
  Routine copy();
}
