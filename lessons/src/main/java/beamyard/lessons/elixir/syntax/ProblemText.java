package beamyard.lessons.elixir.syntax;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wording of syntax errors: from a problem's parts to what an exception says. */
final class ProblemText {
  static final String SYNTAX_ERROR_BEFORE = "syntax error before: ";

  static final String INVALID_DO =
      """
      . In case you wanted to write a "do" expression, you must either use do-blocks or separate the keyword argument \
      with comma. For example, you should either write:

          if some_condition? do
            :this
          else
            :that
          end

      or the equivalent construct:

          if(some_condition?, do: :this, else: :that)

      where "some_condition?" is the first argument and the second argument is a keyword list.

      You may see this error if you forget a trailing comma before the "do" in a "do" block""";

  private ProblemText() {}

  static String description(SyntaxProblem problem) {
    String message = problem.message();
    String token = problem.token();
    if (token.isEmpty()) {
      return message.equals(SYNTAX_ERROR_BEFORE)
          ? "syntax error: expression is incomplete"
          : message;
    }
    if (problem.suffix().isPresent()) {
      return message + token + problem.suffix().get();
    }
    if (message.equals(SYNTAX_ERROR_BEFORE)) {
      if (token.equals("eol")) {
        return "unexpectedly reached end of line. The current expression is invalid or incomplete";
      }
      String word = reservedWord(token);
      if (word != null) {
        return "syntax error before: %s. \"%s\" is a reserved word in Elixir and therefore its usage is limited. For"
                .formatted(word, word)
            + " instance, it can't be used as a variable or be defined nor invoked as a regular function";
      }
      if (token.startsWith("{sigil,")) {
        return message + sigil(token);
      }
      if (token.startsWith("$")) {
        return message + "?" + token.substring(1);
      }
    }
    if (token.startsWith("[")) {
      return message + text(token);
    }
    return message + token;
  }

  static Optional<SyntaxProblem.Snippet> snippet(SyntaxProblem problem, Source source) {
    if (problem.column() == 0 || !hasSnippet(problem)) {
      return Optional.empty();
    }
    String[] lines = source.text().split("\n", -1);
    int index = problem.line() - source.firstLine();
    String content = index < lines.length ? lines[index] : "";
    if (content.isBlank()) {
      return Optional.empty();
    }
    int offset = index == 0 ? problem.column() - source.firstColumn() : problem.column() - 1;
    return Optional.of(new SyntaxProblem.Snippet(content, offset));
  }

  static String message(SyntaxProblem problem, Source source) {
    String place =
        problem.column() == 0
            ? "%s:%d:".formatted(source.file(), problem.line())
            : "%s:%d:%d:".formatted(source.file(), problem.line(), problem.column());
    String first = place + " " + problem.description();
    return snippet(problem, source)
        .map(snippet -> first + "\n" + shown(snippet, problem.line()))
        .orElse(first);
  }

  private static String shown(SyntaxProblem.Snippet snippet, int line) {
    String number = Integer.toString(line);
    String blank = " ".repeat(Math.max(number.length(), 2));
    String padded = number.length() < 2 ? " " + number : number;
    return " %s |\n %s | %s\n %s | %s^"
        .formatted(blank, padded, snippet.content(), blank, " ".repeat(snippet.offset()));
  }

  private static boolean hasSnippet(SyntaxProblem problem) {
    String token = problem.token();
    if (token.isEmpty()) {
      return true;
    }
    if (problem.suffix().isPresent() || token.startsWith("[")) {
      return false;
    }
    return !problem.message().equals(SYNTAX_ERROR_BEFORE)
        || !token.equals("eol")
            && reservedWord(token) == null
            && !token.startsWith("{sigil,")
            && !token.startsWith("$");
  }

  private static @Nullable String reservedWord(String token) {
    return switch (token) {
      case "'not'", "'and'", "'or'", "'when'", "'after'", "'catch'", "'end'" ->
          token.substring(1, token.length() - 1);
      case "fn", "else", "rescue", "true", "false", "nil", "in" -> token;
      default -> null;
    };
  }

  /** The first string in the Erlang text of a list, in Elixir's quotes; one quote if it is no string. */
  private static String text(String token) {
    return token.startsWith("[<<") ? "\"" + ErlangText.firstString(token) + "\"" : "\"";
  }

  private static String sigil(String token) {
    String[] fields = token.split(",", 6);
    int letter = Integer.parseInt(fields[4].strip());
    return "sigil ~%c starting with content '%s'"
        .formatted(letter, ErlangText.firstString(fields[5].strip()));
  }

  /** A code point in four digits; as in Elixir, stars where four are too few. */
  static String hexadecimal(int codePoint) {
    return codePoint > 0xFFFF ? "****" : "%04X".formatted(codePoint);
  }

  /** What Elixir calls a character that cannot be shown, if it is one. */
  static @Nullable String controlCharacterName(int character) {
    return switch (character) {
      case 0 -> "null byte";
      case 7 -> "alert";
      case '\b' -> "backspace";
      case 127 -> "delete";
      case 27 -> "escape";
      case '\f' -> "form feed";
      case '\n' -> "newline";
      case '\r' -> "carriage return";
      case ' ' -> "space";
      case '\t' -> "tab";
      case 11 -> "vertical tab";
      default -> null;
    };
  }
}
