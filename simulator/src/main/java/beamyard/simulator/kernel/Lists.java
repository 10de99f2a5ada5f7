package beamyard.simulator.kernel;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** What {@code lists:foreach/2}, called with a function of a module, fails with where a list ends in something else. */
  static Turn notTheRestOfAList(Atom module, Term rest) {
    Term function = new Closure(module, 0, 0, 1, List.of(), Optional.empty());
    return Turn.functionClause(Atom.of("lists"), Atom.of("foreach_1"), List.of(function, rest));
  }

  /** What a list ends in: the empty list if it is proper, the term itself if it is no list. */
  static Term end(Term list) {
    Term rest = list;
    while (rest instanceof Cons cell) {
      rest = cell.tail();
    }
    return rest;
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
