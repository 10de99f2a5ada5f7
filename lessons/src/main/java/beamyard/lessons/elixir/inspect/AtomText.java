package beamyard.lessons.elixir.inspect;

import beamyard.simulator.term.Atom;
import java.text.Normalizer;
import java.util.List;

/** How Elixir writes atoms: bare, quoted, as keys and as names of functions. */
public final class AtomText {
  private static final List<String> OPERATORS =
      List.of(
          ("+ - * / < > = ! & | ^ . @ % ++ -- -> ** <- <> <= <~ >= == =~ != && |> || ~> .. \\\\ {} +++ --- <<< <<~ <~>"
                  + " >>> === !== &&& ||| ~>> ... %{} <<>> ..// ~~~")
              .split(" "));

  private AtomText() {}

  /** As {@code inspect} prints an atom: {@code :ok}, {@code nil}, {@code String}, {@code :"two words"}. */
  public static String inspect(Atom atom) {
    String name = atom.name();
    return switch (name) {
      case "nil", "true", "false" -> name;
      default -> {
        if (isAlias(name)) {
          yield name.equals("Elixir") ? name : name.substring("Elixir.".length());
        }
        yield isBare(name) ? ":" + name : ":" + quoted(name);
      }
    };
  }

  /** As a key of a keyword list: {@code name:} or {@code "two words":}. */
  public static String key(Atom atom) {
    String name = atom.name();
    return (isBare(name) ? name : quoted(name)) + ":";
  }

  /** As a name of a function behind a dot: {@code name} or {@code "two words"}. */
  public static String function(Atom atom) {
    String name = atom.name();
    return isIdentifier(atom) || isCallableOperator(name) ? name : quoted(name);
  }

  /** Whether an atom is written without quotes, as {@code :name} and {@code name:}. */
  public static boolean isBare(Atom atom) {
    return isBare(atom.name()) && !isAlias(atom.name());
  }

  /** Whether an atom is the name that a variable or function can have without quotes. */
  public static boolean isIdentifier(Atom atom) {
    String name = atom.name();
    return isIdentifier(name)
        && !name.contains("@")
        && !Character.isUpperCase(name.codePointAt(0))
        && !isOperator(name);
  }

  /** Whether an atom is the name of an Elixir module such as {@code Elixir.Foo.Bar}. */
  public static boolean isAlias(Atom atom) {
    return isAlias(atom.name());
  }

  static boolean isAlias(String name) {
    if (!name.startsWith("Elixir")) {
      return false;
    }
    if (name.equals("Elixir")) {
      return true;
    }
    if (!name.startsWith("Elixir.")) {
      return false;
    }
    for (String part : name.substring("Elixir.".length()).split("\\.", -1)) {
      if (part.isEmpty()
          || !(part.charAt(0) >= 'A' && part.charAt(0) <= 'Z')
          || !isAsciiWord(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAsciiWord(String text) {
    return text.chars()
        .allMatch(
            c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_');
  }

  private static boolean isCallableOperator(String name) {
    return switch (name) {
      case "%", "%{}", "{}", "<<>>", "...", "..", ".", "..//", "->" -> false;
      case "::", "^^^", "~~~", "<|>", "and", "or", "in", "not", "when" -> true;
      default -> OPERATORS.contains(name);
    };
  }

  private static boolean isOperator(String name) {
    return OPERATORS.contains(name) && !name.equals("~~~");
  }

  private static boolean isBare(String name) {
    return isOperator(name) || isIdentifier(name);
  }

  private static boolean isIdentifier(String name) {
    if (name.isEmpty()) {
      return false;
    }
    int end = name.length();
    char last = name.charAt(end - 1);
    if (last == '?' || last == '!') {
      end--;
    }
    if (end == 0) {
      return false;
    }
    for (int i = 0; i < end; ) {
      int c = name.codePointAt(i);
      boolean fits = i == 0 ? isStart(c) : c == '@' || isStart(c) || isContinue(c);
      if (!fits) {
        return false;
      }
      i += Character.charCount(c);
    }
    return Normalizer.isNormalized(name, Normalizer.Form.NFC);
  }

  private static boolean isStart(int c) {
    return c == '_' || c < 0x80
        ? c == '_' || Character.isLetter(c)
        : Character.isUnicodeIdentifierStart(c);
  }

  private static boolean isContinue(int c) {
    return c < 0x80
        ? c >= '0' && c <= '9'
        : Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  private static String quoted(String name) {
    return '"' + StringText.escape(name, '"') + '"';
  }
}
