package beamyard.lessons.elixir.syntax;

import java.text.Normalizer;
import java.util.stream.Collectors;
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
    } else if (UnicodeNames.isStart(first)) { // the micro sign too: it is read as the letter mu
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
          String wrong = new String(text, start, end + 1 - start);
          throw new SyntaxFailure(
              line,
              column + end - start,
              "unexpected token: ",
              rejected(wrong, next, column + end - start));
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
      UnicodeNames.checkScripts(name, line, column);
    }
    return new IdentifierReader(kind, name, end - start, ascii && !at && !punctuation, at);
  }

  /** What is wrong with a name that ends in a character which names cannot have. */
  private static String rejected(String wrong, int character, int column) {
    for (String form : new String[] {wrong, Character.toString(character)}) {
      String compatible = Normalizer.normalize(form, Normalizer.Form.NFKC);
      if (isName(compatible)) {
        return """
            Elixir expects unquoted Unicode atoms, variables, and calls to use allowed codepoints and to be in NFC form.

            Got:

                "%s" (code points%s)

            Hint: You could write the above in a compatible format that is accepted by Elixir:

                "%s" (code points%s)

            See https://hexdocs.pm/elixir/unicode-syntax.html for more information."""
            .formatted(form, codePoints(form), compatible, codePoints(compatible));
      }
    }
    return "\"%s\" (column %d, code point U+%s)"
        .formatted(Character.toString(character), column, ProblemText.hexadecimal(character));
  }

  /** Whether a text begins with a name that no forbidden character cuts short. */
  private static boolean isName(String text) {
    int[] characters = text.codePoints().toArray();
    int first = characters[0];
    boolean begins =
        first < 128
            ? isAsciiContinue(first) && !(first >= '0' && first <= '9')
            : UnicodeNames.isUpper(first) || UnicodeNames.isStart(first);
    for (int i = 1; begins && i < characters.length; i++) {
      if (characters[i] < 128 && !isAsciiContinue(characters[i]) && characters[i] != '@') {
        return true;
      }
      begins = characters[i] < 128 || UnicodeNames.isContinue(characters[i]);
    }
    return begins;
  }

  private static String codePoints(String text) {
    return text.codePoints().mapToObj(" 0x%05X"::formatted).collect(Collectors.joining());
  }

  private static boolean isAsciiContinue(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }
}
