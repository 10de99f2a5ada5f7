package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.machine.Operators.Operator;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Arithmetic of terms. {@code null} means {@code badarith}: an operand is no number, or the result is not finite. */
final class Arithmetic {
  /** A shift that would give more bits than this fails, as in OTP. */
  private static final long MOST_BITS = 64L * 1024 * 1024 - 1;

  private Arithmetic() {}

  static @Nullable Term add(Term x, Term y) {
    if (x instanceof SmallInt a && y instanceof SmallInt b) {
      long sum = a.value() + b.value();
      if (((a.value() ^ sum) & (b.value() ^ sum)) >= 0) {
        return SmallInt.of(sum);
      }
    }
    if (x instanceof IntegerTerm a && y instanceof IntegerTerm b) {
      return IntegerTerm.of(a.bigValue().add(b.bigValue()));
    }
    return areNumbers(x, y) ? finite(toDouble(x) + toDouble(y)) : null;
  }

  static @Nullable Term subtract(Term x, Term y) {
    if (x instanceof SmallInt a && y instanceof SmallInt b) {
      long difference = a.value() - b.value();
      if (((a.value() ^ b.value()) & (a.value() ^ difference)) >= 0) {
        return SmallInt.of(difference);
      }
    }
    if (x instanceof IntegerTerm a && y instanceof IntegerTerm b) {
      return IntegerTerm.of(a.bigValue().subtract(b.bigValue()));
    }
    return areNumbers(x, y) ? finite(toDouble(x) - toDouble(y)) : null;
  }

  static @Nullable Term multiply(Term x, Term y) {
    if (x instanceof SmallInt a && y instanceof SmallInt b) {
      long high = Math.multiplyHigh(a.value(), b.value());
      long low = a.value() * b.value();
      if (high == low >> 63) {
        return SmallInt.of(low);
      }
    }
    if (x instanceof IntegerTerm a && y instanceof IntegerTerm b) {
      BigInteger left = a.bigValue();
      BigInteger right = b.bigValue();
      YardLimit.INTEGER.check((long) left.bitLength() + right.bitLength());
      return IntegerTerm.of(left.multiply(right));
    }
    return areNumbers(x, y) ? finite(toDouble(x) * toDouble(y)) : null;
  }

  static @Nullable Term divide(Term x, Term y) {
    if (!areNumbers(x, y) || isZero(y)) {
      return null;
    }
    return finite(toDouble(x) / toDouble(y));
  }

  static @Nullable Term quotient(Term x, Term y) {
    if (!(x instanceof IntegerTerm a) || !(y instanceof IntegerTerm b) || b.signum() == 0) {
      return null;
    }
    if (x instanceof SmallInt s && y instanceof SmallInt t && t.value() != -1) {
      return SmallInt.of(s.value() / t.value());
    }
    return IntegerTerm.of(a.bigValue().divide(b.bigValue()));
  }

  static @Nullable Term remainder(Term x, Term y) {
    if (!(x instanceof IntegerTerm a) || !(y instanceof IntegerTerm b) || b.signum() == 0) {
      return null;
    }
    if (x instanceof SmallInt s && y instanceof SmallInt t) {
      return SmallInt.of(s.value() % t.value());
    }
    return IntegerTerm.of(a.bigValue().remainder(b.bigValue()));
  }

  static @Nullable Term bitwise(Operator operator, Term x, Term y) {
    if (!(x instanceof IntegerTerm a) || !(y instanceof IntegerTerm b)) {
      return null;
    }
    if (x instanceof SmallInt s && y instanceof SmallInt t) {
      switch (operator) {
        case BAND -> {
          return SmallInt.of(s.value() & t.value());
        }
        case BOR -> {
          return SmallInt.of(s.value() | t.value());
        }
        case BXOR -> {
          return SmallInt.of(s.value() ^ t.value());
        }
        default -> {}
      }
    }
    return switch (operator) {
      case BAND -> IntegerTerm.of(a.bigValue().and(b.bigValue()));
      case BOR -> IntegerTerm.of(a.bigValue().or(b.bigValue()));
      case BXOR -> IntegerTerm.of(a.bigValue().xor(b.bigValue()));
      case BSL -> shift(a, b.bigValue());
      case BSR -> shift(a, b.bigValue().negate());
      default -> throw new AssertionError("not bitwise: " + operator);
    };
  }

  private static Term shift(IntegerTerm value, BigInteger left) {
    if (value.signum() == 0) {
      return value;
    }
    if (left.signum() > 0
        && (left.bitLength() > 31 || left.longValue() + value.bigValue().bitLength() > MOST_BITS)) {
      throw Raise.error(Atom.of("system_limit"));
    }
    if (left.bitLength() > 31) {
      return SmallInt.of(value.signum() < 0 ? -1 : 0);
    }
    return IntegerTerm.of(value.bigValue().shiftLeft(left.intValue()));
  }

  static Term abs(Term x) {
    return x instanceof Float64(double value)
        ? new Float64(Math.abs(value))
        : IntegerTerm.of(((IntegerTerm) x).bigValue().abs());
  }

  private static boolean areNumbers(Term x, Term y) {
    return isNumber(x) && isNumber(y);
  }

  private static boolean isNumber(Term term) {
    return term instanceof Float64 || term instanceof IntegerTerm;
  }

  private static boolean isZero(Term number) {
    return number instanceof Float64(double value)
        ? value == 0
        : ((IntegerTerm) number).signum() == 0;
  }

  private static double toDouble(Term number) {
    return switch (number) {
      case Float64(double value) -> value;
      case SmallInt small -> small.value();
      default -> ((IntegerTerm) number).bigValue().doubleValue();
    };
  }

  private static @Nullable Term finite(double value) {
    return Double.isFinite(value) ? new Float64(value) : null;
  }
}
