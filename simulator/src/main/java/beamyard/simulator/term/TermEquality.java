package beamyard.simulator.term;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Exact equality of compound terms and a hash that agrees with it; neither runs out of stack on terms of any depth. */
final class TermEquality {
  /** Levels compared by plain recursion; the rest is put off. */
  private static final int DEPTH = 100;

  /** Levels that a hash looks into. */
  private static final int HASHED_DEPTH = 12;

  /** Pairs put off because they lay too deep. */
  private @Nullable Deque<Term> deep;

  private TermEquality() {}

  static boolean equal(Term a, Term b) {
    var equality = new TermEquality();
    if (!equality.equal(a, b, 0)) {
      return false;
    }
    Deque<Term> rest = equality.deep;
    while (rest != null && !rest.isEmpty()) {
      if (!equality.equal(rest.pop(), rest.pop(), 0)) {
        return false;
      }
    }
    return true;
  }

  private boolean equal(Term left, Term right, int depth) {
    Term a = left;
    Term b = right;
    while (true) {
      if (a == b) {
        return true;
      }
      switch (a) {
        case Cons x -> {
          if (!(b instanceof Cons y) || !part(x.head(), y.head(), depth)) {
            return false;
          }
          a = x.tail();
          b = y.tail();
        }
        case Tuple x -> {
          return b instanceof Tuple y && parts(x.shared(), y.shared(), depth);
        }
        case MapTerm x -> {
          if (!(b instanceof MapTerm y) || x.size() != y.size()) {
            return false;
          }
          return maps(x, y, depth);
        }
        case Closure x -> {
          return b instanceof Closure y
              && x.module() == y.module()
              && x.index() == y.index()
              && x.uniq() == y.uniq()
              && x.arity() == y.arity()
              && x.carried().equals(y.carried())
              && parts(x.free().toArray(Term[]::new), y.free().toArray(Term[]::new), depth);
        }
        default -> {
          return a.equals(b);
        }
      }
    }
  }

  private boolean maps(MapTerm x, MapTerm y, int depth) {
    MapTerm.Columns a = x.columns();
    for (int i = 0; i < a.keys().length; i++) {
      Term value = y.get(a.keys()[i]);
      if (value == null || !part(a.values()[i], value, depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean parts(Term[] a, Term[] b, int depth) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (!part(a[i], b[i], depth)) {
        return false;
      }
    }
    return true;
  }

  private boolean part(Term a, Term b, int depth) {
    if (a == b) {
      return true;
    }
    if (a.getClass() != b.getClass()) {
      return false;
    }
    if (depth < DEPTH) {
      return equal(a, b, depth + 1);
    }
    if (deep == null) {
      deep = new ArrayDeque<>();
    }
    deep.push(b);
    deep.push(a);
    return true;
  }

  static int hash(Term term) {
    return hash(term, 0);
  }

  private static int hash(Term term, int depth) {
    return switch (term) {
      case Cons cons -> hash(cons, depth);
      case Tuple tuple -> hash(tuple.shared(), depth) + 17;
      case MapTerm map -> {
        MapTerm.Columns columns = map.columns();
        int sum = 19;
        for (int i = 0; i < columns.keys().length && depth < HASHED_DEPTH; i++) {
          // a sum, so that the order of the keys does not matter
          sum +=
              hash(columns.keys()[i], depth + 1) * 31
                  ^ hash(columns.values()[i], depth + 1) * 0x9E3779B9;
        }
        yield sum;
      }
      case Closure closure ->
          31 * (closure.module().hashCode() + closure.index() * 37 + closure.arity())
              + hash(closure.free().toArray(Term[]::new), depth);
      default -> term.hashCode();
    };
  }

  private static int hash(Cons list, int depth) {
    int hash = 1;
    Term rest = list;
    while (rest instanceof Cons cons) {
      if (depth < HASHED_DEPTH) {
        hash = 31 * hash + hash(cons.head(), depth + 1);
      } else {
        hash++;
      }
      rest = cons.tail();
    }
    return 31 * hash + (rest == Nil.NIL ? 3 : hash(rest, depth + 1));
  }

  private static int hash(Term[] elements, int depth) {
    int hash = elements.length;
    for (int i = 0; i < elements.length && depth < HASHED_DEPTH; i++) {
      hash = 31 * hash + hash(elements[i], depth + 1);
    }
    return hash;
  }
}
