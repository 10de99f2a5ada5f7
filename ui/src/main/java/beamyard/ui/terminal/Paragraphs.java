package beamyard.ui.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Markdown text broken anew into lines that a terminal can show whole; tables, lists and code keep their lines. */
final class Paragraphs {
  private static final Pattern OWN_LINE =
      Pattern.compile("^(?:\\s{4,}|\\s*\\||\\s*#|\\s*>|\\s*(?:[-*+]|\\d+[.)])\\s).*");
  private static final Pattern ITEM = Pattern.compile("^(\\s*(?:[-*+]|\\d+[.)])\\s+)(.*)$");

  private final int width;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder words = new StringBuilder();
  private String indent = "";

  private Paragraphs(int width) {
    this.width = width;
  }

  /** The lines of a text, none of them longer than the width unless a word is, or a line that must stay as it is. */
  static List<String> of(String markdown, int width) {
    var paragraphs = new Paragraphs(width);
    markdown.lines().forEach(paragraphs::add);
    paragraphs.end();
    return List.copyOf(paragraphs.lines);
  }

  private void add(String line) {
    var item = ITEM.matcher(line);
    if (line.isBlank()) {
      end();
      lines.add("");
    } else if (item.matches()) {
      end();
      words.append(line.strip());
      indent = " ".repeat(item.group(1).length());
    } else if (OWN_LINE.matcher(line).matches() && words.isEmpty()) {
      lines.add(line);
    } else {
      words.append(words.isEmpty() ? "" : " ").append(line.strip());
    }
  }

  private void end() {
    var current = new StringBuilder();
    for (String word : words.toString().split(" ")) {
      if (!current.isEmpty() && current.length() + 1 + word.length() > width) {
        lines.add(current.toString());
        current.setLength(0);
        current.append(indent).append(word);
      } else {
        current.append(current.isEmpty() || current.toString().isBlank() ? "" : " ").append(word);
      }
    }
    if (!words.isEmpty()) {
      lines.add(current.toString());
    }
    words.setLength(0);
    indent = "";
  }
}
