package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.formatter.Weaver.Piece;
import beamyard.lessons.elixir.formatter.Weaver.Woven;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists, tuples, maps, structs; and what arguments of calls have in common with their elements. */
final class Containers {
  /** What the last of several elements gets. */
  enum Ending {
    NONE,
    COMMA,
    /** It may begin in a line in which it does not fit whole. */
    NEXT_BREAK_FITS
  }

  /** Elements and what stands between them in the end, as comments force line ends. */
  record Elements(Doc doc, Join join) {}

  private final Writer writer;

  Containers(Writer writer) {
    this.writer = writer;
  }

  Elements elements(List<Term> terms, Meta meta, Join join, Function<Term, Doc> each) {
    return elements(terms, meta, join, Ending.NONE, false, each);
  }

  /**
   * Elements, with commas and comments.
   *
   * @param firstIsFixed whether no comment may come before the first, as no bracket opens
   */
  Elements elements(
      List<Term> terms,
      Meta meta,
      Join join,
      Ending ending,
      boolean firstIsFixed,
      Function<Term, Doc> each) {
    return elements(terms, Function.identity(), meta, join, ending, firstIsFixed, each);
  }

  <T> Elements elements(
      List<T> items,
      Function<T, Term> code,
      Meta meta,
      Join join,
      Ending ending,
      boolean firstIsFixed,
      Function<T, Doc> each) {
    Weaver.Pieces<T> pieces =
        (item, last) -> Piece.of(ended(each.apply(item), last ? ending : Ending.COMMA));
    List<T> woven = items;
    List<Piece> before = new ArrayList<>();
    if (firstIsFixed && !items.isEmpty()) {
      before.add(pieces.of(items.getFirst(), items.size() == 1));
      woven = items.subList(1, items.size());
    }
    Woven all = writer.weaver.weave(woven, before, code, meta.line(), meta.closingLine(), pieces);
    if (all.docs().isEmpty()) {
      return new Elements(Docs.EMPTY, Join.BREAK);
    }
    if (join == Join.LINE || all.hasComments()) {
      return new Elements(Docs.forced(Docs.lines(all.docs())), Join.LINE);
    }
    Doc doc =
        join == Join.BREAK
            ? Docs.glued(all.docs())
            : all.docs().stream()
                .reduce((left, right) -> Doc.flexGlue(left, " ", right))
                .orElseThrow();
    return new Elements(doc, join);
  }

  private static Doc ended(Doc doc, Ending ending) {
    return switch (ending) {
      case NONE -> doc;
      case COMMA -> Docs.appendToLastGroup(doc, Docs.COMMA);
      case NEXT_BREAK_FITS -> Docs.nextBreakFits(doc);
    };
  }

  private Join join(Meta meta, Join otherwise) {
    return writer.endsLine(meta) ? Join.LINE : otherwise;
  }

  private Elements elements(List<Term> terms, Meta meta, Join join) {
    return elements(terms, meta, join, term -> writer.write(term, Place.PARENS_ARGUMENT));
  }

  Doc list(Meta meta, List<Term> terms) {
    return Docs.surround("[", elements(terms, meta, join(meta, Join.BREAK)).doc(), "]");
  }

  Doc tuple(Meta meta, List<Term> terms, Join join) {
    Elements elements = elements(terms, meta, join(meta, join));
    if (elements.join() != Join.FLEX_BREAK) {
      return Docs.surround("{", elements.doc(), "}");
    }
    Doc open = Doc.nest(Doc.concat(Doc.text("{"), elements.doc()), 1);
    return Doc.group(Doc.concat(open, Doc.text("}")));
  }

  /** A map or, if {@code name} is not empty, a struct. */
  Doc map(Meta meta, Doc name, List<Term> entries) {
    Join join = join(meta, Join.BREAK);
    Doc open = Doc.concat(Doc.concat(Doc.text("%"), name), Doc.text("{"));
    Form update = entries.size() == 1 ? Form.call(entries.getFirst(), Form.BAR, 2) : null;
    if (update == null) {
      return Docs.surround(open, elements(entries, meta, join).doc(), "}");
    }
    Term map = update.argument(0);
    Doc left = writer.write(map, Place.PARENS_ARGUMENT);
    List<Term> changes = ((ListTerm) update.argument(1)).toList();
    Doc right = elements(changes, meta, join).doc();
    Doc inside =
        Docs.glue(
            writer.operations.parensIfBinary(left, map),
            Doc.concat(Doc.text("| "), Doc.nest(right, 2)));
    return Docs.surround(open, inside, "}");
  }
}
