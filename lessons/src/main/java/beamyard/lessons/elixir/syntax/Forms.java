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

  private static final Atom CLOSING = Atom.of("closing");
  private static final Atom NEWLINES = Atom.of("newlines");
  private static final Atom LAST = Atom.of("last");

  private final ParseOptions options;

  Forms(ParseOptions options) {
    this.options = options;
  }

  // Metadata

  private boolean tellsTokens() {
    return options.tokens() == ParseOptions.Tokens.PRESENT;
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
        options.columns() == ParseOptions.Columns.PRESENT
            ? new Cons(Tuple.of(COLUMN, SmallInt.of(column)), ListTerm.empty())
            : ListTerm.empty();
    return new Cons(Tuple.of(LINE, SmallInt.of(line)), rest);
  }

  /** How many line ends follow or precede an operator, before its place. */
  ListTerm operatorMeta(Token sign) {
    return tellsTokens() ? newlines(sign, meta(sign)) : meta(sign);
  }

  private static ListTerm newlines(Token token, ListTerm rest) {
    return token.newlines() > 0
        ? new Cons(Tuple.of(NEWLINES, SmallInt.of(token.newlines())), rest)
        : rest;
  }

  /** What is known of a pair of brackets, before {@code rest}. */
  ListTerm pairMeta(Token open, Token close, ListTerm rest) {
    return tellsTokens() ? newlines(open, new Cons(Tuple.of(CLOSING, meta(close)), rest)) : rest;
  }

  ListTerm pairMeta(Token open, Token close) {
    return pairMeta(open, close, meta(open));
  }

  /** Where {@code do} and {@code end} are, before {@code rest}. */
  ListTerm blockMeta(Token start, Token end, ListTerm rest) {
    return tellsTokens()
        ? new Cons(
            Tuple.of(Atom.of("do"), meta(start)),
            new Cons(Tuple.of(Atom.of("end"), meta(end)), rest))
        : rest;
  }

  /** The metadata of an alias whose last segment is {@code segment}. */
  ListTerm lastSegment(ListTerm meta, Token segment) {
    if (!tellsTokens()) {
      return meta;
    }
    Tuple last = Tuple.of(LAST, meta(segment));
    if (meta instanceof Cons known && ((Tuple) known.head()).get(0) == LAST) {
      return new Cons(last, known.tail());
    }
    return new Cons(last, meta);
  }

  /** An expression that another one follows after {@code end}, a line end or a semicolon. */
  Term ended(Term expression, Token end) {
    if (tellsTokens()
        && expression instanceof Tuple tuple
        && tuple.size() == 3
        && tuple.get(1) instanceof ListTerm meta) {
      return form(tuple.get(0), endOfExpression(end, meta), tuple.get(2));
    }
    return expression;
  }

  ListTerm endOfExpression(Token end, ListTerm rest) {
    ListTerm place =
        end.newlines() >= 0
            ? new Cons(Tuple.of(NEWLINES, SmallInt.of(end.newlines())), meta(end))
            : meta(end);
    return tellsTokens() ? new Cons(Tuple.of(Atom.of("end_of_expression"), place), rest) : rest;
  }

  /** Something that stands for itself, as the caller of the parser wants it. */
  Term literal(Term value, Token token) {
    return literal(value, token, ListTerm.empty());
  }

  Term literal(Term value, Token token, ListTerm extra) {
    return options.literals() == LiteralEncoder.NONE
        ? value
        : options.literals().encode(value, append(extra, meta(token)));
  }

  Term container(Term value, Token open, Token close) {
    return options.literals() == LiteralEncoder.NONE
        ? value
        : options.literals().encode(value, pairMeta(open, close));
  }

  Term number(Term value, Token token, String written) {
    return literal(
        value,
        token,
        tellsTokens()
            ? ListTerm.of(Tuple.of(Atom.of("token"), Bits.of(written)))
            : ListTerm.empty());
  }

  /** The quotes that a text is written with, if they are to be told. */
  ListTerm quotes(String delimiter) {
    return tellsTokens() ? ListTerm.of(Tuple.of(DELIMITER, Bits.of(delimiter))) : ListTerm.empty();
  }

  ListTerm heredocQuotes(String delimiter, int indentation) {
    return tellsTokens()
        ? append(quotes(delimiter), ListTerm.of(Tuple.of(INDENTATION, SmallInt.of(indentation))))
        : ListTerm.empty();
  }

  static final ListTerm KEYWORD = ListTerm.of(Tuple.of(Atom.of("format"), Atom.of("keyword")));

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
  Term parenthesised(Term form, Token open, Token close) {
    if (form instanceof Tuple tuple && tuple.size() == 3 && tuple.get(0) == BLOCK) {
      ListTerm meta =
          tellsTokens() ? new Cons(Tuple.of(CLOSING, meta(close)), meta(open)) : meta(open);
      return form(BLOCK, append((ListTerm) tuple.get(1), meta), tuple.get(2));
    }
    return form;
  }

  static ListTerm append(ListTerm first, ListTerm second) {
    List<Term> all = new ArrayList<>(first.toList());
    all.addAll(second.toList());
    return ListTerm.of(all);
  }

  Term access(Term container, Containers.Bracketed key) {
    ListTerm meta = pairMeta(key.open(), key.close());
    Term get = form(DOT, meta, ListTerm.of(ACCESS, GET));
    return form(get, meta, ListTerm.of(container, key.terms().getFirst()));
  }

  /** A call of a function of a module, in the code that texts with interpolation mean. */
  private static Term remote(
      Atom module, Atom function, ListTerm meta, ListTerm extra, Term... arguments) {
    Term callee = form(DOT, meta, ListTerm.of(module, function));
    return form(callee, append(extra, meta), ListTerm.of(arguments));
  }

  Term interpolated(Part.Interpolation place, Term code) {
    ListTerm meta = meta(place.line(), place.column());
    Term text = remote(KERNEL, TO_STRING, meta, closing(place), code);
    return form(TYPE, meta, ListTerm.of(text, form(BINARY, meta, Atom.NIL)));
  }

  Term charlistPart(Part.Interpolation place, Term code) {
    return remote(KERNEL, TO_STRING, meta(place.line(), place.column()), closing(place), code);
  }

  private ListTerm closing(Part.Interpolation place) {
    return tellsTokens()
        ? ListTerm.of(Tuple.of(CLOSING, meta(place.endLine(), place.endColumn())))
        : ListTerm.empty();
  }

  Term binary(Token token, ListTerm extra, List<Term> parts) {
    return form(BITSTRING, append(extra, meta(token)), ListTerm.of(parts));
  }

  Term charlist(Token token, ListTerm extra, List<Term> parts) {
    return remote(LIST, TO_CHARLIST, meta(token), extra, ListTerm.of(parts));
  }

  Term atom(Token token, ListTerm extra, List<Term> parts) {
    return remote(
        ERLANG,
        BINARY_TO_ATOM,
        meta(token),
        tellsTokens() ? extra : ListTerm.empty(),
        binary(token, ListTerm.empty(), parts),
        UTF8);
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
