package beamyard.lessons.elixir.syntax;

/** Atoms as {@code inspect} shows them. */
final class AtomText {
  private AtomText() {}

  private enum Look {
    /** {@code Foo.Bar}. */
    ALIAS,
    /** {@code :foo} and {@code foo:}. */
    PLAIN,
    /** {@code :"foo bar"} and {@code "foo bar":}. */
    QUOTED
  }

  static void literal(StringBuilder out, String name) {
    if (name.equals("nil") || name.equals("true") || name.equals("false")) {
      out.append(name);
      return;
    }
    switch (look(name)) {
      case ALIAS ->
          out.append(
              name.equals("Elixir")
                      || name.equals("Elixir.Elixir")
                      || name.startsWith("Elixir.Elixir.")
                  ? name
                  : name.substring("Elixir.".length()));
      case PLAIN -> out.append(':').append(name);
      case QUOTED -> {
        out.append(":\"");
        escaped(out, name);
        out.append('"');
      }
    }
  }

  static void key(StringBuilder out, String name) {
    if (look(name) == Look.PLAIN) {
      out.append(name).append(':');
    } else {
      out.append('"');
      escaped(out, name);
      out.append("\":");
    }
  }

  static void escaped(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case 7 -> out.append("\\a");
        case '\b' -> out.append("\\b");
        case 127 -> out.append("\\d");
        case 27 -> out.append("\\e");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case 11 -> out.append("\\v");
        case 0 -> out.append("\\0");
        case 0xFEFF -> out.append("\\uFEFF");
        case '#' -> out.append(i + 1 < text.length() && text.charAt(i + 1) == '{' ? "\\#" : "#");
        default -> {
          if (c < 0x20 || c > 0x7E && c < 0xA0) {
            out.append("\\x%02X".formatted((int) c));
          } else if (c >= 0xFFFE) {
            out.append("\\x{%04X}".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  private static Look look(String name) {
    switch (name) {
      case "%", "%{}", "{}", "<<>>", "...", "..", ".", "..//", "->" -> {
        return Look.PLAIN;
      }
      case "::", "^^^", "~~~", "<|>", "//", "=>", "not in" -> {
        return Look.QUOTED;
      }
      default -> {
        // names and other operators
      }
    }
    for (Operator operator : Operator.values()) {
      if (operator.text().equals(name)) {
        return Look.PLAIN;
      }
    }
    if (isAlias(name)) {
      return Look.ALIAS;
    }
    int[] codePoints = name.codePoints().toArray();
    try {
      IdentifierReader read = IdentifierReader.read(codePoints, 0, 1, 1);
      boolean whole =
          read != null && read.length() == codePoints.length && read.name().equals(name);
      return whole ? Look.PLAIN : Look.QUOTED;
    } catch (SyntaxFailure _) {
      return Look.QUOTED;
    }
  }

  private static boolean isAlias(String name) {
    if (!name.startsWith("Elixir")) {
      return false;
    }
    int position = "Elixir".length();
    while (position < name.length()) {
      boolean starts =
          name.charAt(position) == '.'
              && position + 1 < name.length()
              && name.charAt(position + 1) >= 'A'
              && name.charAt(position + 1) <= 'Z';
      if (!starts) {
        return false;
      }
      position += 2;
      while (position < name.length() && isNamePart(name.charAt(position))) {
        position++;
      }
    }
    return true;
  }

  private static boolean isNamePart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
  }
}
