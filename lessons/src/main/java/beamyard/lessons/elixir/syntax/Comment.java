package beamyard.lessons.elixir.syntax;

/**
 * A comment of a text.
 *
 * @param line its line, from the first line of the source on
 * @param column its column, the first is 1
 * @param newlinesBefore line ends between it and the expression or comment before it; 0 on a line that holds code
 * @param newlinesAfter line ends between it and what follows
 * @param text from its {@code #} to the end of the line
 * @see <a href="https://hexdocs.pm/elixir/1.14/Code.html#string_to_quoted_with_comments/2">Elixir, Code</a>
 */
public record Comment(int line, int column, int newlinesBefore, int newlinesAfter, String text) {}
