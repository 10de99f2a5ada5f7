package beamyard.lessons.elixir.inspect;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Lays out a document for a width. */
public final class Layout {
  /** A width that everything fits. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  private enum Mode {
    FLAT,
    BREAK,
    FLAT_NO_BREAK,
    BREAK_NO_FLAT
  }

  private record Item(int indent, Mode mode, Doc doc) {}

  private final int width;
  private final StringBuilder out = new StringBuilder();
  private final ArrayDeque<Item> rest = new ArrayDeque<>();
  private int column;
  private int collapse = -1;

  private Layout(int width) {
    this.width = width;
  }

  /** The text of a document in at most {@code width} columns where that is possible. */
  public static String format(Doc doc, int width) {
    var layout = new Layout(width);
    layout.rest.push(new Item(0, Mode.FLAT, doc));
    layout.run();
    return layout.out.toString();
  }

  private void run() {
    while (!rest.isEmpty()) {
      step(rest.pop());
    }
  }

  private void step(Item item) {
    int indent = item.indent();
    Mode mode = item.mode();
    switch (item.doc()) {
      case Doc.Empty _ -> {}
      case Doc.Line _ -> newLine(indent);
      case Doc.Text(String text, int length) -> {
        out.append(text);
        column += length;
        if (!text.isEmpty()) {
          collapse = -1;
        }
      }
      case Doc.Concat(Doc left, Doc right) -> {
        rest.push(new Item(indent, mode, right));
        rest.push(new Item(indent, mode, left));
      }
      case Doc.ForceUnfit(Doc doc) -> rest.push(new Item(indent, mode, doc));
      case Doc.NextBreakFits(Doc doc, _) -> rest.push(new Item(indent, mode, doc));
      case Doc.CollapseLines(int max) -> collapse = max;
      case Doc.Break(String text, Doc.Break.Kind kind) -> {
        boolean stays =
            switch (kind) {
              case STRICT -> mode != Mode.BREAK;
              case FLEX ->
                  width == UNLIMITED || mode == Mode.FLAT || restFits(column + text.length());
            };
        if (stays) {
          out.append(text);
          column += text.length();
        } else {
          newLine(indent);
        }
      }
      case Doc.Nest(Doc doc, int by, Doc.Nest.When when) -> {
        boolean counts = when == Doc.Nest.When.ALWAYS || mode == Mode.BREAK;
        rest.push(new Item(counts ? nested(indent, column, by) : indent, mode, doc));
      }
      case Doc.Group(Doc doc, Doc.Group.Mode groupMode) -> {
        if (groupMode == Doc.Group.Mode.INHERIT && mode == Mode.BREAK) {
          rest.push(new Item(indent, Mode.BREAK, doc));
        } else {
          boolean flat =
              width == UNLIMITED || fits(column, false, new Item(indent, Mode.FLAT, doc), null);
          rest.push(new Item(indent, flat ? Mode.FLAT : Mode.BREAK, doc));
        }
      }
    }
  }

  private void newLine(int indent) {
    if (collapse > 0) {
      collapse--;
    } else if (collapse == 0) {
      return;
    }
    out.append('\n').repeat(' ', indent);
    column = indent;
  }

  private static int nested(int indent, int column, int by) {
    return switch (by) {
      case Doc.Nest.CURSOR -> column;
      case Doc.Nest.RESET -> 0;
      default -> indent + by;
    };
  }

  private boolean restFits(int at) {
    return fits(at, true, null, rest.iterator());
  }

  /**
   * Whether what comes fits in the line: {@code first} alone, or all of {@code following}. A document without breaks
   * before it is taken to fit, since it cannot do better on another line.
   */
  private boolean fits(
      int from, boolean breakSeen, @Nullable Item first, @Nullable Iterator<Item> following) {
    int at = from;
    boolean seen = breakSeen;
    var ahead = new ArrayDeque<Object>();
    if (first != null) {
      ahead.push(first);
    }
    while (true) {
      if (at > width && seen) {
        return false;
      }
      @Nullable Object next = ahead.poll();
      if (next == null) {
        if (following == null || !following.hasNext()) {
          return true;
        }
        next = following.next();
      }
      if (next instanceof Boolean restored) {
        seen = restored;
        continue;
      }
      Item item = (Item) next;
      int indent = item.indent();
      Mode mode = item.mode();
      switch (item.doc()) {
        case Doc.NextBreakFits(Doc doc, Doc.NextBreakFits.Mode fitMode) -> {
          Mode inner =
              fitMode == Doc.NextBreakFits.Mode.DISABLED || mode == Mode.FLAT_NO_BREAK
                  ? Mode.FLAT_NO_BREAK
                  : Mode.BREAK_NO_FLAT;
          ahead.push(new Item(indent, inner, doc));
        }
        case Doc.ForceUnfit(Doc doc) -> {
          if (mode == Mode.FLAT || mode == Mode.FLAT_NO_BREAK) {
            return false;
          }
          ahead.push(new Item(indent, mode, doc));
        }
        case Doc.Break(String text, _) -> {
          if (mode == Mode.BREAK || mode == Mode.BREAK_NO_FLAT) {
            return true;
          }
          at += text.length();
          seen = true;
        }
        case Doc.Line _ -> {
          if (mode == Mode.BREAK || mode == Mode.BREAK_NO_FLAT) {
            return true;
          }
          at = indent;
          seen = false;
        }
        case Doc.Group(Doc doc, _) -> {
          ahead.push(seen);
          ahead.push(new Item(indent, mode == Mode.BREAK ? Mode.FLAT : mode, doc));
        }
        case Doc.Nest(Doc doc, int by, Doc.Nest.When when) ->
            ahead.push(
                new Item(when == Doc.Nest.When.BREAK ? indent : nested(indent, at, by), mode, doc));
        case Doc.Concat(Doc left, Doc right) -> {
          ahead.push(new Item(indent, mode, right));
          ahead.push(new Item(indent, mode, left));
        }
        case Doc.Text(_, int length) -> at += length;
        case Doc.Empty _ -> {}
        case Doc.CollapseLines _ -> at = indent;
      }
    }
  }
}
