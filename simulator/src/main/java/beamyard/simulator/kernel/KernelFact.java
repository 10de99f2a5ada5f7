package beamyard.simulator.kernel;

import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.Fact;

/** What happened in conversations with the kernel's services that no message tells. */
public sealed interface KernelFact extends Fact {
  /**
   * A lock was not to be had, and the process will try again after a while.
   *
   * @param requester for whom the lock is wanted
   * @param times how often it has been tried
   */
  record LockAwaited(Pid process, Term resource, Term requester, int times) implements KernelFact {}
}
