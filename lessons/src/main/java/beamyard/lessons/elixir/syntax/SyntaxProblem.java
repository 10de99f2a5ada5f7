package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a text is no Elixir, in the parts that {@code Code.string_to_quoted} gives.
 *
 * @param column counted from 1, or 0 where Elixir knows only the line
 * @param message what stands before the token
 * @param suffix what stands after the token; there is none unless Elixir gives message and suffix as a pair
 * @param token the token that is wrong, empty at the end of the text
 */
public record SyntaxProblem(
    Kind kind, int line, int column, String message, Optional<String> suffix, String token) {

  /** Which exception it is. */
  public enum Kind {
    /** {@code SyntaxError}. */
    SYNTAX_ERROR,
    /** {@code TokenMissingError}: more text might make it right. */
    TOKEN_MISSING
  }

  /**
   * The line that an error shows with a caret under its column.
   *
   * @param content the line
   * @param offset where the caret is, counted from 0
   */
  public record Snippet(String content, int offset) {}

  static SyntaxProblem of(
      int line, int column, String message, @Nullable String suffix, String token) {
    Kind kind = token.isEmpty() ? Kind.TOKEN_MISSING : Kind.SYNTAX_ERROR;
    return new SyntaxProblem(kind, line, column, message, Optional.ofNullable(suffix), token);
  }

  /** {@code {meta, message, token}}, the second element of what {@code Code.string_to_quoted} answers. */
  public Term toTerm() {
    ListTerm meta =
        column == 0
            ? ListTerm.of(pair("line", line))
            : ListTerm.of(pair("line", line), pair("column", column));
    Term text =
        suffix
            .<Term>map(after -> Tuple.of(Bits.of(message), Bits.of(after)))
            .orElse(Bits.of(message));
    return Tuple.of(meta, text, Bits.of(token));
  }

  /** The exception's {@code description}. */
  public String description() {
    return ProblemText.description(this);
  }

  /** The line that the exception shows below its description, if it shows one. */
  public Optional<Snippet> snippet(Source source) {
    return ProblemText.snippet(this, source);
  }

  /** The exception's whole message, for one line {@code iex:1:4: syntax error before: '*'} and the snippet. */
  public String message(Source source) {
    return ProblemText.message(this, source);
  }

  private static Term pair(String key, int value) {
    return Tuple.of(Atom.of(key), SmallInt.of(value));
  }
}
