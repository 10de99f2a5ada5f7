package beamyard.lessons.elixir.inspect;

import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import org.jspecify.annotations.Nullable;

/** Strings and charlists between their quotes. */
final class Strings {
  private Strings() {}

  /** A string in quotes; {@code null} if the first {@code limit} characters are not all printable. */
  static @Nullable String printable(Bits bits, int limit) {
    var out = new StringBuilder("\"");
    int count = 0;
    int at = 0;
    int size = bits.byteSize();
    while (at < size) {
      if (count == limit) {
        return out.append("\" <> ...").toString();
      }
      int c = codePoint(bits, at);
      if (c < 0 || !StringText.isPrintable(c)) {
        return null;
      }
      at += bytesOf(c);
      count++;
      append(out, c, at < size ? bits.byteAt(at) : 0, '"');
    }
    return out.append('"').toString();
  }

  /** A string in quotes whatever it holds; bytes that are no UTF-8 as {@code \xHH}. */
  static String lenient(Bits bits, int limit) {
    var out = new StringBuilder("\"");
    int size = bits.byteSize();
    int count = 0;
    for (int at = 0; at < size; count++) {
      if (count == limit) {
        return out.append("\" <> ...").toString();
      }
      int c = codePoint(bits, at);
      if (c < 0) {
        out.append(String.format("\\x%02X", bits.byteAt(at)));
        at++;
      } else {
        at += bytesOf(c);
        append(out, c, at < size ? bits.byteAt(at) : 0, '"');
      }
    }
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int c, int next, char quote) {
    if (c == '#' && next == '{') {
      out.append("\\#");
    } else {
      StringText.append(out, c, quote);
    }
  }

  static boolean isCharlist(Cons list, int limit) {
    Term rest = list;
    int count = 0;
    while (rest instanceof Cons cons) {
      if (count++ == limit) {
        return true;
      }
      if (!(cons.head() instanceof SmallInt c && StringText.isPrintableAscii(c.value()))) {
        return false;
      }
      rest = cons.tail();
    }
    return rest == Nil.NIL;
  }

  static String charlist(Cons list, int limit) {
    var out = new StringBuilder("'");
    int count = 0;
    Term rest = list;
    while (rest instanceof Cons cons) {
      if (count++ == limit) {
        return out.append("' ++ ...").toString();
      }
      rest = cons.tail();
      int next =
          rest instanceof Cons more && more.head() instanceof SmallInt c ? (int) c.value() : 0;
      append(out, cons.head() instanceof SmallInt c ? (int) c.value() : 0xFFFD, next, '\'');
    }
    return out.append('\'').toString();
  }

  static int bytesOf(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  /** The code point that starts at a byte; -1 if there is no valid UTF-8. */
  static int codePoint(Bits bits, int at) {
    int first = bits.byteAt(at);
    if (first < 0x80) {
      return first;
    }
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > bits.byteSize()) {
      return -1;
    }
    int c = first & 0xFF >>> (length + 1);
    for (int i = 1; i < length; i++) {
      int next = bits.byteAt(at + i);
      if ((next & 0xC0) != 0x80) {
        return -1;
      }
      c = c << 6 | next & 0x3F;
    }
    boolean valid = bytesOf(c) == length && c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
    return valid ? c : -1;
  }
}
