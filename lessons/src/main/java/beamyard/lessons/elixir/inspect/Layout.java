package beamyard.lessons.elixir.inspect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Lays out a document for a width.
 *
 * @see <a href="https://hexdocs.pm/elixir/1.14/Inspect.Algebra.html#format/2">Inspect.Algebra.format/2</a>
 */
public final class Layout {
  /** A width that everything fits. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** How breaks are taken; the last two exist only while asking whether something fits. */
  enum Mode {
    FLAT,
    BREAK,
    FLAT_NO_BREAK,
    BREAK_NO_FLAT
  }

  record Item(int indent, Mode mode, Doc doc) {}

  /** Line ends that are being collapsed into at most {@code max}. */
  private static final class Collapse {
    final int max;
    final int indent;
    int count;

    Collapse(int max, int indent) {
      this.max = max;
      this.indent = indent;
    }

    String text() {
      return "\n".repeat(Math.min(max, count)) + " ".repeat(indent);
    }
  }

  private final List<String> out = new ArrayList<>();
  private final Deque<Item> rest = new ArrayDeque<>();
  private final Deque<Collapse> collapses = new ArrayDeque<>();
  private int width;
  private int column;

  private Layout(int width) {
    this.width = width;
  }

  /** The text of a document in at most {@code width} columns where that is possible. */
  public static String format(Doc doc, int width) {
    return String.join("", pieces(doc, width));
  }

  /** The text of a document in the pieces that it is made of. */
  public static List<String> pieces(Doc doc, int width) {
    var layout = new Layout(width);
    layout.rest.push(new Item(0, Mode.FLAT, doc));
    while (!layout.rest.isEmpty()) {
      layout.step(layout.rest.pop());
    }
    layout.endCollapses();
    return layout.out;
  }

  private void step(Item item) {
    int indent = item.indent();
    Mode mode = item.mode();
    switch (item.doc()) {
      case Doc.Empty _ -> {}
      case Doc.Line _ -> newLine(indent);
      case Doc.Text(String text, int length, _) -> write(text, length);
      case Doc.Concat(Doc left, Doc right) -> {
        rest.push(new Item(indent, mode, right));
        rest.push(new Item(indent, mode, left));
      }
      case Doc.ForceUnfit(Doc doc) -> rest.push(new Item(indent, mode, doc));
      case Doc.NextBreakFits(Doc doc, _) -> rest.push(new Item(indent, mode, doc));
      case Doc.CollapseLines(int max) -> {
        collapses.push(new Collapse(max, indent));
        column = indent;
      }
      case Doc.Break(String text, Doc.Break.Kind kind) -> {
        boolean stays =
            switch (kind) {
              case STRICT -> mode != Mode.BREAK;
              case FLEX ->
                  width == UNLIMITED || mode == Mode.FLAT || restFits(column + text.length());
            };
        if (stays) {
          write(text, text.length());
        } else {
          newLine(indent);
        }
      }
      case Doc.Nest(Doc doc, int by, Doc.Nest.When when) -> {
        boolean counts = when == Doc.Nest.When.ALWAYS || mode == Mode.BREAK;
        rest.push(new Item(counts ? nested(indent, column, by) : indent, mode, doc));
      }
      case Doc.Group(Doc doc, Doc.Group.Mode groupMode) -> {
        boolean breaks =
            groupMode == Doc.Group.Mode.INHERIT && mode == Mode.BREAK
                || !groupFits(new Item(indent, Mode.FLAT, doc));
        rest.push(new Item(indent, breaks ? Mode.BREAK : Mode.FLAT, doc));
      }
      case Doc.Limit(Doc doc, int limit) -> {
        if (limit == UNLIMITED && width != UNLIMITED) {
          rest.push(new Item(indent, mode, new Doc.Limit(Doc.Empty.EMPTY, width)));
          rest.push(new Item(indent, Mode.FLAT, doc));
        } else {
          rest.push(new Item(indent, mode, doc));
        }
        width = limit;
      }
    }
  }

  private boolean groupFits(Item group) {
    return width == UNLIMITED || new Fit(width, column, Fit.Break.NONE, group).holds();
  }

  private boolean restFits(int at) {
    Iterator<Item> following = rest.iterator();
    return new Fit(width, at, Fit.Break.SEEN, following).holds();
  }

  private void write(String text, int length) {
    column += length;
    if (collapses.isEmpty()) {
      out.add(text);
    } else {
      collapsed(text);
    }
  }

  private void newLine(int indent) {
    column = indent;
    if (collapses.isEmpty()) {
      out.add("\n" + " ".repeat(indent));
    } else {
      collapses.peek().count++;
    }
  }

  /** Text after lines that are being collapsed: what remains of those lines comes before it. */
  private void collapsed(String text) {
    if (!text.isEmpty()) {
      endCollapses();
      out.add(text);
    }
  }

  private void endCollapses() {
    while (!collapses.isEmpty()) {
      String lines = collapses.pop().text();
      if (lines.startsWith("\n") && !collapses.isEmpty()) {
        collapses.peek().count++;
      } else if (!lines.isEmpty()) {
        String before = lines;
        endCollapses();
        out.add(before);
      }
    }
  }

  static int nested(int indent, int column, int by) {
    return switch (by) {
      case Doc.Nest.CURSOR -> column;
      case Doc.Nest.RESET -> 0;
      default -> indent + by;
    };
  }
}
