package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.Fun;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Operators and type tests of module {@code erlang}. */
final class ErlangOperators {
  private static final String ERLANG = "erlang";

  private ErlangOperators() {}

  static void define(BuiltinTable table) {
    binary(table, "+", Arithmetic::add);
    binary(table, "-", Arithmetic::subtract);
    binary(table, "*", Arithmetic::multiply);
    binary(table, "/", Arithmetic::divide);
    binary(table, "div", Arithmetic::quotient);
    binary(table, "rem", Arithmetic::remainder);
    binary(table, "band", Arithmetic::bitAnd);
    binary(table, "bor", Arithmetic::bitOr);
    binary(table, "bxor", Arithmetic::bitXor);
    binary(table, "bsl", Arithmetic::shiftLeft);
    binary(table, "bsr", Arithmetic::shiftRight);
    table.define(ERLANG, "bnot", 1, (_, a) -> Arithmetic.bitNot(a[0]));
    table.define(ERLANG, "-", 1, (_, a) -> Arithmetic.negate(a[0]));
    table.define(ERLANG, "+", 1, (_, a) -> Arithmetic.plus(a[0]));
    table.define(ERLANG, "abs", 1, (_, a) -> absolute(a[0]));
    table.define(ERLANG, "round", 1, (_, a) -> Arithmetic.round(a[0]));
    table.define(ERLANG, "trunc", 1, (_, a) -> Arithmetic.truncate(a[0]));
    table.define(ERLANG, "floor", 1, (_, a) -> Arithmetic.floor(a[0]));
    table.define(ERLANG, "ceil", 1, (_, a) -> Arithmetic.ceiling(a[0]));
    table.define(
        ERLANG,
        "float",
        1,
        (_, a) -> a[0] instanceof Float64 ? a[0] : new Float64(Arguments.real(a[0])));

    compare(table, "==", order -> order == 0);
    compare(table, "/=", order -> order != 0);
    compare(table, "<", order -> order < 0);
    compare(table, ">", order -> order > 0);
    compare(table, "=<", order -> order <= 0);
    compare(table, ">=", order -> order >= 0);
    binary(table, "=:=", (x, y) -> Atom.of(x.equals(y)));
    binary(table, "=/=", (x, y) -> Atom.of(!x.equals(y)));
    binary(table, "max", (x, y) -> TermOrder.STANDARD.compare(x, y) >= 0 ? x : y);
    binary(table, "min", (x, y) -> TermOrder.STANDARD.compare(x, y) <= 0 ? x : y);

    binary(table, "and", (x, y) -> Atom.of(Arguments.isTrue(x) & Arguments.isTrue(y)));
    binary(table, "or", (x, y) -> Atom.of(Arguments.isTrue(x) | Arguments.isTrue(y)));
    binary(table, "xor", (x, y) -> Atom.of(Arguments.isTrue(x) ^ Arguments.isTrue(y)));
    binary(table, "andalso", (x, y) -> Arguments.isTrue(x) ? y : Atom.FALSE);
    binary(table, "orelse", (x, y) -> Arguments.isTrue(x) ? Atom.TRUE : y);
    table.define(ERLANG, "not", 1, (_, a) -> Atom.of(!Arguments.isTrue(a[0])));
    table.define(
        ERLANG,
        "++",
        2,
        (self, a) -> {
          Term all = append(a[0], a[1]);
          costs(self, a[0]);
          return all;
        });
    binary(table, "--", ErlangOperators::difference);

    test(table, "is_atom", t -> t instanceof Atom);
    test(table, "is_binary", t -> t instanceof Bits bits && bits.isBinary());
    test(table, "is_bitstring", t -> t instanceof Bits);
    test(table, "is_boolean", t -> t == Atom.TRUE || t == Atom.FALSE);
    test(table, "is_float", t -> t instanceof Float64);
    test(table, "is_function", t -> t instanceof Fun);
    table.define(
        ERLANG, "is_function", 2, (_, a) -> Atom.of(arity(a[0]) == Arguments.number(a[1])));
    test(table, "is_integer", t -> t instanceof IntegerTerm);
    test(table, "is_list", t -> t instanceof ListTerm);
    test(table, "is_map", t -> t instanceof MapTerm);
    table.define(ERLANG, "is_map_key", 2, (_, a) -> Atom.of(Arguments.map(a[1]).containsKey(a[0])));
    test(table, "is_number", t -> t instanceof IntegerTerm || t instanceof Float64);
    test(table, "is_pid", t -> t instanceof Pid);
    test(table, "is_port", t -> t instanceof Port);
    test(table, "is_reference", t -> t instanceof Reference);
    test(table, "is_tuple", t -> t instanceof Tuple);

    table.define(
        ERLANG,
        "error",
        1,
        (_, a) -> {
          throw Raise.error(a[0]);
        });
    table.define(
        ERLANG,
        "error",
        2,
        (_, a) -> {
          throw Raise.error(a[0]);
        });
    table.define(
        ERLANG,
        "error",
        3,
        (_, a) -> {
          throw Raise.error(a[0]);
        });
    table.define(
        ERLANG,
        "exit",
        1,
        (_, a) -> {
          throw Raise.exit(a[0]);
        });
    table.define(
        ERLANG,
        "throw",
        1,
        (_, a) -> {
          throw new Raise(ExceptionClass.THROW, a[0]);
        });
  }

  private static int arity(Term term) {
    return term instanceof Fun fun ? fun.arity() : -1;
  }

  private static void binary(BuiltinTable table, String name, BinaryOperator<Term> operator) {
    table.define(ERLANG, name, 2, (_, a) -> operator.apply(a[0], a[1]));
  }

  private static void compare(BuiltinTable table, String name, IntPredicate accepts) {
    table.define(
        ERLANG, name, 2, (_, a) -> Atom.of(accepts.test(TermOrder.STANDARD.compare(a[0], a[1]))));
  }

  private static void test(BuiltinTable table, String name, Predicate<Term> test) {
    table.define(ERLANG, name, 1, (_, a) -> Atom.of(test.test(a[0])));
  }

  private static Term absolute(Term number) {
    return switch (number) {
      case Float64(double value) -> new Float64(Math.abs(value));
      case IntegerTerm integer -> integer.signum() < 0 ? Arithmetic.negate(integer) : integer;
      default -> throw Raise.badarg();
    };
  }

  /** Making a list costs reductions by its length, as in OTP. */
  static void costs(ProcessContext self, Term list) {
    int elements = 0;
    for (Term rest = list; rest instanceof Cons cons; rest = cons.tail()) {
      elements++;
    }
    self.consume(elements >>> 3);
  }

  /** {@code ++}: the right side may be anything. */
  static Term append(Term left, Term right) {
    if (right == Nil.NIL && left instanceof ListTerm list && list.isProper()) {
      return left;
    }
    Term all = right;
    for (Term element : Arguments.list(left).reversed()) {
      all = new Cons(element, all);
    }
    return all;
  }

  /** {@code --}: for each element on the right its first occurrence on the left goes. */
  static Term difference(Term left, Term right) {
    var keep = Arguments.list(left);
    var remove = new LinkedHashMap<Term, Integer>();
    for (Term element : Arguments.list(right)) {
      remove.merge(element, 1, Integer::sum);
    }
    var kept = new ArrayList<Term>(keep.size());
    for (Term element : keep) {
      Integer count = remove.get(element);
      if (count == null || count == 0) {
        kept.add(element);
      } else {
        remove.put(element, count - 1);
      }
    }
    return ListTerm.of(kept);
  }
}
