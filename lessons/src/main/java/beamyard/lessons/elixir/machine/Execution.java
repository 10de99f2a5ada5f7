package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.Raised;
import beamyard.simulator.process.Outcome.Returned;
import beamyard.simulator.process.Outcome.Waiting;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.SystemLimit;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** One call in progress: frames on an explicit stack, and what the innermost one waits for. All of its state is data. */
public final class Execution implements Routine {
  private static final Code CALL = entryCode(3, Op.TAIL_APPLY, 0, 1, 2, 3);
  private static final Code APPLY = entryCode(2, Op.TAIL_APPLY_FUN, 0, 1, 2);

  private final CallStack frames;
  private final UsageMeter meter;
  private final ForeignCalls calls;

  private Execution(CallStack frames) {
    this.frames = frames;
    this.meter = new UsageMeter();
    this.calls = new ForeignCalls(frames, meter);
  }

  private Execution(Execution other) {
    this.frames = other.frames.copy();
    this.meter = other.meter.copy();
    this.calls = other.calls.copy(frames, meter);
  }

  private static Code entryCode(int arguments, int... instructions) {
    var origin = new Code.Origin(new Unit(Unit.Kind.ENTRY, Atom.NIL, ""), Atom.NIL, arguments, 0);
    var none = new Object[0];
    var nowhere = new int[0];
    return new Code(
        origin,
        arguments,
        0,
        instructions,
        none,
        none,
        arguments + 1,
        nowhere,
        nowhere,
        List.of(),
        nowhere);
  }

  /** A call of {@code module:function(arguments)}. */
  static Execution ofCall(Atom module, Atom function, List<Term> arguments) {
    return new Execution(new CallStack(CALL, module, function, ListTerm.of(arguments)));
  }

  /** A call of a function value. */
  static Execution ofApply(Term fun, List<Term> arguments) {
    return new Execution(new CallStack(APPLY, fun, ListTerm.of(arguments)));
  }

  /** The evaluation of code made at a prompt. */
  static Execution ofExpression(Code code, List<Term> arguments) {
    return new Execution(new CallStack(code, arguments.toArray()));
  }

  /** Lets it use this many reductions at a stretch, whatever the process has left. */
  void allow(long reductions) {
    meter.allow(reductions);
  }

  long allowance() {
    return meter.allowance();
  }

  CallStack callStack() {
    return frames;
  }

  @Override
  public void bringUpToDate(UnaryOperator<Term> present) {
    frames.bringUpToDate(present);
    Routine inner = calls.inner();
    if (inner != null) {
      inner.bringUpToDate(present);
    }
  }

  @Override
  public Execution copy() {
    return new Execution(this);
  }

  @Override
  public void abandon() {
    Routine inner = calls.inner();
    if (inner != null) {
      inner.abandon();
    }
  }

  @Override
  public Outcome run(ProcessContext self) {
    int before = self.reductionsLeft();
    try {
      Outcome outcome = goOn(self);
      meter.ran(before - self.reductionsLeft());
      if (outcome instanceof Returned || outcome instanceof Raised) {
        return outcome;
      }
      if (outcome instanceof Waiting(var deadline) && deadline > self.now()) {
        meter.waits();
      }
      return meter.limitMet(self, frames).map(this::atTheLimit).orElse(outcome);
    } catch (OutOfMemoryError _) {
      return atTheLimit(YardLimit.HEAP);
    } catch (StackOverflowError _) {
      return atTheLimit(YardLimit.STACK);
    } catch (Raise | SystemLimit e) {
      throw e;
    } catch (RuntimeException e) {
      // A mistake of ours must not stop the yard: it is the error of the process that met it.
      return end(Tuple.of(Atom.of("yard_mistake"), Bits.of(mistake(e))));
    }
  }

  private static String mistake(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  /** Ends a process that asks for more than it may have, so that the others can go on. */
  private Outcome atTheLimit(YardLimit limit) {
    return end(limit.reason());
  }

  private Outcome end(Term reason) {
    ListTerm trace =
        frames.code.unit().kind() == Unit.Kind.ENTRY
            ? Nil.NIL
            : ListTerm.of(Stacktrace.entry(frames.code, 0));
    frames.clear();
    abandon();
    calls.end();
    return new Raised(Outcome.ExceptionClass.ERROR, reason, trace);
  }

  private Outcome goOn(ProcessContext self) {
    CodeServer server = self.owned(CodeServer.class);
    while (true) {
      Routine inner = calls.inner();
      if (inner != null) {
        if (meter.allowance() >= 0 && inner instanceof Execution nested) {
          nested.allow(meter.allowance());
        }
        Outcome outcome = inner.run(self);
        if (meter.allowance() >= 0 && inner instanceof Execution nested) {
          meter.allow(nested.allowance());
        }
        if (outcome instanceof Returned(var value)) {
          if (!deliver(value)) {
            return outcome;
          }
        } else if (outcome instanceof Raised(var exceptionClass, var reason, var trace)) {
          ListTerm outer = traceUnderInner();
          calls.end();
          Raise raise = new Raise(exceptionClass, reason).withTrace(Stacktrace.join(trace, outer));
          Raised uncaught = Unwinding.unwind(frames, raise, frames.pc - 1, calls.wasCalling());
          if (uncaught != null) {
            return uncaught;
          }
        } else {
          return outcome;
        }
      }
      Outcome outcome = Interpreter.run(self, server, frames, calls, meter);
      if (outcome != null) {
        return outcome;
      }
    }
  }

  /** A definition typed at a prompt is run by the compiler, which a real node does not show. */
  private ListTerm traceUnderInner() {
    boolean typed = calls.definesModule() && frames.code.unit().kind() == Unit.Kind.PROMPT;
    return typed ? Unwinding.callersTrace(frames) : Unwinding.outerTrace(frames, frames.pc - 1);
  }

  /** Gives the result of the innermost call to whom it belongs; {@code false} if that is nobody here. */
  private boolean deliver(Term value) {
    if (calls.endReturns()) {
      if (frames.depth == 0) {
        return false;
      }
      frames.pop();
    }
    frames.stack[frames.base + frames.code.instructions[frames.pc - 1]] = value;
    return true;
  }

  /**
   * A function on the stack.
   *
   * @param line where it is; 0 if unknown
   * @param variables those visible there, in the order in which they were bound; of one name the last
   */
  public record Frame(
      Atom module, Atom function, int arity, int line, SequencedMap<String, Term> variables) {}

  /** The functions on the stack, the innermost first; of a very deep stack only the innermost. */
  public List<Frame> frames() {
    return StackViews.frames(frames, calls.inner());
  }

  /** Where it is, as the stack trace of an exception raised here would be, the innermost first. */
  public ListTerm stackTrace() {
    return StackViews.trace(frames, calls.inner());
  }

  /** The routine that the innermost call runs, if it is no code of ours. */
  public Optional<Routine> inner() {
    return Optional.ofNullable(calls.inner());
  }
}
