package beamyard.lessons.elixir.inspect;

import beamyard.lessons.elixir.inspect.Layout.Item;
import beamyard.lessons.elixir.inspect.Layout.Mode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;

/**
 * Whether what comes fits in the line. A document without breaks before the end of the line is taken to fit, since it
 * cannot do better on another line.
 */
final class Fit {
  /** Whether there was a break before, so that too long a line could have been avoided. */
  enum Break {
    SEEN,
    NONE
  }

  /** What is still to be looked at. */
  private sealed interface Ahead {
    record Document(Item item) implements Ahead {}

    /** The end of a group, whose breaks do not count for what surrounds it. */
    record GroupEnd(boolean breakSeen) implements Ahead {}
  }

  private final Deque<Ahead> ahead = new ArrayDeque<>();
  private final Iterator<Item> following;
  private int width;
  private int column;
  private boolean breakSeen;

  Fit(int width, int column, Break before, Iterator<Item> following) {
    this.width = width;
    this.column = column;
    this.breakSeen = before == Break.SEEN;
    this.following = following;
  }

  Fit(int width, int column, Break before, Item only) {
    this(width, column, before, Collections.emptyIterator());
    ahead.push(new Ahead.Document(only));
  }

  private enum Answer {
    YES,
    NO,
    UNKNOWN
  }

  boolean holds() {
    while (column <= width || !breakSeen) {
      if (ahead.isEmpty()) {
        if (!following.hasNext()) {
          return true;
        }
        ahead.push(new Ahead.Document(following.next()));
      }
      switch (ahead.pop()) {
        case Ahead.GroupEnd(boolean seen) -> breakSeen = seen;
        case Ahead.Document(Item item) -> {
          Answer answer = look(item);
          if (answer != Answer.UNKNOWN) {
            return answer == Answer.YES;
          }
        }
      }
    }
    return false;
  }

  private void push(int indent, Mode mode, Doc doc) {
    ahead.push(new Ahead.Document(new Item(indent, mode, doc)));
  }

  private Answer look(Item item) {
    int indent = item.indent();
    Mode mode = item.mode();
    boolean breaks = mode == Mode.BREAK || mode == Mode.BREAK_NO_FLAT;
    switch (item.doc()) {
      case Doc.NextBreakFits(Doc doc, Doc.NextBreakFits.Mode fit) ->
          push(
              indent,
              fit == Doc.NextBreakFits.Mode.DISABLED || mode == Mode.FLAT_NO_BREAK
                  ? Mode.FLAT_NO_BREAK
                  : Mode.BREAK_NO_FLAT,
              doc);
      case Doc.ForceUnfit(Doc doc) -> {
        if (mode != Mode.BREAK_NO_FLAT) {
          return Answer.NO;
        }
        push(indent, mode, doc);
      }
      case Doc.Break(String text, _) -> {
        if (breaks) {
          return Answer.YES;
        }
        column += text.length();
        breakSeen = true;
      }
      case Doc.Line _ -> {
        if (breaks) {
          return Answer.YES;
        }
        column = indent;
        breakSeen = false;
      }
      case Doc.Group(Doc doc, _) -> {
        ahead.push(new Ahead.GroupEnd(breakSeen));
        push(indent, mode == Mode.BREAK ? Mode.FLAT : mode, doc);
      }
      case Doc.Nest(Doc doc, int by, Doc.Nest.When when) ->
          push(when == Doc.Nest.When.BREAK ? indent : Layout.nested(indent, column, by), mode, doc);
      case Doc.Concat(Doc left, Doc right) -> {
        push(indent, mode, right);
        push(indent, mode, left);
      }
      case Doc.Text(_, int length, _) -> column += length;
      case Doc.Empty _ -> {}
      case Doc.CollapseLines _ -> column = indent;
      case Doc.Limit(Doc doc, int limit) -> {
        if (limit == Layout.UNLIMITED && width != Layout.UNLIMITED) {
          push(indent, mode, new Doc.Limit(Doc.Empty.EMPTY, width));
          push(indent, Mode.FLAT, doc);
        } else {
          push(indent, mode, doc);
        }
        width = limit;
      }
    }
    return Answer.UNKNOWN;
  }
}
