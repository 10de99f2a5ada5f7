package beamyard.lessons.script;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares what a page shows with what was printed. Identifiers match any of their kind, times of day and the numbers of
 * prompts any other, {@code ...} anything; the stack trace of an error may be left out, and so may comments of the page.
 */
final class LooseMatch {
  private static final Pattern IDENTIFIER =
      Pattern.compile("#(PID|Reference|Port|Function|Ref)<[^<>]*>");
  private static final Pattern BYTE_CODE =
      Pattern.compile("<<70, 79, 82(?:, \\d+|,? *\\.\\.\\.|,\\s+\\d+)*>>");
  private static final Pattern TIME = Pattern.compile("\\b\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\b");
  private static final Pattern SHELL_LINE = Pattern.compile("\\biex:\\d+");
  private static final Pattern ERROR = Pattern.compile("^\\*\\* \\(", Pattern.MULTILINE);
  private static final Pattern COMMENT = Pattern.compile("^\\s*#(?![A-Z]\\w*[<\\[]).*");
  private static final Pattern ELLIPSIS = Pattern.compile("\\.\\.\\.");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private LooseMatch() {}

  static boolean matches(List<String> shown, List<String> printed) {
    return matchesAll(shown, printed)
        || (LogLines.areIn(printed)
            && !LogLines.areIn(shown)
            && matchesAll(shown, LogLines.without(printed)));
  }

  private static boolean matchesAll(List<String> shown, List<String> printed) {
    List<String> told = shown.stream().filter(line -> !COMMENT.matcher(line).matches()).toList();
    return alike(shown, printed)
        || (told.size() < shown.size() && alike(told, printed))
        || (isError(printed)
            && (alike(ComparableOutput.withoutStack(shown), ComparableOutput.withoutStack(printed))
                || alike(
                    ComparableOutput.withoutStack(told), ComparableOutput.withoutStack(printed))));
  }

  /** As {@link #matches}, for a term that a person wrote down in one line or in several, as they liked. */
  static boolean matchesAsTerm(List<String> shown, List<String> printed) {
    return matches(onOneLine(normal(shown)), onOneLine(normal(printed)));
  }

  private static boolean isError(List<String> printed) {
    return printed.stream().anyMatch(line -> ERROR.matcher(line).find());
  }

  private static boolean alike(List<String> shown, List<String> printed) {
    String expected = normal(shown);
    String actual = normal(printed);
    if (matches(expected, actual)) {
      return true;
    }
    // lines break elsewhere when what is shortened on the page was longer where it was printed
    boolean varies = expected.contains("<>") || expected.contains("...");
    return varies && matches(onOneLine(expected), onOneLine(actual));
  }

  private static boolean matches(String expected, String actual) {
    if (expected.isEmpty()) {
      return actual.isEmpty();
    }
    String pattern =
        ELLIPSIS
            .splitAsStream(expected)
            .map(Pattern::quote)
            .reduce((left, right) -> left + ".*" + right)
            .orElse("");
    boolean open = expected.endsWith("...");
    return Pattern.compile(pattern + (open ? ".*" : ""), Pattern.DOTALL).matcher(actual).matches();
  }

  private static String onOneLine(String text) {
    return BLANKS.matcher(text).replaceAll("");
  }

  private static String normal(List<String> lines) {
    String text = String.join("\n", lines.stream().map(String::stripTrailing).toList()).strip();
    text = IDENTIFIER.matcher(text).replaceAll("#$1<>");
    text = BYTE_CODE.matcher(text).replaceAll("<<>>");
    text = TIME.matcher(text).replaceAll("<time>");
    return SHELL_LINE.matcher(text).replaceAll("iex:N");
  }
}
