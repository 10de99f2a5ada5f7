package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which parts of a heap were met before. Small tuples of plain values always count as new; of lists that share their end in
 * many different places, some of it may.
 */
final class SharedParts {
  /*
   * Looking up each cell of a list of millions takes seconds. But a cell has one tail, so all lists that share anything share
   * their last cell: a list is walked to it, and only if that one is known is it walked again, in step with a former list of
   * that end, until they meet. The first cells are looked up as well, so that the tails of a list, each held for itself, need
   * not be walked one by one; and as lists that end in such cells are not kept by their ends, so is one of the others now and
   * then.
   */
  private static final int LOOKED_UP = 64;

  private static final int LISTS_OF_AN_END = 8;

  private record Walked(Cons first, long length) {}

  private final Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // lookups only
  private final Map<Cons, List<Walked>> byEnd = new IdentityHashMap<>(); // lookups only

  /** Whether a tuple, map or function is met for the first time. */
  boolean isNew(Term term) {
    return term instanceof Tuple tuple && isPlain(tuple) || seen.add(term);
  }

  private static boolean isPlain(Tuple tuple) {
    boolean plain = tuple.size() <= 8;
    for (int i = 0; plain && i < tuple.size(); i++) {
      plain = !HeapMeter.isCompound(tuple.get(i));
    }
    return plain;
  }

  /** How many cells of a list, from its first, are met for the first time. */
  long newCells(Cons first) {
    long length = 0;
    long fresh = Long.MAX_VALUE;
    Cons last = first;
    for (Term rest = first; rest instanceof Cons cell; rest = cell.tail()) {
      if (length < LOOKED_UP) {
        if (!seen.add(cell)) {
          return length;
        }
      } else if (length % LOOKED_UP == 0 && length < fresh && seen.contains(cell)) {
        fresh = length;
      }
      last = cell;
      length++;
    }
    if (length <= LOOKED_UP) {
      return length;
    }
    List<Walked> lists = byEnd.computeIfAbsent(last, _ -> new ArrayList<>());
    fresh = Math.min(fresh, length);
    for (Walked former : lists) {
      fresh = Math.min(fresh, beforeMeeting(first, length, former));
    }
    if (lists.size() < LISTS_OF_AN_END) {
      lists.add(new Walked(first, length));
    }
    return fresh;
  }

  private static long beforeMeeting(Cons first, long length, Walked former) {
    Term mine = drop(first, length - former.length());
    Term other = drop(former.first(), former.length() - length);
    long before = Math.max(0, length - former.length());
    while (mine != other && mine instanceof Cons cell && other instanceof Cons its) {
      mine = cell.tail();
      other = its.tail();
      before++;
    }
    return before;
  }

  private static Term drop(Cons list, long count) {
    Term rest = list;
    for (long i = 0; i < count && rest instanceof Cons cell; i++) {
      rest = cell.tail();
    }
    return rest;
  }
}
