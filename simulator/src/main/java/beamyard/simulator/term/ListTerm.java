package beamyard.simulator.term;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A list: {@link Nil} or {@link Cons}. Iterating visits the elements; an improper tail is not visited. */
public sealed interface ListTerm extends Term, Iterable<Term> permits Nil, Cons {
  static ListTerm empty() {
    return Nil.NIL;
  }

  static ListTerm of(Term... elements) {
    return of(List.of(elements));
  }

  static ListTerm of(List<? extends Term> elements) {
    ListTerm list = Nil.NIL;
    for (int i = elements.size() - 1; i >= 0; i--) {
      list = new Cons(elements.get(i), list);
    }
    return list;
  }

  default boolean isEmpty() {
    return this == Nil.NIL;
  }

  /** Whether the last tail is the empty list. */
  default boolean isProper() {
    Term rest = this;
    while (rest instanceof Cons cons) {
      rest = cons.tail();
    }
    return rest == Nil.NIL;
  }

  /** The number of elements, an improper tail not counted. */
  default int length() {
    int length = 0;
    for (Term rest = this; rest instanceof Cons cons; rest = cons.tail()) {
      length++;
    }
    return length;
  }

  default List<Term> toList() {
    var elements = new ArrayList<Term>();
    forEach(elements::add);
    return elements;
  }

  @Override
  default Iterator<Term> iterator() {
    return new Iterator<>() {
      private Term rest = ListTerm.this;

      @Override
      public boolean hasNext() {
        return rest instanceof Cons;
      }

      @Override
      public Term next() {
        if (rest instanceof Cons cons) {
          rest = cons.tail();
          return cons.head();
        }
        throw new NoSuchElementException();
      }
    };
  }
}
