package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.SourcePath;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The terms of stack traces: {@code [{Module, Function, ArityOrArguments, Location}]}.
 *
 * @see <a href="https://www.erlang.org/doc/reference_manual/errors.html#stacktrace">Erlang reference manual, stack
 * traces</a>
 */
final class Stacktrace {
  /** How many entries OTP keeps. */
  static final int DEPTH = 8;

  private static final Atom ERROR_INFO = Atom.of("error_info");
  private static final Atom MODULE = Atom.of("module");
  private static final Atom FILE = Atom.of("file");
  private static final Atom LINE = Atom.of("line");

  private Stacktrace() {}

  /** A function written in Java that failed: with its arguments, and who can explain them. */
  static Term builtin(Atom module, Atom function, Term[] arguments) {
    Atom explains = Atom.of(module == Operators.ERLANG ? "erl_erts_errors" : "erl_stdlib_errors");
    Term info = Tuple.of(ERROR_INFO, MapTerm.of(MODULE, explains));
    return Tuple.of(module, function, ListTerm.of(arguments), ListTerm.of(info));
  }

  /** A function without location. */
  static Term entry(Term module, Term function, Term arityOrArguments) {
    return Tuple.of(module, function, arityOrArguments, Nil.NIL);
  }

  /** A function value that could not be called. */
  static Term entry(Term fun, ListTerm arguments) {
    return Tuple.of(fun, arguments, Nil.NIL);
  }

  /** A function of ours where an exception was raised, with details for its location. */
  static Term entry(Code code, int instruction, Raise raise, Setting setting) {
    Tuple entry =
        code.unit().kind() == Unit.Kind.PROMPT
            ? (Tuple) interpreted(raise.reason(), setting)
            : (Tuple) entry(code, instruction);
    ListTerm details = raise.location();
    return details.isEmpty() ? entry : entry.with(3, join(entry.get(3), details));
  }

  /** Where code of a prompt runs: that changes which function of the interpreter stands on the stack. */
  enum Setting {
    /** In the shell's evaluator. */
    SHELL,
    /** In a process that was given a function made at a prompt. */
    PROCESS
  }

  /** The function of Erlang's interpreter in which code of a prompt fails. */
  private static Term interpreted(Term reason, Setting setting) {
    if (reason instanceof Tuple tuple && tuple.isTagged(Atom.of("badmatch"), 2)) {
      return interpreter("expr", 6, 496);
    }
    if (reason instanceof Tuple tuple && tuple.isTagged(Atom.of("case_clause"), 2)) {
      return interpreter("case_clauses", 8, 1041);
    }
    return interpreter("do_apply", 7, setting == Setting.SHELL ? 744 : 742);
  }

  /** Where Erlang's interpreter finds that code of a prompt cannot call a function like that, or no function at all. */
  static Term applying(Term reason) {
    boolean arity = reason instanceof Tuple tuple && tuple.isTagged(Atom.of("badarity"), 2);
    return interpreter("do_apply", 6, arity ? 714 : 731);
  }

  /** The function of Erlang's interpreter in which code of a prompt waits for a message. */
  static Term waitingAtPrompt() {
    return entry(Atom.of("prim_eval"), Atom.of("receive"), SmallInt.of(2));
  }

  private static Term interpreter(String function, int arity, int line) {
    return Tuple.of(
        Unit.EVALUATOR, Atom.of(function), SmallInt.of(arity), location("erl_eval.erl", line));
  }

  /**
   * The entries of a function that has called another one: a function of the library may appear as others, and the interpreter, which
   * calls last what a function does last, does not appear in processes.
   */
  static List<Term> callers(Code code, int instruction, Setting setting) {
    return code.unit().kind() == Unit.Kind.PROMPT
        ? setting == Setting.SHELL ? List.of(interpreter("do_apply", 7, 744)) : List.of()
        : LibraryFrames.of(code, entry(code, instruction));
  }

  /** A function of ours at one of its instructions. */
  static Term entry(Code code, int instruction) {
    if (code.unit().kind() == Unit.Kind.PROMPT) {
      return interpreter("do_apply", 7, 744);
    }
    Term arity = SmallInt.of(code.origin.arity());
    return Tuple.of(
        code.unit().name(),
        code.origin.function(),
        arity,
        place(code)
            .filter(place -> place.line() > 0)
            .map(place -> (Term) location(place.file(), place.line()))
            .orElseGet(() -> location(code, code.lineAt(instruction))));
  }

  /** A function of ours that has no clause for its arguments. */
  static Term noClause(Code code, ListTerm arguments) {
    if (code.unit().kind() == Unit.Kind.PROMPT) {
      return entry(Unit.EVALUATOR, Atom.of("-inside-an-interpreted-fun-"), arguments);
    }
    return Tuple.of(
        code.unit().name(),
        code.origin.function(),
        arguments,
        place(code)
            .filter(place -> place.clauseLine() > 0)
            .map(place -> (Term) location(place.file(), place.clauseLine()))
            .orElseGet(() -> location(code, code.origin.line())));
  }

  /** Where a function of the library is on a real node. */
  private static Optional<LibraryLines.Place> place(Code code) {
    return isOfLibrary(code)
        ? LibraryLines.of(code.unit().name(), code.origin.function(), code.origin.arity())
        : Optional.empty();
  }

  private static boolean isOfLibrary(Code code) {
    return code.unit().kind() == Unit.Kind.MODULE && code.unit().file().startsWith("lib/");
  }

  private static Term location(Code code, int line) {
    return line == 0 && code.origin.file().isEmpty() ? Nil.NIL : location(code.origin.file(), line);
  }

  private static Term location(String file, int line) {
    return ListTerm.of(
        Tuple.of(FILE, charlist(SourcePath.shown(file))), Tuple.of(LINE, SmallInt.of(line)));
  }

  static ListTerm charlist(String text) {
    return ListTerm.of(text.codePoints().mapToObj(point -> (Term) SmallInt.of(point)).toList());
  }

  /** A list with entries behind it, cut to the depth of a stack trace. */
  static ListTerm join(Term first, ListTerm rest) {
    var entries = new ArrayList<Term>();
    if (first instanceof Cons cons) {
      cons.forEach(entries::add);
    }
    rest.forEach(entries::add);
    return ListTerm.of(entries.subList(0, Math.min(entries.size(), DEPTH)));
  }
}
