package beamyard.lessons.elixir.stdlib;

/**
 * Elementary functions to the last digit, the same on every machine: computed with pairs of doubles (about 32 digits) and rounded once.
 * A real node's C library rounds correctly nearly always; Java's strict functions often miss by one unit.
 */
final class Elementary {
  /** Terms of the series; enough for arguments below one. */
  private static final int TERMS = 30;

  private static final double REDUCIBLE = 1e5;

  private static final Pair LN2 = new Pair(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56);
  private static final Pair HALF_PI = new Pair(0x1.921fb54442d18p0, 0x1.1a62633145c07p-54);

  private Elementary() {}

  /** The sum of two doubles of which the second is below the last digit of the first. */
  private record Pair(double high, double low) {
    static Pair of(double value) {
      return new Pair(value, 0);
    }

    static Pair sum(double a, double b) {
      double sum = a + b;
      double part = sum - a;
      return new Pair(sum, (a - (sum - part)) + (b - part));
    }

    static Pair product(double a, double b) {
      double product = a * b;
      return new Pair(product, Math.fma(a, b, -product));
    }

    Pair plus(Pair other) {
      Pair sum = sum(high, other.high);
      Pair rest = sum(low, other.low);
      Pair first = sum(sum.high, sum.low + rest.high);
      return sum(first.high, first.low + rest.low);
    }

    Pair minus(Pair other) {
      return plus(other.negated());
    }

    Pair negated() {
      return new Pair(-high, -low);
    }

    Pair times(Pair other) {
      Pair product = product(high, other.high);
      return sum(product.high, product.low + (high * other.low + low * other.high));
    }

    Pair times(double factor) {
      Pair product = product(high, factor);
      return sum(product.high, product.low + low * factor);
    }

    Pair over(Pair other) {
      double first = high / other.high;
      Pair rest = minus(other.times(first));
      double second = rest.high / other.high;
      Pair left = rest.minus(other.times(second));
      return sum(first, second).plus(of(left.high / other.high));
    }

    double value() {
      return high + low;
    }
  }

  static double exp(double x) {
    return Math.abs(x) < 700 ? exp(Pair.of(x)).value() : StrictMath.exp(x);
  }

  static double log(double x) {
    return isPlain(x) ? logarithm(x).value() : StrictMath.log(x);
  }

  static double log2(double x) {
    return isPlain(x) ? logarithm(x).over(LN2).value() : StrictMath.log(x) / StrictMath.log(2);
  }

  static double pow(double x, double y) {
    double strict = StrictMath.pow(x, y);
    boolean isPlain = isPlain(x) && Math.abs(strict) > 1e-290 && Math.abs(strict) < 1e300;
    return isPlain ? exp(logarithm(x).times(y)).value() : strict;
  }

  /** By the formulas of the C library, which does not round once here. */
  static double cosh(double x) {
    double size = Math.abs(x);
    if (size < 0.5 * LN2.high() || size > 700) {
      return StrictMath.cosh(x);
    }
    double power = exp(size);
    return size < 22 ? 0.5 * power + 0.5 / power : 0.5 * power;
  }

  static double sin(double x) {
    return isReducible(x) ? turned(x, 0).value() : StrictMath.sin(x);
  }

  static double cos(double x) {
    return Math.abs(x) < REDUCIBLE ? turned(x, 1).value() : StrictMath.cos(x);
  }

  static double tan(double x) {
    return isReducible(x) ? turned(x, 0).over(turned(x, 1)).value() : StrictMath.tan(x);
  }

  static double atan(double x) {
    return atan2(x, 1);
  }

  /** A first guess, and the small angle that is left. */
  static double atan2(double y, double x) {
    double guess = StrictMath.atan2(y, x);
    if (!isReducible(guess) || !isPlain(Math.abs(x)) || !isPlain(Math.abs(y))) {
      return guess;
    }
    Pair sine = turned(guess, 0);
    Pair cosine = turned(guess, 1);
    Pair left = cosine.times(y).minus(sine.times(x));
    return Pair.of(guess).plus(left.over(cosine.times(x).plus(sine.times(y)))).value();
  }

  private static boolean isPlain(double x) {
    return x > 1e-290 && x < 1e300;
  }

  private static boolean isReducible(double x) {
    return Math.abs(x) < REDUCIBLE && Math.abs(x) > 1e-8;
  }

  /** {@code e} to the power of a pair: halved often enough for a short series, then squared as often. */
  private static Pair exp(Pair x) {
    double doublings = Math.rint(x.high() / LN2.high());
    Pair small = x.minus(LN2.times(doublings)).times(1.0 / 512);
    Pair less = Pair.of(0);
    Pair term = Pair.of(1);
    for (int i = 1; i <= 10; i++) {
      term = term.times(small).over(Pair.of(i));
      less = less.plus(term);
    }
    for (int i = 0; i < 9; i++) {
      less = less.times(2).plus(less.times(less));
    }
    Pair whole = less.plus(Pair.of(1));
    int scale = (int) doublings;
    return new Pair(Math.scalb(whole.high(), scale), Math.scalb(whole.low(), scale));
  }

  private static Pair logarithm(double x) {
    double guess = StrictMath.log(x);
    Pair left = exp(Pair.of(-guess)).times(x).minus(Pair.of(1));
    Pair square = left.times(left).times(0.5);
    return Pair.of(guess).plus(left.minus(square));
  }

  /** The sine of an angle and of so many right angles more. */
  private static Pair turned(double x, int more) {
    double turns = Math.rint(x / HALF_PI.high());
    Pair small = Pair.of(x).minus(HALF_PI.times(turns));
    int quarter = Math.floorMod((long) turns + more, 4);
    Pair value = (quarter & 1) == 0 ? series(small, small, 1) : series(small, Pair.of(1), 0);
    return quarter < 2 ? value : value.negated();
  }

  /** The series of sine (from the angle itself) or cosine (from one). */
  private static Pair series(Pair angle, Pair first, int power) {
    Pair square = angle.times(angle).negated();
    Pair term = first;
    Pair sum = first;
    for (int i = power; i < TERMS; i += 2) {
      term = term.times(square).over(Pair.of((i + 1.0) * (i + 2.0)));
      sum = sum.plus(term);
    }
    return sum;
  }
}
