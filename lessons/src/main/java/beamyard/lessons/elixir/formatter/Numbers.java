package beamyard.lessons.elixir.formatter;

import java.util.Locale;

/** Numbers as the formatter writes them. */
final class Numbers {
  /** Numbers of fewer digits have no underscores. */
  private static final int LONG = 6;

  private static final int GROUP = 3;

  private Numbers() {}

  static String integer(String written) {
    if (written.startsWith("0x")) {
      return "0x" + written.substring(2).toUpperCase(Locale.ROOT);
    }
    return written.startsWith("0b") || written.startsWith("0o") || written.startsWith("?")
        ? written
        : grouped(written);
  }

  static String decimal(String written) {
    int point = written.indexOf('.');
    return grouped(written.substring(0, point)) + written.substring(point).toLowerCase(Locale.ROOT);
  }

  private static String grouped(String digits) {
    if (digits.contains("_") || digits.length() < LONG) {
      return digits;
    }
    var grouped = new StringBuilder(digits);
    for (int position = digits.length() - GROUP; position > 0; position -= GROUP) {
      grouped.insert(position, '_');
    }
    return grouped.toString();
  }
}
