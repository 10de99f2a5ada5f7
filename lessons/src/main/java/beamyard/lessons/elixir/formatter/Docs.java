package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.inspect.Doc;
import java.util.List;

/** Documents that the formatter makes again and again. */
final class Docs {
  private Docs() {}

  static final Doc EMPTY = Doc.Empty.EMPTY;
  static final Doc COMMA = Doc.text(",");

  static Doc glue(Doc left, Doc right) {
    return Doc.glue(left, " ", right);
  }

  /** Between brackets, which get lines of their own where what is between them does not fit. */
  static Doc surround(String open, Doc inside, String close) {
    return surround(Doc.text(open), inside, close);
  }

  static Doc surround(Doc open, Doc inside, String close) {
    Doc end = Doc.text(close);
    if (inside == EMPTY) {
      return Doc.concat(open, end);
    }
    return Doc.group(Doc.glue(Doc.nestBroken(Doc.glue(open, "", inside), 2), "", end));
  }

  static Doc parens(Doc doc) {
    return Doc.concat(Doc.concat(Doc.text("("), Doc.nest(doc, Doc.Nest.CURSOR)), Doc.text(")"));
  }

  /** Puts {@code end} into the last group of a document, so that it does not stand in a line of its own. */
  static Doc appendToLastGroup(Doc doc, Doc end) {
    return switch (doc) {
      case Doc.Concat(Doc left, Doc right) -> new Doc.Concat(left, appendToLastGroup(right, end));
      case Doc.Group(Doc inside, var mode) -> new Doc.Group(new Doc.Concat(inside, end), mode);
      default -> new Doc.Concat(doc, end);
    };
  }

  static Doc ungrouped(Doc doc) {
    return doc instanceof Doc.Group(Doc inside, _) ? inside : doc;
  }

  static Doc nextBreakFits(Doc doc) {
    return new Doc.NextBreakFits(doc, Doc.NextBreakFits.Mode.ENABLED);
  }

  static Doc nextBreakDoesNotFit(Doc doc) {
    return new Doc.NextBreakFits(doc, Doc.NextBreakFits.Mode.DISABLED);
  }

  static Doc forced(Doc doc) {
    return new Doc.ForceUnfit(doc);
  }

  static Doc lines(List<Doc> docs) {
    return docs.stream().reduce(Doc::line).orElse(EMPTY);
  }

  static Doc glued(List<Doc> docs) {
    return docs.stream().reduce(Docs::glue).orElse(EMPTY);
  }
}
