package beamyard.lessons.script;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Logger prints among other output: it comes when it comes, so a page that shows none of it is not about it. */
final class LogLines {
  private static final Pattern START =
      Pattern.compile(
          "^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} .*\\[(emergency|alert|critical|error|warning|warn|notice|info|debug)\\s*\\].*");

  /** How the further lines of a report begin. */
  private static final Pattern CONTINUED =
      Pattern.compile(
          "^(\\s+\\S.*|\\*\\* .*|(Last message|State|Function|Args|Start Call|Start call|Restart|Shutdown|Type|Pid|Child|"
              + "Initial Call|Ancestors|Neighbours|Message Queue|Messages|Links|Dictionary|Trapping Exits|Status|Heap Size|"
              + "Stack Size|Reductions|Reason|Client)\\b.*:?.*)$");

  /** What is told of an exception, in a report of one only; else it is the answer to the input. */
  private static final Pattern EXCEPTION = Pattern.compile("^\\*\\* \\(.*");

  private LogLines() {}

  static boolean areIn(List<String> lines) {
    return lines.stream().anyMatch(line -> START.matcher(line).matches());
  }

  /** The lines without reports of the Logger and the empty line before each. */
  static List<String> without(List<String> lines) {
    var kept = new ArrayList<String>();
    boolean inReport = false;
    boolean ofException = false;
    for (String line : lines) {
      Matcher start = START.matcher(line);
      if (start.matches()) {
        inReport = true;
        ofException = List.of("emergency", "alert", "critical", "error").contains(start.group(1));
        if (!kept.isEmpty() && kept.getLast().isBlank()) {
          kept.removeLast();
        }
      } else if (!inReport
          || !CONTINUED.matcher(line).matches()
          || (!ofException && EXCEPTION.matcher(line).matches())) {
        inReport = false;
        kept.add(line);
      }
    }
    return kept;
  }
}
