package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.formatter.Weaver.Piece;
import beamyard.lessons.elixir.formatter.Weaver.Woven;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.function.Function;

/** Expressions below each other. */
final class Blocks {
  private final Writer writer;

  Blocks(Writer writer) {
    this.writer = writer;
  }

  /**
   * An expression, or several.
   *
   * @param afterLine comments up to this line do not belong to them
   * @param beforeLine comments before this line do
   */
  Doc block(Term quoted, int afterLine, int beforeLine) {
    if (Form.isClauses(quoted)) {
      return writer.functions.type(((ListTerm) quoted).toList(), afterLine, beforeLine);
    }
    Form form = Form.of(quoted);
    boolean isBlock = form != null && form.head() == Form.BLOCK && form.arity() >= 0;
    List<Term> expressions = isBlock && form.arity() != 1 ? form.arguments() : List.of(quoted);
    Woven woven =
        writer.weaver.weave(
            expressions, List.of(), Function.identity(), afterLine, beforeLine, this::piece);
    return switch (woven.docs().size()) {
      case 0 -> Docs.EMPTY;
      case 1 -> woven.docs().getFirst();
      default -> Docs.forced(Docs.lines(woven.docs()));
    };
  }

  private Piece piece(Term expression, boolean last) {
    Doc doc = writer.write(expression, Place.BLOCK);
    Form form = Form.of(expression);
    boolean isAttribute = form != null && form.head() == Form.ATTRIBUTE;
    int newlines = form == null ? 1 : form.meta().newlinesAfter();
    return new Piece(doc, isAttribute ? Docs.EMPTY : Doc.strictBreak(""), newlines);
  }
}
