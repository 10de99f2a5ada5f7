package beamyard.lessons.elixir.syntax;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A name at a place of a text.
 *
 * @param length how many code points of the text it takes
 */
record IdentifierReader(Kind kind, String name, int length, boolean isPlainAscii, boolean hasAt) {
  /** What a name can be, by its first letter. */
  enum Kind {
    ALIAS,
    IDENTIFIER,
    /** Begins with an upper-case letter outside ASCII: only atoms may. */
    ATOM
  }

  /** The name at {@code start}; null if there is none. */
  static @Nullable IdentifierReader read(int[] text, int start, int line, int column) {
    int first = start < text.length ? text[start] : -1;
    Kind kind;
    if (first >= 'a' && first <= 'z' || first == '_') {
      kind = Kind.IDENTIFIER;
    } else if (first >= 'A' && first <= 'Z') {
      kind = Kind.ALIAS;
    } else if (first < 128) {
      return null;
    } else if (UnicodeNames.isUpper(first)) {
      kind = Kind.ATOM;
    } else if (UnicodeNames.isStart(first)) {
      kind = Kind.IDENTIFIER;
    } else {
      return null;
    }
    int end = start + 1;
    boolean ascii = first < 128;
    boolean at = false;
    boolean punctuation = false;
    while (end < text.length) {
      int next = text[end];
      if (next == '!' || next == '?') {
        punctuation = true;
        end++;
        break;
      } else if (next == '@') {
        at = true;
      } else if (next >= 128) {
        if (!UnicodeNames.isContinue(next)) {
          String shown = "\"%s\"".formatted(Character.toString(next));
          int where = column + end - start;
          throw new SyntaxFailure(line, where, "unexpected token: ",
              "%s (column %d, code point U+%04X)".formatted(shown, where, next));
        }
        ascii = false;
      } else if (!isAsciiContinue(next)) {
        break;
      }
      end++;
    }
    String name = new String(text, start, end - start);
    if (!ascii) {
      name = Normalizer.normalize(name.replace('\u00B5', '\u03BC'), Normalizer.Form.NFC);
    }
    return new IdentifierReader(kind, name, end - start, ascii && !at && !punctuation, at);
  }

  private static boolean isAsciiContinue(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }
}
