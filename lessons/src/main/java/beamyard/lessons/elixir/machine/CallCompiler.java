package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.machine.Operators.Operator;
import beamyard.lessons.elixir.machine.Operators.Shape;
import beamyard.simulator.term.Atom;
import java.util.List;

/** Emits calls: of functions, function values and operators. */
final class CallCompiler {
  private static final int RETURNED = FunctionCompiler.RETURNED;

  private final FunctionCompiler compiler;
  private final Assembler code;

  CallCompiler(FunctionCompiler compiler) {
    this.compiler = compiler;
    this.code = compiler.code;
  }

  /** Puts arguments into consecutive registers from the next free one; gives that. */
  private int arguments(List<Core> arguments) {
    int first = compiler.registers.mark();
    for (int i = 0; i < arguments.size(); i++) {
      compiler.registers.reserve(1);
      compiler.emit(arguments.get(i), first + i);
    }
    return first;
  }

  void callLocal(Core.CallLocal call, int to) {
    int number = compiler.numberOf(call.function(), call.arguments().size());
    if (to == RETURNED && compiler.isSelf(number)) {
      SelfCall.emit(compiler, call);
      return;
    }
    int first = arguments(call.arguments());
    code.line(call.line());
    if (to == RETURNED) {
      code.emit(Op.TAIL_CALL, number, first, call.arguments().size());
    } else {
      code.emit(Op.CALL, number, first, to);
    }
  }

  void callFun(Core.CallFun call, int to) {
    int fun = compiler.operand(call.function());
    int first = arguments(call.arguments());
    code.line(call.line());
    if (to == RETURNED) {
      code.emit(Op.TAIL_FUN, fun, first, call.arguments().size());
    } else {
      code.emit(Op.CALL_FUN, fun, first, call.arguments().size(), to);
    }
  }

  void callRemote(Core.CallRemote call, int to) {
    List<Core> arguments = call.arguments();
    if (call.module() instanceof Core.Literal(_, Atom module)) {
      if (module == Operators.ERLANG && inlined(call, to)) {
        return;
      }
      int first = arguments(arguments);
      int site = code.pool(new CallSite(module, call.function(), arguments.size()));
      code.line(call.line());
      if (to == RETURNED) {
        code.emit(Op.TAIL_REMOTE, site, first);
      } else {
        code.emit(Op.CALL_REMOTE, site, first, to);
      }
      return;
    }
    int module = compiler.operand(call.module());
    int function = code.constant(call.function());
    int first = arguments(arguments);
    code.line(call.line());
    if (to == RETURNED) {
      code.emit(Op.TAIL_COMPUTED, module, function, first, arguments.size());
    } else {
      code.emit(Op.CALL_COMPUTED, module, function, first, arguments.size(), to);
    }
  }

  /** Calls of {@code erlang} that are instructions. */
  private boolean inlined(Core.CallRemote call, int to) {
    List<Core> arguments = call.arguments();
    String function = call.function().name();
    int arity = arguments.size();
    if (function.equals("apply") && (arity == 2 || arity == 3)) {
      apply(call, to);
      return true;
    }
    boolean lazy = arity == 2 && (function.equals("andalso") || function.equals("orelse"));
    Operator operator = Operators.find(call.function(), arity);
    if (operator == null && !lazy) {
      return false;
    }
    int register = to == RETURNED ? compiler.registers.temporary() : to;
    if (lazy) {
      lazily(call, register, function.equals("andalso"));
    } else {
      operator(call, operator, register);
    }
    if (to == RETURNED) {
      code.emit(Op.RETURN, register);
    }
    return true;
  }

  private void operator(Core.CallRemote call, Operator operator, int register) {
    int x = compiler.operand(call.arguments().getFirst());
    if (operator.shape == Shape.BINARY) {
      int y = compiler.operand(call.arguments().get(1));
      code.line(call.line());
      switch (operator) {
        case ADD -> code.emit(Op.ADD, register, x, y);
        case SUBTRACT -> code.emit(Op.SUBTRACT, register, x, y);
        default -> code.emit(Op.BINARY, operator.ordinal(), register, x, y);
      }
    } else {
      code.line(call.line());
      code.emit(Op.UNARY, operator.ordinal(), register, x);
    }
  }

  private void lazily(Core.CallRemote call, int register, boolean and) {
    int done = code.label();
    int other = code.label();
    int mark = compiler.registers.mark();
    int left = compiler.operand(call.arguments().getFirst());
    code.line(call.line());
    code.emit(Op.CHECK_BOOLEAN, left);
    code.emit(and ? Op.IF_TRUE : Op.IF_FALSE, left);
    code.addLabel(other);
    compiler.registers.release(mark);
    compiler.emit(call.arguments().get(1), register);
    code.emit(Op.JUMP);
    code.addLabel(done);
    code.place(other);
    code.move(register, code.constant(Atom.of(!and)));
    code.place(done);
  }

  private void apply(Core.CallRemote call, int to) {
    List<Integer> operands = compiler.operands(call.arguments());
    boolean named = operands.size() == 3;
    int op =
        to == RETURNED
            ? named ? Op.TAIL_APPLY : Op.TAIL_APPLY_FUN
            : named ? Op.APPLY : Op.APPLY_FUN;
    code.line(call.line());
    code.emit(op);
    operands.add(compiler.registers.mark());
    if (to != RETURNED) {
      operands.add(to);
    }
    code.add(operands);
  }
}
