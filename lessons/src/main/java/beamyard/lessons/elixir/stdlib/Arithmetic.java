package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.machine.YardLimit;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Erlang's arithmetic: integers of any size, floats that are always finite; raises {@code badarith}. */
public final class Arithmetic {
  /** Integers beyond this size are refused, as OTP refuses them at a larger one. */
  private static final int BITS_MAX = 1 << 26;

  private Arithmetic() {}

  public static Term add(Term a, Term b) {
    if (a instanceof SmallInt x && b instanceof SmallInt y) {
      long sum = x.value() + y.value();
      if (((x.value() ^ sum) & (y.value() ^ sum)) >= 0) {
        return SmallInt.of(sum);
      }
    }
    return a instanceof IntegerTerm x && b instanceof IntegerTerm y
        ? IntegerTerm.of(x.bigValue().add(y.bigValue()))
        : real(real(a) + real(b));
  }

  public static Term subtract(Term a, Term b) {
    if (a instanceof SmallInt x && b instanceof SmallInt y) {
      long difference = x.value() - y.value();
      if (((x.value() ^ y.value()) & (x.value() ^ difference)) >= 0) {
        return SmallInt.of(difference);
      }
    }
    return a instanceof IntegerTerm x && b instanceof IntegerTerm y
        ? IntegerTerm.of(x.bigValue().subtract(y.bigValue()))
        : real(real(a) - real(b));
  }

  public static Term multiply(Term a, Term b) {
    if (a instanceof SmallInt x && b instanceof SmallInt y) {
      long high = Math.multiplyHigh(x.value(), y.value());
      long low = x.value() * y.value();
      if (high == 0 && low >= 0 || high == -1 && low < 0) {
        return SmallInt.of(low);
      }
    }
    return a instanceof IntegerTerm x && b instanceof IntegerTerm y
        ? IntegerTerm.of(x.bigValue().multiply(y.bigValue()))
        : real(real(a) * real(b));
  }

  public static Term divide(Term a, Term b) {
    double divisor = real(b);
    if (divisor == 0) {
      throw Raise.badarith();
    }
    return real(real(a) / divisor);
  }

  /** {@code div}: towards zero. */
  public static Term quotient(Term a, Term b) {
    if (a instanceof SmallInt x
        && b instanceof SmallInt y
        && y.value() != 0
        && x.value() != Long.MIN_VALUE) {
      return SmallInt.of(x.value() / y.value());
    }
    return IntegerTerm.of(integer(a).divide(divisor(b)));
  }

  /** {@code rem}: with the sign of the dividend. */
  public static Term remainder(Term a, Term b) {
    if (a instanceof SmallInt x && b instanceof SmallInt y && y.value() != 0) {
      return SmallInt.of(x.value() % y.value());
    }
    return IntegerTerm.of(integer(a).remainder(divisor(b)));
  }

  private static BigInteger divisor(Term term) {
    BigInteger divisor = integer(term);
    if (divisor.signum() == 0) {
      throw Raise.badarith();
    }
    return divisor;
  }

  public static Term negate(Term a) {
    return a instanceof Float64(double value) ? new Float64(-value) : subtract(SmallInt.of(0), a);
  }

  /** {@code +a}. */
  public static Term plus(Term a) {
    return a instanceof Float64 ? a : IntegerTerm.of(integer(a));
  }

  public static Term bitAnd(Term a, Term b) {
    return a instanceof SmallInt x && b instanceof SmallInt y
        ? SmallInt.of(x.value() & y.value())
        : IntegerTerm.of(integer(a).and(integer(b)));
  }

  public static Term bitOr(Term a, Term b) {
    return a instanceof SmallInt x && b instanceof SmallInt y
        ? SmallInt.of(x.value() | y.value())
        : IntegerTerm.of(integer(a).or(integer(b)));
  }

  public static Term bitXor(Term a, Term b) {
    return a instanceof SmallInt x && b instanceof SmallInt y
        ? SmallInt.of(x.value() ^ y.value())
        : IntegerTerm.of(integer(a).xor(integer(b)));
  }

  public static Term bitNot(Term a) {
    return IntegerTerm.of(integer(a).not());
  }

  public static Term shiftLeft(Term a, Term b) {
    return shift(integer(a), integer(b));
  }

  public static Term shiftRight(Term a, Term b) {
    return shift(integer(a), integer(b).negate());
  }

  private static Term shift(BigInteger value, BigInteger by) {
    if (by.signum() > 0
        && value.signum() != 0
        && by.compareTo(BigInteger.valueOf(BITS_MAX - value.bitLength())) > 0) {
      throw Raise.error(beamyard.simulator.term.Atom.of("system_limit"));
    }
    if (by.compareTo(BigInteger.valueOf(Integer.MIN_VALUE + 1)) < 0) {
      return SmallInt.of(value.signum() < 0 ? -1 : 0);
    }
    return IntegerTerm.of(value.shiftLeft(by.intValue()));
  }

  /** An integer to a power that is not negative. */
  public static Term power(BigInteger base, int exponent) {
    YardLimit.INTEGER.check((long) base.bitLength() * exponent);
    return IntegerTerm.of(base.pow(exponent));
  }

  /** Rounds half away from zero. */
  public static Term round(Term number) {
    return number instanceof Float64(double value)
        ? IntegerTerm.of(new BigDecimal(value).setScale(0, RoundingMode.HALF_UP).toBigInteger())
        : Arguments.integer(number);
  }

  public static Term truncate(Term number) {
    return number instanceof Float64(double value)
        ? IntegerTerm.of(new BigDecimal(value).toBigInteger())
        : Arguments.integer(number);
  }

  public static Term floor(Term number) {
    return truncate(
        number instanceof Float64(double value) ? new Float64(Math.floor(value)) : number);
  }

  public static Term ceiling(Term number) {
    return truncate(
        number instanceof Float64(double value) ? new Float64(Math.ceil(value)) : number);
  }

  private static BigInteger integer(Term term) {
    if (term instanceof IntegerTerm integer) {
      return integer.bigValue();
    }
    throw Raise.badarith();
  }

  private static double real(Term term) {
    return switch (term) {
      case Float64(double value) -> value;
      case SmallInt small -> small.value();
      case IntegerTerm integer -> {
        double value = integer.bigValue().doubleValue();
        if (!Double.isFinite(value)) {
          throw Raise.badarith();
        }
        yield value;
      }
      default -> throw Raise.badarith();
    };
  }

  private static Term real(double value) {
    if (!Double.isFinite(value)) {
      throw Raise.badarith();
    }
    return new Float64(value);
  }
}
