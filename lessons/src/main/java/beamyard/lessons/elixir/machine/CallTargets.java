package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a computed call leads to: {@link Code}, or a {@link Target} written in Java. */
final class CallTargets {
  /** Where a function fails that a process, or a remote call, begins with and that cannot be called like that. */
  private static final Term APPLYING =
      Stacktrace.entry(Operators.ERLANG, Atom.of("apply"), SmallInt.of(2));

  private CallTargets() {}

  /**
   * Finds the code of a function value and puts its free variables behind the arguments.
   *
   * @param tail whether the caller is gone
   */
  static Object ofFun(
      CallStack frames,
      CodeServer server,
      Object fun,
      int newBase,
      int count,
      Code caller,
      int callerPc,
      boolean tail) {
    if (fun instanceof Closure closure && closure.arity() == count) {
      Code callee = server.codeOf(closure);
      if (callee == null) {
        throw server.missing(closure, frames.arguments(newBase, count));
      }
      List<Term> free = closure.free();
      if (newBase + callee.frameSize > frames.stack.length) {
        frames.reserve(newBase + callee.frameSize);
      }
      Object[] stack = frames.stack;
      for (int i = 0; i < free.size(); i++) {
        stack[newBase + count + i] = free.get(i);
      }
      return callee;
    }
    if (fun instanceof ExternalFun external && external.arity() == count) {
      return server.resolve(external);
    }
    Raise raise =
        fun instanceof Closure || fun instanceof ExternalFun
            ? Raise.error("badarity", Tuple.of((Term) fun, frames.arguments(newBase, count)))
            : Raise.error("badfun", (Term) fun);
    throw switch (caller.unit().kind()) {
      case ENTRY -> raise.in(APPLYING);
      case PROMPT -> raise.in(Stacktrace.applying(raise.reason()));
      default -> tail ? raise : raise.in(Stacktrace.entry(caller, callerPc));
    };
  }

  /** Finds a function of a module that is known only now. */
  static Object ofName(
      CallStack frames, CodeServer server, Object module, Atom function, int first, int count) {
    if (!(module instanceof Atom name)) {
      throw Intrinsics.bad("apply", (Term) module, function, frames.arguments(first, count));
    }
    return server.resolve(new CallSite(name, function, count));
  }

  /** Puts a list of arguments into registers; gives how many they are. {@code function} is {@code null} for a fun. */
  static int spread(
      CallStack frames, Object list, int first, Object moduleOrFun, @Nullable Object function) {
    boolean named = function != null;
    if (!(list instanceof ListTerm arguments)
        || !arguments.isProper()
        || named && !(moduleOrFun instanceof Atom && function instanceof Atom)) {
      throw named
          ? Intrinsics.bad("apply", (Term) moduleOrFun, (Term) function, (Term) list)
          : Intrinsics.bad("apply", (Term) moduleOrFun, (Term) list);
    }
    int count = arguments.length();
    frames.reserve(first + count + 1);
    int at = first;
    for (Term argument : arguments) {
      frames.stack[at++] = argument;
    }
    return count;
  }
}
