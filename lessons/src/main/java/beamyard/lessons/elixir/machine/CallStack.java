package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The frames of a call in progress: registers of all of them on one array, and where each caller goes on. All of it is data. */
final class CallStack {
  Object[] stack;
  int base;
  int pc;
  Code code;
  int depth;
  Code[] callers = new Code[8];

  /** Where each caller goes on, and the base of its frame. */
  int[] returns = new int[16];

  CallStack(Code code, Object... registers) {
    this.code = code;
    this.stack = Arrays.copyOf(registers, Math.max(32, code.frameSize));
  }

  /** How many registers are in use. */
  int size() {
    return base + code.frameSize;
  }

  void bringUpToDate(UnaryOperator<Term> present) {
    for (int i = 0; i < size(); i++) {
      if (stack[i] instanceof Term term) {
        stack[i] = present.apply(term);
      }
    }
  }

  CallStack copy() {
    var copy = new CallStack(code);
    copy.stack = Arrays.copyOf(stack, size());
    copy.base = base;
    copy.pc = pc;
    copy.depth = depth;
    copy.callers = Arrays.copyOf(callers, Math.max(8, depth));
    copy.returns = Arrays.copyOf(returns, Math.max(16, 2 * depth));
    return copy;
  }

  /** Lets go of everything. */
  void clear() {
    stack = new Object[0];
    callers = new Code[0];
  }

  static Object get(Object[] stack, Object[] constants, int base, int operand) {
    return operand >= 0 ? stack[base + operand] : constants[~operand];
  }

  void save(Code code, int base, int pc, int depth) {
    this.code = code;
    this.base = base;
    this.pc = pc;
    this.depth = depth;
  }

  /** Goes back to the caller of the innermost function. */
  void pop() {
    depth--;
    code = callers[depth];
    pc = returns[2 * depth];
    base = returns[2 * depth + 1];
  }

  static void move(Object[] stack, int from, int to, int count) {
    for (int i = 0; i < count; i++) {
      stack[to + i] = stack[from + i];
    }
  }

  /** Makes room for registers up to an index. */
  void reserve(int size) {
    YardLimit.STACK.check(size);
    if (size > stack.length) {
      stack = Arrays.copyOf(stack, Math.max(size, stack.length * 2));
    }
  }

  void growCallers() {
    YardLimit.STACK.check(2L * callers.length);
    callers = Arrays.copyOf(callers, callers.length * 2);
    returns = Arrays.copyOf(returns, returns.length * 2);
  }

  /** Lets go of everything above the innermost frame. */
  void shrink() {
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

  /** Registers as a list. */
  ListTerm arguments(int from, int count) {
    ListTerm list = Nil.NIL;
    for (int i = count - 1; i >= 0; i--) {
      list = new Cons((Term) stack[from + i], list);
    }
    return list;
  }

  /** Registers as an array. */
  Term[] toArray(int first, int count) {
    Term[] arguments = new Term[count];
    for (int i = 0; i < count; i++) {
      arguments[i] = (Term) stack[first + i];
    }
    return arguments;
  }

  /** The end of a time slice: the functions on top of the stack are those that run most. */
  Outcome yielded() {
    code.warmUp();
    for (int i = depth - 1; i >= 0 && i >= depth - 2; i--) {
      callers[i].warmUp();
    }
    return Outcome.YIELDED;
  }
}
