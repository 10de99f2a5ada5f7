package beamyard.lessons.script;

import java.util.ArrayList;
import java.util.List;

/** Splits what is typed at an operating system's shell into commands and words, with quotes, comments and continued lines. */
final class ShellWords {
  private final String text;
  private final List<List<String>> commands = new ArrayList<>();
  private List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;

  private ShellWords(String text) {
    this.text = text;
  }

  /** The words of each command. A leading {@code $}, {@code %} or {@code >} is the shell's prompt. */
  static List<List<String>> commands(String text) {
    return new ShellWords(text).read();
  }

  /** The words of one command. */
  static List<String> of(String text) {
    return commands(text).stream().flatMap(List::stream).toList();
  }

  private List<List<String>> read() {
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean last = i + 1 == text.length();
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else if (c == '\\' && quote == '"' && !last) {
          word.append(text.charAt(++i));
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        inWord = true;
      } else if (c == '\\' && !last) {
        i++;
        if (text.charAt(i) != '\n') {
          word.append(text.charAt(i));
          inWord = true;
        }
      } else if (c == '#' && !inWord) {
        i = endOfLine(i) - 1;
      } else if (c == '\n' || c == ';' || c == '&' || c == '|') {
        endCommand();
      } else if (Character.isWhitespace(c)) {
        endWord();
      } else {
        word.append(c);
        inWord = true;
      }
    }
    endCommand();
    return commands;
  }

  private int endOfLine(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private void endWord() {
    if (inWord) {
      String finished = word.toString();
      boolean prompt =
          words.isEmpty() && (finished.equals("$") || finished.equals("%") || finished.equals(">"));
      if (!prompt) {
        words.add(finished);
      }
    }
    word.setLength(0);
    inWord = false;
  }

  private void endCommand() {
    endWord();
    if (!words.isEmpty()) {
      commands.add(words);
    }
    words = new ArrayList<>();
  }
}
