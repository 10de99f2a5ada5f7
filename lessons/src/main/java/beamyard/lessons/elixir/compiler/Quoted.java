package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reading and building quoted forms: {@code {name, meta, context}} is a variable, {@code {callee, meta, arguments}} a call;
 * lists, pairs, atoms, numbers and binaries stand for themselves.
 */
final class Quoted {
  static final Atom BLOCK = Atom.of("__block__");
  static final Atom ALIASES = Atom.of("__aliases__");
  static final Atom DO = Atom.of("do");
  static final Atom ELSE = Atom.of("else");
  static final Atom LINE = Atom.of("line");
  static final Atom ARROW = Atom.of("->");
  static final Atom WHEN = Atom.of("when");
  static final Atom DOT = Atom.of(".");
  static final Atom TUPLE = Atom.of("{}");
  static final Atom MAP = Atom.of("%{}");
  static final Atom STRUCT = Atom.of("%");
  static final Atom BITS = Atom.of("<<>>");
  static final Atom MATCH = Atom.of("=");
  static final Atom PIN = Atom.of("^");
  static final Atom CONS = Atom.of("|");
  static final Atom DOUBLE_COLON = Atom.of("::");
  static final Atom CAPTURE = Atom.of("&");
  static final Atom FN = Atom.of("fn");
  static final Atom UNDERSCORE = Atom.of("_");
  static final Atom KERNEL = Atom.of("Elixir.Kernel");
  static final Atom ERLANG = Atom.of("erlang");
  static final Atom COUNTER = Atom.of("counter");
  static final Atom CONTEXT = Atom.of("context");
  static final Atom IMPORTS = Atom.of("imports");
  static final Atom ALIAS = Atom.of("alias");

  private Quoted() {}

  // ---- reading

  /** A three-tuple whose second element is a list: a call or a variable. */
  static @Nullable Tuple node(Term form) {
    return form instanceof Tuple tuple && tuple.size() == 3 && tuple.get(1) instanceof ListTerm
        ? tuple
        : null;
  }

  static boolean isVariable(Term form) {
    Tuple node = node(form);
    return node != null && node.get(0) instanceof Atom && node.get(2) instanceof Atom;
  }

  /** Whether this is {@code name(...)} with any arguments. */
  static boolean isCall(Term form, Atom name) {
    Tuple node = node(form);
    return node != null && node.get(0) == name && node.get(2) instanceof ListTerm;
  }

  static boolean isCall(Term form, Atom name, int arity) {
    return isCall(form, name) && ((ListTerm) ((Tuple) form).get(2)).length() == arity;
  }

  static ListTerm meta(Term node) {
    return (ListTerm) ((Tuple) node).get(1);
  }

  static List<Term> arguments(Term node) {
    return ((ListTerm) ((Tuple) node).get(2)).toList();
  }

  static Term argument(Term node, int index) {
    return arguments(node).get(index);
  }

  /** The value of a key in a keyword list. */
  static @Nullable Term get(Term keywords, Atom key) {
    if (keywords instanceof ListTerm list) {
      for (Term element : list) {
        if (element instanceof Tuple pair && pair.size() == 2 && pair.get(0) == key) {
          return pair.get(1);
        }
      }
    }
    return null;
  }

  static boolean has(Term keywords, Atom key) {
    return get(keywords, key) != null;
  }

  static boolean isKeywords(Term term) {
    if (!(term instanceof ListTerm list) || !list.isProper()) {
      return false;
    }
    for (Term element : list) {
      if (!(element instanceof Tuple pair && pair.size() == 2 && pair.get(0) instanceof Atom)) {
        return false;
      }
    }
    return true;
  }

  static ListTerm without(ListTerm keywords, Atom key) {
    var kept = new ArrayList<Term>();
    for (Term element : keywords) {
      if (!(element instanceof Tuple pair && pair.size() == 2 && pair.get(0) == key)) {
        kept.add(element);
      }
    }
    return ListTerm.of(kept);
  }

  /** With a key set, at the front if it is new. */
  static ListTerm with(ListTerm keywords, Atom key, Term value) {
    return new Cons(Tuple.of(key, value), without(keywords, key));
  }

  /** With a key set unless it is there. */
  static ListTerm withNew(ListTerm keywords, Atom key, Term value) {
    return has(keywords, key) ? keywords : new Cons(Tuple.of(key, value), keywords);
  }

  /** With a key set where it is, or at the end if it is new. */
  static ListTerm withLast(ListTerm keywords, Atom key, Term value) {
    var pairs = new ArrayList<>(keywords.toList());
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i) instanceof Tuple pair && pair.size() == 2 && pair.get(0) == key) {
        pairs.set(i, Tuple.of(key, value));
        return ListTerm.of(pairs);
      }
    }
    pairs.add(Tuple.of(key, value));
    return ListTerm.of(pairs);
  }

  /** The line in metadata; 0 if there is none. */
  static int line(Term meta) {
    Term line = get(meta, LINE);
    return line instanceof SmallInt number ? (int) number.value() : 0;
  }

  static int lineOf(Term form) {
    Tuple node = node(form);
    return node == null ? 0 : line(node.get(1));
  }

  // ---- building

  static Tuple node(Term callee, ListTerm meta, Term argumentsOrContext) {
    return Tuple.of(callee, meta, argumentsOrContext);
  }

  static Tuple call(String name, ListTerm meta, Term... arguments) {
    return node(Atom.of(name), meta, ListTerm.of(arguments));
  }

  static Tuple call(Atom name, ListTerm meta, List<? extends Term> arguments) {
    return node(name, meta, ListTerm.of(arguments));
  }

  /** A call that means {@code Kernel}'s function or macro whatever is imported where it is expanded. */
  static Tuple kernel(String name, ListTerm meta, Term... arguments) {
    return remote(KERNEL, name, meta, arguments);
  }

  static Tuple erlang(String name, ListTerm meta, Term... arguments) {
    return remote(ERLANG, name, meta, arguments);
  }

  static Tuple remote(Term module, String function, ListTerm meta, Term... arguments) {
    return node(
        node(DOT, meta, ListTerm.of(module, Atom.of(function))), meta, ListTerm.of(arguments));
  }

  static Tuple remote(Term module, Atom function, ListTerm meta, List<? extends Term> arguments) {
    return node(node(DOT, meta, ListTerm.of(module, function)), meta, ListTerm.of(arguments));
  }

  static ListTerm meta(int line) {
    return line == 0 ? Nil.NIL : ListTerm.of(Tuple.of(LINE, SmallInt.of(line)));
  }

  static Tuple variable(String name, ListTerm meta, Term context) {
    return Tuple.of(Atom.of(name), meta, context);
  }

  static Term block(List<? extends Term> expressions) {
    return expressions.size() == 1 ? expressions.getFirst() : call(BLOCK, Nil.NIL, expressions);
  }

  static Term block(Term... expressions) {
    return block(List.of(expressions));
  }

  /** {@code left -> right}. */
  static Tuple arrow(ListTerm meta, Term pattern, Term body) {
    return Tuple.of(ARROW, meta, ListTerm.of(ListTerm.of(pattern), body));
  }

  static ListTerm doBlock(Term body) {
    return ListTerm.of(Tuple.of(DO, body));
  }

  static Term tuple(ListTerm meta, Term... elements) {
    return elements.length == 2 ? Tuple.of(elements) : node(TUPLE, meta, ListTerm.of(elements));
  }

  /** {@code case subject do ... end}. */
  static Tuple caseOf(ListTerm meta, Term subject, Term... clauses) {
    return call("case", meta, subject, doBlock(ListTerm.of(clauses)));
  }

  static Bits text(String text) {
    return Bits.of(text);
  }

  /** The expressions of a block, or the one expression. */
  static List<Term> expressions(Term form) {
    return isCall(form, BLOCK) ? arguments(form) : List.of(form);
  }

  static boolean isAlias(Term form) {
    return isCall(form, ALIASES);
  }

  /** The quoted form whose value is {@code value}: what {@code Macro.escape} gives. */
  static Term escape(Term value) {
    return switch (value) {
      case Tuple tuple when tuple.size() == 2 ->
          Tuple.of(escape(tuple.get(0)), escape(tuple.get(1)));
      case Tuple tuple ->
          call(TUPLE, Nil.NIL, tuple.elements().stream().map(Quoted::escape).toList());
      case Cons cons -> escapeList(cons);
      case beamyard.simulator.term.MapTerm map -> {
        var pairs = new ArrayList<Term>();
        map.forEach(entry -> pairs.add(Tuple.of(escape(entry.key()), escape(entry.value()))));
        yield call(MAP, Nil.NIL, pairs);
      }
      case Bits bits when !bits.isBinary() -> {
        int whole = bits.bitSize() & ~7;
        var segments = new ArrayList<Term>();
        if (whole > 0) {
          segments.add(
              call("::", Nil.NIL, bits.sliceBits(0, whole), variable("binary", Nil.NIL, Atom.NIL)));
        }
        int rest = bits.bitSize() - whole;
        int last = 0;
        for (int i = 0; i < rest; i++) {
          last = last << 1 | bits.bitAt(whole + i);
        }
        segments.add(
            call("::", Nil.NIL, SmallInt.of(last), call("size", Nil.NIL, SmallInt.of(rest))));
        yield call(BITS, Nil.NIL, segments);
      }
      default -> value;
    };
  }

  private static Term escapeList(Cons list) {
    var elements = new ArrayList<Term>();
    Term rest = list;
    while (rest instanceof Cons cons) {
      elements.add(escape(cons.head()));
      rest = cons.tail();
    }
    if (rest == Nil.NIL) {
      return ListTerm.of(elements);
    }
    Term last = call("|", Nil.NIL, elements.removeLast(), escape(rest));
    elements.add(last);
    return ListTerm.of(elements);
  }
}
