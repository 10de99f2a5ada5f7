package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** Marks what a macro answered: its own variables get the number of this expansion, and lines those of the call. */
final class Hygiene {
  private static final Atom QUOTE = Atom.of("quote");

  private Hygiene() {}

  static Term mark(Term form, int line, Atom macroModule, Term counter) {
    return switch (form) {
      case Tuple tuple when tuple.size() == 3 && tuple.get(1) instanceof ListTerm meta -> {
        ListTerm marked = line == 0 ? meta : Quoted.withNew(meta, Quoted.LINE, SmallInt.of(line));
        Term callee = tuple.get(0);
        Term rest = tuple.get(2);
        boolean isOwnVariable =
            rest == macroModule && callee instanceof Atom && callee != Quoted.UNDERSCORE;
        boolean isLexical = callee instanceof Atom name && rest instanceof Cons && isLexical(name);
        boolean isOwnQuote =
            callee == QUOTE
                && rest instanceof Cons
                && Quoted.get(meta, Quoted.CONTEXT) == macroModule;
        if (isOwnVariable || isLexical || isOwnQuote) {
          marked = Quoted.withNew(marked, Quoted.COUNTER, counter);
        }
        yield Tuple.of(
            mark(callee, line, macroModule, counter),
            marked,
            mark(rest, line, macroModule, counter));
      }
      case Tuple tuple when tuple.size() == 2 ->
          Tuple.of(
              mark(tuple.get(0), line, macroModule, counter),
              mark(tuple.get(1), line, macroModule, counter));
      case Cons cons -> markList(cons, line, macroModule, counter);
      default -> form;
    };
  }

  private static Term markList(Cons list, int line, Atom macroModule, Term counter) {
    var elements = new java.util.ArrayList<Term>();
    Term rest = list;
    while (rest instanceof Cons cons) {
      elements.add(mark(cons.head(), line, macroModule, counter));
      rest = cons.tail();
    }
    Term result = rest == Nil.NIL ? rest : mark(rest, line, macroModule, counter);
    for (int i = elements.size() - 1; i >= 0; i--) {
      result = new Cons(elements.get(i), result);
    }
    return result;
  }

  static boolean isLexical(Atom name) {
    return switch (name.name()) {
      case "alias", "import", "require", "__aliases__" -> true;
      default -> false;
    };
  }
}
