package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.SystemLimit;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import org.jspecify.annotations.Nullable;

/**
 * Calls of what is no code: functions in Java that answer at once, and routines that run inside the call, for as long as they
 * take.
 */
final class ForeignCalls {
  private final CallStack frames;
  private final UsageMeter meter;

  /** Whether what was raised comes from a function that was called, and not from an instruction. */
  private boolean calling;

  /** What the innermost call runs, if that is no code. */
  private @Nullable Routine inner;

  /** Whether the result of {@link #inner} is the result of the function that called it. */
  private boolean innerReturns;

  /** Whether {@link #inner} defines a module. */
  private boolean defines;

  ForeignCalls(CallStack frames, UsageMeter meter) {
    this.frames = frames;
    this.meter = meter;
  }

  ForeignCalls copy(CallStack ofFrames, UsageMeter ofMeter) {
    var copy = new ForeignCalls(ofFrames, ofMeter);
    copy.inner = inner == null ? null : inner.copy();
    copy.innerReturns = innerReturns;
    copy.defines = defines;
    return copy;
  }

  /** What runs now instead of the code. */
  @Nullable Routine inner() {
    return inner;
  }

  /** Runs the definition of a module before the code goes on. */
  void define(Routine definition) {
    inner = definition;
    innerReturns = false;
    defines = true;
  }

  /** Whether what runs defines a module. */
  boolean definesModule() {
    return defines;
  }

  /** What ran is done, or will not be. */
  void end() {
    inner = null;
    innerReturns = false;
    defines = false;
  }

  /** Ends the routine with its result; gives whether that is the result of the function that called it. */
  boolean endReturns() {
    boolean returns = innerReturns;
    end();
    return returns;
  }

  /** Whether what was raised just now comes from a function that was called. */
  boolean wasCalling() {
    boolean was = calling;
    calling = false;
    return was;
  }

  /** Calls what is no code; {@code null} if it has become {@link #inner}. */
  @Nullable Term invoke(ProcessContext self, Target target, int first, int count, int returnTo) {
    switch (target) {
      case Target.OfBuiltin(var module, var function, var builtin, var blame) -> {
        Term[] arguments = frames.toArray(first, count);
        try {
          calling = true;
          Term value = answered(builtin.call(self, arguments), module, function, count);
          calling = false;
          meter.made(value);
          return value;
        } catch (SystemLimit limit) {
          throw blamed(Raise.error(Atom.of("system_limit")), module, function, arguments);
        } catch (Raise raise) {
          throw blame == Target.Blame.CALLER ? raise : blamed(raise, module, function, arguments);
        } catch (ClassCastException | IndexOutOfBoundsException e) { // arguments of the wrong kind
          throw blamed(Raise.badarg(), module, function, arguments);
        }
      }
      case Target.OfBlocking(var module, var function, var builtin) -> {
        Term[] arguments = frames.toArray(first, count);
        try {
          inner = answered(builtin.call(self, arguments), module, function, count);
        } catch (Raise raise) {
          throw blamed(raise, module, function, arguments);
        } catch (ClassCastException | IndexOutOfBoundsException e) { // arguments of the wrong kind
          throw blamed(Raise.badarg(), module, function, arguments);
        }
        innerReturns = returnTo < 0;
        frames.pc = returnTo < 0 ? frames.pc + 1 : returnTo;
        return null;
      }
      case Target.Undefined(var module, var function) -> {
        Raise raise = Raise.error(Atom.of("undef"));
        Term entry = Stacktrace.entry(module, function, frames.arguments(first, count));
        throw returnTo < 0
            ? raise.withTrace(Stacktrace.join(ListTerm.of(entry), Unwinding.callersTrace(frames)))
            : raise.in(entry);
      }
    }
  }

  /** What a function answered; one in Java that answers {@code null} is a mistake of ours, told at the call. */
  private static <T> T answered(@Nullable T answer, Atom module, Atom function, int arity) {
    if (answer == null) {
      throw new IllegalStateException(
          module.name() + ":" + function.name() + "/" + arity + " answered nothing");
    }
    return answer;
  }

  /** If the routine to run is a call that has not begun, makes it a call of ours: no nesting, and a real tail call. */
  @Nullable Code splice(int first) {
    CallStack call = inner instanceof Execution execution ? execution.callStack() : null;
    if (call == null || call.code.unit().kind() != Unit.Kind.ENTRY || call.pc != 0) {
      return null;
    }
    end();
    frames.reserve(first + call.code.frameSize);
    System.arraycopy(call.stack, 0, frames.stack, first, call.code.arity);
    return call.code;
  }

  static Raise blamed(Raise raise, Atom module, Atom function, Term[] arguments) {
    if (raise.trace().isPresent() || raise.innermost().isPresent()) {
      return raise;
    }
    boolean erlang = !module.name().startsWith("Elixir.");
    boolean error = raise.exceptionClass() == Outcome.ExceptionClass.ERROR;
    if (erlang && error && raise.reason() != Atom.of("function_clause")) {
      return raise.in(Stacktrace.builtin(module, function, arguments));
    }
    boolean shown = raise.reason() == Atom.of("function_clause");
    return raise.in(
        Stacktrace.entry(
            module, function, shown ? ListTerm.of(arguments) : SmallInt.of(arguments.length)));
  }
}
