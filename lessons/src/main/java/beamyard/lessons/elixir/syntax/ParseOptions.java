package beamyard.lessons.elixir.syntax;

/**
 * What a caller wants of the parser.
 *
 * @param columns whether the metadata of quoted forms has {@code column} beside {@code line}
 * @param start what an operator at the very start of the text means
 */
public record ParseOptions(Columns columns, Start start) {
  /** Lines only: what the compiler and IEx use. */
  public static final ParseOptions LINES = new ParseOptions(Columns.OMITTED, Start.EXPRESSION);

  /** Lines and columns: {@code Code.string_to_quoted(text, columns: true)}. */
  public static final ParseOptions LINES_AND_COLUMNS =
      new ParseOptions(Columns.PRESENT, Start.EXPRESSION);

  /** Whether metadata has columns. */
  public enum Columns {
    PRESENT,
    OMITTED
  }

  /** What IEx does with a text that begins with a binary operator, such as {@code |> length()}. */
  public enum Start {
    /** Nothing special: this is not a prompt. */
    EXPRESSION,
    /** The operator continues the last value: {@code v(-1) |> length()}. */
    AFTER_VALUE,
    /** The last input was a match, after which IEx refuses to continue. */
    AFTER_MATCH
  }
}
