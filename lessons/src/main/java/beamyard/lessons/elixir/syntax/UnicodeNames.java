package beamyard.lessons.elixir.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which characters outside ASCII names may have, and which of them may stand together.
 *
 * <p>{@code name-characters.txt} holds the code points that Elixir 1.14 was seen to accept, as hexadecimal ranges: far
 * fewer than Unicode calls letters, and those of an older Unicode than the JDK's. Unlike Elixir, which also knows in
 * which further scripts a character is used, a character here belongs to its main script only.
 */
final class UnicodeNames {
  private static final int MICRO_SIGN = 0xB5;
  private static final int GREEK_MU = 0x3BC;

  /** First and last code point of each range, in order; loaded with the first name outside ASCII. */
  private static final class Ranges {
    private static final int[] BOUNDS = load();

    private static int[] load() {
      try (InputStream stream = UnicodeNames.class.getResourceAsStream("name-characters.txt")) {
        if (stream == null) {
          throw new AssertionError("name-characters.txt is not there");
        }
        String[] ranges =
            new String(stream.readAllBytes(), StandardCharsets.US_ASCII).strip().split("\\s+");
        int[] bounds = new int[ranges.length * 2];
        for (int i = 0; i < ranges.length; i++) {
          String[] ends = ranges[i].split("-");
          bounds[2 * i] = Integer.parseInt(ends[0], 16);
          bounds[2 * i + 1] = Integer.parseInt(ends[ends.length - 1], 16);
        }
        return bounds;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private UnicodeNames() {}

  /** Whether this is an upper-case letter that may begin an atom. */
  static boolean isUpper(int character) {
    int type = Character.getType(character);
    return (type == Character.UPPERCASE_LETTER || type == Character.TITLECASE_LETTER)
        && isContinue(character);
  }

  /** Whether this may begin a variable or function. */
  static boolean isStart(int character) {
    return switch (Character.getType(character)) {
      case Character.LOWERCASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.LETTER_NUMBER ->
          isContinue(character);
      default -> false;
    };
  }

  /** Whether this may be inside a name. */
  static boolean isContinue(int character) {
    int[] bounds = Ranges.BOUNDS;
    int low = 0;
    int high = bounds.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (character < bounds[2 * middle]) {
        high = middle - 1;
      } else if (character > bounds[2 * middle + 1]) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /** Fails if a name mixes letters of scripts that do not belong together. */
  static void checkScripts(String name, int line, int column) {
    TreeSet<String> common = null;
    for (int character : name.codePoints().toArray()) {
      TreeSet<String> scripts = scripts(character);
      if (common == null) {
        common = scripts;
      } else if (scripts != null) {
        common.retainAll(scripts);
      }
    }
    if (common == null || !common.isEmpty()) {
      return;
    }
    for (String partner : new String[] {"Japanese", "Han with Bopomofo", "Korean"}) {
      boolean allowed =
          name.codePoints()
              .allMatch(
                  character -> {
                    TreeSet<String> scripts = scripts(character);
                    return scripts == null
                        || scripts.contains("Latin")
                        || scripts.contains(partner);
                  });
      if (allowed) {
        return;
      }
    }
    throw new SyntaxFailure(
        line, column, "invalid mixed-script identifier found: ", mixed(name), name);
  }

  /** The scripts that a character belongs to; null if to all. */
  private static @Nullable TreeSet<String> scripts(int character) {
    UnicodeScript script = UnicodeScript.of(character);
    if (script == UnicodeScript.COMMON
        || script == UnicodeScript.INHERITED
        || character == MICRO_SIGN
        || character == GREEK_MU) {
      return null;
    }
    var scripts = new TreeSet<String>();
    var words = new StringBuilder();
    for (String word : script.name().split("_")) {
      String rest = word.substring(1).toLowerCase(Locale.ROOT);
      words.append(words.isEmpty() ? "" : "_").append(word.charAt(0)).append(rest);
    }
    scripts.add(words.toString());
    switch (script) {
      case HAN -> {
        scripts.add("Han with Bopomofo");
        scripts.add("Japanese");
        scripts.add("Korean");
      }
      case HIRAGANA, KATAKANA -> scripts.add("Japanese");
      case HANGUL -> scripts.add("Korean");
      case BOPOMOFO -> scripts.add("Han with Bopomofo");
      default -> {
        // alone
      }
    }
    return scripts;
  }

  private static String mixed(String name) {
    var lines = new StringBuilder();
    name.codePoints()
        .forEach(
            character -> {
              TreeSet<String> scripts = scripts(character);
              lines.append(
                  "  \\u%s %s"
                      .formatted(
                          ProblemText.hexadecimal(character), Character.toString(character)));
              if (scripts != null) {
                lines.append(" {").append(String.join(",", scripts)).append("}");
              }
              lines.append("\n");
            });
    return "\n\nMixed-script identifiers are not supported for security reasons. '"
        + name
        + "' is made of the following scripts:\n\n"
        + lines
        + "\nAll characters in the identifier should resolve to a single script, "
        + "or use a highly restrictive set of scripts.\n"
        + "\nSee https://hexdocs.pm/elixir/unicode-syntax.html for more information.";
  }
}
