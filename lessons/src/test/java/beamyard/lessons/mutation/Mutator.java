package beamyard.lessons.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Damages sources: what a slip of the hand, a bad paste or a broken file makes of a program. */
final class Mutator {
  private static final Pattern TOKEN =
      Pattern.compile("\\s+|[\\p{L}_@][\\p{L}\\p{N}_]*[?!]?:?|\\d+(?:\\.\\d+)?|[-+<>=|&~^.:*/]+|.");

  private static final String[] STRAYS = {
    "end",
    "do",
    "fn",
    "->",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "%{",
    "<<",
    ">>",
    "\"",
    "'",
    "\"\"\"",
    "~r/",
    "~D[",
    "#{",
    "@",
    "&",
    "&1",
    "^",
    "::",
    "|",
    "\\\\",
    "<-",
    "when",
    "not",
    "in",
    ",",
    ":",
    "nil",
    "0x",
    "1.0e",
    "1_",
    "?",
    "?\\",
    "%",
    "..",
    "//",
    "\u0000",
    "\u2028",
    "\uFEFF",
    "é",
    "e\u0301",
    "λ",
    "😀",
    "\uD800",
    "unquote(",
    "quote do",
    "__MODULE__",
    "defmodule ",
    "\\u{110000}",
    "<<x::"
  };

  private final Random random;
  private final List<String> sources;

  /**
   * @param sources where pieces that do not belong come from
   */
  Mutator(Random random, List<String> sources) {
    this.random = random;
    this.sources = sources;
  }

  String mutate(String source) {
    String mutated = source;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      mutated = once(mutated);
    }
    return mutated;
  }

  private String once(String source) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> inTokens(source);
      case 3 -> inCharacters(source);
      case 4, 5 -> inLines(source);
      case 6, 7 -> insert(source, STRAYS[random.nextInt(STRAYS.length)]);
      case 8 -> insert(source, Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1)));
      default -> source.substring(0, random.nextInt(source.length() + 1));
    };
  }

  private String insert(String source, String what) {
    int at = random.nextInt(source.length() + 1);
    return source.substring(0, at) + what + source.substring(at);
  }

  private String inTokens(String source) {
    var tokens = new ArrayList<>(TOKEN.matcher(source).results().map(it -> it.group()).toList());
    return change(tokens, pick(), "");
  }

  private String inCharacters(String source) {
    var characters = new ArrayList<>(source.codePoints().mapToObj(Character::toString).toList());
    return change(characters, pick(), "");
  }

  private String inLines(String source) {
    return change(new ArrayList<>(source.lines().toList()), pick(), "\n");
  }

  private List<String> pick() {
    return sources.get(random.nextInt(sources.size())).lines().toList();
  }

  private String change(List<String> parts, List<String> foreign, String between) {
    if (parts.isEmpty() || foreign.isEmpty()) {
      return "";
    }
    int at = random.nextInt(parts.size());
    int other = random.nextInt(parts.size());
    switch (random.nextInt(5)) {
      case 0 -> parts.remove(at);
      case 1 -> parts.add(other, parts.get(at));
      case 2 -> {
        String kept = parts.get(at);
        parts.set(at, parts.get(other));
        parts.set(other, kept);
      }
      case 3 -> parts.set(at, parts.get(other));
      default -> parts.add(at, foreign.get(random.nextInt(foreign.size())));
    }
    return String.join(between, parts);
  }
}
