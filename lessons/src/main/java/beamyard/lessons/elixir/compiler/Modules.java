package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;

/** The modules that can be used while compiling, and how to run their code at once. */
interface Modules {
  /** Whether there is such a module, loading it if it is of the library. */
  boolean exists(Atom module);

  /** The public functions of a module, macros not among them; empty if there is none. */
  List<NameArity> functions(Atom module);

  /** The public macros of a module. */
  List<NameArity> macros(Atom module);

  /** Calls a function, to its end, in the process that compiles. */
  Term call(Atom module, Atom function, List<Term> arguments);

  /** Calls a public function of a module that need not be loaded. */
  Term callIn(CompiledModule module, Atom function, List<Term> arguments);

  /** What to use instead of a function, if it is deprecated. */
  Optional<String> deprecated(Atom module, NameArity function);

  /** The file that is being compiled, if anybody wants to know. */
  Optional<LexicalTracker> tracker();

  /** Tells who compiles. */
  void warn(Warning warning);

  /** How a term is shown in an error. */
  String inspect(Term term);

  /** How a quoted form is shown in an error: {@code Macro.to_string}. */
  String source(Term quoted);
}
