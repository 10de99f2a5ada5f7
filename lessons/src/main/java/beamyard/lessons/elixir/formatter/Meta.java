package beamyard.lessons.elixir.formatter;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import org.jspecify.annotations.Nullable;

/** The metadata of a quoted form: where it is and how it was written. */
record Meta(ListTerm list) {
  static final Meta NONE = new Meta(ListTerm.empty());
  static final Atom LINE = Atom.of("line");
  static final Atom CLOSING = Atom.of("closing");
  static final Atom END = Atom.of("end");
  static final Atom DO = Atom.of("do");
  static final Atom FORMAT = Atom.of("format");
  static final Atom DELIMITER = Atom.of("delimiter");
  static final Atom TOKEN = Atom.of("token");
  static final Atom NO_PARENS = Atom.of("no_parens");
  private static final Atom NEWLINES = Atom.of("newlines");
  private static final Atom END_OF_EXPRESSION = Atom.of("end_of_expression");
  private static final Atom KEYWORD = Atom.of("keyword");

  /** A line before all others. */
  static final int FIRST = 0;

  /** A line behind all others. */
  static final int LAST = 9_999_999;

  @Nullable Term get(Atom key) {
    return get(list, key);
  }

  private static @Nullable Term get(ListTerm keywords, Atom key) {
    for (Term element : keywords) {
      if (element instanceof Tuple pair && pair.size() == 2 && pair.get(0) == key) {
        return pair.get(1);
      }
    }
    return null;
  }

  /** Whether a value is there that is not {@code nil}. */
  boolean has(Atom key) {
    Term value = get(key);
    return value != null && value != Atom.NIL;
  }

  /** Whether the place of a token is told. */
  boolean hasPlace(Atom key) {
    return get(key) instanceof ListTerm;
  }

  private static int number(@Nullable Term keywords, Atom key, int absent) {
    return keywords instanceof ListTerm list && get(list, key) instanceof SmallInt number
        ? (int) number.value()
        : absent;
  }

  boolean knowsLine() {
    return get(LINE) instanceof SmallInt;
  }

  int line() {
    return number(list, LINE, LAST);
  }

  int closingLine() {
    return number(get(CLOSING), LINE, FIRST);
  }

  int endLine() {
    return number(get(END), LINE, FIRST);
  }

  /** How many line ends follow the opening bracket or stand before or behind the operator. */
  int newlines() {
    return number(list, NEWLINES, 0);
  }

  /** How many line ends are behind the expression. */
  int newlinesAfter() {
    return number(get(END_OF_EXPRESSION), NEWLINES, 1);
  }

  /** The quotes or opening bracket of a text; empty if not told. */
  String delimiter() {
    return get(DELIMITER) instanceof Bits delimiter ? delimiter.text() : "";
  }

  boolean isKeyword() {
    return get(FORMAT) == KEYWORD;
  }

  Meta with(Atom key, Term value) {
    return new Meta(new Cons(Tuple.of(key, value), list));
  }

  Meta without(Atom key) {
    return new Meta(
        ListTerm.of(
            list.toList().stream()
                .filter(entry -> !(entry instanceof Tuple pair && pair.get(0) == key))
                .toList()));
  }

  /** The metadata of what ends in another line. */
  Meta closingIn(int line) {
    return with(CLOSING, ListTerm.of(Tuple.of(LINE, SmallInt.of(line))));
  }
}
