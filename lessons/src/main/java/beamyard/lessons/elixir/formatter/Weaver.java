package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.formatter.Remarks.Remark;
import beamyard.lessons.elixir.inspect.Doc;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Expressions that follow each other, with the comments among them and the empty lines between them.
 *
 * <p>The author's empty lines stay, several become one; and what takes several lines gets empty lines around it.
 */
final class Weaver {
  /**
   * An expression or a comment.
   *
   * @param next what separates it from the next if the author left no empty line
   * @param newlines line ends behind it
   */
  record Piece(Doc doc, Doc next, int newlines) {
    static Piece of(Doc doc) {
      return new Piece(doc, Docs.EMPTY, 1);
    }
  }

  /** Makes the piece of an expression; {@code last} is whether no other follows. */
  interface Pieces<T> {
    Piece of(T item, boolean last);
  }

  /** The documents of expressions and comments. */
  record Woven(List<Doc> docs, boolean hasComments) {}

  private final Remarks remarks;

  Weaver(Remarks remarks) {
    this.remarks = remarks;
  }

  /**
   * Weaves expressions and the comments that belong to them.
   *
   * @param before pieces that are there already
   * @param code the quoted form of an item, which knows its lines
   * @param afterLine comments up to this line belong to somebody else
   * @param beforeLine comments before this line still belong here
   */
  <T> Woven weave(
      List<T> items,
      List<Piece> before,
      Function<T, Term> code,
      int afterLine,
      int beforeLine,
      Pieces<T> pieces) {
    List<Remark> aside = remarks.setAside(afterLine);
    var all = new ArrayList<>(before);
    boolean hasComments = false;
    for (int i = 0; i < items.size(); i++) {
      T item = items.get(i);
      boolean last = i == items.size() - 1;
      Lines lines = Lines.NONE.with(code.apply(item));
      if (lines == Lines.NONE) {
        all.add(pieces.of(item, last));
        continue;
      }
      hasComments |= addBefore(all, lines.first());
      Piece piece = pieces.of(item, last);
      for (Remark trailing : remarks.takeWithin(lines.first(), lines.last())) {
        all.add(Piece.of(trailing.doc()));
        hasComments = true;
      }
      boolean commentFollows = piece.newlines() > 1 && remarks.nextIsIn(lines.last() + 1);
      all.add(commentFollows ? new Piece(piece.doc(), piece.next(), 1) : piece);
    }
    hasComments |= addBefore(all, beforeLine);
    remarks.putBack(aside);
    return new Woven(merged(all), hasComments);
  }

  private boolean addBefore(List<Piece> all, int line) {
    List<Remark> taken = remarks.takeBefore(line);
    for (Remark remark : taken) {
      if (!all.isEmpty() && all.getLast().newlines() < remark.newlinesBefore()) {
        Piece last = all.removeLast();
        all.add(new Piece(last.doc(), last.next(), remark.newlinesBefore()));
      }
      all.add(new Piece(remark.doc(), Docs.EMPTY, remark.newlinesAfter()));
    }
    return !taken.isEmpty();
  }

  private static List<Doc> merged(List<Piece> pieces) {
    var docs = new ArrayList<Doc>();
    Doc left = Docs.EMPTY;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      Doc right = piece.newlines() >= Remarks.EMPTY_LINE ? Doc.Line.LINE : piece.next();
      Doc doc = left == Docs.EMPTY ? piece.doc() : Doc.concat(left, piece.doc());
      if (i < pieces.size() - 1 && right != Docs.EMPTY) {
        doc = Doc.concat(doc, new Doc.CollapseLines(2), right);
      }
      docs.add(Doc.group(doc));
      left = right;
    }
    return docs;
  }

  /** The first and the last line in which a form has something. */
  record Lines(int first, int last) {
    static final Lines NONE = new Lines(Meta.LAST, Meta.FIRST);

    Lines with(Term term) {
      return switch (term) {
        case Tuple pair when pair.size() == 2 -> with(pair.get(0)).with(pair.get(1));
        case Cons list -> {
          Lines all = this;
          Term rest = list;
          while (rest instanceof Cons cons) {
            all = all.with(cons.head());
            rest = cons.tail();
          }
          yield all;
        }
        default -> {
          Form form = Form.of(term);
          if (form == null) {
            yield this;
          }
          Lines here =
              form.meta().knowsLine()
                  ? new Lines(
                      Math.min(first, form.meta().line()), Math.max(last, form.meta().line()))
                  : this;
          Lines all = here.with(form.head()).with(form.tail());
          yield all.equals(this) ? this : all;
        }
      };
    }
  }
}
