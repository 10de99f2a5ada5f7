package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.ModuleSource;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Term;
import java.util.SequencedMap;

/** Defines modules at run time. The compiler implements it; every node owns one. */
public interface ModuleDefiner {
  /**
   * Evaluates the body of a {@code defmodule} and loads what comes of it into the node's {@link CodeServer}.
   *
   * @param name what the name of the module evaluated to
   * @param captured the values of {@link ModuleSource#captured}
   * @return a routine that returns the value of {@code defmodule}
   */
  Routine define(
      ProcessContext self, Term name, ModuleSource source, SequencedMap<Variable, Term> captured);
}
