package beamyard.lessons.elixir.syntax;

/** A place in a text, as code points; it moves forward. */
final class Cursor {
  private final int[] text;
  private int position;
  private int line;
  private int column;
  private int indentation;

  Cursor(int[] text, int line, int column) {
    this.text = text;
    this.line = line;
    this.column = column;
  }

  /** Another place in the same text, on a line indented as this one. */
  Cursor copy(int newPosition, int newLine, int newColumn) {
    var copy = new Cursor(text, newLine, newColumn);
    copy.position = newPosition;
    copy.indentation = indentation;
    return copy;
  }

  int[] text() {
    return text;
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

  /** How far the line is indented. */
  int indentation() {
    return indentation;
  }

  boolean isAtEnd() {
    return position >= text.length;
  }

  /** The character at an offset from here, -1 behind the end. */
  int peek(int offset) {
    int index = position + offset;
    return index < text.length ? text[index] : -1;
  }

  boolean follows(int offset, String expected) {
    if (position + offset + expected.length() > text.length) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (text[position + offset + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the characters at an offset make what comes before them a keyword key. */
  boolean keyAfter(int offset) {
    return peek(offset) == ':' && isSpace(peek(offset + 1));
  }

  /** The offset of the first character from {@code offset} on that is no horizontal space. */
  int behindSpaces(int offset) {
    int end = offset;
    while (isHorizontalSpace(peek(end))) {
      end++;
    }
    return end;
  }

  void move(int count) {
    position += count;
    column += count;
  }

  /** Moves to a line end without changing the column. */
  void skipTo(int offset) {
    position += offset;
  }

  void moveBehind(TextReader reader) {
    position = reader.position();
    line = reader.line();
    column = reader.column();
  }

  /** Moves over a line end. */
  void endLine(int length) {
    position += length;
    line++;
    column = 1;
  }

  /** Moves over a line end and the spaces that indent the next line. */
  void startLine(int length) {
    endLine(length);
    move(behindSpaces(0));
    indentation = column - 1;
  }

  void resetColumn() {
    column = 1;
  }

  /** The error for a character that nothing begins with. */
  SyntaxFailure unexpected() {
    int character = text[position];
    String name = ProblemText.controlCharacterName(character);
    String shown = name != null ? name : "\"" + Character.toString(character) + "\"";
    return new SyntaxFailure(
        line,
        column,
        "unexpected token: ",
        "%s (column %d, code point U+%s)"
            .formatted(shown, column, ProblemText.hexadecimal(character)));
  }

  static boolean isHorizontalSpace(int character) {
    return character == ' ' || character == '\t';
  }

  static boolean isSpace(int character) {
    return isHorizontalSpace(character) || character == '\n' || character == '\r';
  }

  static boolean isAsciiLetter(int character) {
    return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
  }

  static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
