package beamyard.lessons.script;

import beamyard.lessons.script.Transcript.Logging;
import beamyard.lessons.script.Transcript.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a terminal printed, without what differs from run to run: identifiers, stack traces, the numbers of prompts. The same
 * rules made the transcripts.
 */
final class ComparableOutput {
  private static final Pattern STACK_LINE =
      Pattern.compile(
          "^ {4}(\\([a-z_0-9]+ [0-9][^)]*\\) .*|[^ *].*:\\d+: .*"
              + "|(:[a-z_0-9]+|[A-Z][\\w.]*)\\.(\"[^\"]*\"|[^ (]+)(/\\d+|\\(.*\\))"
              + "|#Function<.*\\.\\(.*\\)|anonymous fn/.*|nil\\.[^ (]+\\(.*\\)|expanding (struct|macro): .*)$"
              + "|^ {5,}\\([a-z_0-9]+ [0-9][^)]*\\) [^ ]+:\\d+: .*$");
  private static final Pattern MODULE_RESULT = Pattern.compile("^\\{:module, ", Pattern.MULTILINE);
  private static final Pattern MODULE =
      Pattern.compile(
          "^\\{:module, ([A-Z][\\w.]*|:\"?[\\w.]+\"?),\\s+<<[^<>]*>>,\\s+.*\\}$", Pattern.DOTALL);
  private static final Pattern TIME =
      Pattern.compile("^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} ", Pattern.MULTILINE);

  private ComparableOutput() {}

  static List<String> of(String printed, Transcript.Header header) {
    List<String> kept = withoutStack(List.of(withoutBanner(printed).split("\n", -1)));
    String text = shortModuleResult(String.join("\n", kept));
    text = text.replaceAll("#PID<[\\d.]+>", "#PID<...>");
    text = text.replaceAll("#Reference<[\\d.]+>", "#Reference<...>");
    text = text.replaceAll("#Port<[\\d.]+>", "#Port<...>");
    text = text.replaceAll("#Function<[^<>]*>", "#Function<...>");
    text = text.replaceAll("(?<![\\w<])<\\d+\\.\\d+\\.\\d+>", "<...>");
    text = text.replaceAll("\\biex:\\d+", "iex:N");
    if (header.logging() == Logging.ON) {
      text = TIME.matcher(text).replaceAll("<time> ");
    }
    for (Replacement replacement : header.replacements()) {
      text = replacement.pattern().matcher(text).replaceAll(replacement.replacement());
    }
    var lines = new ArrayList<String>();
    for (String line : text.split("\n", -1)) {
      lines.add(line.stripTrailing());
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    while (header.logging() == Logging.ON && !lines.isEmpty() && lines.getFirst().isEmpty()) {
      lines.removeFirst();
    }
    return lines;
  }

  /** The lines without those of stack traces, once an error was told. */
  static List<String> withoutStack(List<String> printed) {
    var kept = new ArrayList<String>();
    boolean inError = false;
    for (String line : printed) {
      String trimmed = line.stripTrailing();
      inError |= trimmed.startsWith("** (") || trimmed.contains("[error]");
      if (!inError || !STACK_LINE.matcher(trimmed).matches()) {
        kept.add(trimmed);
      }
    }
    return kept;
  }

  private static String withoutBanner(String printed) {
    return printed
        .replace("\r", "")
        .replaceAll("\\n?Interactive Elixir \\([^)]*\\) - press Ctrl\\+C to exit[^\\n]*\\n", "");
  }

  private static String shortModuleResult(String text) {
    Matcher start = MODULE_RESULT.matcher(text);
    if (!start.find()) {
      return text;
    }
    String rest = text.substring(start.start()).replaceAll("\\n+$", "");
    Matcher module = MODULE.matcher(rest);
    return module.matches()
        ? text.substring(0, start.start()) + "{:module, " + module.group(1) + "}\n"
        : text;
  }
}
