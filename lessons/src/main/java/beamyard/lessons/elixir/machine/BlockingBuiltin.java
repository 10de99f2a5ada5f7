package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Term;

/** A function written in Java that may wait or call functions: its routine runs inside the calling process. */
@FunctionalInterface
public interface BlockingBuiltin {
  Routine call(ProcessContext self, Term[] arguments);
}
