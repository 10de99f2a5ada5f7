package beamyard.ui.desktop.run;

import java.util.ArrayList;
import java.util.List;

/** A line of words. A word that is empty, or has a space, a quote or a line's end in it, stands in quotes. */
final class Words {
  private Words() {}

  static String join(List<String> words) {
    return String.join(" ", words.stream().map(Words::quoted).toList());
  }

  private static String quoted(String word) {
    if (!word.isEmpty() && word.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '\\')) {
      return word;
    }
    var text = new StringBuilder("\"");
    for (char c : word.toCharArray()) {
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(c);
      }
    }
    return text.append('"').toString();
  }

  /** The words of a line; {@link IllegalArgumentException} says why it has none. */
  static List<String> split(String line) {
    var words = new ArrayList<String>();
    int i = 0;
    while (i < line.length()) {
      if (line.charAt(i) == ' ') {
        i++;
        continue;
      }
      var word = new StringBuilder();
      if (line.charAt(i) == '"') {
        i = unquote(line, i + 1, word);
      } else {
        while (i < line.length() && line.charAt(i) != ' ') {
          word.append(line.charAt(i++));
        }
      }
      words.add(word.toString());
    }
    return words;
  }

  /** Where the line goes on after the quotes. */
  private static int unquote(String line, int from, StringBuilder word) {
    int i = from;
    while (i < line.length() && line.charAt(i) != '"') {
      char c = line.charAt(i++);
      if (c == '\\' && i < line.length()) {
        char escaped = line.charAt(i++);
        word.append(
            switch (escaped) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> escaped;
            });
      } else {
        word.append(c);
      }
    }
    if (i >= line.length()) {
      throw new IllegalArgumentException("a quote is never closed");
    }
    return i + 1;
  }
}
