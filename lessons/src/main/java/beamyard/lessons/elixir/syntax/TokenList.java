package beamyard.lessons.elixir.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens so far, and which line ends among them count. */
final class TokenList {
  private final List<Token> tokens = new ArrayList<>();

  List<Token> toList() {
    return tokens;
  }

  void add(Token token) {
    tokens.add(token);
  }

  boolean isEmpty() {
    return tokens.isEmpty();
  }

  Token last() {
    return tokens.getLast();
  }

  /** The kind of the last token, null before the first. */
  @Nullable TokenKind lastKind() {
    return tokens.isEmpty() ? null : tokens.getLast().kind();
  }

  void replaceLast(Token token) {
    tokens.set(tokens.size() - 1, token);
  }

  Token removeLast() {
    return tokens.removeLast();
  }

  /** Adds a line end, unless the last token already ends a line. */
  void addLineEnd(int line, int column) {
    if (lastEndsLine()) {
      replaceLast(last().withNewlines(last().newlines() + 1));
    } else {
      add(Token.mark(TokenKind.EOL, line, column, 1));
    }
  }

  /** Adds an operator that continues the line before it. */
  void addOperator(Operator operator, int line, int column) {
    Token token = Token.sign(operator.kind(), line, column, newlinesBefore(), operator);
    dropLineEnd();
    add(token);
  }

  void dropLineEnd() {
    if (lastKind() == TokenKind.EOL) {
      removeLast();
    }
  }

  int newlinesBefore() {
    return lastEndsLine() && last().newlines() > 0 ? last().newlines() : Token.NO_NEWLINES;
  }

  private boolean lastEndsLine() {
    TokenKind kind = lastKind();
    return kind == TokenKind.EOL || kind == TokenKind.COMMA || kind == TokenKind.SEMICOLON;
  }
}
