package beamyard.simulator.kernel;

import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;

/** Erlang's operations on lists. */
final class Lists {
  private Lists() {}

  /** {@code front ++ back}. */
  static ListTerm join(ListTerm front, ListTerm back) {
    List<Term> elements = front.toList();
    ListTerm joined = back;
    for (int i = elements.size() - 1; i >= 0; i--) {
      joined = new Cons(elements.get(i), joined);
    }
    return joined;
  }

  /** {@code list -- removed}: the first occurrence of each goes. */
  static ListTerm without(ListTerm list, ListTerm removed) {
    List<Term> rest = new ArrayList<>(list.toList());
    for (Term element : removed) {
      rest.remove(element);
    }
    return ListTerm.of(rest);
  }

  /** {@code lists:delete/2}. */
  static ListTerm delete(Term element, ListTerm list) {
    return without(list, ListTerm.of(element));
  }

  static boolean contains(ListTerm list, Term element) {
    for (Term each : list) {
      if (each.equals(element)) {
        return true;
      }
    }
    return false;
  }
}
