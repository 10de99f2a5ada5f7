package beamyard.lessons.elixir.syntax;

/** The quoted form of a text on one line, as {@code inspect} shows it; what the {@code ast} command prints. */
public final class AstLine {
  private AstLine() {}

  /** The line for a text: its quoted form with lines and columns, or the error that parsing it gives. */
  public static String of(Source source) {
    return switch (Parser.parse(source, ParseOptions.LINES_AND_COLUMNS)) {
      case Parsed.Quoted(var form) -> QuotedPrinter.print(form);
      case Parsed.Failed(var problem) -> "error: " + QuotedPrinter.print(problem.toTerm());
      case Parsed.Incomplete(var problem) -> "error: " + QuotedPrinter.print(problem.toTerm());
    };
  }
}
