package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.List;

/** A macro of {@code Kernel}: from the quoted arguments of a call to the quoted form that stands for it. */
@FunctionalInterface
interface KernelMacro {
  Term expand(Expander expander, Scope scope, ListTerm meta, List<Term> arguments);
}
