package beamyard.lessons.elixir.syntax;

/**
 * What a caller wants of the parser.
 *
 * @param columns whether the metadata of quoted forms has {@code column} beside {@code line}
 * @param start what an operator at the very start of the text means
 * @param tokens whether metadata also tells how brackets, blocks, line ends and literals are written
 * @param texts whether the escapes of strings are replaced
 * @param literals what becomes of literals
 * @see <a href="https://hexdocs.pm/elixir/1.14/Code.html#string_to_quoted/2">Elixir, Code</a>
 */
public record ParseOptions(
    Columns columns, Start start, Tokens tokens, Texts texts, LiteralEncoder literals) {
  /** Lines only: what the compiler and IEx use. */
  public static final ParseOptions LINES =
      new ParseOptions(
          Columns.OMITTED, Start.EXPRESSION, Tokens.OMITTED, Texts.AS_MEANT, LiteralEncoder.NONE);

  /** Lines and columns: {@code Code.string_to_quoted(text, columns: true)}. */
  public static final ParseOptions LINES_AND_COLUMNS = LINES.with(Columns.PRESENT);

  /** All that a formatter must know to write the text anew. */
  public static final ParseOptions FORMATTING =
      new ParseOptions(
          Columns.OMITTED,
          Start.EXPRESSION,
          Tokens.PRESENT,
          Texts.AS_WRITTEN,
          LiteralEncoder.BLOCKS);

  public ParseOptions with(Columns other) {
    return new ParseOptions(other, start, tokens, texts, literals);
  }

  public ParseOptions with(Start other) {
    return new ParseOptions(columns, other, tokens, texts, literals);
  }

  /** Whether metadata has columns. */
  public enum Columns {
    PRESENT,
    OMITTED
  }

  /** Whether metadata tells of tokens: {@code closing}, {@code newlines}, {@code delimiter} and the like. */
  public enum Tokens {
    PRESENT,
    OMITTED
  }

  /** How strings, charlists and quoted atoms come. */
  public enum Texts {
    /** With escapes replaced by what they mean. */
    AS_MEANT,
    /** With their escapes. */
    AS_WRITTEN
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
