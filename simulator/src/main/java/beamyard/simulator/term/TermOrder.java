package beamyard.simulator.term;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The standard order of terms: number &lt; atom &lt; reference &lt; fun &lt; port &lt; pid &lt; tuple &lt; map &lt; list &lt; bitstring.
 *
 * <p>Comparing needs no Java stack for nested terms, so terms of any depth compare. Integers and floats are compared by
 * their exact values, never by rounding one to the other.
 *
 * @see <a href="https://www.erlang.org/doc/reference_manual/expressions.html#term-comparisons">Term comparisons</a>
 */
public final class TermOrder {
  /** Numbers of equal value are equal: {@code 1 == 1.0}. */
  public static final Comparator<Term> STANDARD = (a, b) -> order(a, b, Numbers.BY_VALUE);

  /** As {@link #STANDARD}, but an integer comes before every float, as between keys of a map. */
  public static final Comparator<Term> EXACT = (a, b) -> order(a, b, Numbers.INTEGERS_FIRST);

  private enum Numbers {
    BY_VALUE,
    INTEGERS_FIRST
  }

  private TermOrder() {}

  /** What is still to be compared if everything before it is equal. */
  private abstract static sealed class Pending {
    final @Nullable Pending next;

    Pending(@Nullable Pending next) {
      this.next = next;
    }
  }

  /** The rest of two lists. */
  private static final class Tails extends Pending {
    final Term a;
    final Term b;
    final Numbers numbers;

    Tails(Term a, Term b, Numbers numbers, @Nullable Pending next) {
      super(next);
      this.a = a;
      this.b = b;
      this.numbers = numbers;
    }
  }

  /** The rest of two arrays of the same length. */
  private static final class Elements extends Pending {
    final Term[] a;
    final Term[] b;
    final Numbers numbers;
    int index;

    Elements(Term[] a, Term[] b, Numbers numbers, @Nullable Pending next) {
      super(next);
      this.a = a;
      this.b = b;
      this.numbers = numbers;
    }
  }

  /** Stands behind the environments of functions that are not equal, so they must have differed before this. */
  private static final class Unlike extends Pending {
    final Closure closure;

    Unlike(Closure closure, @Nullable Pending next) {
      super(next);
      this.closure = closure;
    }
  }

  /** Most terms that are compared are atoms. */
  private static int order(Term a, Term b, Numbers numbers) {
    if (a == b) {
      return 0;
    }
    return a instanceof Atom x && b instanceof Atom y
        ? text(x.name(), y.name())
        : compare(a, b, numbers);
  }

  private static int compare(Term left, Term right, Numbers how) {
    Term a = left;
    Term b = right;
    Numbers numbers = how;
    Pending pending = null;
    while (true) {
      int order = 0;
      if (a != b) {
        order = Integer.compare(rank(a), rank(b));
        if (order == 0) {
          switch (a) {
            case IntegerTerm _, Float64 _ -> order = numbers(a, b, numbers);
            case Atom atom -> order = text(atom.name(), ((Atom) b).name());
            case Reference reference -> order = references(reference, (Reference) b);
            case Port port -> order = ports(port, (Port) b);
            case Pid pid -> order = pids(pid, (Pid) b);
            case Bits bits -> order = bits.compareTo((Bits) b);
            case Fun fun -> {
              order = funs(fun, (Fun) b);
              if (order == 0 && fun instanceof Closure x && b instanceof Closure y) {
                if (x.carried().equals(y.carried())) {
                  pending = new Elements(array(x.free()), array(y.free()), numbers, pending);
                } else {
                  pending = new Unlike(x, pending);
                  pending = new Elements(x.environment(), y.environment(), numbers, pending);
                }
              }
            }
            case Tuple tuple -> {
              Tuple other = (Tuple) b;
              order = Integer.compare(tuple.size(), other.size());
              if (order == 0) {
                pending = new Elements(tuple.shared(), other.shared(), numbers, pending);
              }
            }
            case MapTerm map -> {
              MapTerm other = (MapTerm) b;
              order = Integer.compare(map.size(), other.size());
              if (order == 0) {
                MapTerm.Columns x = map.sorted();
                MapTerm.Columns y = other.sorted();
                pending = new Elements(x.values(), y.values(), numbers, pending);
                pending = new Elements(x.keys(), y.keys(), Numbers.INTEGERS_FIRST, pending);
              }
            }
            case ListTerm _ -> {
              if (a instanceof Cons x && b instanceof Cons y) {
                pending = new Tails(x.tail(), y.tail(), numbers, pending);
                a = x.head();
                b = y.head();
                continue;
              }
              order = a == Nil.NIL ? -1 : 1;
            }
          }
        }
      }
      if (order != 0) {
        return order;
      }
      while (pending instanceof Elements rest && rest.index == rest.a.length) {
        pending = rest.next;
      }
      switch (pending) {
        case null -> {
          return 0;
        }
        case Elements rest -> {
          a = rest.a[rest.index];
          b = rest.b[rest.index];
          numbers = rest.numbers;
          rest.index++;
        }
        case Tails tails -> {
          a = tails.a;
          b = tails.b;
          numbers = tails.numbers;
          pending = tails.next;
        }
        case Unlike unlike ->
            throw new UnsupportedOperationException(
                "order of functions with different code: " + unlike.closure);
      }
    }
  }

  private static Term[] array(List<Term> terms) {
    return terms.toArray(Term[]::new);
  }

  /** All but the environments of closures. */
  private static int funs(Fun a, Fun b) {
    if (a instanceof ExternalFun x && b instanceof ExternalFun y) {
      int order = text(x.module().name(), y.module().name());
      if (order == 0) {
        order = text(x.function().name(), y.function().name());
      }
      return order != 0 ? order : Integer.compare(x.arity(), y.arity());
    }
    if (a instanceof Closure x && b instanceof Closure y) {
      int order = text(x.module().name(), y.module().name());
      if (order == 0) {
        order = Integer.compare(x.index(), y.index());
      }
      if (order == 0) {
        order = Integer.compareUnsigned(x.uniq(), y.uniq());
      }
      if (order == 0) {
        order = Integer.compare(x.arity(), y.arity());
      }
      return order != 0 ? order : Integer.compare(terms(x), terms(y));
    }
    return a instanceof Closure ? -1 : 1;
  }

  private static int terms(Closure closure) {
    return closure.free().size() + (closure.carried().isPresent() ? 1 : 0);
  }

  private static int references(Reference a, Reference b) {
    int order = nodes(a.node(), a.creation(), b.node(), b.creation());
    if (order == 0) {
      order = Integer.compareUnsigned(a.high(), b.high());
    }
    if (order == 0) {
      order = Integer.compareUnsigned(a.middle(), b.middle());
    }
    return order != 0 ? order : Integer.compareUnsigned(a.low(), b.low());
  }

  private static int ports(Port a, Port b) {
    int order = nodes(a.node(), a.creation(), b.node(), b.creation());
    return order != 0 ? order : Long.compareUnsigned(a.number(), b.number());
  }

  /** Pids are in the order of their numbers first, whatever their nodes. */
  private static int pids(Pid a, Pid b) {
    int order = Long.compare(a.serial(), b.serial());
    if (order == 0) {
      order = Long.compare(a.number(), b.number());
    }
    return order != 0 ? order : nodes(a.node(), a.creation(), b.node(), b.creation());
  }

  private static int nodes(Atom a, int creationOfA, Atom b, int creationOfB) {
    return a == b ? Integer.compareUnsigned(creationOfA, creationOfB) : text(a.name(), b.name());
  }

  /** By code points, which is the order of the UTF-8 bytes; {@link String#compareTo} is not, where surrogates occur. */
  private static int text(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) != Character.isSurrogate(y);
        return surrogates ? (Character.isSurrogate(x) ? 1 : -1) : Integer.compare(x, y);
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int numbers(Term a, Term b, Numbers numbers) {
    if (a instanceof SmallInt x && b instanceof SmallInt y) {
      return Long.compare(x.value(), y.value());
    }
    if (a instanceof Float64(double x)) {
      if (b instanceof Float64(double y)) {
        return x < y ? -1 : x > y ? 1 : 0;
      }
      return numbers == Numbers.INTEGERS_FIRST ? 1 : -mixed((IntegerTerm) b, x);
    }
    if (b instanceof Float64(double y)) {
      return numbers == Numbers.INTEGERS_FIRST ? -1 : mixed((IntegerTerm) a, y);
    }
    if (a instanceof BigInt x && b instanceof BigInt y) {
      return x.bigValue().compareTo(y.bigValue());
    }
    return a instanceof BigInt big ? big.signum() : -((BigInt) b).signum();
  }

  private static int mixed(IntegerTerm integer, double real) {
    if (integer instanceof SmallInt small) {
      long value = small.value();
      if (Math.abs(real) < 0x1p53) {
        // such a value may have a fraction; rounding a greater long to double does not pass it
        return Double.compare(value, real == 0 ? 0.0 : real);
      }
      if (Math.abs(real) >= 0x1p63) {
        return real > 0 ? -1 : real == -0x1p63 && value == Long.MIN_VALUE ? 0 : 1;
      }
      return Long.compare(value, (long) real);
    }
    return Math.abs(real) < 0x1p63
        ? integer.signum()
        : new BigDecimal(integer.bigValue()).compareTo(new BigDecimal(real));
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
