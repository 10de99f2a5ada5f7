package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Bits;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text to tokens.
 *
 * <p>Much of Elixir's grammar is decided here: whether a name is followed by {@code (}, {@code [} or {@code do}, whether
 * a sign belongs to what follows it, and which line ends count.
 */
final class Lexer {
  private static final int LONGEST_ATOM = 255;

  /** How deep interpolations may nest; Elixir knows no limit. */
  private static final int DEEPEST = 100;

  private final int[] text;
  private final List<Token> tokens = new ArrayList<>();
  private final Terminators terminators;
  private final int depth;
  private int position;
  private int line;
  private int column;
  private int indentation;

  private Lexer(Source source) {
    this.text = source.text().codePoints().toArray();
    this.line = source.firstLine();
    this.column = source.firstColumn();
    this.depth = 0;
    this.terminators = new Terminators();
  }

  /** For the code of an interpolation in a text that {@code outer} reads. */
  private Lexer(Lexer outer, int position, int line, int column) {
    this.text = outer.text;
    this.position = position;
    this.line = line;
    this.column = column;
    this.indentation = outer.indentation;
    this.depth = outer.depth + 1;
    this.terminators = Terminators.inside(outer.terminators);
  }

  /** The tokens of a whole text. */
  static List<Token> tokens(Source source) {
    var lexer = new Lexer(source);
    lexer.run();
    lexer.terminators.end(lexer.line, lexer.column);
    return lexer.tokens;
  }

  /**
   * Reads the code of an interpolation that starts at {@code reader}'s position.
   *
   * @return the interpolation, the reader standing behind its closing brace; null if there is no such brace
   */
  Part.@Nullable Interpolation interpolation(TextReader reader, int startLine, int startColumn) {
    if (depth == DEEPEST) {
      throw new SyntaxFailure(startLine, startColumn, "interpolations are nested too deeply for the yard before: ",
          "#{");
    }
    var inner = new Lexer(this, reader.position(), startLine, startColumn + 2);
    inner.run();
    if (inner.position >= text.length) {
      inner.terminators.end(inner.line, inner.column);
      return null;
    }
    reader.moveTo(inner.position + 1, inner.line, inner.column + 1);
    return new Part.Interpolation(startLine, startColumn, inner.line, inner.column, inner.tokens);
  }

  /** Reads to the end of the text or, in an interpolation, to the brace that ends it. */
  private void run() {
    while (position < text.length && !(depth > 0 && text[position] == '}' && terminators.isEmpty())) {
      next();
    }
  }

  private void next() {
    int first = text[position];
    switch (first) {
      case ' ', '\t' -> spaces();
      case '\n' -> lineEnd(1);
      case '\r' -> {
        if (peek(1) == '\n') {
          lineEnd(2);
        } else {
          throw unexpected(position);
        }
      }
      case '#' -> comment();
      case ';' -> semicolon();
      case '\\' -> backslash();
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case '"', '\'' -> quoted(first);
      case '?' -> character();
      case '~' -> {
        if (!sigil()) {
          punctuation();
        }
      }
      case ':' -> {
        if (!atom()) {
          punctuation();
        }
      }
      case '%' -> percent();
      case '.' -> dots();
      case ',' -> mark(TokenKind.COMMA, 1, 0);
      case '(' -> openParen();
      case '[' -> bracket(TokenKind.OPEN_BRACKET, 1);
      case '{' -> {
        if (peek(1) == '}' && keyAfter(2)) {
          key("{}");
        } else {
          bracket(TokenKind.OPEN_CURLY, 1);
        }
      }
      case ')' -> bracket(TokenKind.CLOSE_PAREN, 1);
      case ']' -> bracket(TokenKind.CLOSE_BRACKET, 1);
      case '}' -> bracket(TokenKind.CLOSE_CURLY, 1);
      case '<', '>', '=', '+', '-', '*', '/', '!', '^', '&', '|', '@' -> punctuation();
      default -> identifier();
    }
  }

  // White space and line ends

  private void spaces() {
    do {
      move(1);
    } while (isHorizontalSpace(peek(0)));
    if (!tokens.isEmpty() && tokens.getLast().kind() == TokenKind.IDENTIFIER && signSticks()) {
      tokens.set(tokens.size() - 1, tokens.getLast().as(TokenKind.OP_IDENTIFIER));
      Operator operator = peek(0) == '+' ? Operator.PLUS : Operator.MINUS;
      tokens.add(Token.sign(TokenKind.DUAL_OP, line, column, Token.NO_NEWLINES, operator));
      move(1);
    }
  }

  /** After a name and a space: whether a sign follows that sticks to its operand, as in {@code foo -1}. */
  private boolean signSticks() {
    return (peek(0) == '+' || peek(0) == '-')
        && switch (peek(1)) {
          case -1, ' ', '\t', '\r', '\n', '(', '[', '<', '{', '%', '+', '-', '/', '>', ':' -> false;
          default -> true;
        };
  }

  private void lineEnd(int length) {
    if (!tokens.isEmpty() && isLineEnd(tokens.getLast().kind())) {
      Token last = tokens.getLast();
      tokens.set(tokens.size() - 1, last.withNewlines(last.newlines() + 1));
    } else {
      tokens.add(Token.mark(TokenKind.EOL, line, column, 1));
    }
    startLine(length);
  }

  private void startLine(int length) {
    position += length;
    line++;
    column = 1;
    while (isHorizontalSpace(peek(0))) {
      move(1);
    }
    indentation = column - 1;
  }

  private void comment() {
    skipComment();
    if (!tokens.isEmpty() && tokens.getLast().kind() == TokenKind.EOL) {
      tokens.set(tokens.size() - 1, tokens.getLast().withNewlines(0));
    }
  }

  /** Leaves the column where the comment starts, as Elixir does: only a line end can follow. */
  private void skipComment() {
    while (position < text.length && text[position] != '\n' && !(text[position] == '\r' && peek(1) == '\n')) {
      if (TextReader.isBidirectional(text[position])) {
        throw new SyntaxFailure(line, column, "invalid bidirectional formatting character in comment: ",
            "\\u" + ProblemText.hexadecimal(text[position]));
      }
      position++;
    }
  }

  private void semicolon() {
    if (!tokens.isEmpty() && tokens.getLast().kind() == TokenKind.SEMICOLON) {
      throw unexpected(position);
    }
    mark(TokenKind.SEMICOLON, 1, 0);
  }

  private void backslash() {
    if (peek(1) == '\\') {
      punctuation();
      return;
    }
    int length = peek(1) == '\n' ? 2 : peek(1) == '\r' && peek(2) == '\n' ? 3 : 1;
    if (position + length == text.length) {
      throw new SyntaxFailure(line, column, "invalid escape \\ at end of file", "");
    }
    if (length == 1) {
      throw unexpected(position);
    }
    startLine(length);
  }

  // Numbers and characters

  private void number() {
    var number = new NumberReader(text, position);
    if (!number.hasBase()) {
      int next = number.end() < text.length ? text[number.end()] : -1;
      if (number.isTooLarge()) {
        throw new SyntaxFailure(line, column, "invalid float number ", number.written());
      }
      if (isAsciiLetter(next) || next == '_') {
        String character = Character.toString(next);
        throw new SyntaxFailure(line, column,
            ("invalid character \"%s\" after number %s. If you intended to write a number, make sure to separate the"
                + " number from the character (using comma, space, etc). If you meant to write a function name or a"
                + " variable, note that identifiers in Elixir cannot start with numbers. Unexpected token: ")
                .formatted(character, number.written()), character);
      }
    }
    var payload = new Token.Number(number.value(), number.written());
    tokens.add(new Token(number.kind(), line, column, Token.NO_NEWLINES, payload));
    move(number.end() - position);
  }

  private void character() {
    int next = peek(1);
    if (next < 0) {
      throw unexpected(position);
    }
    boolean escaped = next == '\\' && peek(2) >= 0;
    int length = escaped ? 3 : 2;
    int value = escaped ? Escapes.meaning(peek(2)) : next;
    var payload = new Token.Character(value, new String(text, position, length));
    tokens.add(new Token(TokenKind.CHAR, line, column, Token.NO_NEWLINES, payload));
    move(length);
  }

  // Texts

  private void quoted(int quote) {
    int startLine = line;
    int startColumn = column;
    var reader = new TextReader(this, text);
    if (peek(1) == quote && peek(2) == quote) {
      List<Part> raw = reader.heredoc(position + 3, line, column, quote, TextReader.Interpolate.YES);
      var payload = new Token.Text(unescaped(raw, startLine, startColumn), reader.column() - 4);
      TokenKind kind = quote == '"' ? TokenKind.BIN_HEREDOC : TokenKind.LIST_HEREDOC;
      tokens.add(new Token(kind, startLine, startColumn, Token.NO_NEWLINES, payload));
      moveBehind(reader);
      return;
    }
    List<Part> raw = reader.text(position + 1, line, column + 1, quote, TextReader.Interpolate.YES,
        " (for string starting at line %d)".formatted(line));
    moveBehind(reader);
    List<Part> parts = unescaped(raw, startLine, startColumn + 1);
    if (peek(0) == ':' && isSpace(peek(1))) {
      move(1);
      if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal) {
        String name = atomText(literal, startLine, startColumn);
        tokens.add(Token.name(TokenKind.KW_IDENTIFIER, startLine, startColumn, name));
      } else {
        addText(TokenKind.KW_IDENTIFIER_UNSAFE, startLine, startColumn, parts);
      }
    } else {
      addText(quote == '"' ? TokenKind.BIN_STRING : TokenKind.LIST_STRING, startLine, startColumn, parts);
    }
  }

  private boolean sigil() {
    int letter = peek(1);
    int open = peek(2);
    if (!isAsciiLetter(letter) || open < 0) {
      return false;
    }
    int startLine = line;
    int startColumn = column;
    var interpolate = letter >= 'a' ? TextReader.Interpolate.YES : TextReader.Interpolate.NO;
    var reader = new TextReader(this, text);
    List<Part> raw;
    int heredocIndentation = -1;
    String delimiter = Character.toString(open);
    if ((open == '"' || open == '\'') && peek(3) == open && peek(4) == open) {
      raw = reader.heredoc(position + 5, line, column, open, interpolate);
      heredocIndentation = reader.column() - 4;
      delimiter = delimiter.repeat(3);
    } else if ("/<\"'[({|".indexOf(open) >= 0) {
      int close = switch (open) {
        case '(' -> ')';
        case '[' -> ']';
        case '{' -> '}';
        case '<' -> '>';
        default -> open;
      };
      raw = reader.text(position + 3, line, column + 3, close, interpolate,
          " (for sigil ~%c%c starting at line %d)".formatted(letter, open, line));
    } else {
      throw new SyntaxFailure(line, column, "invalid sigil delimiter: ",
          "\"%s\" (column %d, code point U+%s). The available delimiters are: //, ||, \"\", '', (), [], {}, <>"
              .formatted(delimiter, column + 2, ProblemText.hexadecimal(open)));
    }
    moveBehind(reader);
    int start = position;
    while (isAsciiLetter(peek(0)) || isDigit(peek(0))) {
      move(1);
    }
    String modifiers = new String(text, start, position - start);
    List<Part> parts = new ArrayList<>(raw.size());
    for (Part part : raw) {
      parts.add(part instanceof Part.Raw(var characters) ? TextReader.literal(characters) : part);
    }
    var payload = new Token.Sigil(letter, parts, modifiers, heredocIndentation, delimiter);
    tokens.add(new Token(TokenKind.SIGIL, startLine, startColumn, Token.NO_NEWLINES, payload));
    return true;
  }

  private List<Part> unescaped(List<Part> raw, int errorLine, int errorColumn) {
    List<Part> parts = new ArrayList<>(raw.size());
    for (Part part : raw) {
      try {
        parts.add(part instanceof Part.Raw(var characters) ? new Part.Literal(Escapes.replaced(characters)) : part);
      } catch (Escapes.Invalid invalid) {
        throw new SyntaxFailure(errorLine, errorColumn, invalid.getMessage() + ". Syntax error after: ",
            invalid.token());
      }
    }
    return parts;
  }

  private void addText(TokenKind kind, int startLine, int startColumn, List<Part> parts) {
    tokens.add(new Token(kind, startLine, startColumn, Token.NO_NEWLINES, new Token.Text(parts, 0)));
  }

  private String atomText(Part.Literal literal, int errorLine, int errorColumn) {
    String name = literal.bytes().text();
    if (!Bits.of(name).equals(literal.bytes())) {
      throw new SyntaxFailure(errorLine, errorColumn, "invalid UTF-8 in the name of an atom: ", name);
    }
    if (literal.bytes().byteSize() > LONGEST_ATOM) {
      throw tooLong(name, errorLine, errorColumn);
    }
    return name;
  }

  private static SyntaxFailure tooLong(String name, int errorLine, int errorColumn) {
    return new SyntaxFailure(errorLine, errorColumn, "atom length must be less than system limit: ", name);
  }

  // Atoms and keys

  private boolean atom() {
    int startLine = line;
    int startColumn = column;
    int next = peek(1);
    if (next == '"' || next == '\'') {
      var reader = new TextReader(this, text);
      List<Part> raw = reader.text(position + 2, line, column + 2, next, TextReader.Interpolate.YES,
          " (for atom starting at line %d)".formatted(line));
      moveBehind(reader);
      List<Part> parts = unescaped(raw, startLine, startColumn);
      if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal) {
        String name = atomText(literal, startLine, startColumn);
        tokens.add(Token.name(TokenKind.ATOM_QUOTED, startLine, startColumn, name));
      } else {
        addText(TokenKind.ATOM_UNSAFE, startLine, startColumn, parts);
      }
      return true;
    }
    String operator = operatorAtom();
    if (operator != null) {
      tokens.add(Token.name(TokenKind.ATOM, line, column, operator));
      move(1 + operator.length());
      return true;
    }
    if (next == ':') {
      return false;
    }
    IdentifierReader name = IdentifierReader.read(text, position + 1, line, column);
    if (name == null) {
      throw unexpected(position);
    }
    if (name.length() > LONGEST_ATOM) {
      throw tooLong(name.name(), line, column);
    }
    tokens.add(Token.name(TokenKind.ATOM, line, column, name.name()));
    move(1 + name.length());
    return true;
  }

  private @Nullable String operatorAtom() {
    for (String special : List.of("...", "<<>>", "%{}", "%", "{}", "..//")) {
      if (follows(1, special)) {
        return special;
      }
    }
    Operator three = Operator.at(text, position + 1, 3);
    if (three != null) {
      return three.text();
    }
    if (follows(1, "::")) {
      return "::";
    }
    Operator two = Operator.at(text, position + 1, 2);
    if (two != null && two != Operator.ASSOC && two != Operator.STEP && two != Operator.TYPE) {
      return two.text();
    }
    Operator one = Operator.at(text, position + 1, 1);
    return one != null ? one.text() : peek(1) == '.' ? "." : null;
  }

  /** Whether the characters at an offset make what comes before them a keyword key. */
  private boolean keyAfter(int offset) {
    return peek(offset) == ':' && isSpace(peek(offset + 1));
  }

  private void key(String name) {
    tokens.add(Token.name(TokenKind.KW_IDENTIFIER, line, column, name));
    move(name.length() + 1);
  }

  // Punctuation and operators

  private void percent() {
    if (follows(1, "{}") && keyAfter(3)) {
      key("%{}");
    } else if (keyAfter(1)) {
      key("%");
    } else if (peek(1) == '(' || peek(1) == '[') {
      throw new SyntaxFailure(line, column, "expected %{ to define a map, got: ", "%" + (char) peek(1));
    } else {
      mark(peek(1) == '{' ? TokenKind.MAP : TokenKind.STRUCT, 1, Token.NO_NEWLINES);
    }
  }

  private void dots() {
    if (keyAfter(1)) {
      key(".");
    } else if (follows(0, "...")) {
      if (keyAfter(3)) {
        key("...");
      } else {
        addIdentifier("...", 3);
      }
    } else if (follows(0, "..//")) {
      if (keyAfter(4)) {
        key("..//");
      } else {
        int space = spacesFrom(position + 4);
        if (space >= text.length || text[space] != '/') {
          throw unexpected(position);
        }
        tokens.add(Token.name(TokenKind.IDENTIFIER, line, column, "..//"));
        move(space - position);
      }
    } else if (peek(1) == '.') {
      punctuation();
    } else {
      dot();
    }
  }

  private void openParen() {
    if (!tokens.isEmpty() && tokens.getLast().kind() == TokenKind.ALIAS) {
      throw new SyntaxFailure(line, column + 1,
          """
          unexpected ( after alias %s. Function names and identifiers in Elixir start with lowercase characters or \
          underscore. For example:

              hello_world()
              _starting_with_underscore()
              numb3rs_are_allowed()
              may_finish_with_question_mark?()
              may_finish_with_exclamation_mark!()

          Unexpected token:\s""".formatted(tokens.getLast().atom().name()), "(");
    }
    bracket(TokenKind.OPEN_PAREN, 1);
  }

  private void bracket(TokenKind kind, int length) {
    boolean closes = switch (kind) {
      case CLOSE_PAREN, CLOSE_BRACKET, CLOSE_CURLY, CLOSE_BIT -> true;
      default -> false;
    };
    Token token = Token.mark(kind, line, column, closes ? newlinesBefore() : Token.NO_NEWLINES);
    terminators.see(token, indentation);
    tokens.add(token);
    move(length);
  }

  private void mark(TokenKind kind, int length, int newlines) {
    tokens.add(Token.mark(kind, line, column, newlines));
    move(length);
  }

  private void punctuation() {
    if (follows(0, "<<<<<<<") && column == 1) {
      int end = position;
      while (end < text.length && text[end] != '\n' && text[end] != '\r') {
        end++;
      }
      throw new SyntaxFailure(line, 1,
          "found an unexpected version control marker, please resolve the conflicts: ",
          new String(text, position, end - position));
    }
    if (follows(0, "<<>>") && keyAfter(4)) {
      key("<<>>");
      return;
    }
    if (follows(0, "&") && keyAfter(1)) {
      key("&");
      return;
    }
    if (follows(0, "=>")) {
      addOperator(TokenKind.ASSOC_OP, Operator.ASSOC);
      move(2);
      return;
    }
    Operator operator = Operator.at(text, position, 3);
    if (operator == null && (follows(0, "<<") || follows(0, ">>"))) {
      bracket(peek(0) == '<' ? TokenKind.OPEN_BIT : TokenKind.CLOSE_BIT, 2);
      return;
    }
    if (operator == null) {
      operator = Operator.at(text, position, 2);
    }
    if (operator == Operator.STEP) {
      addOperator(TokenKind.TERNARY_OP, Operator.STEP);
      move(2);
      return;
    }
    if (operator == null) {
      operator = Operator.at(text, position, 1);
    }
    if (operator == null) {
      throw unexpected(position);
    }
    if (operator == Operator.CAPTURE) {
      capture();
    } else {
      operator(operator);
    }
  }

  private void operator(Operator operator) {
    int length = operator.text().length();
    if (keyAfter(length)) {
      key(operator.text());
      return;
    }
    int space = spacesFrom(position + length);
    if (space < text.length && text[space] == '/') {
      tokens.add(Token.name(TokenKind.IDENTIFIER, line, column, operator.text()));
    } else {
      switch (operator.kind()) {
        case AT_OP, UNARY_OP, DUAL_OP ->
            tokens.add(Token.sign(operator.kind(), line, column, Token.NO_NEWLINES, operator));
        default -> addOperator(operator.kind(), operator);
      }
    }
    move(space - position);
  }

  private void capture() {
    int slash = spacesFrom(position + 1);
    boolean isName = false;
    if (slash < text.length && text[slash] == '/') {
      int second = spacesFrom(slash + 1);
      isName = second >= text.length || text[second] != '/';
    }
    if (isName) {
      tokens.add(Token.name(TokenKind.IDENTIFIER, line, column, "&"));
    } else {
      tokens.add(Token.sign(TokenKind.CAPTURE_OP, line, column, Token.NO_NEWLINES, Operator.CAPTURE));
    }
    move(1);
  }

  /** Adds an operator that continues the line before it. */
  private void addOperator(TokenKind kind, Operator operator) {
    Token token = Token.sign(kind, line, column, newlinesBefore(), operator);
    dropLineEnd();
    tokens.add(token);
  }

  private void dropLineEnd() {
    if (!tokens.isEmpty() && tokens.getLast().kind() == TokenKind.EOL) {
      tokens.removeLast();
    }
  }

  private int newlinesBefore() {
    if (tokens.isEmpty() || !isLineEnd(tokens.getLast().kind()) || tokens.getLast().newlines() <= 0) {
      return Token.NO_NEWLINES;
    }
    return tokens.getLast().newlines();
  }

  private void dot() {
    Token dot = Token.mark(TokenKind.DOT, line, column, Token.NO_NEWLINES);
    move(1);
    while (true) {
      move(spacesFrom(position) - position);
      if (peek(0) == '#') {
        skipComment();
        column = 1;
      } else if (peek(0) == '\n' || peek(0) == '\r' && peek(1) == '\n') {
        position += peek(0) == '\n' ? 1 : 2;
        line++;
        column = 1;
      } else {
        break;
      }
    }
    dropLineEnd();
    Operator operator = Operator.at(text, position, 3);
    if (operator == null) {
      operator = Operator.at(text, position, 2);
      if (operator == Operator.STEP || operator == Operator.ASSOC || operator == Operator.STAB) {
        operator = null;
      }
    }
    if (operator == null) {
      operator = Operator.at(text, position, 1);
    }
    if (operator != null) {
      tokens.add(dot);
      addIdentifier(operator.text(), operator.text().length());
    } else if (peek(0) == '(') {
      tokens.add(dot.as(TokenKind.DOT_CALL_OP));
    } else if (peek(0) == '"' || peek(0) == '\'') {
      quotedCall(dot);
    } else {
      tokens.add(dot);
    }
  }

  private void quotedCall(Token dot) {
    int startLine = line;
    int startColumn = column;
    int quote = peek(0);
    var reader = new TextReader(this, text);
    List<Part> raw = reader.text(position + 1, line, column + 1, quote, TextReader.Interpolate.YES,
        " (for function name starting at line %d)".formatted(line));
    if (raw.size() != 1 || !(raw.getFirst() instanceof Part.Raw(var name))) {
      throw new SyntaxFailure(line, column, "interpolation is not allowed when calling function/macro. "
          + "Found interpolation in a call starting with: ", Character.toString(quote));
    }
    if (name.codePointCount(0, name.length()) > LONGEST_ATOM) {
      throw tooLong(name, startLine, startColumn);
    }
    moveBehind(reader);
    tokens.add(dot);
    tokens.add(Token.name(callKind(peek(0)), startLine, startColumn, name));
  }

  // Names and words

  private void addIdentifier(String name, int length) {
    tokens.add(Token.name(callKind(peek(length)), line, column, name));
    move(length);
  }

  private static TokenKind callKind(int next) {
    return switch (next) {
      case '(' -> TokenKind.PAREN_IDENTIFIER;
      case '[' -> TokenKind.BRACKET_IDENTIFIER;
      default -> TokenKind.IDENTIFIER;
    };
  }

  private void identifier() {
    IdentifierReader name = IdentifierReader.read(text, position, line, column);
    if (name == null) {
      throw unexpected(position);
    }
    int length = name.length();
    boolean afterDot = !tokens.isEmpty() && tokens.getLast().kind() == TokenKind.DOT;
    boolean maybeWord = !afterDot && (peek(length) != ':' || peek(length + 1) == ':');
    if (maybeWord && word(name.name(), length)) {
      return;
    }
    if (name.name().codePointCount(0, name.name().length()) > LONGEST_ATOM) {
      throw tooLong(name.name(), line, column);
    }
    if (keyAfter(length)) {
      tokens.add(Token.name(TokenKind.KW_IDENTIFIER, line, column, name.name()));
      move(length + 1);
      return;
    }
    if (peek(length) == ':' && peek(length + 1) >= 0 && peek(length + 1) != ':') {
      throw new SyntaxFailure(line, column, "keyword argument must be followed by space after: ", name.name() + ":");
    }
    if (name.hasAt()) {
      throw new SyntaxFailure(line, column,
          invalidCharacter('@', name.kind().name().toLowerCase(java.util.Locale.ROOT)), name.name());
    }
    if (name.name().equals("__aliases__") || name.name().equals("__block__")) {
      throw new SyntaxFailure(line, column, "reserved token: ", name.name());
    }
    switch (name.kind()) {
      case ALIAS -> {
        if (!name.isPlainAscii()) {
          int invalid = name.name().codePoints().filter(c -> c < 'A' || c > 127).findFirst().orElseThrow();
          throw new SyntaxFailure(line, column,
              invalidCharacter(invalid, "alias (only ASCII characters, without punctuation, are allowed)"),
              name.name());
        }
        tokens.add(Token.name(TokenKind.ALIAS, line, column, name.name()));
        move(length);
      }
      case IDENTIFIER -> addIdentifier(name.name(), length);
      case ATOM -> throw unexpected(position);
    }
  }

  private static String invalidCharacter(int character, String where) {
    return "invalid character \"%s\" (code point U+%s) in %s: "
        .formatted(Character.toString(character), ProblemText.hexadecimal(character), where);
  }

  /** Takes a reserved word; answers whether it was one. */
  private boolean word(String name, int length) {
    switch (name) {
      case "fn" -> opening(TokenKind.FN, length);
      case "do" -> doWord();
      case "end" -> opening(TokenKind.END, length);
      case "true" -> mark(TokenKind.TRUE, length, Token.NO_NEWLINES);
      case "false" -> mark(TokenKind.FALSE, length, Token.NO_NEWLINES);
      case "nil" -> mark(TokenKind.NIL, length, Token.NO_NEWLINES);
      case "not" -> operatorWord(Operator.NOT, length);
      case "and" -> operatorWord(Operator.AND, length);
      case "or" -> operatorWord(Operator.OR, length);
      case "when" -> operatorWord(Operator.WHEN, length);
      case "in" -> operatorWord(Operator.IN, length);
      case "after", "else", "catch", "rescue" -> {
        tokens.add(Token.name(TokenKind.BLOCK_IDENTIFIER, line, column, name));
        move(length);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void opening(TokenKind kind, int length) {
    Token token = Token.mark(kind, line, column, Token.NO_NEWLINES);
    terminators.see(token, indentation);
    tokens.add(token);
    move(length);
  }

  private void doWord() {
    if (!tokens.isEmpty()) {
      switch (tokens.getLast().kind()) {
        case IDENTIFIER -> tokens.set(tokens.size() - 1, tokens.getLast().as(TokenKind.DO_IDENTIFIER));
        case FN -> throw new SyntaxFailure(line, column, "unexpected reserved word: ",
            ". Anonymous functions are written as:\n\n    fn pattern -> expression end", "do");
        case COMMA, SEMICOLON ->
            throw new SyntaxFailure(line, column, "unexpected reserved word: ", ProblemText.INVALID_DO, "do");
        default -> dropLineEnd();
      }
    }
    opening(TokenKind.DO, 2);
  }

  private void operatorWord(Operator operator, int length) {
    int space = spacesFrom(position + length);
    if (space < text.length && text[space] == '/') {
      tokens.add(Token.name(TokenKind.IDENTIFIER, line, column, operator.text()));
    } else if (operator == Operator.IN && lastIsNot()) {
      Token not = tokens.removeLast();
      dropLineEnd();
      tokens.add(Token.sign(TokenKind.IN_OP, not.line(), not.column(), not.newlines(), Operator.NOT_IN));
    } else if (operator == Operator.NOT) {
      tokens.add(Token.sign(TokenKind.UNARY_OP, line, column, newlinesBefore(), operator));
    } else {
      addOperator(operator.kind(), operator);
    }
    move(length);
  }

  private boolean lastIsNot() {
    return !tokens.isEmpty()
        && tokens.getLast().payload() instanceof Token.Sign(var operator)
        && operator == Operator.NOT;
  }

  // The text

  private int peek(int offset) {
    int index = position + offset;
    return index < text.length ? text[index] : -1;
  }

  private boolean follows(int offset, String expected) {
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

  private int spacesFrom(int start) {
    int end = start;
    while (end < text.length && isHorizontalSpace(text[end])) {
      end++;
    }
    return end;
  }

  private void move(int count) {
    position += count;
    column += count;
  }

  private void moveBehind(TextReader reader) {
    position = reader.position();
    line = reader.line();
    column = reader.column();
  }

  private SyntaxFailure unexpected(int at) {
    int character = text[at];
    int where = column + at - position;
    String name = ProblemText.controlCharacterName(character);
    String shown = name != null ? name : "\"" + Character.toString(character) + "\"";
    return new SyntaxFailure(line, where, "unexpected token: ",
        "%s (column %d, code point U+%s)".formatted(shown, where, ProblemText.hexadecimal(character)));
  }

  private static boolean isLineEnd(TokenKind kind) {
    return kind == TokenKind.EOL || kind == TokenKind.COMMA || kind == TokenKind.SEMICOLON;
  }

  private static boolean isHorizontalSpace(int character) {
    return character == ' ' || character == '\t';
  }

  private static boolean isSpace(int character) {
    return isHorizontalSpace(character) || character == '\n' || character == '\r';
  }

  private static boolean isAsciiLetter(int character) {
    return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }
}
