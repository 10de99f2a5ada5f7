package beamyard.lessons.elixir.inspect;

import beamyard.simulator.term.Bits;

/** Which texts are printable, and how they are escaped. */
public final class StringText {
  private static final int NO_QUOTE = -1;

  private StringText() {}

  /** Whether Elixir takes a character as printable in a string. */
  public static boolean isPrintable(int c) {
    return c >= 0x20 && c <= 0x7F
        || c >= 7 && c <= 13
        || c == 27
        || c >= 0xA0 && c <= 0xD7FF
        || c >= 0xE000 && c <= 0xFFFD
        || c >= 0x10000 && c <= 0x10FFFF;
  }

  /** Whether Elixir takes a character as printable in a charlist: ASCII only. */
  public static boolean isPrintableAscii(long c) {
    return c >= 32 && c <= 126 || c >= 7 && c <= 13 || c == 27;
  }

  /** The text as it stands between quotes. */
  public static String escape(String text, int quote) {
    var out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '#' && i < text.length() && text.charAt(i) == '{') {
        out.append("\\#");
      } else {
        append(out, c, quote);
      }
    }
    return out.toString();
  }

  /** Any bytes as they stand between quotes, those that are no UTF-8 as numbers; quotes are not escaped. */
  public static String escape(Bits bytes) {
    String text = bytes.text();
    if (Bits.of(text).equals(bytes)) {
      return escape(text, NO_QUOTE);
    }
    var out = new StringBuilder();
    int start = 0;
    while (start < bytes.byteSize()) {
      int length = characterLength(bytes, start);
      if (length == 0) {
        out.append("\\x").append(String.format("%02X", bytes.byteAt(start)));
        start++;
      } else {
        out.append(escape(bytes.slice(start, length).text(), NO_QUOTE));
        start += length;
      }
    }
    return out.toString();
  }

  /** How many bytes the character at a place has; 0 if there is none in UTF-8. */
  private static int characterLength(Bits bytes, int start) {
    for (int length = 1; length <= 4 && start + length <= bytes.byteSize(); length++) {
      Bits part = bytes.slice(start, length);
      if (Bits.of(part.text()).equals(part)) {
        return length;
      }
    }
    return 0;
  }

  static void append(StringBuilder out, int c, int quote) {
    if (c == quote) {
      out.append('\\').appendCodePoint(quote);
      return;
    }
    switch (c) {
      case '\\' -> out.append("\\\\");
      case 0 -> out.append("\\0");
      case 7 -> out.append("\\a");
      case 8 -> out.append("\\b");
      case 9 -> out.append("\\t");
      case 10 -> out.append("\\n");
      case 11 -> out.append("\\v");
      case 12 -> out.append("\\f");
      case 13 -> out.append("\\r");
      case 27 -> out.append("\\e");
      case 0x7F -> out.append("\\d");
      case 0xFEFF -> out.append("\\uFEFF");
      default -> {
        if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else if (c < 0x100) {
          out.append("\\x").append(String.format("%02X", c));
        } else {
          out.append("\\x{")
              .append(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT))
              .append('}');
        }
      }
    }
  }
}
