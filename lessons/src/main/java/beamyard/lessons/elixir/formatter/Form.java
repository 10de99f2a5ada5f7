package beamyard.lessons.elixir.formatter;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A quoted form {@code {head, meta, tail}}: a variable, whose tail is an atom, or a call, whose tail is a list. */
record Form(Term head, Meta meta, Term tail) {
  static final Atom BLOCK = Atom.of("__block__");
  static final Atom ALIASES = Atom.of("__aliases__");
  static final Atom MODULE = Atom.of("__MODULE__");
  static final Atom DOT = Atom.of(".");
  static final Atom TUPLE = Atom.of("{}");
  static final Atom MAP = Atom.of("%{}");
  static final Atom STRUCT = Atom.of("%");
  static final Atom BITSTRING = Atom.of("<<>>");
  static final Atom ARROW = Atom.of("->");
  static final Atom WHEN = Atom.of("when");
  static final Atom FN = Atom.of("fn");
  static final Atom CAPTURE = Atom.of("&");
  static final Atom ATTRIBUTE = Atom.of("@");
  static final Atom RANGE = Atom.of("..");
  static final Atom STEP = Atom.of("//");
  static final Atom STEPPED_RANGE = Atom.of("..//");
  static final Atom BAR = Atom.of("|");
  static final Atom TYPE = Atom.of("::");
  static final Atom GENERATOR = Atom.of("<-");
  static final Atom NOT = Atom.of("not");
  static final Atom BANG = Atom.of("!");
  static final Atom IN = Atom.of("in");
  static final Atom DIVIDE = Atom.of("/");
  static final Atom DO = Atom.of("do");
  static final Atom UTF8 = Atom.of("utf8");
  private static final Atom KERNEL = Atom.of("Elixir.Kernel");
  private static final Atom TO_STRING = Atom.of("to_string");

  static @Nullable Form of(Term term) {
    return term instanceof Tuple tuple
            && tuple.size() == 3
            && tuple.get(1) instanceof ListTerm meta
            && (tuple.get(2) instanceof Atom || tuple.get(2) instanceof ListTerm)
        ? new Form(tuple.get(0), new Meta(meta), tuple.get(2))
        : null;
  }

  /** The form that a term is if it is a call of {@code name} with so many arguments. */
  static @Nullable Form call(Term term, Atom name, int arity) {
    Form form = of(term);
    return form != null && form.head == name && form.arity() == arity ? form : null;
  }

  static boolean isCall(Term term, Atom name) {
    Form form = of(term);
    return form != null && form.head == name && form.isCall();
  }

  /** Whether the tail is a list of arguments. */
  boolean isCall() {
    return tail instanceof ListTerm list && list.isProper();
  }

  boolean isVariable() {
    return head instanceof Atom && tail instanceof Atom;
  }

  /** The number of arguments, -1 for a variable. */
  int arity() {
    return tail instanceof ListTerm list && list.isProper() ? list.length() : -1;
  }

  List<Term> arguments() {
    return ((ListTerm) tail).toList();
  }

  Term argument(int index) {
    return arguments().get(index);
  }

  Term term() {
    return Tuple.of(head, meta.list(), tail);
  }

  /** The only argument of a {@code __block__} with one; null for anything else. */
  static @Nullable Term wrapped(Term term) {
    Form block = call(term, BLOCK, 1);
    return block == null ? null : block.argument(0);
  }

  /** Whether a list starts with a clause {@code left -> right}. */
  static boolean isClauses(Term term) {
    return term instanceof Cons list && isCall(list.head(), ARROW);
  }

  /** {@code left.right} as a callee. */
  static boolean isDot(Term callee, Atom left, Atom right) {
    Form dot = call(callee, DOT, 2);
    return dot != null && dot.argument(0) == left && dot.argument(1) == right;
  }

  static boolean isPair(Term term) {
    return term instanceof Tuple tuple && tuple.size() == 2;
  }

  /** Whether a list holds nothing but pairs. */
  static boolean isPairs(Term term) {
    if (!(term instanceof ListTerm list) || !list.isProper()) {
      return false;
    }
    for (Term element : list) {
      if (!isPair(element)) {
        return false;
      }
    }
    return true;
  }

  /** The code that an interpolated part of a string holds; null for other parts. */
  static @Nullable Term interpolation(Term part) {
    Form typed = call(part, TYPE, 2);
    if (typed == null) {
      return null;
    }
    Form type = of(typed.argument(1));
    return type != null && type.head == Atom.of("binary")
        ? charlistInterpolation(typed.argument(0))
        : null;
  }

  /** The code that an interpolated part of a charlist holds; null for other parts. */
  static @Nullable Term charlistInterpolation(Term part) {
    Form call = of(part);
    return call != null && isDot(call.head, KERNEL, TO_STRING) && call.arity() == 1
        ? call.argument(0)
        : null;
  }

  /** Whether a bitstring holds nothing but text and interpolations. */
  static boolean isInterpolated(Term bitstring) {
    Form form = of(bitstring);
    return form != null
        && form.isCall()
        && form.arguments().stream()
            .allMatch(part -> part instanceof Bits || interpolation(part) != null);
  }

  static Term block(ListTerm meta, Term... arguments) {
    return Tuple.of(BLOCK, meta, arguments.length == 0 ? Nil.NIL : ListTerm.of(arguments));
  }
}
