package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.SourcePath;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * The stack trace of a macro that fails while it is expanded, as Elixir's compiler makes it: what ran inside the macro, the macro
 * itself, and where the code stands that uses it.
 */
final class ExpansionTrace {
  private static final Atom FILE = Atom.of("file");

  private ExpansionTrace() {}

  /** The same exception with the stack trace of an expansion; the macro's own function does not appear in it. */
  static Raise of(Raise raise, Atom module, NameArity macro, int line, Environment env) {
    var entries = new ArrayList<Term>();
    Atom function = Atom.of("MACRO-" + macro.name().name());
    for (Term entry : raise.trace().orElse(Nil.NIL) instanceof ListTerm list ? list : Nil.NIL) {
      if (isCall((Tuple) entry, module, function, macro.arity() + 1)) {
        break;
      }
      entries.add(entry);
    }
    return under(raise, entries, module, macro, line, env);
  }

  /** The same exception under some entries of functions that Elixir calls in the macro. */
  static Raise under(
      Raise raise, List<Term> inside, Atom module, NameArity macro, int line, Environment env) {
    var entries = new ArrayList<>(inside);
    ListTerm expanding = ListTerm.of(Tuple.of(FILE, charlist("expanding macro")));
    entries.add(Tuple.of(module, macro.name(), SmallInt.of(macro.arity()), expanding));
    entries.add(caller(line, env));
    return raise.withTrace(ListTerm.of(entries));
  }

  private static boolean isCall(Tuple entry, Atom module, Atom function, int arity) {
    if (entry.size() != 4 || entry.get(0) != module || entry.get(1) != function) {
      return false;
    }
    return entry.get(2) instanceof ListTerm arguments
        ? arguments.isProper() && arguments.length() == arity
        : entry.get(2).equals(SmallInt.of(arity));
  }

  private static Term caller(int line, Environment env) {
    ListTerm location = location(env.file(), line == 0 ? env.line() : line);
    if (env.module().isEmpty()) {
      return entry(Atom.of("elixir_compiler_0"), "__FILE__", 1, location);
    }
    Atom module = env.module().get();
    return env.function()
        .map(it -> (Term) Tuple.of(module, it.name(), SmallInt.of(it.arity()), location))
        .orElseGet(() -> entry(module, "__MODULE__", 0, location));
  }

  /** A function of Elixir's library at a line of its source. */
  static Term library(Atom module, String function, Term arityOrArguments, String file, int line) {
    return Tuple.of(module, Atom.of(function), arityOrArguments, location(file, line));
  }

  private static Term entry(Atom module, String function, int arity, ListTerm location) {
    return Tuple.of(module, Atom.of(function), SmallInt.of(arity), location);
  }

  private static ListTerm location(String file, int line) {
    return ListTerm.of(
        Tuple.of(FILE, charlist(SourcePath.shown(file))),
        Tuple.of(Atom.of("line"), SmallInt.of(line)));
  }

  private static ListTerm charlist(String text) {
    return ListTerm.of(text.codePoints().mapToObj(point -> (Term) SmallInt.of(point)).toList());
  }
}
