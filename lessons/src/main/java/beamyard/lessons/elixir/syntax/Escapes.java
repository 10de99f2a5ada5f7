package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Bits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Replaces the escapes of strings by what they mean. */
final class Escapes {
  /** An escape that means nothing. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;
    private final String token;

    Invalid(String message, String token) {
      super(message, null, false, false);
      this.token = token;
    }

    String token() {
      return token;
    }
  }

  private final String text;
  private final ByteArrayOutputStream bytes;
  private int position;

  private Escapes(String text) {
    this.text = text;
    this.bytes = new ByteArrayOutputStream(text.length());
  }

  /** The bytes that a text with escapes means. */
  static Bits replaced(String text) throws Invalid {
    return text.indexOf('\\') < 0 ? Bits.of(text) : new Escapes(text).run();
  }

  /** The character that a backslash and {@code character} mean, apart from {@code \x} and {@code \}{@code u}. */
  static int meaning(int character) {
    return switch (character) {
      case '0' -> 0;
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'd' -> 127;
      case 'e' -> 27;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 's' -> ' ';
      case 't' -> '\t';
      case 'v' -> 11;
      default -> character;
    };
  }

  private Bits run() throws Invalid {
    while (position < text.length()) {
      int next = text.codePointAt(position);
      position += Character.charCount(next);
      if (next != '\\' || position >= text.length()) {
        append(next);
        continue;
      }
      int escaped = text.codePointAt(position);
      position += Character.charCount(escaped);
      switch (escaped) {
        case 'x' -> hexadecimal();
        case 'u' -> unicode();
        case '\n' -> {}
        case '\r' -> {
          if (position < text.length() && text.charAt(position) == '\n') {
            position++;
          } else {
            append('\r');
          }
        }
        default -> append(meaning(escaped));
      }
    }
    return Bits.of(bytes.toByteArray());
  }

  private void hexadecimal() throws Invalid {
    if (hexDigits(position, 2)) {
      bytes.write(Integer.parseInt(text.substring(position, position + 2), 16));
      position += 2;
    } else if (hexDigits(position, 1)) {
      codePoint(text.substring(position, position + 1));
      position += 1;
    } else if (!braced()) {
      throw new Invalid(
          "invalid hex escape character, expected \\xHH where H is a hexadecimal digit", "\\x");
    }
  }

  private void unicode() throws Invalid {
    if (hexDigits(position, 4)) {
      codePoint(text.substring(position, position + 4));
      position += 4;
    } else if (!braced()) {
      throw new Invalid(
          "invalid Unicode escape character, expected \\uHHHH or \\u{H*} where H is a hexadecimal digit",
          "\\u");
    }
  }

  private boolean braced() throws Invalid {
    if (position >= text.length() || text.charAt(position) != '{') {
      return false;
    }
    for (int length = 1; length <= 6; length++) {
      int end = position + 1 + length;
      if (end < text.length() && text.charAt(end) == '}' && hexDigits(position + 1, length)) {
        codePoint(text.substring(position + 1, end));
        position = end + 1;
        return true;
      }
    }
    return false;
  }

  private boolean hexDigits(int start, int count) {
    if (start + count > text.length()) {
      return false;
    }
    for (int i = start; i < start + count; i++) {
      if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private void codePoint(String digits) throws Invalid {
    int codePoint = Integer.parseInt(digits, 16);
    if (codePoint > Character.MAX_CODE_POINT || codePoint >= 0xD800 && codePoint <= 0xDFFF) {
      throw new Invalid("invalid or reserved Unicode code point \\u{" + digits + "}", "\\u");
    }
    append(codePoint);
  }

  private void append(int codePoint) {
    if (codePoint < 0x80) {
      bytes.write(codePoint);
    } else {
      bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
    }
  }
}
