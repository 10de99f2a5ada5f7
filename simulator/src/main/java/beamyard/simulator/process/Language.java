package beamyard.simulator.process;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.List;

/** Makes routines of calls. A node has one; the Elixir machine implements it, and so does a table of Java functions. */
public interface Language {
  /** A call of {@code module:function(arguments)} on a node; a missing function raises {@code undef} when it runs. */
  Routine call(Atom module, Atom function, List<Term> arguments);

  /** A call of a function value. */
  Routine apply(Term function, List<Term> arguments);
}
