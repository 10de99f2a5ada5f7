package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;

/** The exceptions that compiling raises. */
final class CompileProblem {
  private static final Atom STRUCT = Atom.of("__struct__");
  private static final Atom EXCEPTION = Atom.of("__exception__");

  private CompileProblem() {}

  static Raise compileError(Environment env, int line, String description) {
    return Raise.error(
        MapTerm.of(
            STRUCT,
            Atom.of("Elixir.CompileError"),
            EXCEPTION,
            Atom.TRUE,
            Atom.of("description"),
            Bits.of(description),
            Atom.of("file"),
            Bits.of(env.file()),
            Atom.of("line"),
            line == 0 ? Atom.NIL : SmallInt.of(line)));
  }

  static Raise compileError(Scope scope, Term meta, String description) {
    return compileError(scope.env, Quoted.line(meta), description);
  }

  static Raise argumentError(String message) {
    return exception("ArgumentError", message);
  }

  static Raise exception(String name, String message) {
    return Raise.error(
        MapTerm.of(
            STRUCT,
            Atom.of("Elixir." + name),
            EXCEPTION,
            Atom.TRUE,
            Atom.of("message"),
            Bits.of(message)));
  }
}
