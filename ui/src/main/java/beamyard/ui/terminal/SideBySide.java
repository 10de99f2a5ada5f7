package beamyard.ui.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Two texts beside each other, lines that differ marked. */
final class SideBySide {
  private static final int MOST_COLUMNS = 60;
  private static final int LEAST_COLUMNS = 20;
  private static final String SAME = "   ";
  private static final String DIFFERENT = " ! ";

  private SideBySide() {}

  /** The lines of a table: a heading, then each pair of lines; long lines go on below. */
  static List<String> of(
      String leftTitle, List<String> left, String rightTitle, List<String> right) {
    int longest =
        Stream.concat(left.stream(), right.stream()).mapToInt(String::length).max().orElse(0);
    int width = Math.clamp(Math.max(longest, leftTitle.length()), LEAST_COLUMNS, MOST_COLUMNS);
    var table = new ArrayList<String>();
    table.add(row(leftTitle, width, SAME, rightTitle));
    table.add("-".repeat(width) + "-+-" + "-".repeat(width));
    int rows = Math.max(left.size(), right.size());
    for (int i = 0; i < rows; i++) {
      String one = i < left.size() ? left.get(i) : "";
      String other = i < right.size() ? right.get(i) : "";
      boolean same =
          i < left.size() && i < right.size() && one.stripTrailing().equals(other.stripTrailing());
      int start = 0;
      do {
        table.add(
            row(
                part(one, start, width),
                width,
                same ? SAME : DIFFERENT,
                part(other, start, width)));
        start += width;
      } while (start < one.length() || start < other.length());
    }
    return table;
  }

  private static String part(String text, int start, int width) {
    return start >= text.length()
        ? ""
        : text.substring(start, Math.min(text.length(), start + width));
  }

  private static String row(String left, int width, String mark, String right) {
    return (left + " ".repeat(width - left.length()) + mark + right).stripTrailing();
  }
}
