package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;

/**
 * The call with which a function ends by calling itself: the loop of a functional language. Its arguments go straight into the
 * registers of the parameters where nothing that is still to be evaluated reads these, and a parameter that is passed on as it
 * is stays where it is.
 */
final class SelfCall {
  private final FunctionCompiler compiler;
  private final List<Core> arguments;

  private SelfCall(FunctionCompiler compiler, List<Core> arguments) {
    this.compiler = compiler;
    this.arguments = arguments;
  }

  static void emit(FunctionCompiler compiler, Core.CallLocal call) {
    new SelfCall(compiler, call.arguments()).putArguments();
    compiler.code.line(call.line());
    compiler.code.emit(Op.TAIL_SELF);
  }

  private record Move(int to, int from) {}

  private void putArguments() {
    var moves = new ArrayList<Move>();
    for (int i = 0; i < arguments.size(); i++) {
      Core argument = arguments.get(i);
      if (isIn(argument, i)) {
        continue;
      }
      if (isWrittenLast(argument) && isReadNoMore(i)) {
        compiler.emit(argument, i);
      } else {
        int register = compiler.registers.temporary();
        compiler.emit(argument, register);
        moves.add(new Move(i, register));
      }
    }
    moves.forEach(move -> compiler.code.move(move.to(), move.from()));
  }

  private boolean isIn(Core argument, int register) {
    return argument instanceof Core.Use(_, var variable)
        && compiler.registers.operandOf(variable) == register;
  }

  /** Whether the arguments after one neither read its register nor can be looked at while they are evaluated. */
  private boolean isReadNoMore(int register) {
    List<Core> later = arguments.subList(register + 1, arguments.size());
    SequencedSet<Variable> read = Scopes.usedIn(later);
    return later.stream().allMatch(SelfCall::isQuick)
        && read.stream()
            .filter(compiler.registers::isBound)
            .noneMatch(variable -> compiler.registers.operandOf(variable) == register);
  }

  /** Whether the value is written only when all that the expression reads has been read. */
  private static boolean isWrittenLast(Core expression) {
    return switch (expression) {
      case Core.Literal _,
          Core.Use _,
          Core.MakeTuple _,
          Core.MakeCons _,
          Core.MakeMap _,
          Core.UpdateMap _,
          Core.CallLocal _,
          Core.CallFun _ ->
          true;
      case Core.CallRemote call -> !call.function().name().matches("andalso|orelse");
      default -> false;
    };
  }

  /** Whether an expression is evaluated without a call, during which somebody could look at the registers. */
  private static boolean isQuick(Core expression) {
    return switch (expression) {
      case Core.Literal _, Core.Use _ -> true;
      case Core.MakeTuple(_, var elements) -> elements.stream().allMatch(SelfCall::isQuick);
      case Core.MakeCons(_, var head, var tail) -> isQuick(head) && isQuick(tail);
      case Core.CallRemote(_, Core.Literal(_, Atom module), var function, var operands) ->
          module == Operators.ERLANG
              && Operators.find(function, operands.size()) != null
              && operands.stream().allMatch(SelfCall::isQuick);
      default -> false;
    };
  }
}
