package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.BigInt;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Closure;
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
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of {@code erlang} that are instructions: operators, type tests and the cheapest accessors. */
final class Operators {
  static final Atom ERLANG = Atom.of("erlang");

  /** How an operator is called. */
  enum Shape {
    /** One operand to a value. */
    UNARY,
    /** Two operands to a value. */
    BINARY,
    /** One operand to a boolean; never fails. */
    TEST
  }

  /** One operator; its ordinal is its number in the code. */
  enum Operator {
    ADD("+", Shape.BINARY),
    SUBTRACT("-", Shape.BINARY),
    MULTIPLY("*", Shape.BINARY),
    DIVIDE("/", Shape.BINARY),
    DIV("div", Shape.BINARY),
    REM("rem", Shape.BINARY),
    BAND("band", Shape.BINARY),
    BOR("bor", Shape.BINARY),
    BXOR("bxor", Shape.BINARY),
    BSL("bsl", Shape.BINARY),
    BSR("bsr", Shape.BINARY),
    LESS("<", Shape.BINARY),
    AT_MOST("=<", Shape.BINARY),
    GREATER(">", Shape.BINARY),
    AT_LEAST(">=", Shape.BINARY),
    EQUAL("==", Shape.BINARY),
    UNEQUAL("/=", Shape.BINARY),
    SAME("=:=", Shape.BINARY),
    DIFFERENT("=/=", Shape.BINARY),
    AND("and", Shape.BINARY),
    OR("or", Shape.BINARY),
    XOR("xor", Shape.BINARY),
    ELEMENT("element", Shape.BINARY),
    MAP_GET("map_get", Shape.BINARY),
    IS_MAP_KEY("is_map_key", Shape.BINARY),
    IS_FUNCTION_OF_ARITY("is_function", Shape.BINARY),
    MINUS("-", Shape.UNARY),
    PLUS("+", Shape.UNARY),
    BNOT("bnot", Shape.UNARY),
    NOT("not", Shape.UNARY),
    HD("hd", Shape.UNARY),
    TL("tl", Shape.UNARY),
    LENGTH("length", Shape.UNARY),
    TUPLE_SIZE("tuple_size", Shape.UNARY),
    MAP_SIZE("map_size", Shape.UNARY),
    BYTE_SIZE("byte_size", Shape.UNARY),
    BIT_SIZE("bit_size", Shape.UNARY),
    ABS("abs", Shape.UNARY),
    IS_ATOM("is_atom", Shape.TEST),
    IS_BINARY("is_binary", Shape.TEST),
    IS_BITSTRING("is_bitstring", Shape.TEST),
    IS_BOOLEAN("is_boolean", Shape.TEST),
    IS_FLOAT("is_float", Shape.TEST),
    IS_FUNCTION("is_function", Shape.TEST),
    IS_INTEGER("is_integer", Shape.TEST),
    IS_LIST("is_list", Shape.TEST),
    IS_MAP("is_map", Shape.TEST),
    IS_NUMBER("is_number", Shape.TEST),
    IS_PID("is_pid", Shape.TEST),
    IS_PORT("is_port", Shape.TEST),
    IS_REFERENCE("is_reference", Shape.TEST),
    IS_TUPLE("is_tuple", Shape.TEST);

    final Atom function;
    final Shape shape;

    Operator(String function, Shape shape) {
      this.function = Atom.of(function);
      this.shape = shape;
    }

    int arity() {
      return shape == Shape.BINARY ? 2 : 1;
    }
  }

  private static final Operator[] BY_NUMBER = Operator.values();
  private static final Map<BuiltinTable.Name, Operator> BY_NAME = new LinkedHashMap<>();

  static {
    for (Operator operator : BY_NUMBER) {
      BY_NAME.put(new BuiltinTable.Name(ERLANG, operator.function, operator.arity()), operator);
    }
  }

  private Operators() {}

  /** The operator of a function; {@code null} if it is none. */
  static @Nullable Operator find(Atom function, int arity) {
    return BY_NAME.get(new BuiltinTable.Name(ERLANG, function, arity));
  }

  /** An operator as a function. */
  static Term call(Operator operator, Term[] arguments) {
    return switch (operator.shape) {
      case UNARY -> unary(operator.ordinal(), arguments[0]);
      case BINARY -> binary(operator.ordinal(), arguments[0], arguments[1]);
      case TEST -> Atom.of(test(operator.ordinal(), arguments[0]));
    };
  }

  static boolean test(int number, Object value) {
    return switch (BY_NUMBER[number]) {
      case IS_ATOM -> value instanceof Atom;
      case IS_BINARY -> value instanceof Bits bits && bits.isBinary();
      case IS_BITSTRING -> value instanceof Bits;
      case IS_BOOLEAN -> value == Atom.TRUE || value == Atom.FALSE;
      case IS_FLOAT -> value instanceof Float64;
      case IS_FUNCTION -> value instanceof Fun;
      case IS_INTEGER -> value instanceof SmallInt || value instanceof IntegerTerm;
      case IS_LIST -> value instanceof Cons || value == Nil.NIL;
      case IS_MAP -> value instanceof MapTerm;
      case IS_NUMBER ->
          value instanceof SmallInt || value instanceof Float64 || value instanceof IntegerTerm;
      case IS_PID -> value instanceof Pid;
      case IS_PORT -> value instanceof Port;
      case IS_REFERENCE -> value instanceof Reference;
      case IS_TUPLE -> value instanceof Tuple;
      default -> throw new AssertionError("no test: " + BY_NUMBER[number]);
    };
  }

  static Term unary(int number, Term x) {
    Operator operator = BY_NUMBER[number];
    return switch (operator) {
      case HD -> x instanceof Cons cons ? cons.head() : fail(operator, "badarg", x);
      case TL -> x instanceof Cons cons ? cons.tail() : fail(operator, "badarg", x);
      case NOT ->
          x == Atom.TRUE ? Atom.FALSE : x == Atom.FALSE ? Atom.TRUE : fail(operator, "badarg", x);
      case LENGTH ->
          x instanceof ListTerm list && list.isProper()
              ? SmallInt.of(list.length())
              : fail(operator, "badarg", x);
      case TUPLE_SIZE ->
          x instanceof Tuple tuple ? SmallInt.of(tuple.size()) : fail(operator, "badarg", x);
      case MAP_SIZE ->
          x instanceof MapTerm map
              ? SmallInt.of(map.size())
              : raise(operator, Tuple.of(Atom.of("badmap"), x), x);
      case BYTE_SIZE ->
          x instanceof Bits bits ? SmallInt.of(bits.byteSize()) : fail(operator, "badarg", x);
      case BIT_SIZE ->
          x instanceof Bits bits ? SmallInt.of(bits.bitSize()) : fail(operator, "badarg", x);
      case ABS ->
          x instanceof IntegerTerm || x instanceof Float64
              ? Arithmetic.abs(x)
              : fail(operator, "badarg", x);
      case MINUS -> or(Arithmetic.subtract(SmallInt.of(0), x), operator, x);
      case PLUS ->
          x instanceof IntegerTerm || x instanceof Float64 ? x : fail(operator, "badarith", x);
      case BNOT ->
          x instanceof IntegerTerm integer
              ? IntegerTerm.of(integer.bigValue().not())
              : fail(operator, "badarith", x);
      default -> throw new AssertionError("not unary: " + operator);
    };
  }

  static Term unaryOrTest(int number, Term x) {
    return BY_NUMBER[number].shape == Shape.TEST ? Atom.of(test(number, x)) : unary(number, x);
  }

  /** How many reductions an operation costs beyond the usual: those of large integers are slow. */
  static int cost(Term result) {
    return result instanceof BigInt large ? large.bigValue().bitLength() >>> 8 : 0;
  }

  /** The value of the commonest operators of two small integers; {@code null} if {@link #binary} has to find it. */
  static @Nullable Term ofSmall(int number, long x, long y) {
    return switch (BY_NUMBER[number]) {
      case MULTIPLY -> {
        long low = x * y;
        yield Math.multiplyHigh(x, y) == low >> 63 ? SmallInt.of(low) : null;
      }
      case DIV -> y > 0 ? SmallInt.of(x / y) : null;
      case REM -> y > 0 ? SmallInt.of(x % y) : null;
      case BAND -> SmallInt.of(x & y);
      case LESS -> Atom.of(x < y);
      case AT_MOST -> Atom.of(x <= y);
      case GREATER -> Atom.of(x > y);
      case AT_LEAST -> Atom.of(x >= y);
      case EQUAL, SAME -> Atom.of(x == y);
      case UNEQUAL, DIFFERENT -> Atom.of(x != y);
      default -> null;
    };
  }

  static Term binary(int number, Term x, Term y) {
    Operator operator = BY_NUMBER[number];
    return switch (operator) {
      case ADD -> or(Arithmetic.add(x, y), operator, x, y);
      case SUBTRACT -> or(Arithmetic.subtract(x, y), operator, x, y);
      case MULTIPLY -> or(Arithmetic.multiply(x, y), operator, x, y);
      case DIVIDE -> or(Arithmetic.divide(x, y), operator, x, y);
      case DIV -> or(Arithmetic.quotient(x, y), operator, x, y);
      case REM -> or(Arithmetic.remainder(x, y), operator, x, y);
      case BAND, BOR, BXOR, BSL, BSR -> or(Arithmetic.bitwise(operator, x, y), operator, x, y);
      case LESS -> Atom.of(compare(x, y) < 0);
      case AT_MOST -> Atom.of(compare(x, y) <= 0);
      case GREATER -> Atom.of(compare(x, y) > 0);
      case AT_LEAST -> Atom.of(compare(x, y) >= 0);
      case EQUAL -> Atom.of(equal(x, y));
      case UNEQUAL -> Atom.of(!equal(x, y));
      case SAME -> Atom.of(x.equals(y));
      case DIFFERENT -> Atom.of(!x.equals(y));
      case AND, OR, XOR -> logical(operator, x, y);
      case ELEMENT ->
          x instanceof SmallInt index
                  && y instanceof Tuple tuple
                  && index.value() >= 1
                  && index.value() <= tuple.size()
              ? tuple.get((int) index.value() - 1)
              : fail(operator, "badarg", x, y);
      case MAP_GET -> mapGet(operator, x, y);
      case IS_MAP_KEY ->
          y instanceof MapTerm map
              ? Atom.of(map.containsKey(x))
              : raise(operator, Tuple.of(Atom.of("badmap"), y), x, y);
      case IS_FUNCTION_OF_ARITY ->
          y instanceof IntegerTerm arity && arity.signum() >= 0
              ? Atom.of(x instanceof Fun fun && y.equals(SmallInt.of(fun.arity())))
              : fail(operator, "badarg", x, y);
      default -> throw new AssertionError("not binary: " + operator);
    };
  }

  private static Term logical(Operator operator, Term x, Term y) {
    if (!test(Operator.IS_BOOLEAN.ordinal(), x) || !test(Operator.IS_BOOLEAN.ordinal(), y)) {
      return fail(operator, "badarg", x, y);
    }
    boolean a = x == Atom.TRUE;
    boolean b = y == Atom.TRUE;
    return Atom.of(operator == Operator.AND ? a && b : operator == Operator.OR ? a || b : a != b);
  }

  private static Term mapGet(Operator operator, Term key, Term map) {
    if (!(map instanceof MapTerm entries)) {
      return raise(operator, Tuple.of(Atom.of("badmap"), map), key, map);
    }
    Term value = entries.get(key);
    return value != null ? value : raise(operator, Tuple.of(Atom.of("badkey"), key), key, map);
  }

  static int compare(Object x, Object y) {
    return x instanceof SmallInt a && y instanceof SmallInt b
        ? Long.compare(a.value(), b.value())
        : TermOrder.STANDARD.compare((Term) x, (Term) y);
  }

  static boolean equal(Object x, Object y) {
    if (x == y) {
      return true;
    }
    if (x instanceof SmallInt a && y instanceof SmallInt b) {
      return a.value() == b.value();
    }
    if (x instanceof Atom || y instanceof Atom || x instanceof Closure || y instanceof Closure) {
      return x.equals(y);
    }
    return TermOrder.STANDARD.compare((Term) x, (Term) y) == 0;
  }

  static boolean same(Object x, Object y) {
    if (x == y) {
      return true;
    }
    if (x instanceof SmallInt a) {
      return y instanceof SmallInt b && a.value() == b.value();
    }
    return !(x instanceof Atom) && x.equals(y);
  }

  private static Term or(@Nullable Term result, Operator operator, Term... arguments) {
    return result != null ? result : fail(operator, "badarith", arguments);
  }

  private static Term fail(Operator operator, String reason, Term... arguments) {
    return raise(operator, Atom.of(reason), arguments);
  }

  private static Term raise(Operator operator, Term reason, Term... arguments) {
    throw Raise.error(reason).in(Stacktrace.builtin(ERLANG, operator.function, arguments));
  }
}
