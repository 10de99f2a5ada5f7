package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Arguments as the Java values they stand for; each method raises {@code badarg} if they do not. */
final class Arguments {
  private Arguments() {}

  static Atom atom(Term term) {
    if (term instanceof Atom atom) {
      return atom;
    }
    throw Raise.badarg();
  }

  static Tuple tuple(Term term) {
    if (term instanceof Tuple tuple) {
      return tuple;
    }
    throw Raise.badarg();
  }

  static MapTerm map(Term term) {
    if (term instanceof MapTerm map) {
      return map;
    }
    throw Raise.error("badmap", term);
  }

  static IntegerTerm integer(Term term) {
    if (term instanceof IntegerTerm integer) {
      return integer;
    }
    throw Raise.badarg();
  }

  static long number(Term term) {
    if (term instanceof SmallInt number) {
      return number.value();
    }
    throw Raise.badarg();
  }

  /** An {@code int} from 0. */
  static int size(Term term) {
    long number = number(term);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw Raise.badarg();
    }
    return (int) number;
  }

  static double real(Term term) {
    return switch (term) {
      case Float64(double value) -> value;
      case IntegerTerm integer -> finite(integer.bigValue().doubleValue());
      default -> throw Raise.badarg();
    };
  }

  static double finite(double value) {
    if (Double.isFinite(value)) {
      return value;
    }
    throw Raise.badarith();
  }

  static Bits bits(Term term) {
    if (term instanceof Bits bits) {
      return bits;
    }
    throw Raise.badarg();
  }

  static Bits binary(Term term) {
    if (term instanceof Bits bits && bits.isBinary()) {
      return bits;
    }
    throw Raise.badarg();
  }

  /** The text of a binary. */
  static String text(Term term) {
    return binary(term).text();
  }

  /** The elements of a proper list. */
  static List<Term> list(Term term) {
    var elements = new ArrayList<Term>();
    Term rest = term;
    while (rest instanceof Cons cons) {
      elements.add(cons.head());
      rest = cons.tail();
    }
    if (rest != Nil.NIL) {
      throw Raise.badarg();
    }
    return elements;
  }

  static boolean isTrue(Term term) {
    if (term == Atom.TRUE) {
      return true;
    }
    if (term == Atom.FALSE) {
      return false;
    }
    throw Raise.badarg();
  }

  /** A list of characters as Java text. */
  static String charlist(Term term) {
    var text = new StringBuilder();
    for (Term c : list(term)) {
      int point = size(c);
      if (!Character.isValidCodePoint(point)) {
        throw Raise.badarg();
      }
      text.appendCodePoint(point);
    }
    return text.toString();
  }

  static ListTerm charlist(String text) {
    return ListTerm.of(text.codePoints().<Term>mapToObj(SmallInt::of).toList());
  }

  /** The value of a key in a list of pairs. */
  static Term option(Term options, String key, Term fallback) {
    Atom name = Atom.of(key);
    for (Term option : list(options)) {
      if (option instanceof Tuple pair && pair.isTagged(name, 2)) {
        return pair.get(1);
      }
    }
    return fallback;
  }
}
