package beamyard.lessons.elixir.syntax;

/**
 * A text of Elixir and where it comes from.
 *
 * @param file the name that errors show, {@code "iex"} at the prompt
 * @param firstLine the line number of the first line, counted from 1
 * @param firstColumn the column of the first character, counted from 1
 */
public record Source(String file, String text, int firstLine, int firstColumn) {
  /** A whole file. */
  public static Source of(String file, String text) {
    return new Source(file, text, 1, 1);
  }
}
