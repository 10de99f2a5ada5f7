package beamyard.lessons.elixir.inspect;

import java.util.List;

/**
 * A document: text with places where a line may break. Laid out by {@link Layout}.
 *
 * @see <a href="https://hexdocs.pm/elixir/1.14/Inspect.Algebra.html">Inspect.Algebra</a>
 */
public sealed interface Doc {
  /** Nothing. */
  enum Empty implements Doc {
    EMPTY
  }

  /** Where a line always ends. */
  enum Line implements Doc {
    LINE
  }

  /**
   * Text without line ends.
   *
   * @param length how many columns it is taken to need
   */
  record Text(String text, int length, Measure measure) implements Doc {
    /** What the length of a text is. */
    public enum Measure {
      BYTES,
      CHARACTERS
    }
  }

  record Concat(Doc left, Doc right) implements Doc {}

  /**
   * Moves the left margin.
   *
   * @param by columns, {@link #CURSOR} for the current column, {@link #RESET} for 0
   */
  record Nest(Doc doc, int by, When when) implements Doc {
    public static final int CURSOR = -1;
    public static final int RESET = -2;

    /** Whether a nest counts in flat groups too. */
    public enum When {
      ALWAYS,
      BREAK
    }
  }

  /** A place where the line may end; else {@code text} stands there. */
  record Break(String text, Kind kind) implements Doc {
    /** A strict break ends the line when its group does not fit; a flex break only when what follows does not fit. */
    public enum Kind {
      STRICT,
      FLEX
    }
  }

  /** What is laid out flat if it fits. */
  record Group(Doc doc, Mode mode) implements Doc {
    /** Whether a group decides for itself or breaks when its parent does. */
    public enum Mode {
      SELF,
      INHERIT
    }
  }

  /** Makes the enclosing group break. */
  record ForceUnfit(Doc doc) implements Doc {}

  /** Whether breaks in a document are taken as a fit of what comes before. */
  record NextBreakFits(Doc doc, Mode mode) implements Doc {
    /** On or off. */
    public enum Mode {
      ENABLED,
      DISABLED
    }
  }

  /** Collapses line ends that follow, to at most {@code max}. */
  record CollapseLines(int max) implements Doc {}

  /**
   * Sets how wide lines may be.
   *
   * @param width columns; {@link Layout#UNLIMITED} for this document only, any other for all that follows
   */
  record Limit(Doc doc, int width) implements Doc {}

  /** Text that is as wide as its bytes in UTF-8. */
  static Doc text(String text) {
    return new Text(text, Utf8Length.of(text), Text.Measure.BYTES);
  }

  /** Text that is as wide as the characters that a reader sees. */
  static Doc string(String text) {
    return new Text(text, Graphemes.count(text), Text.Measure.CHARACTERS);
  }

  static Doc concat(Doc... docs) {
    Doc all = docs[docs.length - 1];
    for (int i = docs.length - 2; i >= 0; i--) {
      all = new Concat(docs[i], all);
    }
    return all;
  }

  static Doc concat(List<Doc> docs) {
    return docs.isEmpty() ? Empty.EMPTY : concat(docs.toArray(Doc[]::new));
  }

  static Doc nest(Doc doc, int by) {
    return new Nest(doc, by, Nest.When.ALWAYS);
  }

  /** Moves the left margin where the group around it is broken. */
  static Doc nestBroken(Doc doc, int by) {
    return new Nest(doc, by, Nest.When.BREAK);
  }

  /** {@code left}, a line end, {@code right}. */
  static Doc line(Doc left, Doc right) {
    return concat(left, Line.LINE, right);
  }

  static Doc strictBreak(String text) {
    return new Break(text, Break.Kind.STRICT);
  }

  static Doc group(Doc doc) {
    return new Group(doc, Group.Mode.SELF);
  }

  /** {@code left}, a strict break, {@code right}. */
  static Doc glue(Doc left, String text, Doc right) {
    return concat(left, new Break(text, Break.Kind.STRICT), right);
  }

  /** {@code left}, a flex break, {@code right}. */
  static Doc flexGlue(Doc left, String text, Doc right) {
    return concat(left, new Break(text, Break.Kind.FLEX), right);
  }

  /** Whether this is text only, which decides how a container breaks. */
  default boolean isSimple() {
    Doc rest = this;
    while (rest instanceof Concat(Doc left, Doc right)) {
      if (!left.isSimple()) {
        return false;
      }
      rest = right;
    }
    return rest instanceof Text || rest == Empty.EMPTY;
  }
}
