package beamyard.ui.desktop.run;

import beamyard.simulator.term.BigInt;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;

/**
 * A term with words in place of integers that nobody reads: to print a million digits takes seconds, in which a window would stand
 * still. Only as many parts of it are looked at as are printed.
 */
final class Readable {
  /** So many elements of a term are printed at most. */
  private static final int SHOWN = 50;

  private static final int MOST_PARTS = 400;
  private static final int MOST_BITS = 20_000;
  private static final double DIGITS_A_BIT = Math.log10(2);

  private int parts;

  private Readable() {}

  static Term of(Term term) {
    return new Readable().part(term);
  }

  private Term part(Term term) {
    if (parts++ >= MOST_PARTS) {
      return term;
    }
    return switch (term) {
      case BigInt number when number.bigValue().bitLength() > MOST_BITS ->
          Bits.of(
              "an integer of about "
                  + Math.round(number.bigValue().bitLength() * DIGITS_A_BIT)
                  + " digits");
      case Tuple tuple -> elements(tuple);
      case Cons list -> cells(list);
      case MapTerm map when map.size() <= SHOWN -> values(map);
      default -> term;
    };
  }

  private Tuple elements(Tuple tuple) {
    Tuple made = tuple;
    for (int i = 0; i < Math.min(SHOWN, tuple.size()); i++) {
      Term each = part(tuple.get(i));
      made = each == tuple.get(i) ? made : made.with(i, each);
    }
    return made;
  }

  private MapTerm values(MapTerm map) {
    MapTerm made = map;
    for (MapTerm.Entry entry : map) {
      Term each = part(entry.value());
      made = each == entry.value() ? made : made.put(entry.key(), each);
    }
    return made;
  }

  private Term cells(Cons list) {
    var elements = new ArrayList<Term>();
    boolean changed = false;
    Term rest = list;
    while (rest instanceof Cons cell && elements.size() < SHOWN) {
      Term each = part(cell.head());
      changed = changed || each != cell.head();
      elements.add(each);
      rest = cell.tail();
    }
    if (!changed) {
      return list;
    }
    for (Term each : elements.reversed()) {
      rest = new Cons(each, rest);
    }
    return rest;
  }
}
