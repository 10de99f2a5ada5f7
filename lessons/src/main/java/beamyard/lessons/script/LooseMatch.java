package beamyard.lessons.script;

import java.util.List;
import java.util.regex.Pattern;

/** Compares what a page shows with what was printed: identifiers match any of their kind, and {@code ...} anything. */
final class LooseMatch {
  private static final Pattern IDENTIFIER =
      Pattern.compile("#(PID|Reference|Port|Function)<[^<>]*>");

  private LooseMatch() {}

  static boolean matches(List<String> shown, List<String> printed) {
    String pattern =
        Pattern.compile("\\.\\.\\.")
            .splitAsStream(normal(shown))
            .map(Pattern::quote)
            .reduce((left, right) -> left + ".*" + right)
            .orElse("");
    boolean open = normal(shown).endsWith("...");
    return Pattern.compile(pattern + (open ? ".*" : ""), Pattern.DOTALL)
        .matcher(normal(printed))
        .matches();
  }

  private static String normal(List<String> lines) {
    String text = String.join("\n", lines.stream().map(String::stripTrailing).toList()).strip();
    return IDENTIFIER.matcher(text).replaceAll("#$1<>");
  }
}
