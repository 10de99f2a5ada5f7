package beamyard.lessons.elixir.stdlib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The short help of a module in words of our own ({@code help/MODULE.txt}), which the helper {@code h} shows where a real node shows
 * the documentation of its library.
 *
 * <p>A line is an entry: {@code NAME/ARITY TEXT}, with {@code c:} before the name of a callback and {@code t:} before that of a
 * type, or {@code # TEXT} for the module itself. Lines with two blanks in front are its examples, {@code iex> CODE} and what is
 * printed; one that begins with {@code =} is the head of a function that only the yard has.
 */
final class HelpTexts {
  private static final String MODULE = "#";
  private static final String PROMPT = "iex>";

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * The help of one function, callback or type, or of the module.
   *
   * @param key {@code NAME/ARITY} with what is before the name, or {@code #}
   * @param head of a function that only the yard has; else empty
   * @param examples lines as a shell shows them
   */
  record Entry(String key, String head, String text, List<String> examples) {
    /** As Markdown. */
    String markdown() {
      var all = new StringBuilder(text);
      String before = "";
      for (String line : examples) {
        boolean isNext = line.startsWith(PROMPT) && !before.startsWith(PROMPT);
        all.append(isNext ? "\n\n" : "\n").append("    ").append(line);
        before = line;
      }
      return all.append('\n').toString();
    }

    String name() {
      return key.substring(0, key.lastIndexOf('/'));
    }

    int arity() {
      return Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
    }
  }

  private HelpTexts(String resource) {
    Entry last = null;
    for (String line : resource.lines().toList()) {
      if (line.startsWith("  ") && last != null) {
        var examples = new ArrayList<>(last.examples());
        examples.add(line.substring(2));
        last = new Entry(last.key(), last.head(), last.text(), List.copyOf(examples));
      } else if (line.startsWith("= ") && last != null) {
        last = new Entry(last.key(), line.substring(2), last.text(), last.examples());
      } else if (!line.isBlank()) {
        int blank = line.indexOf(' ');
        last = new Entry(line.substring(0, blank), "", line.substring(blank + 1), List.of());
        if (entries.containsKey(last.key())) {
          throw new AssertionError("two help texts: " + last.key());
        }
      }
      if (last != null) {
        entries.put(last.key(), last);
      }
    }
  }

  /** The help of a module, whose name is as Elixir prints it; empty if there is none. */
  static Optional<HelpTexts> of(String module) {
    return StdlibSources.optionalResource("help/" + module.replace(":", "") + ".txt")
        .map(HelpTexts::new);
  }

  Optional<Entry> module() {
    return Optional.ofNullable(entries.get(MODULE));
  }

  /** The entry of a function, {@code NAME/ARITY}, of a callback or of a type. */
  Optional<Entry> entry(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** All entries but that of the module, in their order. */
  List<Entry> entries() {
    return entries.values().stream().filter(entry -> !entry.key().equals(MODULE)).toList();
  }
}
