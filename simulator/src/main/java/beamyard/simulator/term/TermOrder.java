package beamyard.simulator.term;

import java.math.BigDecimal;
import java.util.Comparator;

/** The standard order of terms: number &lt; atom &lt; reference &lt; fun &lt; port &lt; pid &lt; tuple &lt; map &lt; list &lt; bitstring. */
public final class TermOrder {
  /** Numbers of equal value are equal: {@code 1 == 1.0}. */
  public static final Comparator<Term> STANDARD = (a, b) -> compare(a, b, false);

  /** As {@link #STANDARD}, but an integer comes before every float, as between keys of a map. */
  public static final Comparator<Term> EXACT = (a, b) -> compare(a, b, true);

  private TermOrder() {}

  private static int compare(Term a, Term b, boolean exact) {
    if (a == b) {
      return 0;
    }
    int kinds = Integer.compare(rank(a), rank(b));
    if (kinds != 0) {
      return kinds;
    }
    return switch (a) {
      case IntegerTerm _, Float64 _ -> numbers(a, b, exact);
      case Atom atom -> atom.name().compareTo(((Atom) b).name());
      case Tuple tuple -> tuples(tuple, (Tuple) b, exact);
      default -> throw new AssertionError("not compared yet: " + a);
    };
  }

  private static int tuples(Tuple a, Tuple b, boolean exact) {
    int order = Integer.compare(a.size(), b.size());
    for (int i = 0; order == 0 && i < a.size(); i++) {
      order = compare(a.get(i), b.get(i), exact);
    }
    return order;
  }

  private static int numbers(Term a, Term b, boolean exact) {
    if (exact && a instanceof Float64 != b instanceof Float64) {
      return a instanceof Float64 ? 1 : -1;
    }
    if (a instanceof SmallInt x && b instanceof SmallInt y) {
      return Long.compare(x.value(), y.value());
    }
    return decimal(a).compareTo(decimal(b));
  }

  private static BigDecimal decimal(Term number) {
    return number instanceof Float64(double value)
        ? new BigDecimal(value)
        : new BigDecimal(((IntegerTerm) number).bigValue());
  }

  private static int rank(Term term) {
    return switch (term) {
      case IntegerTerm _, Float64 _ -> 0;
      case Atom _ -> 1;
      case Reference _ -> 2;
      case Fun _ -> 3;
      case Port _ -> 4;
      case Pid _ -> 5;
      case Tuple _ -> 6;
      case MapTerm _ -> 7;
      case ListTerm _ -> 8;
      case Bits _ -> 9;
    };
  }
}
