package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Builds quoted forms: 3-tuples of name, metadata and arguments or context. */
final class Forms {
  static final Atom BLOCK = Atom.of("__block__");
  static final Atom ALIASES = Atom.of("__aliases__");
  static final Atom DOT = Atom.of(".");
  static final Atom CURLY = Atom.of("{}");
  static final Atom BITSTRING = Atom.of("<<>>");
  static final Atom MAP = Atom.of("%{}");
  static final Atom STRUCT = Atom.of("%");
  static final Atom FN = Atom.of("fn");
  static final Atom WHEN = Atom.of("when");
  static final Atom UNQUOTE_SPLICING = Atom.of("unquote_splicing");
  private static final Atom LINE = Atom.of("line");
  private static final Atom COLUMN = Atom.of("column");
  private static final Atom TYPE = Atom.of("::");
  private static final Atom BINARY = Atom.of("binary");
  private static final Atom ACCESS = Atom.of("Elixir.Access");
  private static final Atom GET = Atom.of("get");
  private static final Atom KERNEL = Atom.of("Elixir.Kernel");
  private static final Atom TO_STRING = Atom.of("to_string");
  private static final Atom LIST = Atom.of("Elixir.List");
  private static final Atom TO_CHARLIST = Atom.of("to_charlist");
  private static final Atom ERLANG = Atom.of("erlang");
  private static final Atom BINARY_TO_ATOM = Atom.of("binary_to_atom");
  private static final Atom UTF8 = Atom.of("utf8");
  private static final Atom INDENTATION = Atom.of("indentation");
  private static final Atom DELIMITER = Atom.of("delimiter");
  private static final Tuple NO_PARENS = Tuple.of(Atom.of("no_parens"), Atom.TRUE);
  private static final Tuple AMBIGUOUS_OP = Tuple.of(Atom.of("ambiguous_op"), Atom.NIL);

  private final ParseOptions.Columns columns;

  Forms(ParseOptions.Columns columns) {
    this.columns = columns;
  }

  static Term form(Term name, Term meta, Term arguments) {
    return Tuple.of(name, meta, arguments);
  }

  static Term emptyBlock() {
    return form(BLOCK, ListTerm.empty(), ListTerm.empty());
  }

  ListTerm meta(Token token) {
    return meta(token.line(), token.column());
  }

  ListTerm meta(int line, int column) {
    ListTerm rest =
        columns == ParseOptions.Columns.PRESENT
            ? new Cons(Tuple.of(COLUMN, SmallInt.of(column)), ListTerm.empty())
            : ListTerm.empty();
    return new Cons(Tuple.of(LINE, SmallInt.of(line)), rest);
  }

  static ListTerm noParens(ListTerm meta) {
    return new Cons(NO_PARENS, meta);
  }

  static ListTerm ambiguous(ListTerm meta) {
    return new Cons(AMBIGUOUS_OP, meta);
  }

  /** {@code !x}, {@code not x} or {@code unquote_splicing(x)}: forms that stand in a block of their own. */
  private static boolean standsInBlock(Term form) {
    return form instanceof Tuple tuple
        && tuple.size() == 3
        && (isNegation(form) || tuple.get(0) == UNQUOTE_SPLICING)
        && hasOneArgument(tuple);
  }

  /** Whether {@code in} after this is turned inside out: {@code not a in b}. */
  static boolean isNegation(Term form) {
    return form instanceof Tuple tuple
        && tuple.size() == 3
        && (tuple.get(0) == Operator.NOT.atom() || tuple.get(0) == Operator.BANG.atom())
        && hasOneArgument(tuple);
  }

  private static boolean hasOneArgument(Tuple form) {
    return form.get(2) instanceof Cons arguments && arguments.tail() == ListTerm.empty();
  }

  static Term block(List<Term> expressions) {
    if (expressions.size() == 1 && !standsInBlock(expressions.getFirst())) {
      return expressions.getFirst();
    }
    return form(BLOCK, ListTerm.empty(), ListTerm.of(expressions));
  }

  /** The block between parentheses knows where it starts. */
  Term parenthesised(Term form, Token open) {
    if (form instanceof Tuple tuple && tuple.size() == 3 && tuple.get(0) == BLOCK) {
      return form(BLOCK, append((ListTerm) tuple.get(1), meta(open)), tuple.get(2));
    }
    return form;
  }

  static ListTerm append(ListTerm first, ListTerm second) {
    List<Term> all = new ArrayList<>(first.toList());
    all.addAll(second.toList());
    return ListTerm.of(all);
  }

  Term access(Term container, Term key, Token open) {
    ListTerm meta = meta(open);
    Term get = form(DOT, meta, ListTerm.of(ACCESS, GET));
    return form(get, meta, ListTerm.of(container, key));
  }

  /** A call of a function of a module, in the code that texts with interpolation mean. */
  private static Term remote(Atom module, Atom function, ListTerm meta, Term... arguments) {
    return form(form(DOT, meta, ListTerm.of(module, function)), meta, ListTerm.of(arguments));
  }

  Term interpolated(Part.Interpolation place, Term code) {
    ListTerm meta = meta(place.line(), place.column());
    Term text = remote(KERNEL, TO_STRING, meta, code);
    return form(TYPE, meta, ListTerm.of(text, form(BINARY, meta, Atom.NIL)));
  }

  Term charlistPart(Part.Interpolation place, Term code) {
    return remote(KERNEL, TO_STRING, meta(place.line(), place.column()), code);
  }

  Term binary(Token token, List<Term> parts) {
    return form(BITSTRING, meta(token), ListTerm.of(parts));
  }

  Term charlist(Token token, List<Term> parts) {
    return remote(LIST, TO_CHARLIST, meta(token), ListTerm.of(parts));
  }

  Term atom(Token token, List<Term> parts) {
    return remote(ERLANG, BINARY_TO_ATOM, meta(token), binary(token, parts), UTF8);
  }

  Term sigil(Token token, Token.Sigil sigil, List<Term> parts) {
    ListTerm meta = meta(token);
    ListTerm textMeta =
        sigil.indentation() < 0
            ? meta
            : new Cons(Tuple.of(INDENTATION, SmallInt.of(sigil.indentation())), meta);
    Term text = form(BITSTRING, textMeta, ListTerm.of(parts));
    ListTerm withDelimiter = new Cons(Tuple.of(DELIMITER, Bits.of(sigil.delimiter())), meta);
    List<SmallInt> modifiers = sigil.modifiers().codePoints().mapToObj(SmallInt::of).toList();
    return form(
        Atom.of("sigil_" + (char) sigil.letter()),
        withDelimiter,
        ListTerm.of(text, ListTerm.of(modifiers)));
  }
}
