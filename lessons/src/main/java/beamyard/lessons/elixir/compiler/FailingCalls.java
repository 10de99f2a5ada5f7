package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.core.Core;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls of the runtime's functions with constants for which they fail, as OTP's compiler finds them when it computes constants. */
final class FailingCalls {
  private FailingCalls() {}

  /** What is said of a call; empty if it may go well, or is none of these. */
  static Optional<String> message(Core core) {
    if (!(core
            instanceof
            Core.CallRemote(_, Core.Literal(_, Atom module), Atom function, var arguments))
        || module != Quoted.ERLANG) {
      return Optional.empty();
    }
    var values = new ArrayList<Term>();
    for (Core argument : arguments) {
      if (!(argument instanceof Core.Literal(_, Term value))) {
        return Optional.empty();
      }
      values.add(value);
    }
    String name = function.name();
    String shown = name.matches("b(and|or|xor|not|sl|sr)") ? "Bitwise." + name : name;
    return failure(name, values)
        .map(error -> "the call to " + shown + "/" + values.size() + " will fail with " + error);
  }

  private static Optional<String> failure(String name, List<Term> values) {
    boolean isBinary = values.size() == 2;
    boolean fails =
        switch (name) {
          case "+", "-", "*" -> !values.stream().allMatch(FailingCalls::isNumber);
          case "/" ->
              isBinary && (!values.stream().allMatch(FailingCalls::isNumber) || byZero(values));
          case "div", "rem" -> isBinary && (!areIntegers(values) || byZero(values));
          case "band", "bor", "bxor", "bsl", "bsr", "bnot" -> !areIntegers(values);
          default -> false;
        };
    if (fails) {
      return Optional.of("ArithmeticError");
    }
    Term first = values.isEmpty() ? Atom.NIL : values.getFirst();
    boolean isRefused =
        switch (name + "/" + values.size()) {
          case "hd/1", "tl/1" -> !(first instanceof Cons);
          case "length/1" -> !isProper(first);
          case "byte_size/1", "bit_size/1" -> !(first instanceof Bits);
          case "tuple_size/1" -> !(first instanceof Tuple);
          case "abs/1", "round/1", "trunc/1", "ceil/1", "floor/1" -> !isNumber(first);
          case "++/2" -> !isProper(first);
          case "--/2" -> !isProper(first) || !isProper(values.get(1));
          case "not/1" -> first != Atom.TRUE && first != Atom.FALSE;
          default -> false;
        };
    return isRefused ? Optional.of("ArgumentError") : Optional.empty();
  }

  private static boolean isNumber(Term term) {
    return term instanceof IntegerTerm || term instanceof Float64;
  }

  private static boolean areIntegers(List<Term> terms) {
    return terms.stream().allMatch(IntegerTerm.class::isInstance);
  }

  private static boolean isProper(Term term) {
    return term instanceof ListTerm list && list.isProper();
  }

  private static boolean byZero(List<Term> values) {
    return values.get(1) instanceof SmallInt zero && zero.value() == 0;
  }
}
