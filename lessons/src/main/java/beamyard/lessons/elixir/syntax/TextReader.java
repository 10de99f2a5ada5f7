package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Bits;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what stands between quotes: strings, charlists, heredocs, sigils and quoted names. */
final class TextReader {
  /** Whether <code>#{</code> starts code. */
  enum Interpolate {
    YES,
    NO
  }

  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final Pattern GRAPHEME = Pattern.compile("\\X");

  private final Lexer lexer;
  private final int[] text;
  private final List<Part> parts = new ArrayList<>();
  private final StringBuilder buffer = new StringBuilder();
  private int position;
  private int line;
  private int column;

  TextReader(Lexer lexer, int[] text) {
    this.lexer = lexer;
    this.text = text;
  }

  int position() {
    return position;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }

  void moveTo(int newPosition, int newLine, int newColumn) {
    position = newPosition;
    line = newLine;
    column = newColumn;
  }

  static boolean isBidirectional(int character) {
    return character >= 0x202A && character <= 0x202E || character >= 0x2066 && character <= 0x2069;
  }

  static Part.Literal literal(String characters) {
    return new Part.Literal(Bits.of(characters));
  }

  /** Reads up to a closing character; afterwards this stands behind it. */
  List<Part> text(
      int start, int startLine, int startColumn, int close, Interpolate interpolate, String what) {
    moveTo(start, startLine, startColumn);
    while (true) {
      int next = peek(0);
      if (next < 0) {
        throw new SyntaxFailure(
            line, column, "missing terminator: " + Character.toString(close) + what, "");
      }
      if (next == close) {
        move(1);
        break;
      }
      if (next == '\\' && peek(1) == close && close != '\n') {
        buffer.appendCodePoint(close);
        move(2);
      } else if (!escapedLineEnd(next)) {
        character(next, interpolate, what);
      }
    }
    return finish();
  }

  /** Reads a heredoc from behind its opening quotes; afterwards this stands behind the closing ones. */
  List<Part> heredoc(
      int start, int startLine, int startColumn, int quote, Interpolate interpolate) {
    String quotes = Character.toString(quote).repeat(3);
    int header = start;
    while (header < text.length && (text[header] == ' ' || text[header] == '\t')) {
      header++;
    }
    boolean carriageReturn =
        header + 1 < text.length && text[header] == '\r' && text[header + 1] == '\n';
    if (carriageReturn) {
      header++;
    }
    if (header >= text.length || text[header] != '\n') {
      throw new SyntaxFailure(
          startLine,
          startColumn,
          "heredoc allows only zero or more whitespace characters followed by a new line after ",
          quotes);
    }
    moveTo(header, startLine, startColumn);
    String what = " (for heredoc starting at line %d)".formatted(startLine);
    while (true) {
      int next = peek(0);
      if (next < 0) {
        throw new SyntaxFailure(line, column, "missing terminator: " + quotes + what, "");
      }
      if (next == '\n' || next == '\\' && (peek(1) == '\n' || peek(1) == '\r' && peek(2) == '\n')) {
        lineEnd();
        if (endsHere(quote)) {
          break;
        }
      } else if (next == '\\' && peek(1) == quote && peek(2) == quote && peek(3) == quote) {
        buffer.append(quotes);
        move(4);
      } else {
        character(next, interpolate, what);
      }
    }
    return outdented(finish(), column - 4);
  }

  private boolean endsHere(int quote) {
    int spaces = position;
    while (spaces < text.length && (text[spaces] == ' ' || text[spaces] == '\t')) {
      spaces++;
    }
    if (spaces + 2 < text.length
        && text[spaces] == quote
        && text[spaces + 1] == quote
        && text[spaces + 2] == quote) {
      move(spaces - position + 3);
      return true;
    }
    while (position < spaces) {
      buffer.appendCodePoint(text[position]);
      move(1);
    }
    return false;
  }

  private boolean escapedLineEnd(int next) {
    if (next == '\n' || next == '\\' && (peek(1) == '\n' || peek(1) == '\r' && peek(2) == '\n')) {
      lineEnd();
      return true;
    }
    return false;
  }

  /** Takes a line end with the backslash or carriage return before it. */
  private void lineEnd() {
    int next;
    do {
      next = text[position++];
      buffer.appendCodePoint(next);
    } while (next != '\n');
    line++;
    column = 1;
  }

  private void character(int next, Interpolate interpolate, String what) {
    if (interpolate == Interpolate.YES && next == '\\' && peek(1) == '#' && peek(2) == '{') {
      buffer.append("\\#{");
      position += 3;
      column += 1; // as Elixir counts
    } else if (interpolate == Interpolate.YES && next == '#' && peek(1) == '{') {
      flush();
      int startLine = line;
      int startColumn = column;
      position += 2;
      Part.@Nullable Interpolation interpolation =
          lexer.interpolation(this, startLine, startColumn);
      if (interpolation == null) {
        throw new SyntaxFailure(
            startLine, startColumn, "missing interpolation terminator: \"}\"" + what, "");
      }
      parts.add(interpolation);
    } else if (next == '\\') {
      buffer.append('\\');
      move(1);
      if (position < text.length) {
        grapheme();
      }
    } else if (next <= 255 && peek(1) >= 0 && peek(1) <= 255) {
      buffer.appendCodePoint(next);
      move(1);
    } else {
      grapheme();
    }
  }

  /** Takes one grapheme: it may be several code points, but is one column wide. */
  private void grapheme() {
    int first = text[position];
    if (isBidirectional(first)) {
      String token = "\\u" + ProblemText.hexadecimal(first);
      throw new SyntaxFailure(
          line,
          column,
          "invalid bidirectional formatting character in string: ",
          ". If you want to use such character, use it in its escaped " + token + " form instead",
          token);
    }
    int length = 1;
    if (peek(1) > 255 || first == '\r' && peek(1) == '\n') {
      int end = Math.min(text.length, position + 32);
      Matcher matcher = GRAPHEME.matcher(new String(text, position, end - position));
      if (matcher.lookingAt()) {
        length = unjoined(matcher.group().codePointCount(0, matcher.end()));
      }
    }
    for (int i = 0; i < length; i++) {
      buffer.appendCodePoint(text[position + i]);
    }
    position += length;
    column++;
  }

  /** Unlike later versions of Unicode, OTP 25's does not join Indic consonants into one grapheme. */
  private int unjoined(int length) {
    for (int i = 1; i < length; i++) {
      boolean afterMark =
          Character.getType(text[position + i - 1]) == Character.NON_SPACING_MARK
              || text[position + i - 1] == ZERO_WIDTH_JOINER;
      if (afterMark && Character.getType(text[position + i]) == Character.OTHER_LETTER) {
        return i;
      }
    }
    return length;
  }

  private List<Part> finish() {
    flush();
    if (parts.isEmpty()) {
      parts.add(new Part.Raw(""));
    }
    return parts;
  }

  private void flush() {
    if (!buffer.isEmpty()) {
      parts.add(new Part.Raw(buffer.toString()));
      buffer.setLength(0);
    }
  }

  /** Removes the first line end, and from every line the spaces that the closing quotes have before them. */
  private static List<Part> outdented(List<Part> parts, int indentation) {
    List<Part> outdented = new ArrayList<>(parts.size());
    for (Part part : parts) {
      outdented.add(
          part instanceof Part.Raw(var characters)
              ? new Part.Raw(outdented(characters, indentation))
              : part);
    }
    if (outdented.getFirst() instanceof Part.Raw(var first)) {
      outdented.set(0, new Part.Raw(first.substring(1)));
    }
    return outdented;
  }

  private static String outdented(String characters, int indentation) {
    var result = new StringBuilder(characters.length());
    int position = 0;
    while (position < characters.length()) {
      char next = characters.charAt(position++);
      result.append(next);
      if (next == '\n') {
        int limit = Math.min(characters.length(), position + indentation);
        while (position < limit
            && (characters.charAt(position) == ' ' || characters.charAt(position) == '\t')) {
          position++;
        }
      }
    }
    return result.toString();
  }

  private int peek(int offset) {
    int index = position + offset;
    return index < text.length ? text[index] : -1;
  }

  private void move(int count) {
    position += count;
    column += count;
  }
}
