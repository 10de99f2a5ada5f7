package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.Code.VariableRange;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.Raised;
import beamyard.simulator.process.Outcome.Returned;
import beamyard.simulator.process.Outcome.Waiting;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.SystemLimit;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ExternalFun;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One call in progress: frames on an explicit stack. All of its state is data. */
public final class Execution implements Routine {
  /** Where a function fails that a process, or a remote call, begins with and that cannot be called like that. */
  private static final Term APPLYING =
      Stacktrace.entry(Operators.ERLANG, Atom.of("apply"), SmallInt.of(2));

  private static final Atom BADARITH = Atom.of("badarith");

  /** After so many reductions the size of the heap is looked at; later the larger the heap. */
  private static final long MEASURED_EVERY = 4_000_000;

  private static final long MEMORY_MEASURED_EVERY = 100_000;

  /** How many functions {@link #frames} shows of a deep stack, counted from the innermost. */
  private static final int FRAMES_SHOWN = 1000;

  private static final Object TIMED_OUT = new Object();
  private static final Code CALL = entryCode(3, Op.TAIL_APPLY, 0, 1, 2, 3);
  private static final Code APPLY = entryCode(2, Op.TAIL_APPLY_FUN, 0, 1, 2);

  /** Whether what was raised comes from a function that was called, and not from an instruction. */
  private boolean calling;

  Object[] stack;
  int base;
  int pc;
  Code code;
  int depth;
  private Code[] callers = new Code[8];

  /** Where each caller goes on, and the base of its frame. */
  private int[] returns = new int[16];

  /** What the innermost call runs, if that is no code. */
  private @Nullable Routine inner;

  /** Whether the result of {@link #inner} is the result of the function that called it. */
  private boolean innerReturns;

  /** Reductions it may use beyond what the process has; -1 to use those of the process. */
  private long allowance = -1;

  private long usedSinceMeasured;
  private long measuredAfter = MEASURED_EVERY;

  /** As {@link #measuredAfter} on a node whose memory is limited. */
  private long memoryAfter = MEMORY_MEASURED_EVERY;

  private long usedSinceWaited;

  private Execution(Code code, Object... registers) {
    this.code = code;
    this.stack = Arrays.copyOf(registers, Math.max(32, code.frameSize));
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
    return new Execution(CALL, module, function, ListTerm.of(arguments));
  }

  /** A call of a function value. */
  static Execution ofApply(Term fun, List<Term> arguments) {
    return new Execution(APPLY, fun, ListTerm.of(arguments));
  }

  /** The evaluation of code made at a prompt. */
  static Execution ofExpression(Code code, List<Term> arguments) {
    return new Execution(code, arguments.toArray());
  }

  /** Lets it use this many reductions at a stretch, whatever the process has left. */
  void allow(long reductions) {
    allowance = reductions;
  }

  long allowance() {
    return allowance;
  }

  @Override
  public void bringUpToDate(UnaryOperator<Term> present) {
    for (int i = 0; i < base + code.frameSize; i++) {
      if (stack[i] instanceof Term term) {
        stack[i] = present.apply(term);
      }
    }
    if (inner != null) {
      inner.bringUpToDate(present);
    }
  }

  @Override
  public Execution copy() {
    var copy = new Execution(code);
    copy.stack = Arrays.copyOf(stack, base + code.frameSize);
    copy.base = base;
    copy.pc = pc;
    copy.depth = depth;
    copy.callers = Arrays.copyOf(callers, Math.max(8, depth));
    copy.returns = Arrays.copyOf(returns, Math.max(16, 2 * depth));
    copy.inner = inner == null ? null : inner.copy();
    copy.innerReturns = innerReturns;
    copy.allowance = allowance;
    copy.usedSinceMeasured = usedSinceMeasured;
    copy.measuredAfter = measuredAfter;
    copy.memoryAfter = memoryAfter;
    copy.usedSinceWaited = usedSinceWaited;
    return copy;
  }

  @Override
  public void abandon() {
    if (inner != null) {
      inner.abandon();
    }
  }

  @Override
  public Outcome run(ProcessContext self) {
    int before = self.reductionsLeft();
    try {
      Outcome outcome = goOn(self);
      usedSinceMeasured += Math.max(0, before - self.reductionsLeft());
      if (outcome instanceof Returned || outcome instanceof Raised) {
        return outcome;
      }
      if (outcome instanceof Waiting(var deadline) && deadline > self.now()) {
        usedSinceWaited = 0;
      }
      if (usedSinceWaited > YardLimit.REDUCTIONS.most()) {
        return atTheLimit(YardLimit.REDUCTIONS);
      }
      return isToBeMeasured(self) && isTooLarge(self) ? atTheLimit(YardLimit.HEAP) : outcome;
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

  private boolean isToBeMeasured(ProcessContext self) {
    if (usedSinceMeasured > memoryAfter && !NodeMemory.isLimited(self)) {
      memoryAfter = Long.MAX_VALUE;
    }
    return usedSinceMeasured > Math.min(measuredAfter, memoryAfter)
        || HeapGuard.isDue(self, usedSinceMeasured);
  }

  private boolean isTooLarge(ProcessContext self) {
    boolean guarded = NodeMemory.isLimited(self) || HeapGuard.isSet(self);
    int count = base + code.frameSize;
    long words =
        guarded
            ? HeapMeter.measureExactly(stack, count, self.dictionary())
            : HeapMeter.measure(stack, count, self.dictionary());
    usedSinceMeasured = 0;
    measuredAfter = Math.max(MEASURED_EVERY, words);
    memoryAfter = Math.max(MEMORY_MEASURED_EVERY, words / 4);
    if (words > YardLimit.HEAP.most()) {
      return true;
    }
    HeapGuard.check(self, words);
    NodeMemory.note(self, words);
    return false;
  }

  /** Ends a process that asks for more than it may have, so that the others can go on. */
  private Outcome atTheLimit(YardLimit limit) {
    return end(limit.reason());
  }

  private Outcome end(Term reason) {
    ListTerm trace =
        code.unit().kind() == Unit.Kind.ENTRY ? Nil.NIL : ListTerm.of(Stacktrace.entry(code, 0));
    stack = new Object[0];
    callers = new Code[0];
    abandon();
    inner = null;
    return new Raised(Outcome.ExceptionClass.ERROR, reason, trace);
  }

  private Outcome goOn(ProcessContext self) {
    CodeServer server = self.owned(CodeServer.class);
    while (true) {
      if (inner != null) {
        if (allowance >= 0 && inner instanceof Execution nested) {
          nested.allow(allowance);
        }
        Outcome outcome = inner.run(self);
        if (allowance >= 0 && inner instanceof Execution nested) {
          allowance = nested.allowance();
        }
        if (outcome instanceof Returned(var value)) {
          inner = null;
          if (!deliver(value)) {
            return outcome;
          }
        } else if (outcome instanceof Raised(var exceptionClass, var reason, var trace)) {
          inner = null;
          Raise raise =
              new Raise(exceptionClass, reason)
                  .withTrace(Stacktrace.join(trace, outerTrace(pc - 1)));
          Raised uncaught = unwind(raise, pc - 1);
          if (uncaught != null) {
            return uncaught;
          }
        } else {
          return outcome;
        }
      }
      Outcome outcome = interpret(self, server);
      if (outcome != null) {
        return outcome;
      }
    }
  }

  /** Gives the result of the innermost call to whom it belongs; {@code false} if that is nobody here. */
  private boolean deliver(Term value) {
    if (innerReturns) {
      innerReturns = false;
      if (depth == 0) {
        return false;
      }
      pop();
    }
    stack[base + code.instructions[pc - 1]] = value;
    return true;
  }

  private void pop() {
    depth--;
    code = callers[depth];
    pc = returns[2 * depth];
    base = returns[2 * depth + 1];
  }

  private static Object get(Object[] stack, Object[] constants, int base, int operand) {
    return operand >= 0 ? stack[base + operand] : constants[~operand];
  }

  /** How many reductions may be used before the next look at the process. */
  private int grant(ProcessContext self) {
    return allowance >= 0 ? (int) Math.min(allowance, Integer.MAX_VALUE) : self.reductionsLeft();
  }

  private void used(ProcessContext self, int reductions) {
    if (reductions != 0) {
      self.consume(reductions);
      usedSinceWaited += reductions;
      if (allowance >= 0) {
        allowance = Math.max(0, allowance - reductions);
      }
    }
  }

  /* One loop over the instructions, its state in local variables. It has to stay below 8,000 bytes of bytecode: the JVM
   * does not compile longer methods. Whatever is seldom or slow is therefore done elsewhere. Gives null when an inner
   * routine has to run. */
  @SuppressWarnings("LabelledBreakTarget") // a block to leave early costs no call and no flag
  private @Nullable Outcome interpret(ProcessContext self, CodeServer server) {
    Code code = this.code;
    int[] ins = code.instructions;
    Object[] constants = code.constants;
    Object[] stack = this.stack;
    int base = this.base;
    int pc = this.pc;
    int depth = this.depth;
    int granted = grant(self);
    int budget = granted;
    while (true) {
      try {
        loop:
        while (true) {
          Object value;
          enter:
          {
            Object target;
            int newBase;
            int count;
            int returnTo;
            HotCode hot = code.hot();
            if (hot != null) {
              long state = hot.run(stack, constants, base, HotCode.state(pc, budget));
              pc = HotCode.pc(state);
              budget = HotCode.budget(state);
            }
            switch (ins[pc]) {
              case Op.MOVE -> {
                stack[base + ins[pc + 1]] = get(stack, constants, base, ins[pc + 2]);
                pc += 3;
                continue loop;
              }
              case Op.MOVE_2 -> {
                stack[base + ins[pc + 1]] = get(stack, constants, base, ins[pc + 2]);
                stack[base + ins[pc + 3]] = get(stack, constants, base, ins[pc + 4]);
                pc += 5;
                continue loop;
              }
              case Op.MOVE_3 -> {
                stack[base + ins[pc + 1]] = get(stack, constants, base, ins[pc + 2]);
                stack[base + ins[pc + 3]] = get(stack, constants, base, ins[pc + 4]);
                stack[base + ins[pc + 5]] = get(stack, constants, base, ins[pc + 6]);
                pc += 7;
                continue loop;
              }
              case Op.JUMP -> {
                pc = ins[pc + 1];
                continue loop;
              }
              case Op.RETURN -> {
                value = get(stack, constants, base, ins[pc + 1]);
                break enter;
              }
              case Op.CALL -> {
                target = code.unit().function(ins[pc + 1]);
                newBase = base + ins[pc + 2];
                count = 0;
                returnTo = pc + 4;
              }
              case Op.TAIL_CALL -> {
                target = code.unit().function(ins[pc + 1]);
                newBase = base;
                count = ins[pc + 3];
                move(stack, base + ins[pc + 2], base, count);
                returnTo = -1;
              }
              case Op.TAIL_SELF -> {
                pc = 0;
                if (--budget <= 0) {
                  save(code, base, pc, depth);
                  used(self, granted - budget);
                  return yielded();
                }
                continue loop;
              }
              case Op.CALL_REMOTE -> {
                CallSite site = (CallSite) code.pool[ins[pc + 1]];
                target = server.resolve(site);
                newBase = base + ins[pc + 2];
                count = site.arity;
                returnTo = pc + 4;
              }
              case Op.TAIL_REMOTE -> {
                CallSite site = (CallSite) code.pool[ins[pc + 1]];
                target = server.resolve(site);
                newBase = base;
                count = site.arity;
                move(stack, base + ins[pc + 2], base, count);
                returnTo = -1;
              }
              case Op.CALL_FUN -> {
                count = ins[pc + 3];
                newBase = base + ins[pc + 2];
                returnTo = pc + 5;
                Object fun = get(stack, constants, base, ins[pc + 1]);
                target = funTarget(server, fun, newBase, count, code, pc, false);
                stack = this.stack;
              }
              case Op.TAIL_FUN -> {
                count = ins[pc + 3];
                newBase = base;
                returnTo = -1;
                Object fun = get(stack, constants, base, ins[pc + 1]);
                move(stack, base + ins[pc + 2], base, count);
                target = funTarget(server, fun, newBase, count, code, pc, true);
                stack = this.stack;
              }
              case Op.CALL_COMPUTED, Op.TAIL_COMPUTED -> {
                Object module = get(stack, constants, base, ins[pc + 1]);
                Atom function = (Atom) constants[~ins[pc + 2]];
                newBase = base + ins[pc + 3];
                count = ins[pc + 4];
                returnTo = pc + 6;
                target = namedTarget(server, module, function, newBase, count);
                if (ins[pc] == Op.TAIL_COMPUTED) {
                  move(stack, newBase, base, count);
                  newBase = base;
                  returnTo = -1;
                }
              }
              case Op.APPLY, Op.TAIL_APPLY -> {
                Object module = get(stack, constants, base, ins[pc + 1]);
                Object function = get(stack, constants, base, ins[pc + 2]);
                Object list = get(stack, constants, base, ins[pc + 3]);
                boolean tail = ins[pc] == Op.TAIL_APPLY;
                newBase = tail ? base : base + ins[pc + 4];
                returnTo = tail ? -1 : pc + 6;
                count = spread(list, newBase, module, function);
                stack = this.stack;
                target = server.resolve(new CallSite((Atom) module, (Atom) function, count));
              }
              case Op.APPLY_FUN, Op.TAIL_APPLY_FUN -> {
                Object fun = get(stack, constants, base, ins[pc + 1]);
                Object list = get(stack, constants, base, ins[pc + 2]);
                boolean tail = ins[pc] == Op.TAIL_APPLY_FUN;
                newBase = tail ? base : base + ins[pc + 3];
                returnTo = tail ? -1 : pc + 5;
                count = spread(list, newBase, fun, null);
                target = funTarget(server, fun, newBase, count, code, pc, tail);
                stack = this.stack;
              }
              case Op.ADD -> {
                Object x = get(stack, constants, base, ins[pc + 2]);
                Object y = get(stack, constants, base, ins[pc + 3]);
                Object sum = null;
                if (x instanceof SmallInt a && y instanceof SmallInt b) {
                  long result = a.value() + b.value();
                  if (((a.value() ^ result) & (b.value() ^ result)) >= 0) {
                    sum = SmallInt.of(result);
                  }
                }
                if (sum == null) {
                  sum = Operators.binary(Operators.Operator.ADD.ordinal(), (Term) x, (Term) y);
                }
                stack[base + ins[pc + 1]] = sum;
                pc += 4;
                continue loop;
              }
              case Op.SUBTRACT -> {
                Object x = get(stack, constants, base, ins[pc + 2]);
                Object y = get(stack, constants, base, ins[pc + 3]);
                Object difference = null;
                if (x instanceof SmallInt a && y instanceof SmallInt b) {
                  long result = a.value() - b.value();
                  if (((a.value() ^ b.value()) & (a.value() ^ result)) >= 0) {
                    difference = SmallInt.of(result);
                  }
                }
                if (difference == null) {
                  difference =
                      Operators.binary(Operators.Operator.SUBTRACT.ordinal(), (Term) x, (Term) y);
                }
                stack[base + ins[pc + 1]] = difference;
                pc += 4;
                continue loop;
              }
              case Op.BINARY -> {
                Object x = get(stack, constants, base, ins[pc + 3]);
                Object y = get(stack, constants, base, ins[pc + 4]);
                Term result = null;
                if (x instanceof SmallInt a && y instanceof SmallInt b) {
                  result = Operators.ofSmall(ins[pc + 1], a.value(), b.value());
                }
                if (result == null) {
                  result = Operators.binary(ins[pc + 1], (Term) x, (Term) y);
                  budget = Math.max(1, budget - Operators.cost(result));
                }
                stack[base + ins[pc + 2]] = result;
                pc += 5;
                continue loop;
              }
              case Op.UNARY -> {
                Term x = (Term) get(stack, constants, base, ins[pc + 3]);
                stack[base + ins[pc + 2]] = Operators.unaryOrTest(ins[pc + 1], x);
                pc += 4;
                continue loop;
              }
              case Op.IF_LESS -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                Object y = get(stack, constants, base, ins[pc + 2]);
                pc = Operators.compare(x, y) < 0 ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_AT_MOST -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                Object y = get(stack, constants, base, ins[pc + 2]);
                pc = Operators.compare(x, y) <= 0 ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_EQUAL -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                Object y = get(stack, constants, base, ins[pc + 2]);
                pc = Operators.equal(x, y) ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_UNEQUAL -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                Object y = get(stack, constants, base, ins[pc + 2]);
                pc = Operators.equal(x, y) ? ins[pc + 3] : pc + 4;
                continue loop;
              }
              case Op.IF_SAME -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                Object y = get(stack, constants, base, ins[pc + 2]);
                pc = Operators.same(x, y) ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_DIFFERENT -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                Object y = get(stack, constants, base, ins[pc + 2]);
                pc = Operators.same(x, y) ? ins[pc + 3] : pc + 4;
                continue loop;
              }
              case Op.IF_TYPE -> {
                Object x = get(stack, constants, base, ins[pc + 2]);
                pc = Operators.test(ins[pc + 1], x) ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_TRUE -> {
                pc = get(stack, constants, base, ins[pc + 1]) == Atom.TRUE ? pc + 3 : ins[pc + 2];
                continue loop;
              }
              case Op.IF_IDENTICAL -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                pc = x == get(stack, constants, base, ins[pc + 2]) ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_TRUTHY -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                pc = x != Atom.FALSE && x != Atom.NIL ? pc + 3 : ins[pc + 2];
                continue loop;
              }
              case Op.IF_FALSE -> {
                pc = get(stack, constants, base, ins[pc + 1]) == Atom.FALSE ? pc + 3 : ins[pc + 2];
                continue loop;
              }
              case Op.CHECK_BOOLEAN -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                if (x != Atom.TRUE && x != Atom.FALSE) {
                  throw Raise.badarg();
                }
                pc += 2;
                continue loop;
              }
              case Op.MATCH_CONS -> {
                if (get(stack, constants, base, ins[pc + 1]) instanceof Cons cons) {
                  if (ins[pc + 2] >= 0) {
                    stack[base + ins[pc + 2]] = cons.head();
                  }
                  if (ins[pc + 3] >= 0) {
                    stack[base + ins[pc + 3]] = cons.tail();
                  }
                  pc += 5;
                } else {
                  pc = ins[pc + 4];
                }
                continue loop;
              }
              case Op.MATCH_TUPLE -> {
                Object x = get(stack, constants, base, ins[pc + 1]);
                pc = x instanceof Tuple tuple && tuple.size() == ins[pc + 2] ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.ELEMENT -> {
                Tuple tuple = (Tuple) get(stack, constants, base, ins[pc + 2]);
                stack[base + ins[pc + 1]] = tuple.get(ins[pc + 3]);
                pc += 4;
                continue loop;
              }
              case Op.MATCH_MAP -> {
                pc =
                    get(stack, constants, base, ins[pc + 1]) instanceof MapTerm
                        ? pc + 3
                        : ins[pc + 2];
                continue loop;
              }
              case Op.MAP_VALUE -> {
                MapTerm map = (MapTerm) get(stack, constants, base, ins[pc + 2]);
                Term found = map.get((Term) get(stack, constants, base, ins[pc + 3]));
                if (found != null) {
                  stack[base + ins[pc + 1]] = found;
                  pc += 5;
                } else {
                  pc = ins[pc + 4];
                }
                continue loop;
              }
              case Op.CONS -> {
                Term head = (Term) get(stack, constants, base, ins[pc + 2]);
                stack[base + ins[pc + 1]] =
                    new Cons(head, (Term) get(stack, constants, base, ins[pc + 3]));
                pc += 4;
                continue loop;
              }
              case Op.TUPLE -> {
                int size = ins[pc + 2];
                Term[] elements = new Term[size];
                for (int i = 0; i < size; i++) {
                  elements[i] = (Term) get(stack, constants, base, ins[pc + 3 + i]);
                }
                stack[base + ins[pc + 1]] = Tuple.of(elements);
                pc += 3 + size;
                continue loop;
              }
              case Op.RECEIVE_START, Op.RECEIVE_TAKE -> {
                used(self, granted - budget);
                granted = budget;
                pc = Steps.receive(self, code, stack, base, pc);
                continue loop;
              }
              case Op.RECEIVE_NEXT -> {
                used(self, granted - budget);
                granted = budget;
                int register = ins[pc + 2];
                long deadline =
                    register < 0 ? Long.MAX_VALUE : ((SmallInt) stack[base + register]).value();
                int into = ins[pc + 1];
                Object message =
                    into < 0
                        ? Steps.pause(self, deadline, TIMED_OUT)
                        : Steps.nextMessage(self, deadline, TIMED_OUT);
                if (message == null) {
                  save(code, base, pc, depth);
                  shrink();
                  return deadline == Long.MAX_VALUE ? Outcome.WAITING : new Waiting(deadline);
                }
                if (into >= 0) {
                  stack[base + into] = message;
                }
                pc = message == TIMED_OUT ? ins[pc + 3] : pc + 4;
                continue loop;
              }
              case Op.DEFINE_MODULE -> {
                used(self, granted - budget);
                granted = budget;
                int size = 5 + ins[pc + 3];
                inner = Steps.define(self, code, stack, base, pc);
                innerReturns = false;
                save(code, base, pc + size, depth);
                return null;
              }
              case Op.FUNCTION_CLAUSE -> {
                save(code, base, pc, depth);
                throw noClause();
              }
              case Op.BITS -> {
                int made = base + ins[pc + 1];
                pc = Steps.perform(code, stack, base, pc);
                usedSinceMeasured += HeapMeter.wordsOutside((Term) stack[made]);
                continue loop;
              }
              default -> {
                pc = Steps.perform(code, stack, base, pc);
                continue loop;
              }
            }
            if (!(target instanceof Code)) {
              used(self, granted - budget + 1);
              granted = 0;
              budget = 0;
              save(code, base, pc, depth);
              value = invoke(self, (Target) target, newBase, count, returnTo);
              budget = granted = grant(self);
              if (value == null) {
                target = splice(newBase);
                stack = this.stack;
                if (target == null) {
                  return null;
                }
              } else if (returnTo >= 0) {
                stack[base + ins[returnTo - 1]] = value;
                pc = returnTo;
                if (granted == 0 && self.isInterrupted()) {
                  save(code, base, pc, depth);
                  return Outcome.YIELDED;
                }
                continue loop;
              } else {
                if (granted == 0 && depth > 0 && self.isInterrupted()) {
                  save(code, base, pc, depth);
                  pop();
                  stack[this.base + this.code.instructions[this.pc - 1]] = value;
                  return Outcome.YIELDED;
                }
                break enter;
              }
            }
            Code callee = (Code) target;
            if (returnTo >= 0) {
              if (depth == callers.length) {
                growCallers();
              }
              callers[depth] = code;
              returns[2 * depth] = returnTo;
              returns[2 * depth + 1] = base;
              depth++;
            }
            code = callee;
            base = newBase;
            pc = 0;
            ins = callee.instructions;
            constants = callee.constants;
            if (newBase + callee.frameSize > stack.length) {
              reserve(newBase + callee.frameSize);
              stack = this.stack;
            }
            if (--budget <= 0) {
              save(code, base, pc, depth);
              used(self, granted - budget);
              return yielded();
            }
            continue loop;
          }
          if (depth == 0) {
            used(self, granted - budget);
            save(code, base, pc, depth);
            return new Returned((Term) value);
          }
          depth--;
          code = callers[depth];
          ins = code.instructions;
          constants = code.constants;
          pc = returns[2 * depth];
          base = returns[2 * depth + 1];
          stack[base + ins[pc - 1]] = value;
        }
      } catch (Raise raise) {
        save(code, base, pc, depth);
        Raised uncaught = unwind(raise, pc);
        if (uncaught != null) {
          used(self, granted - budget);
          return uncaught;
        }
        code = this.code;
        ins = code.instructions;
        constants = code.constants;
        stack = this.stack;
        base = this.base;
        pc = this.pc;
        depth = this.depth;
        if (budget == 0) {
          budget = granted = grant(self);
        }
      }
    }
  }

  /** The end of a time slice: the functions on top of the stack are those that run most. */
  private Outcome yielded() {
    code.warmUp();
    for (int i = depth - 1; i >= 0 && i >= depth - 2; i--) {
      callers[i].warmUp();
    }
    return Outcome.YIELDED;
  }

  private void save(Code code, int base, int pc, int depth) {
    this.code = code;
    this.base = base;
    this.pc = pc;
    this.depth = depth;
  }

  private static void move(Object[] stack, int from, int to, int count) {
    for (int i = 0; i < count; i++) {
      stack[to + i] = stack[from + i];
    }
  }

  private void reserve(int size) {
    YardLimit.STACK.check(size);
    if (size > stack.length) {
      stack = Arrays.copyOf(stack, Math.max(size, stack.length * 2));
    }
  }

  private void growCallers() {
    YardLimit.STACK.check(2L * callers.length);
    callers = Arrays.copyOf(callers, callers.length * 2);
    returns = Arrays.copyOf(returns, returns.length * 2);
  }

  /** Lets go of everything above the innermost frame. */
  private void shrink() {
    int top = base + code.frameSize;
    if (stack.length > 4 * top + 64) {
      stack = Arrays.copyOf(stack, 2 * top + 32);
    }
    Arrays.fill(stack, top, stack.length, null);
    if (callers.length > 4 * depth + 64) {
      callers = Arrays.copyOf(callers, 2 * depth + 8);
      returns = Arrays.copyOf(returns, callers.length * 2);
    }
  }

  private ListTerm arguments(int from, int count) {
    ListTerm list = Nil.NIL;
    for (int i = count - 1; i >= 0; i--) {
      list = new Cons((Term) stack[from + i], list);
    }
    return list;
  }

  /**
   * Finds the code of a function value and puts its free variables behind the arguments.
   *
   * @param caller {@code null} in a tail call
   */
  private Object funTarget(
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
        throw server.missing(closure, arguments(newBase, count));
      }
      List<Term> free = closure.free();
      if (newBase + callee.frameSize > stack.length) {
        reserve(newBase + callee.frameSize);
      }
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
            ? Raise.error("badarity", Tuple.of((Term) fun, arguments(newBase, count)))
            : Raise.error("badfun", (Term) fun);
    throw switch (caller.unit().kind()) {
      case ENTRY -> raise.in(APPLYING);
      case PROMPT -> raise.in(Stacktrace.applying(raise.reason()));
      default -> tail ? raise : raise.in(Stacktrace.entry(caller, callerPc));
    };
  }

  private Object namedTarget(
      CodeServer server, Object module, Atom function, int first, int count) {
    if (!(module instanceof Atom name)) {
      throw Intrinsics.bad("apply", (Term) module, function, arguments(first, count));
    }
    return server.resolve(new CallSite(name, function, count));
  }

  /** Puts a list of arguments into registers; gives how many they are. {@code function} is {@code null} for a fun. */
  private int spread(Object list, int first, Object moduleOrFun, @Nullable Object function) {
    boolean named = function != null;
    if (!(list instanceof ListTerm arguments)
        || !arguments.isProper()
        || named && !(moduleOrFun instanceof Atom && function instanceof Atom)) {
      throw named
          ? Intrinsics.bad("apply", (Term) moduleOrFun, (Term) function, (Term) list)
          : Intrinsics.bad("apply", (Term) moduleOrFun, (Term) list);
    }
    int count = arguments.length();
    reserve(first + count + 1);
    int at = first;
    for (Term argument : arguments) {
      stack[at++] = argument;
    }
    return count;
  }

  /** Calls what is no code; {@code null} if it has become {@link #inner}. */
  private @Nullable Term invoke(
      ProcessContext self, Target target, int first, int count, int returnTo) {
    switch (target) {
      case Target.OfBuiltin(var module, var function, var builtin, var blame) -> {
        Term[] arguments = toArray(first, count);
        try {
          calling = true;
          Term value = builtin.call(self, arguments);
          calling = false;
          usedSinceMeasured += HeapMeter.wordsOutside(value);
          usedSinceWaited += HiddenWork.of(value);
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
        Term[] arguments = toArray(first, count);
        try {
          inner = builtin.call(self, arguments);
        } catch (Raise raise) {
          throw blamed(raise, module, function, arguments);
        } catch (ClassCastException | IndexOutOfBoundsException e) { // arguments of the wrong kind
          throw blamed(Raise.badarg(), module, function, arguments);
        }
        innerReturns = returnTo < 0;
        pc = returnTo < 0 ? pc + 1 : returnTo;
        return null;
      }
      case Target.Undefined(var module, var function) -> {
        Raise raise = Raise.error(Atom.of("undef"));
        Term entry = Stacktrace.entry(module, function, arguments(first, count));
        throw returnTo < 0
            ? raise.withTrace(Stacktrace.join(ListTerm.of(entry), callersTrace()))
            : raise.in(entry);
      }
    }
  }

  /** If the routine to run is a call that has not begun, makes it a call of ours: no nesting, and a real tail call. */
  private @Nullable Code splice(int first) {
    if (!(inner instanceof Execution call)
        || call.code.unit().kind() != Unit.Kind.ENTRY
        || call.pc != 0) {
      return null;
    }
    inner = null;
    innerReturns = false;
    reserve(first + call.code.frameSize);
    System.arraycopy(call.stack, 0, stack, first, call.code.arity);
    return call.code;
  }

  private static Raise blamed(Raise raise, Atom module, Atom function, Term[] arguments) {
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

  private Term[] toArray(int first, int count) {
    Term[] arguments = new Term[count];
    for (int i = 0; i < count; i++) {
      arguments[i] = (Term) stack[first + i];
    }
    return arguments;
  }

  // Exceptions.

  private Raise noClause() {
    ListTerm arguments = arguments(base, code.arity);
    Term entry = Stacktrace.noClause(code, arguments);
    return Raise.error(Atom.of("function_clause"))
        .withTrace(Stacktrace.join(ListTerm.of(entry), callersTrace()));
  }

  /**
   * Goes to whoever handles an exception raised at an instruction of the innermost frame, or gives the end of it
   * all.
   */
  private @Nullable Raised unwind(Raise raise, int at) {
    boolean called = calling;
    calling = false;
    int handler = code.handlerAt(at);
    if (handler >= 0 && code.handlers[handler + 3] == Code.NO_REGISTER) {
      pc = code.handlers[handler + 2];
      return null;
    }
    Term trace = raise.trace().orElse(null);
    if (trace == null) {
      ListTerm frames = raise.shownAt(trace(at, raise));
      // arithmetic of a compiled module is instructions, not calls
      boolean instruction =
          !called && code.unit().kind() == Unit.Kind.MODULE && raise.reason() == BADARITH;
      trace =
          (instruction ? ArithmeticFrames.of(code, at, raise) : raise.innermost())
              .map(entry -> (Term) Stacktrace.join(ListTerm.of(entry), frames))
              .orElse(frames);
    }
    while (handler < 0) {
      if (depth == 0) {
        return new Raised(raise.exceptionClass(), raise.reason(), trace);
      }
      pop();
      handler = code.handlerAt(pc - 1);
    }
    int register = base + code.handlers[handler + 3];
    stack[register] = Intrinsics.name(raise.exceptionClass());
    stack[register + 1] = raise.reason();
    stack[register + 2] = trace;
    pc = code.handlers[handler + 2];
    return null;
  }

  /** The stack trace of an exception raised at an instruction of the innermost frame. */
  private ListTerm trace(int at, Raise raise) {
    return code.unit().kind() == Unit.Kind.ENTRY || raise.innermost().isPresent()
        ? outerTrace(at)
        : Stacktrace.join(
            ListTerm.of(Stacktrace.entry(code, at, raise, setting())), callersTrace());
  }

  /** The stack under something that was called at an instruction of the innermost frame. */
  private ListTerm outerTrace(int at) {
    var entries = new ArrayList<Term>();
    if (code.unit().kind() != Unit.Kind.ENTRY) {
      entries.addAll(Stacktrace.callers(code, at, setting()));
    }
    callersTrace().forEach(entries::add);
    return ListTerm.of(entries);
  }

  private ListTerm callersTrace() {
    Stacktrace.Setting setting = setting();
    var entries = new ArrayList<Term>();
    for (int i = depth - 1; i >= 0 && entries.size() < Stacktrace.DEPTH; i--) {
      if (callers[i].unit().kind() != Unit.Kind.ENTRY) {
        entries.addAll(Stacktrace.callers(callers[i], returns[2 * i] - 1, setting));
      }
    }
    return ListTerm.of(entries);
  }

  private Stacktrace.Setting setting() {
    Code outermost = depth == 0 ? code : callers[0];
    return outermost.unit().kind() == Unit.Kind.PROMPT && !outermost.unit().isClosure(outermost)
        ? Stacktrace.Setting.SHELL
        : Stacktrace.Setting.PROCESS;
  }

  // Views.

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
    var frames = new ArrayList<Frame>();
    if (inner instanceof Execution nested) {
      frames.addAll(nested.frames());
    }
    addFrame(frames, code, pc, base);
    for (int i = depth - 1; i >= 0 && frames.size() < FRAMES_SHOWN; i--) {
      addFrame(frames, callers[i], returns[2 * i] - 1, returns[2 * i + 1]);
    }
    return List.copyOf(frames);
  }

  /** Where it is, as the stack trace of an exception raised here would be, the innermost first. */
  public ListTerm stackTrace() {
    var entries = new ArrayList<Term>();
    Routine innermost = inner instanceof Nested nested ? nested.running().orElse(null) : inner;
    if (innermost instanceof Execution nested) {
      nested.stackTrace().forEach(entries::add);
    } else if (code.unit().kind() == Unit.Kind.PROMPT) {
      entries.add(Stacktrace.waitingAtPrompt());
    }
    if (code.unit().kind() != Unit.Kind.ENTRY) {
      entries.addAll(Stacktrace.callers(code, pc, setting()));
    }
    callersTrace().forEach(entries::add);
    return ListTerm.of(entries.subList(0, Math.min(entries.size(), Stacktrace.DEPTH)));
  }

  private void addFrame(List<Frame> frames, Code of, int at, int start) {
    if (of.unit().kind() == Unit.Kind.ENTRY) {
      return;
    }
    var variables = new LinkedHashMap<String, Term>();
    var ranges = new ArrayList<>(of.variables);
    ranges.sort((a, b) -> Integer.compare(a.start(), b.start()));
    for (VariableRange range : ranges) {
      Object value = get(stack, of.constants, start, range.operand());
      if (range.start() <= at && at <= range.end() && value instanceof Term term) {
        Variable variable = range.variable();
        variables.remove(variable.name());
        variables.put(variable.name(), term);
      }
    }
    Code.Origin origin = of.origin;
    frames.add(
        new Frame(
            of.unit().name(),
            origin.function(),
            origin.arity(),
            of.lineAt(at),
            Collections.unmodifiableSequencedMap(variables)));
  }

  /** The routine that the innermost call runs, if it is no code of ours. */
  public Optional<Routine> inner() {
    return Optional.ofNullable(inner);
  }
}
