package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import org.jspecify.annotations.Nullable;

/** What {@link HotCode} calls: operations on small integers, {@code null} where the interpreter has to do it; comparisons. */
final class QuickSteps {
  private QuickSteps() {}

  static @Nullable Object sum(Object x, Object y) {
    return y instanceof SmallInt b ? sum(x, b.value()) : null;
  }

  static @Nullable Object sum(Object x, long y) {
    if (x instanceof SmallInt a) {
      long sum = a.value() + y;
      if (((a.value() ^ sum) & (y ^ sum)) >= 0) {
        return SmallInt.of(sum);
      }
    }
    return null;
  }

  static @Nullable Object difference(Object x, Object y) {
    return y instanceof SmallInt b ? difference(x, b.value()) : null;
  }

  static @Nullable Object difference(Object x, long y) {
    if (x instanceof SmallInt a) {
      long difference = a.value() - y;
      if (((a.value() ^ y) & (a.value() ^ difference)) >= 0) {
        return SmallInt.of(difference);
      }
    }
    return null;
  }

  static @Nullable Object product(Object x, Object y) {
    return y instanceof SmallInt b ? product(x, b.value()) : null;
  }

  static @Nullable Object product(Object x, long y) {
    if (x instanceof SmallInt a) {
      long low = a.value() * y;
      if (Math.multiplyHigh(a.value(), y) == low >> 63) {
        return SmallInt.of(low);
      }
    }
    return null;
  }

  static @Nullable Object quotient(Object x, Object y) {
    return y instanceof SmallInt b ? quotient(x, b.value()) : null;
  }

  static @Nullable Object quotient(Object x, long y) {
    return x instanceof SmallInt a && y > 0 ? SmallInt.of(a.value() / y) : null;
  }

  static @Nullable Object remainder(Object x, Object y) {
    return y instanceof SmallInt b ? remainder(x, b.value()) : null;
  }

  static @Nullable Object remainder(Object x, long y) {
    return x instanceof SmallInt a && y > 0 ? SmallInt.of(a.value() % y) : null;
  }

  static int compare(Object x, long y) {
    return x instanceof SmallInt a
        ? Long.compare(a.value(), y)
        : Operators.compare(x, SmallInt.of(y));
  }

  static boolean equal(Object x, long y) {
    return x instanceof SmallInt a ? a.value() == y : Operators.equal(x, SmallInt.of(y));
  }

  static boolean same(Object x, long y) {
    return x instanceof SmallInt a && a.value() == y;
  }

  static boolean isTruthy(Object x) {
    return x != Atom.FALSE && x != Atom.NIL;
  }

  static boolean isBoolean(Object x) {
    return x == Atom.TRUE || x == Atom.FALSE;
  }

  static Term less(Object x, Object y) {
    return Atom.of(Operators.compare(x, y) < 0);
  }

  static Term atMost(Object x, Object y) {
    return Atom.of(Operators.compare(x, y) <= 0);
  }

  static Term equalTerm(Object x, Object y) {
    return Atom.of(Operators.equal(x, y));
  }

  static Term sameTerm(Object x, Object y) {
    return Atom.of(Operators.same(x, y));
  }

  static Term not(Term bool) {
    return Atom.of(bool == Atom.FALSE);
  }
}
