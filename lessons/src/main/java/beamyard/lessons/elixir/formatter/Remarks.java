package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.inspect.Doc;
import beamyard.lessons.elixir.syntax.Comment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The comments that are not yet written, in the order of the text. */
final class Remarks {
  /** One or more comment lines that stay together. */
  record Remark(int line, int newlinesBefore, int newlinesAfter, Doc doc) {}

  /** So many line ends make an empty line. */
  static final int EMPTY_LINE = 2;

  private final Deque<Remark> waiting;

  private Remarks(Deque<Remark> waiting) {
    this.waiting = waiting;
  }

  static Remarks of(List<Comment> comments) {
    var remarks = new ArrayDeque<Remark>();
    int index = 0;
    while (index < comments.size()) {
      Comment first = comments.get(index++);
      Doc doc = doc(first);
      if (first.newlinesBefore() == 0) {
        remarks.add(new Remark(first.line(), EMPTY_LINE, first.newlinesAfter(), doc));
        continue;
      }
      int line = first.line();
      int newlinesAfter = first.newlinesAfter();
      while (index < comments.size()
          && comments.get(index).line() == line + 1
          && comments.get(index).newlinesBefore() != 0) {
        Comment next = comments.get(index++);
        doc = Doc.line(doc, doc(next));
        newlinesAfter = next.newlinesAfter();
        line++;
      }
      remarks.add(new Remark(first.line(), first.newlinesBefore(), newlinesAfter, doc));
    }
    return new Remarks(remarks);
  }

  private static Doc doc(Comment comment) {
    return Doc.text(spaced(comment.text()));
  }

  /** A comment with a space behind its signs, unless it is a {@code #!} line. */
  private static String spaced(String text) {
    int signs = 0;
    while (signs < text.length() && text.charAt(signs) == '#') {
      signs++;
    }
    boolean isSpaced =
        signs == text.length() || text.charAt(signs) == '!' || text.charAt(signs) == ' ';
    return isSpaced ? text : text.substring(0, signs) + " " + text.substring(signs);
  }

  /** Takes away those up to a line, to be {@linkplain #putBack put back} later. */
  List<Remark> setAside(int lastLine) {
    var aside = new ArrayList<Remark>();
    while (!waiting.isEmpty() && waiting.peek().line() <= lastLine) {
      aside.add(waiting.poll());
    }
    return aside;
  }

  void putBack(List<Remark> aside) {
    aside.reversed().forEach(waiting::push);
  }

  /** Takes those that come before a line. */
  List<Remark> takeBefore(int line) {
    return setAside(line - 1);
  }

  /** Takes those that are in some lines. */
  List<Remark> takeWithin(int first, int last) {
    return waiting.isEmpty() || waiting.peek().line() < first ? List.of() : setAside(last);
  }

  boolean nextIsIn(int line) {
    return !waiting.isEmpty() && waiting.peek().line() == line;
  }

  /** Whether there is one strictly between two lines. */
  boolean areBetween(int first, int last) {
    return waiting.stream().anyMatch(remark -> remark.line() > first && remark.line() < last);
  }

  /** Whether the first one behind {@code line} is not behind {@code last}. */
  boolean followBefore(int line, int last) {
    return waiting.stream()
        .filter(remark -> remark.line() > line)
        .findFirst()
        .map(remark -> remark.line() <= last)
        .orElse(false);
  }
}
