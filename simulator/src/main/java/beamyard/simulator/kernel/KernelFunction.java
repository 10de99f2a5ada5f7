package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Term;
import java.util.List;

/** A function of the kernel as a language calls it. */
@FunctionalInterface
public interface KernelFunction {
  /**
   * The call, to be run in the calling process to its end: a value or an exception. A result that is there at once is
   * a routine that returns at once.
   */
  Routine call(ProcessContext self, List<Term> arguments);
}
