package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.machine.Operators.Operator;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions of {@code erlang} that only the machine can do: operators, {@code apply}, raising. */
final class Intrinsics {
  private Intrinsics() {}

  static @Nullable Target find(CallSite site) {
    Operator operator = Operators.find(site.function, site.arity);
    if (operator != null) {
      return builtin(
          site, (_, arguments) -> Operators.call(operator, arguments), Target.Blame.FUNCTION);
    }
    return switch (site.toString()) {
      case "erlang:apply/3" -> blocking(site, Intrinsics::applyNamed);
      case "erlang:apply/2" -> blocking(site, Intrinsics::applyFun);
      case "erlang:error/1" ->
          builtin(site, (_, it) -> raise(ExceptionClass.ERROR, it[0]), Target.Blame.CALLER);
      case "erlang:error/2" ->
          builtin(site, (_, it) -> error(it[0], it[1], Nil.NIL), Target.Blame.CALLER);
      case "erlang:error/3" ->
          builtin(site, (_, it) -> error(it[0], it[1], it[2]), Target.Blame.CALLER);
      case "erlang:exit/1" ->
          builtin(site, (_, it) -> raise(ExceptionClass.EXIT, it[0]), Target.Blame.CALLER);
      case "erlang:throw/1" ->
          builtin(site, (_, it) -> raise(ExceptionClass.THROW, it[0]), Target.Blame.CALLER);
      case "erlang:raise/3" ->
          builtin(site, (_, it) -> raise(it[0], it[1], it[2]), Target.Blame.CALLER);
      case "erlang:andalso/2" ->
          builtin(site, (_, it) -> lazily(it, Atom.TRUE), Target.Blame.CALLER);
      case "erlang:orelse/2" ->
          builtin(site, (_, it) -> lazily(it, Atom.FALSE), Target.Blame.CALLER);
      default -> null;
    };
  }

  private static Target builtin(CallSite site, Builtin builtin, Target.Blame blame) {
    return new Target.OfBuiltin(site.module, site.function, builtin, blame);
  }

  private static Target blocking(CallSite site, BlockingBuiltin builtin) {
    return new Target.OfBlocking(site.module, site.function, builtin);
  }

  private static Routine applyNamed(ProcessContext self, Term[] arguments) {
    if (arguments[0] instanceof Atom module && arguments[1] instanceof Atom function) {
      return Execution.ofCall(module, function, arguments(Atom.of("apply"), arguments, 2));
    }
    throw bad("apply", arguments);
  }

  private static Routine applyFun(ProcessContext self, Term[] arguments) {
    return Execution.ofApply(arguments[0], arguments(Atom.of("apply"), arguments, 1));
  }

  private static List<Term> arguments(Atom function, Term[] of, int index) {
    if (of[index] instanceof ListTerm list && list.isProper()) {
      return list.toList();
    }
    throw bad(function.name(), of);
  }

  /** {@code badarg} of a function of {@code erlang}. */
  static Raise bad(String function, Term... arguments) {
    return Raise.badarg().in(Stacktrace.builtin(Operators.ERLANG, Atom.of(function), arguments));
  }

  private static Term raise(ExceptionClass exceptionClass, Term reason) {
    throw new Raise(exceptionClass, reason);
  }

  private static Term error(Term reason, Term arguments, Term options) {
    Raise raise = Raise.error(reason);
    if (arguments instanceof ListTerm list) {
      raise = raise.withArguments(list);
    } else if (arguments != Atom.of("none")) {
      throw bad("error", reason, arguments);
    }
    throw options instanceof ListTerm details
        ? raise.inLocation(details)
        : bad("error", reason, arguments, options);
  }

  private static Term raise(Term exceptionClass, Term reason, Term trace) {
    ExceptionClass known =
        switch (exceptionClass instanceof Atom atom ? atom.name() : "") {
          case "error" -> ExceptionClass.ERROR;
          case "exit" -> ExceptionClass.EXIT;
          case "throw" -> ExceptionClass.THROW;
          default -> null;
        };
    if (known == null || !isTrace(trace)) {
      return Atom.of("badarg"); // the one function that answers so instead of failing
    }
    throw new Raise(known, reason).withTrace(Stacktrace.join(trace, Nil.NIL));
  }

  private static boolean isTrace(Term trace) {
    Term rest = trace;
    while (rest instanceof Cons cons) {
      if (!(cons.head() instanceof Tuple entry) || entry.size() < 2 || entry.size() > 4) {
        return false;
      }
      rest = cons.tail();
    }
    return rest == Nil.NIL;
  }

  private static Term lazily(Term[] arguments, Atom goesOn) {
    if (arguments[0] != Atom.TRUE && arguments[0] != Atom.FALSE) {
      throw Raise.badarg();
    }
    return arguments[0] == goesOn ? arguments[1] : arguments[0];
  }

  /** The values of a class, reason and trace as they are given to catch clauses. */
  static Atom name(ExceptionClass exceptionClass) {
    return switch (exceptionClass) {
      case ERROR -> Atom.ERROR;
      case EXIT -> Atom.of("exit");
      case THROW -> Atom.of("throw");
    };
  }

  static ExceptionClass exceptionClass(Object name) {
    return name == Atom.ERROR
        ? ExceptionClass.ERROR
        : name == Atom.of("exit") ? ExceptionClass.EXIT : ExceptionClass.THROW;
  }
}
