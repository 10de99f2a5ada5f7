package beamyard.lessons.elixir.syntax;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Text to tokens: white space, numbers and brackets here, the rest in {@link NameLexer}, {@link OperatorLexer} and
 * {@link QuoteLexer}.
 *
 * <p>Much of Elixir's grammar is decided by the lexer: whether a name is followed by {@code (}, {@code [} or
 * {@code do}, whether a sign belongs to what follows it, and which line ends count.
 */
final class Lexer {
  /** How deep interpolations may nest; Elixir knows no limit. */
  private static final int DEEPEST = 100;

  private final Cursor at;
  private final TokenList tokens = new TokenList();
  private final Terminators terminators;
  private final NameLexer names;
  private final QuoteLexer quotes;
  private final OperatorLexer operators;
  private final ParseOptions.Texts texts;
  private final Consumer<Comment> comments;
  private final int depth;

  private Lexer(
      Cursor at,
      Terminators terminators,
      ParseOptions.Texts texts,
      Consumer<Comment> comments,
      int depth) {
    this.at = at;
    this.terminators = terminators;
    this.texts = texts;
    this.comments = comments;
    this.depth = depth;
    this.names = new NameLexer(this, at, tokens);
    this.quotes = new QuoteLexer(this, texts, at, tokens);
    this.operators = new OperatorLexer(this, names, quotes, at, tokens);
  }

  /** The tokens of a whole text. */
  static List<Token> tokens(Source source, ParseOptions.Texts texts, Consumer<Comment> comments) {
    var at =
        new Cursor(source.text().codePoints().toArray(), source.firstLine(), source.firstColumn());
    var lexer = new Lexer(at, new Terminators(), texts, comments, 0);
    lexer.run();
    lexer.terminators.end(at.line(), at.column());
    return lexer.tokens.toList();
  }

  /**
   * Reads the code of an interpolation that starts at {@code reader}'s position.
   *
   * @return the interpolation, the reader standing behind its closing brace; null if there is no such brace
   */
  Part.@Nullable Interpolation interpolation(TextReader reader, int startLine, int startColumn) {
    if (depth == DEEPEST) {
      throw new SyntaxFailure(
          startLine,
          startColumn,
          "interpolations are nested too deeply for the yard before: ",
          "#{");
    }
    Cursor inside = at.copy(reader.position(), startLine, startColumn + 2);
    var inner = new Lexer(inside, Terminators.inside(terminators), texts, comments, depth + 1);
    inner.run();
    if (inside.isAtEnd()) {
      inner.terminators.end(inside.line(), inside.column());
      return null;
    }
    reader.moveTo(inside.position() + 1, inside.line(), inside.column() + 1);
    return new Part.Interpolation(
        startLine, startColumn, inside.line(), inside.column(), inner.tokens.toList());
  }

  /** Reads to the end of the text or, in an interpolation, to the brace that ends it. */
  private void run() {
    while (!at.isAtEnd() && !(depth > 0 && at.peek(0) == '}' && terminators.isEmpty())) {
      next();
    }
  }

  private void next() {
    int first = at.peek(0);
    switch (first) {
      case ' ', '\t' -> spaces();
      case '\n' -> lineEnd(1);
      case '\r' -> {
        if (at.peek(1) == '\n') {
          lineEnd(2);
        } else {
          throw at.unexpected();
        }
      }
      case '#' -> comment();
      case ';' -> semicolon();
      case '\\' -> backslash();
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      case '"', '\'' -> quotes.quoted(first);
      case '?' -> character();
      case '~' -> {
        if (!quotes.sigil()) {
          operators.punctuation();
        }
      }
      case ':' -> {
        if (at.peek(1) == '"' || at.peek(1) == '\'') {
          quotes.quotedAtom(at.peek(1));
        } else if (!names.atom()) {
          operators.punctuation();
        }
      }
      case '%' -> operators.percent();
      case '.' -> operators.dots();
      case ',' -> mark(TokenKind.COMMA, 1, 0);
      case '(' -> openParen();
      case '[' -> bracket(TokenKind.OPEN_BRACKET, 1);
      case '{' -> {
        if (at.peek(1) == '}' && at.keyAfter(2)) {
          names.key("{}");
        } else {
          bracket(TokenKind.OPEN_CURLY, 1);
        }
      }
      case ')' -> bracket(TokenKind.CLOSE_PAREN, 1);
      case ']' -> bracket(TokenKind.CLOSE_BRACKET, 1);
      case '}' -> bracket(TokenKind.CLOSE_CURLY, 1);
      case '<', '>', '=', '+', '-', '*', '/', '!', '^', '&', '|', '@' -> operators.punctuation();
      default -> names.identifier();
    }
  }

  private void spaces() {
    do {
      at.move(1);
    } while (Cursor.isHorizontalSpace(at.peek(0)));
    if (tokens.lastKind() == TokenKind.IDENTIFIER && signSticks()) {
      tokens.replaceLast(tokens.last().as(TokenKind.OP_IDENTIFIER));
      Operator operator = at.peek(0) == '+' ? Operator.PLUS : Operator.MINUS;
      tokens.add(
          Token.sign(TokenKind.DUAL_OP, at.line(), at.column(), Token.NO_NEWLINES, operator));
      at.move(1);
    }
  }

  /** After a name and a space: whether a sign follows that sticks to its operand, as in {@code foo -1}. */
  private boolean signSticks() {
    return (at.peek(0) == '+' || at.peek(0) == '-')
        && switch (at.peek(1)) {
          case -1, ' ', '\t', '\r', '\n', '(', '[', '<', '{', '%', '+', '-', '/', '>', ':' -> false;
          default -> true;
        };
  }

  private void lineEnd(int length) {
    tokens.addLineEnd(at.line(), at.column());
    at.startLine(length);
  }

  private void comment() {
    skipComment();
    if (tokens.lastKind() == TokenKind.EOL) {
      tokens.replaceLast(tokens.last().withNewlines(0));
    }
  }

  /** Leaves the column where the comment starts, as Elixir does: only a line end can follow. */
  void skipComment() {
    int length = 0;
    int next = at.peek(0);
    while (next >= 0 && next != '\n' && !(next == '\r' && at.peek(length + 1) == '\n')) {
      if (TextReader.isBidirectional(next)) {
        throw new SyntaxFailure(
            at.line(),
            at.column(),
            "invalid bidirectional formatting character in comment: ",
            "\\u" + ProblemText.hexadecimal(next));
      }
      next = at.peek(++length);
    }
    comments.accept(
        new Comment(
            at.line(),
            at.column(),
            tokens.isEmpty() ? 1 : Math.max(0, tokens.newlinesBefore()),
            lineEndsFrom(length),
            new String(at.text(), at.position(), length)));
    at.skipTo(length);
  }

  /** How many line ends there are, but for spaces, from an offset on. */
  private int lineEndsFrom(int offset) {
    int count = 0;
    int next = offset;
    while (true) {
      next = at.behindSpaces(next);
      if (at.peek(next) == '\n') {
        next++;
      } else if (at.peek(next) == '\r' && at.peek(next + 1) == '\n') {
        next += 2;
      } else {
        return count;
      }
      count++;
    }
  }

  private void semicolon() {
    if (tokens.lastKind() == TokenKind.SEMICOLON) {
      throw at.unexpected();
    }
    mark(TokenKind.SEMICOLON, 1, 0);
  }

  private void backslash() {
    if (at.peek(1) == '\\') {
      operators.punctuation();
      return;
    }
    int length = at.peek(1) == '\n' ? 2 : at.peek(1) == '\r' && at.peek(2) == '\n' ? 3 : 1;
    if (at.position() + length == at.text().length) {
      throw new SyntaxFailure(at.line(), at.column(), "invalid escape \\ at end of file", "");
    }
    if (length == 1) {
      throw at.unexpected();
    }
    at.startLine(length);
  }

  private void number() {
    var number = new NumberReader(at.text(), at.position());
    if (!number.hasBase()) {
      int next = number.end() < at.text().length ? at.text()[number.end()] : -1;
      if (number.isInvalid()) {
        throw new SyntaxFailure(at.line(), at.column(), "invalid float number ", number.written());
      }
      if (Cursor.isAsciiLetter(next) || next == '_') {
        String character = Character.toString(next);
        throw new SyntaxFailure(
            at.line(),
            at.column(),
            ("invalid character \"%s\" after number %s. If you intended to write a number, make sure to separate the"
                    + " number from the character (using comma, space, etc). If you meant to write a function name or a"
                    + " variable, note that identifiers in Elixir cannot start with numbers. Unexpected token: ")
                .formatted(character, number.written()),
            character);
      }
    }
    var payload = new Token.Number(number.value(), number.written());
    tokens.add(new Token(number.kind(), at.line(), at.column(), Token.NO_NEWLINES, payload));
    at.move(number.end() - at.position());
  }

  private void character() {
    int next = at.peek(1);
    if (next < 0) {
      throw at.unexpected();
    }
    boolean escaped = next == '\\' && at.peek(2) >= 0;
    int length = escaped ? 3 : 2;
    int value = escaped ? Escapes.meaning(at.peek(2)) : next;
    var payload = new Token.Character(value, new String(at.text(), at.position(), length));
    tokens.add(new Token(TokenKind.CHAR, at.line(), at.column(), Token.NO_NEWLINES, payload));
    at.move(length);
  }

  private void openParen() {
    if (tokens.lastKind() == TokenKind.ALIAS) {
      throw new SyntaxFailure(
          at.line(),
          at.column() + 1,
          """
          unexpected ( after alias %s. Function names and identifiers in Elixir start with lowercase characters or \
          underscore. For example:

              hello_world()
              _starting_with_underscore()
              numb3rs_are_allowed()
              may_finish_with_question_mark?()
              may_finish_with_exclamation_mark!()

          Unexpected token:\s"""
              .formatted(tokens.last().atom().name()),
          "(");
    }
    bracket(TokenKind.OPEN_PAREN, 1);
  }

  /** Takes a bracket. */
  void bracket(TokenKind kind, int length) {
    boolean closes =
        switch (kind) {
          case CLOSE_PAREN, CLOSE_BRACKET, CLOSE_CURLY, CLOSE_BIT -> true;
          default -> false;
        };
    Token token =
        Token.mark(
            kind, at.line(), at.column(), closes ? tokens.newlinesBefore() : Token.NO_NEWLINES);
    terminators.see(token, at.indentation());
    tokens.add(token);
    at.move(length);
  }

  /** Takes a token that is nothing but its kind. */
  void mark(TokenKind kind, int length, int newlines) {
    tokens.add(Token.mark(kind, at.line(), at.column(), newlines));
    at.move(length);
  }

  /** Takes {@code do}, {@code fn} or {@code end}. */
  void opening(TokenKind kind, int length) {
    Token token = Token.mark(kind, at.line(), at.column(), Token.NO_NEWLINES);
    terminators.see(token, at.indentation());
    tokens.add(token);
    at.move(length);
  }
}
