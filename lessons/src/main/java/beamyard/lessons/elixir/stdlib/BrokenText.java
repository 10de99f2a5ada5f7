package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.term.Bits;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Texts of binaries that need not be UTF-8: a byte that belongs to no character becomes a lone surrogate, which no character is, and
 * becomes that byte again. To Elixir each such byte is a codepoint and a grapheme of its own.
 */
final class BrokenText {
  private static final char FIRST = 0xDC00;

  private BrokenText() {}

  static String of(Bits binary) {
    String text = binary.text();
    return text.indexOf('\uFFFD') < 0 ? text : decode(ByteBuffer.wrap(binary.toBytes()));
  }

  private static String decode(ByteBuffer bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var chars = CharBuffer.allocate(bytes.remaining());
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, true);
      if (result.isUnderflow() && !bytes.hasRemaining()) {
        return chars.flip().toString();
      }
      chars.put((char) (FIRST + (bytes.get() & 0xFF)));
      decoder.reset();
    }
  }

  static Bits binary(String text) {
    int broken = 0;
    while (broken < text.length() && !isByte(text, broken)) {
      broken++;
    }
    if (broken == text.length()) {
      return Bits.of(text);
    }
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      int size = Character.charCount(text.codePointAt(i));
      if (isByte(text, i)) {
        bytes.write(text.charAt(i) - FIRST);
      } else {
        bytes.writeBytes(text.substring(i, i + size).getBytes(StandardCharsets.UTF_8));
      }
      i += size;
    }
    return Bits.of(bytes.toByteArray());
  }

  /** Whether a byte that belongs to no character is there. */
  static boolean isByte(String text, int index) {
    char c = text.charAt(index);
    return c >= FIRST
        && c <= FIRST + 0xFF
        && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
  }
}
