package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.formatter.Precedence.Side;
import beamyard.lessons.elixir.formatter.Weaver.Piece;
import beamyard.lessons.elixir.formatter.Weaver.Woven;
import beamyard.lessons.elixir.inspect.AtomText;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.lessons.elixir.inspect.Layout;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators, with the parentheses that their operands need.
 *
 * <p>Binary ones are of five kinds: without spaces ({@code 1..2}), never broken ({@code a in b}), with a line end before
 * each of a chain ({@code |>}, {@code when}), and with a line end behind ({@code a ++ b}), which indents but once.
 */
final class Operations {
  private static final int NESTING = 2;

  /** An operand of a chain: what it stands behind, if it is not the first. */
  private record Link(@Nullable Atom operator, Side side, Place place, Term operand) {}

  private final Writer writer;

  Operations(Writer writer) {
    this.writer = writer;
  }

  // Prefixes

  Doc unary(Atom operator, Term operand, Place place) {
    Doc doc = writer.write(operand, place.right());
    boolean isNegation = operator == Form.NOT || operator == Form.BANG;
    boolean nests = isNegation && Form.call(operand, operator, 1) != null;
    String sign = operator == Form.NOT ? "not " : operator.name();
    return Doc.concat(Doc.text(sign), nests ? doc : parensIfOperator(doc, operand));
  }

  /** {@code @name}, {@code @name value}. */
  Doc attribute(Term operand, Place place) {
    Form form = Form.of(operand);
    if (form != null && form.isCall() && form.head() == Form.ALIASES && form.arity() > 1) {
      Doc alias = writer.write(operand, Place.PARENS_ARGUMENT);
      return Doc.concat(Doc.concat(Doc.text("@("), alias), Doc.text(")"));
    }
    boolean hasValue =
        form != null
            && form.head() instanceof Atom name
            && form.arity() == 1
            && name != Form.BLOCK
            && name != Form.ALIASES
            && AtomText.isIdentifier(name);
    if (!hasValue) {
      return unary(Form.ATTRIBUTE, operand, place);
    }
    Doc name = Doc.string("@" + ((Atom) form.head()).name());
    return writer.calls.withArguments(
        name, form.arguments(), form.meta(), place, Parens.UNLESS_ARGUMENT, Keywords.AS_WRITTEN);
  }

  /** {@code &1}, {@code &name/1}, {@code &Module.name/1} and {@code &(&1 + 1)}. */
  Doc capture(Term operand, Place place) {
    if (operand instanceof IntegerTerm number) {
      return Doc.text("&" + number);
    }
    Doc target = captured(operand, place);
    boolean isNested = Layout.format(target, Layout.UNLIMITED).startsWith("&");
    return Doc.concat(Doc.text(isNested ? "& " : "&"), target);
  }

  private Doc captured(Term operand, Place place) {
    Form slash = Form.call(operand, Form.DIVIDE, 2);
    if (slash != null && Form.wrapped(slash.argument(1)) instanceof IntegerTerm arity) {
      Form name = Form.of(slash.argument(0));
      Form dot = name == null ? null : Form.call(name.head(), Form.DOT, 2);
      if (dot != null && name.arity() == 0 && dot.argument(1) instanceof Atom function) {
        Doc target = writer.calls.target(dot.argument(0));
        Doc rest = Doc.string("." + AtomText.function(function) + "/" + arity);
        return Doc.concat(Doc.nest(target, 1), rest);
      }
      if (name != null && name.isVariable()) {
        return Doc.string(((Atom) name.head()).name() + "/" + arity);
      }
    }
    return parensIfOperator(writer.write(operand, place), operand);
  }

  // Binary operators

  Doc binary(Atom operator, String sign, Meta meta, Term left, Term right, Place place) {
    return binary(operator, sign, meta, left, right, place, writer.operandNesting());
  }

  private Doc binary(
      Atom operator, String sign, Meta meta, Term left, Term right, Place place, int nesting) {
    if (Precedence.LINE_STARTERS.contains(operator)) {
      return lineStarters(operator, sign, meta, left, right, place);
    }
    if (Precedence.PIPELINES.contains(operator)) {
      return pipeline(operator, meta, left, right, place);
    }
    Doc first = operand(left, place.left(), operator, Side.LEFT, NESTING);
    Doc second = operand(right, place.right(), operator, Side.RIGHT, 0);
    if (Precedence.TIGHT.contains(operator)) {
      return Doc.concat(Doc.concat(Doc.group(first), Doc.text(sign)), Doc.group(second));
    }
    if (Precedence.UNBROKEN.contains(operator)) {
      String spaced = " " + sign + " ";
      return Doc.concat(Doc.concat(Doc.group(first), Doc.text(spaced)), Doc.group(second));
    }
    boolean endsLine = writer.endsLine(meta);
    boolean hangs = Precedence.HANGING.contains(operator) && !endsLine && writer.hangs(right);
    Doc inside = Doc.group(hangs ? Docs.nextBreakFits(second) : second);
    Doc rest = nestBroken(Docs.glue(Doc.text(" " + sign), inside), nesting);
    Doc doc = Doc.concat(Doc.group(first), Doc.group(endsLine ? Docs.forced(rest) : rest));
    return hangs ? Docs.nextBreakDoesNotFit(doc) : doc;
  }

  private static Doc nestBroken(Doc doc, int by) {
    return by == 0 ? doc : Doc.nestBroken(doc, by);
  }

  /** {@code a when b}, {@code a | b | c}. */
  private Doc lineStarters(
      Atom operator, String sign, Meta meta, Term left, Term right, Place place) {
    Form first = Form.of(left);
    int firstLine = first == null ? meta.line() : first.meta().line();
    List<Link> chain = new ArrayList<>();
    chain.add(new Link(null, Side.LEFT, place.left(), left));
    Term rest = right;
    Place restPlace = place.right();
    Meta restMeta = meta;
    for (Form next = Form.call(rest, operator, 2);
        next != null;
        next = Form.call(rest, operator, 2)) {
      chain.add(new Link(operator, Side.LEFT, restPlace.left(), next.argument(0)));
      rest = next.argument(1);
      restPlace = restPlace.right();
      restMeta = next.meta();
    }
    chain.add(new Link(operator, Side.RIGHT, restPlace, rest));
    String start = sign + " ";
    Doc doc =
        chain(
            chain,
            meta,
            firstLine,
            restMeta.line(),
            place,
            (link, _) -> {
              if (link.operator() == null) {
                return Piece.of(operand(link.operand(), link.place(), operator, Side.LEFT, 2));
              }
              Doc operand = operand(link.operand(), link.place(), operator, link.side(), 0);
              Doc nested = Doc.nest(operand, start.length());
              boolean forced =
                  link.operand() instanceof ListTerm list
                      && Arguments.areOnTheirLines(list.toList());
              return Piece.of(Doc.concat(Doc.text(start), forced ? Docs.forced(nested) : nested));
            });
    boolean isArgument = place == Place.PARENS_ARGUMENT || place == Place.NO_PARENS_ARGUMENT;
    return isArgument && Form.isPairs(right) ? Docs.parens(doc) : doc;
  }

  /** {@code a |> b |> c}. */
  private Doc pipeline(Atom operator, Meta meta, Term left, Term right, Place place) {
    Deque<Link> chain = new ArrayDeque<>();
    chain.push(new Link(operator, Side.RIGHT, place.right(), right));
    Term rest = left;
    Place restPlace = place.left();
    Meta restMeta = meta;
    Form next = Form.of(rest);
    while (next != null
        && next.arity() == 2
        && next.head() instanceof Atom name
        && Precedence.PIPELINES.contains(name)) {
      chain.push(new Link(name, Side.RIGHT, restPlace.right(), next.argument(1)));
      rest = next.argument(0);
      restPlace = restPlace.left();
      restMeta = next.meta();
      next = Form.of(rest);
    }
    chain.push(new Link(null, Side.LEFT, restPlace, rest));
    int firstLine = next == null ? restMeta.line() : next.meta().line();
    return chain(
        List.copyOf(chain),
        meta,
        firstLine,
        meta.line(),
        place,
        (link, _) -> {
          Atom sign = link.operator();
          if (sign == null) {
            return Piece.of(operand(link.operand(), link.place(), operator, Side.LEFT, NESTING));
          }
          Doc operand = operand(link.operand(), link.place(), sign, Side.RIGHT, 0);
          return Piece.of(Doc.concat(Doc.text(sign.name() + " "), operand));
        });
  }

  private Doc chain(
      List<Link> links,
      Meta meta,
      int firstLine,
      int lastLine,
      Place place,
      Weaver.Pieces<Link> pieces) {
    List<Link> woven = links;
    List<Piece> before = new ArrayList<>();
    if (place == Place.NO_PARENS_ONLY_ARGUMENT) {
      // no comment can stand between a call without parentheses and its argument
      before.add(pieces.of(links.getFirst(), false));
      woven = links.subList(1, links.size());
    }
    Woven all = writer.weaver.weave(woven, before, Link::operand, firstLine, lastLine, pieces);
    return all.hasComments() || writer.endsLine(meta)
        ? Docs.forced(Docs.lines(all.docs()))
        : Docs.glued(all.docs());
  }

  // Operands

  private Doc operand(Term term, Place place, Atom parent, Side side, int nesting) {
    Form negation = parent == Form.IN && side == Side.LEFT ? negation(term) : null;
    if (negation != null) {
      return Docs.parens(unary((Atom) negation.head(), negation.argument(0), place));
    }
    Form form = Form.of(term);
    Precedence outer = Precedence.ofBinary(parent);
    Precedence inner = form != null && form.arity() == 2 ? Precedence.ofBinary(form.head()) : null;
    if (inner == null) {
      Doc doc = writer.write(term, place);
      return capturesBeyond(form, outer, side) ? Docs.parens(doc) : doc;
    }
    Atom operator = (Atom) form.head();
    boolean isSameLevel = outer.level() == inner.level();
    boolean isRightSide = outer.side() == side;
    Term left = form.argument(0);
    Term right = form.argument(1);
    if (isSameLevel && isRightSide && (side == Side.LEFT || operator == parent)) {
      return binary(operator, operator.name(), form.meta(), left, right, place, nesting);
    }
    Doc doc = binary(operator, operator.name(), form.meta(), left, right, place, NESTING);
    boolean needsParens =
        Precedence.STRICT.contains(parent) && !Precedence.TIGHT.contains(operator)
            || Precedence.LOGICAL.contains(operator) && Precedence.LOGICAL.contains(parent)
            || outer.level() > inner.level()
            || isSameLevel && !isRightSide;
    return needsParens ? Docs.parens(doc) : doc;
  }

  /** {@code (not a)} or {@code (!a)}, which before {@code in} must keep its parentheses. */
  private static @Nullable Form negation(Term term) {
    Form form = Form.of(Form.wrapped(term) instanceof Tuple inner ? inner : Atom.NIL);
    return form != null
            && form.arity() == 1
            && (form.head() == Form.NOT || form.head() == Form.BANG)
        ? form
        : null;
  }

  /** Whether a capture would take what follows it as its own. */
  private static boolean capturesBeyond(@Nullable Form form, Precedence outer, Side side) {
    return form != null
        && form.head() == Form.CAPTURE
        && form.arity() == 1
        && !(form.argument(0) instanceof IntegerTerm)
        && (side == Side.LEFT || outer.side() == Side.LEFT && outer.level() > Precedence.CAPTURE);
  }

  // Parentheses

  Doc withParensIfOperator(Term term, Place place) {
    return parensIfOperator(writer.write(term, place), term);
  }

  Doc parensIfOperator(Doc doc, Term term) {
    Term inside = term;
    for (Term wrapped = Form.wrapped(inside); wrapped != null; wrapped = Form.wrapped(inside)) {
      inside = wrapped;
    }
    Form form = Form.of(inside);
    boolean isOperator = form != null && (isUnary(form) || isBinary(form));
    return isOperator && !isAttributeRead(form) && !isArgumentCapture(form)
        ? Docs.parens(doc)
        : doc;
  }

  Doc parensIfBinary(Doc doc, Term term) {
    Form form = Form.of(term);
    return form != null && isBinary(form) ? Docs.parens(doc) : doc;
  }

  private static boolean isUnary(Form form) {
    return form.arity() == 1 && Precedence.isUnary(form.head());
  }

  private static boolean isBinary(Form form) {
    return form.arity() == 2 && Precedence.ofBinary(form.head()) != null
        || form.arity() == 3 && form.head() == Form.STEPPED_RANGE;
  }

  private static boolean isAttributeRead(Form form) {
    if (form.head() != Form.ATTRIBUTE) {
      return false;
    }
    Form name = Form.of(form.argument(0));
    return name != null && name.isVariable() && AtomText.isIdentifier((Atom) name.head());
  }

  private static boolean isArgumentCapture(Form form) {
    return form.head() == Form.CAPTURE && form.argument(0) instanceof IntegerTerm;
  }
}
