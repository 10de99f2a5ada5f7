package beamyard.simulator;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Term;
import java.util.List;

/**
 * A function of a node, written in Java. It returns at once and keeps nothing between calls; a {@link RuntimeException} is
 * an error of the calling process.
 */
@FunctionalInterface
public interface JavaFunction {
  Term call(ProcessContext self, List<Term> arguments);
}
