package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.Raised;
import beamyard.simulator.process.Outcome.Returned;
import beamyard.simulator.process.Outcome.Waiting;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The loop over the instructions. */
final class Interpreter {
  private static final Object TIMED_OUT = new Object();

  private Interpreter() {}

  /* One loop over the instructions, its state in local variables. It has to stay below 8,000 bytes of bytecode: the JVM
   * does not compile longer methods. Whatever is seldom or slow is therefore done elsewhere. Gives null when an inner
   * routine has to run. */
  @SuppressWarnings("LabelledBreakTarget") // a block to leave early costs no call and no flag
  static @Nullable Outcome run(
      ProcessContext self,
      CodeServer server,
      CallStack frames,
      ForeignCalls calls,
      UsageMeter meter) {
    Code code = frames.code;
    int[] ins = code.instructions;
    Object[] constants = code.constants;
    Object[] stack = frames.stack;
    int base = frames.base;
    int pc = frames.pc;
    int depth = frames.depth;
    int granted = meter.grant(self);
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
                stack[base + ins[pc + 1]] = CallStack.get(stack, constants, base, ins[pc + 2]);
                pc += 3;
                continue loop;
              }
              case Op.MOVE_2 -> {
                stack[base + ins[pc + 1]] = CallStack.get(stack, constants, base, ins[pc + 2]);
                stack[base + ins[pc + 3]] = CallStack.get(stack, constants, base, ins[pc + 4]);
                pc += 5;
                continue loop;
              }
              case Op.MOVE_3 -> {
                stack[base + ins[pc + 1]] = CallStack.get(stack, constants, base, ins[pc + 2]);
                stack[base + ins[pc + 3]] = CallStack.get(stack, constants, base, ins[pc + 4]);
                stack[base + ins[pc + 5]] = CallStack.get(stack, constants, base, ins[pc + 6]);
                pc += 7;
                continue loop;
              }
              case Op.JUMP -> {
                pc = ins[pc + 1];
                continue loop;
              }
              case Op.RETURN -> {
                value = CallStack.get(stack, constants, base, ins[pc + 1]);
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
                CallStack.move(stack, base + ins[pc + 2], base, count);
                returnTo = -1;
              }
              case Op.TAIL_SELF -> {
                pc = 0;
                if (--budget <= 0) {
                  frames.save(code, base, pc, depth);
                  meter.used(self, granted - budget);
                  return frames.yielded();
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
                CallStack.move(stack, base + ins[pc + 2], base, count);
                returnTo = -1;
              }
              case Op.CALL_FUN -> {
                count = ins[pc + 3];
                newBase = base + ins[pc + 2];
                returnTo = pc + 5;
                Object fun = CallStack.get(stack, constants, base, ins[pc + 1]);
                target = CallTargets.ofFun(frames, server, fun, newBase, count, code, pc, false);
                stack = frames.stack;
              }
              case Op.TAIL_FUN -> {
                count = ins[pc + 3];
                newBase = base;
                returnTo = -1;
                Object fun = CallStack.get(stack, constants, base, ins[pc + 1]);
                CallStack.move(stack, base + ins[pc + 2], base, count);
                target = CallTargets.ofFun(frames, server, fun, newBase, count, code, pc, true);
                stack = frames.stack;
              }
              case Op.CALL_COMPUTED, Op.TAIL_COMPUTED -> {
                Object module = CallStack.get(stack, constants, base, ins[pc + 1]);
                Atom function = (Atom) constants[~ins[pc + 2]];
                newBase = base + ins[pc + 3];
                count = ins[pc + 4];
                returnTo = pc + 6;
                target = CallTargets.ofName(frames, server, module, function, newBase, count);
                if (ins[pc] == Op.TAIL_COMPUTED) {
                  CallStack.move(stack, newBase, base, count);
                  newBase = base;
                  returnTo = -1;
                }
              }
              case Op.APPLY, Op.TAIL_APPLY -> {
                Object module = CallStack.get(stack, constants, base, ins[pc + 1]);
                Object function = CallStack.get(stack, constants, base, ins[pc + 2]);
                Object list = CallStack.get(stack, constants, base, ins[pc + 3]);
                boolean tail = ins[pc] == Op.TAIL_APPLY;
                newBase = tail ? base : base + ins[pc + 4];
                returnTo = tail ? -1 : pc + 6;
                count = CallTargets.spread(frames, list, newBase, module, function);
                stack = frames.stack;
                target = server.resolve(new CallSite((Atom) module, (Atom) function, count));
              }
              case Op.APPLY_FUN, Op.TAIL_APPLY_FUN -> {
                Object fun = CallStack.get(stack, constants, base, ins[pc + 1]);
                Object list = CallStack.get(stack, constants, base, ins[pc + 2]);
                boolean tail = ins[pc] == Op.TAIL_APPLY_FUN;
                newBase = tail ? base : base + ins[pc + 3];
                returnTo = tail ? -1 : pc + 5;
                count = CallTargets.spread(frames, list, newBase, fun, null);
                target = CallTargets.ofFun(frames, server, fun, newBase, count, code, pc, tail);
                stack = frames.stack;
              }
              case Op.ADD -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 2]);
                Object y = CallStack.get(stack, constants, base, ins[pc + 3]);
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
                Object x = CallStack.get(stack, constants, base, ins[pc + 2]);
                Object y = CallStack.get(stack, constants, base, ins[pc + 3]);
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
                Object x = CallStack.get(stack, constants, base, ins[pc + 3]);
                Object y = CallStack.get(stack, constants, base, ins[pc + 4]);
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
                Term x = (Term) CallStack.get(stack, constants, base, ins[pc + 3]);
                stack[base + ins[pc + 2]] = Operators.unaryOrTest(ins[pc + 1], x);
                pc += 4;
                continue loop;
              }
              case Op.IF_LESS -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                Object y = CallStack.get(stack, constants, base, ins[pc + 2]);
                pc = Operators.compare(x, y) < 0 ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_AT_MOST -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                Object y = CallStack.get(stack, constants, base, ins[pc + 2]);
                pc = Operators.compare(x, y) <= 0 ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_EQUAL -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                Object y = CallStack.get(stack, constants, base, ins[pc + 2]);
                pc = Operators.equal(x, y) ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_UNEQUAL -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                Object y = CallStack.get(stack, constants, base, ins[pc + 2]);
                pc = Operators.equal(x, y) ? ins[pc + 3] : pc + 4;
                continue loop;
              }
              case Op.IF_SAME -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                Object y = CallStack.get(stack, constants, base, ins[pc + 2]);
                pc = Operators.same(x, y) ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_DIFFERENT -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                Object y = CallStack.get(stack, constants, base, ins[pc + 2]);
                pc = Operators.same(x, y) ? ins[pc + 3] : pc + 4;
                continue loop;
              }
              case Op.IF_TYPE -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 2]);
                pc = Operators.test(ins[pc + 1], x) ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_TRUE -> {
                pc =
                    CallStack.get(stack, constants, base, ins[pc + 1]) == Atom.TRUE
                        ? pc + 3
                        : ins[pc + 2];
                continue loop;
              }
              case Op.IF_IDENTICAL -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                pc = x == CallStack.get(stack, constants, base, ins[pc + 2]) ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.IF_TRUTHY -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                pc = x != Atom.FALSE && x != Atom.NIL ? pc + 3 : ins[pc + 2];
                continue loop;
              }
              case Op.IF_FALSE -> {
                pc =
                    CallStack.get(stack, constants, base, ins[pc + 1]) == Atom.FALSE
                        ? pc + 3
                        : ins[pc + 2];
                continue loop;
              }
              case Op.CHECK_BOOLEAN -> {
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                if (x != Atom.TRUE && x != Atom.FALSE) {
                  throw Raise.badarg();
                }
                pc += 2;
                continue loop;
              }
              case Op.MATCH_CONS -> {
                if (CallStack.get(stack, constants, base, ins[pc + 1]) instanceof Cons cons) {
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
                Object x = CallStack.get(stack, constants, base, ins[pc + 1]);
                pc = x instanceof Tuple tuple && tuple.size() == ins[pc + 2] ? pc + 4 : ins[pc + 3];
                continue loop;
              }
              case Op.ELEMENT -> {
                Tuple tuple = (Tuple) CallStack.get(stack, constants, base, ins[pc + 2]);
                stack[base + ins[pc + 1]] = tuple.get(ins[pc + 3]);
                pc += 4;
                continue loop;
              }
              case Op.MATCH_MAP -> {
                pc =
                    CallStack.get(stack, constants, base, ins[pc + 1]) instanceof MapTerm
                        ? pc + 3
                        : ins[pc + 2];
                continue loop;
              }
              case Op.MAP_VALUE -> {
                MapTerm map = (MapTerm) CallStack.get(stack, constants, base, ins[pc + 2]);
                Term found = map.get((Term) CallStack.get(stack, constants, base, ins[pc + 3]));
                if (found != null) {
                  stack[base + ins[pc + 1]] = found;
                  pc += 5;
                } else {
                  pc = ins[pc + 4];
                }
                continue loop;
              }
              case Op.CONS -> {
                Term head = (Term) CallStack.get(stack, constants, base, ins[pc + 2]);
                stack[base + ins[pc + 1]] =
                    new Cons(head, (Term) CallStack.get(stack, constants, base, ins[pc + 3]));
                pc += 4;
                continue loop;
              }
              case Op.TUPLE -> {
                int size = ins[pc + 2];
                Term[] elements = new Term[size];
                for (int i = 0; i < size; i++) {
                  elements[i] = (Term) CallStack.get(stack, constants, base, ins[pc + 3 + i]);
                }
                stack[base + ins[pc + 1]] = Tuple.of(elements);
                pc += 3 + size;
                continue loop;
              }
              case Op.RECEIVE_START, Op.RECEIVE_TAKE -> {
                meter.used(self, granted - budget);
                granted = budget;
                pc = Steps.receive(self, code, stack, base, pc);
                continue loop;
              }
              case Op.RECEIVE_NEXT -> {
                meter.used(self, granted - budget);
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
                  frames.save(code, base, pc, depth);
                  frames.shrink();
                  return deadline == Long.MAX_VALUE ? Outcome.WAITING : new Waiting(deadline);
                }
                if (into >= 0) {
                  stack[base + into] = message;
                }
                pc = message == TIMED_OUT ? ins[pc + 3] : pc + 4;
                continue loop;
              }
              case Op.DEFINE_MODULE -> {
                meter.used(self, granted - budget);
                granted = budget;
                int size = 5 + ins[pc + 3];
                calls.define(Steps.define(self, code, stack, base, pc));
                frames.save(code, base, pc + size, depth);
                return null;
              }
              case Op.FUNCTION_CLAUSE -> {
                frames.save(code, base, pc, depth);
                throw Unwinding.noClause(frames);
              }
              case Op.BITS -> {
                int made = base + ins[pc + 1];
                pc = Steps.perform(code, stack, base, pc);
                meter.made((Term) stack[made]);
                continue loop;
              }
              default -> {
                pc = Steps.perform(code, stack, base, pc);
                continue loop;
              }
            }
            if (!(target instanceof Code)) {
              meter.used(self, granted - budget + 1);
              granted = 0;
              budget = 0;
              frames.save(code, base, pc, depth);
              value = calls.invoke(self, (Target) target, newBase, count, returnTo);
              budget = granted = meter.grant(self);
              if (value == null) {
                target = calls.splice(newBase);
                stack = frames.stack;
                if (target == null) {
                  return null;
                }
              } else if (returnTo >= 0) {
                stack[base + ins[returnTo - 1]] = value;
                pc = returnTo;
                if (granted == 0 && self.isInterrupted()) {
                  frames.save(code, base, pc, depth);
                  return Outcome.YIELDED;
                }
                continue loop;
              } else {
                if (granted == 0 && depth > 0 && self.isInterrupted()) {
                  frames.save(code, base, pc, depth);
                  frames.pop();
                  stack[frames.base + frames.code.instructions[frames.pc - 1]] = value;
                  return Outcome.YIELDED;
                }
                break enter;
              }
            }
            Code callee = (Code) target;
            if (returnTo >= 0) {
              if (depth == frames.callers.length) {
                frames.growCallers();
              }
              frames.callers[depth] = code;
              frames.returns[2 * depth] = returnTo;
              frames.returns[2 * depth + 1] = base;
              depth++;
            }
            code = callee;
            base = newBase;
            pc = 0;
            ins = callee.instructions;
            constants = callee.constants;
            if (newBase + callee.frameSize > stack.length) {
              frames.reserve(newBase + callee.frameSize);
              stack = frames.stack;
            }
            if (--budget <= 0) {
              frames.save(code, base, pc, depth);
              meter.used(self, granted - budget);
              return frames.yielded();
            }
            continue loop;
          }
          if (depth == 0) {
            meter.used(self, granted - budget);
            frames.save(code, base, pc, depth);
            return new Returned((Term) value);
          }
          depth--;
          code = frames.callers[depth];
          ins = code.instructions;
          constants = code.constants;
          pc = frames.returns[2 * depth];
          base = frames.returns[2 * depth + 1];
          stack[base + ins[pc - 1]] = value;
        }
      } catch (Raise raise) {
        frames.save(code, base, pc, depth);
        Raised uncaught = Unwinding.unwind(frames, raise, pc, calls.wasCalling());
        if (uncaught != null) {
          meter.used(self, granted - budget);
          return uncaught;
        }
        code = frames.code;
        ins = code.instructions;
        constants = code.constants;
        stack = frames.stack;
        base = frames.base;
        pc = frames.pc;
        depth = frames.depth;
        if (budget == 0) {
          budget = granted = meter.grant(self);
        }
      }
    }
  }
}
