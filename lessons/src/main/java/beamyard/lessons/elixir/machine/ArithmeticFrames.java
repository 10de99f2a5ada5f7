package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.machine.Operators.Operator;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;

/**
 * Which failed arithmetic of a compiled module stands on the stack as a call of {@code erlang}, and so is told with its operands. OTP
 * 25's machine code keeps the operands of the general instructions; it has forgotten them where it adds a small constant, divides, or
 * works on floats.
 */
final class ArithmeticFrames {
  private ArithmeticFrames() {}

  /** The entry of a failed instruction; empty if the machine code does not know its operands any more. */
  static Optional<Term> of(Code code, int at, Raise raise) {
    int[] instructions = code.instructions;
    return switch (instructions[at]) {
      case Op.ADD -> sum(code, instructions[at + 2], instructions[at + 3], raise);
      case Op.SUBTRACT ->
          isFloat(code, instructions[at + 2])
                  || isFloat(code, instructions[at + 3])
                  || isSmall(code, instructions[at + 3])
              ? Optional.empty()
              : raise.innermost();
      case Op.BINARY ->
          binary(
              code,
              Operator.values()[instructions[at + 1]],
              instructions[at + 3],
              instructions[at + 4],
              raise);
      case Op.UNARY ->
          Operator.values()[instructions[at + 1]] == Operator.PLUS
              ? Optional.empty()
              : raise.innermost();
      default -> Optional.empty();
    };
  }

  private static Optional<Term> sum(Code code, int x, int y, Raise raise) {
    return isFloat(code, x) || isFloat(code, y) || isSmall(code, x) || isSmall(code, y)
        ? Optional.empty()
        : constantLast(x, raise);
  }

  private static Optional<Term> binary(Code code, Operator operator, int x, int y, Raise raise) {
    return switch (operator) {
      case DIVIDE -> Optional.empty();
      case MULTIPLY ->
          isFloat(code, x) || isFloat(code, y) ? Optional.empty() : constantLast(x, raise);
      case BAND, BOR, BXOR -> constantLast(x, raise);
      default -> raise.innermost();
    };
  }

  /** The compiler writes a constant as the second operand where the order does not matter. */
  private static Optional<Term> constantLast(int x, Raise raise) {
    Optional<Term> entry = raise.innermost();
    if (x >= 0
        || !(entry.orElse(null) instanceof Tuple call
            && call.get(2) instanceof ListTerm operands
            && operands.toList() instanceof List<Term> both
            && both.size() == 2)) {
      return entry;
    }
    return Optional.of(call.with(2, ListTerm.of(both.get(1), both.get(0))));
  }

  private static boolean isSmall(Code code, int operand) {
    return operand < 0
        && code.constants[~operand] instanceof SmallInt number
        && Math.abs(number.value()) < 1L << 59;
  }

  private static boolean isFloat(Code code, int operand) {
    return operand < 0 && code.constants[~operand] instanceof Float64;
  }
}
