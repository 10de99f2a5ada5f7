package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.Outcome.Raised;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** What happens to an exception: who handles it, and the stack trace that it carries. */
final class Unwinding {
  private static final Atom BADARITH = Atom.of("badarith");

  private Unwinding() {}

  /** The error of a function that has no clause for its arguments. */
  static Raise noClause(CallStack frames) {
    ListTerm arguments = frames.arguments(frames.base, frames.code.arity);
    Term entry = Stacktrace.noClause(frames.code, arguments);
    return Raise.error(Atom.of("function_clause"))
        .withTrace(Stacktrace.join(ListTerm.of(entry), callersTrace(frames)));
  }

  /**
   * Goes to whoever handles an exception raised at an instruction of the innermost frame, or gives the end of it
   * all.
   */
  static @Nullable Raised unwind(CallStack frames, Raise raise, int at, boolean called) {
    Code code = frames.code;
    int handler = code.handlerAt(at);
    if (handler >= 0 && code.handlers[handler + 3] == Code.NO_REGISTER) {
      frames.pc = code.handlers[handler + 2];
      return null;
    }
    Term trace = raise.trace().orElse(null);
    if (trace == null) {
      ListTerm shown = raise.shownAt(trace(frames, at, raise));
      // arithmetic of a compiled module is instructions, not calls
      boolean instruction =
          !called && code.unit().kind() == Unit.Kind.MODULE && raise.reason() == BADARITH;
      trace =
          (instruction ? ArithmeticFrames.of(code, at, raise) : raise.innermost())
              .map(entry -> (Term) Stacktrace.join(ListTerm.of(entry), shown))
              .orElse(shown);
    }
    while (handler < 0) {
      if (frames.depth == 0) {
        return new Raised(raise.exceptionClass(), raise.reason(), trace);
      }
      frames.pop();
      code = frames.code;
      handler = code.handlerAt(frames.pc - 1);
    }
    int register = frames.base + code.handlers[handler + 3];
    frames.stack[register] = Intrinsics.name(raise.exceptionClass());
    frames.stack[register + 1] = raise.reason();
    frames.stack[register + 2] = trace;
    frames.pc = code.handlers[handler + 2];
    return null;
  }

  /** The stack trace of an exception raised at an instruction of the innermost frame. */
  private static ListTerm trace(CallStack frames, int at, Raise raise) {
    return frames.code.unit().kind() == Unit.Kind.ENTRY || raise.innermost().isPresent()
        ? outerTrace(frames, at)
        : Stacktrace.join(
            ListTerm.of(Stacktrace.entry(frames.code, at, raise, setting(frames))),
            callersTrace(frames));
  }

  /** The stack under something that was called at an instruction of the innermost frame. */
  static ListTerm outerTrace(CallStack frames, int at) {
    var entries = new ArrayList<Term>();
    if (frames.code.unit().kind() != Unit.Kind.ENTRY) {
      entries.addAll(Stacktrace.callers(frames.code, at, setting(frames)));
    }
    callersTrace(frames).forEach(entries::add);
    return ListTerm.of(entries);
  }

  /** The stack under the innermost function. */
  static ListTerm callersTrace(CallStack frames) {
    Stacktrace.Setting setting = setting(frames);
    var entries = new ArrayList<Term>();
    for (int i = frames.depth - 1; i >= 0 && entries.size() < Stacktrace.DEPTH; i--) {
      if (frames.callers[i].unit().kind() != Unit.Kind.ENTRY) {
        entries.addAll(Stacktrace.callers(frames.callers[i], frames.returns[2 * i] - 1, setting));
      }
    }
    return ListTerm.of(entries);
  }

  /** Where the code of the outermost function runs. */
  static Stacktrace.Setting setting(CallStack frames) {
    Code outermost = frames.depth == 0 ? frames.code : frames.callers[0];
    return outermost.unit().kind() == Unit.Kind.PROMPT && !outermost.unit().isClosure(outermost)
        ? Stacktrace.Setting.SHELL
        : Stacktrace.Setting.PROCESS;
  }
}
