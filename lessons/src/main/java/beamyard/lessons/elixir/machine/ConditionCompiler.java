package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.machine.Operators.Operator;
import beamyard.lessons.elixir.machine.Operators.Shape;
import beamyard.simulator.term.Atom;
import java.util.List;
import java.util.Optional;

/** Emits what decides: guards, and conditions whose value nobody needs. */
final class ConditionCompiler {
  private final FunctionCompiler compiler;
  private final Assembler code;

  ConditionCompiler(FunctionCompiler compiler) {
    this.compiler = compiler;
    this.code = compiler.code;
  }

  /** One of the guards must hold, or it goes to {@code fail}. */
  void guards(List<Core> guards, int fail) {
    int holds = code.label();
    for (int i = 0; i < guards.size(); i++) {
      boolean last = i == guards.size() - 1;
      int next = last ? fail : code.label();
      guarded(guards.get(i), next);
      if (!last) {
        code.emit(Op.JUMP);
        code.addLabel(holds);
        code.place(next);
      }
    }
    code.place(holds);
  }

  private void guarded(Core guard, int fail) {
    int start = code.here();
    condition(guard, fail);
    code.region(start, fail, Code.NO_REGISTER);
  }

  /** The operand of an expression inside a pattern: if it raises, the pattern does not match. */
  int guardedOperand(Core expression, int fail) {
    int start = code.here();
    int operand = compiler.operand(expression);
    code.region(start, fail, Code.NO_REGISTER);
    return operand;
  }

  /** Goes on if the expression is {@code true}, else to {@code fail}. */
  void condition(Core expression, int fail) {
    int mark = compiler.registers.mark();
    if (expression
            instanceof
            Core.CallRemote(int line, Core.Literal(_, Atom module), Atom function, var arguments)
        && module == Operators.ERLANG) {
      if (arguments.size() == 2 && function.name().equals("andalso")) {
        condition(arguments.getFirst(), fail, line);
        condition(arguments.get(1), fail);
        return;
      }
      if (arguments.size() == 2 && function.name().equals("orelse")) {
        int other = code.label();
        int holds = code.label();
        condition(arguments.getFirst(), other, line);
        code.emit(Op.JUMP);
        code.addLabel(holds);
        code.place(other);
        condition(arguments.get(1), fail);
        code.place(holds);
        return;
      }
      Operator operator = Operators.find(function, arguments.size());
      if (operator != null && test(operator, arguments, fail)) {
        compiler.registers.release(mark);
        return;
      }
    }
    if (expression instanceof Core.Case choice && choice(choice, fail)) {
      return;
    }
    int value = compiler.operand(expression);
    code.emit(Op.IF_TRUE, value);
    code.addLabel(fail);
    compiler.registers.release(mark);
  }

  /** A choice by a condition: {@code and} and {@code or} are such. */
  private boolean choice(Core.Case it, int fail) {
    Optional<StaticChoice.Branches> found = branches(it);
    if (found.isEmpty()) {
      return false;
    }
    StaticChoice.Branches branches = found.get();
    boolean onlyIfTrue =
        branches.ifFalse().body() instanceof Core.Literal(_, var value) && value != Atom.TRUE;
    int otherwise = onlyIfTrue ? fail : code.label();
    condition(it.subject(), otherwise);
    branch(branches.ifTrue(), Atom.TRUE, fail);
    if (!onlyIfTrue) {
      int holds = code.label();
      code.emit(Op.JUMP);
      code.addLabel(holds);
      code.place(otherwise);
      branch(branches.ifFalse(), Atom.FALSE, fail);
      code.place(holds);
    }
    return true;
  }

  private void branch(Core.Clause clause, Atom value, int fail) {
    if (!(clause.body() instanceof Core.Literal(_, var known) && known == Atom.TRUE)) {
      compiler.clauses.known(clause, code.constant(value), () -> condition(clause.body(), fail));
    }
  }

  /** The branches of a choice by a condition. */
  static Optional<StaticChoice.Branches> branches(Core.Case it) {
    return isBoolean(it.subject()) ? StaticChoice.branches(it.clauses()) : Optional.empty();
  }

  /** The left side of a lazy operator: raises {@code badarg} unless it is a boolean. */
  private void condition(Core expression, int fail, int line) {
    if (isBoolean(expression)) {
      condition(expression, fail);
    } else {
      int mark = compiler.registers.mark();
      int value = compiler.operand(expression);
      code.line(line);
      code.emit(Op.CHECK_BOOLEAN, value);
      code.emit(Op.IF_TRUE, value);
      code.addLabel(fail);
      compiler.registers.release(mark);
    }
  }

  private boolean test(Operator operator, List<Core> arguments, int fail) {
    int comparison =
        switch (operator) {
          case LESS, GREATER -> Op.IF_LESS;
          case AT_MOST, AT_LEAST -> Op.IF_AT_MOST;
          case EQUAL -> Op.IF_EQUAL;
          case UNEQUAL -> Op.IF_UNEQUAL;
          case SAME -> Op.IF_SAME;
          case DIFFERENT -> Op.IF_DIFFERENT;
          default -> Op.NONE;
        };
    if (comparison != Op.NONE) {
      int x = compiler.operand(arguments.getFirst());
      int y = compiler.operand(arguments.get(1));
      boolean swapped = operator == Operator.GREATER || operator == Operator.AT_LEAST;
      code.emit(comparison, swapped ? y : x, swapped ? x : y);
    } else if (operator.shape == Shape.TEST) {
      int x = compiler.operand(arguments.getFirst());
      code.emit(Op.IF_TYPE, operator.ordinal(), x);
    } else {
      return false;
    }
    code.addLabel(fail);
    return true;
  }

  /** Whether an expression gives a boolean, if it gives anything. */
  static boolean isBoolean(Core expression) {
    if (expression instanceof Core.Literal(_, var value)) {
      return value == Atom.TRUE || value == Atom.FALSE;
    }
    if (expression instanceof Core.Case choice) {
      return choice.clauses().stream().allMatch(clause -> isBoolean(clause.body()))
          && branches(choice).isPresent();
    }
    if (!(expression
            instanceof
            Core.CallRemote(_, Core.Literal(_, Atom module), Atom function, var arguments))
        || module != Operators.ERLANG) {
      return false;
    }
    if (arguments.size() == 2
        && (function.name().equals("andalso") || function.name().equals("orelse"))) {
      return isBoolean(arguments.get(1));
    }
    Operator operator = Operators.find(function, arguments.size());
    return operator != null
        && (operator.shape == Shape.TEST
            || switch (operator) {
              case LESS,
                  AT_MOST,
                  GREATER,
                  AT_LEAST,
                  EQUAL,
                  UNEQUAL,
                  SAME,
                  DIFFERENT,
                  AND,
                  OR,
                  XOR,
                  NOT ->
                  true;
              default -> false;
            });
  }
}
