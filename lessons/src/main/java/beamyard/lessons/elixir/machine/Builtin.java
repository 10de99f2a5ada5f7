package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Term;

/** A function written in Java that returns at once. Errors are thrown as {@link Raise}. */
@FunctionalInterface
public interface Builtin {
  /** The arguments are the callee's to read, not to change. */
  Term call(ProcessContext self, Term[] arguments);
}
