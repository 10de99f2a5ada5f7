package beamyard.lessons.elixir.syntax;

import java.util.List;

/** Tokens, one after the other. */
final class TokenStream {
  private final List<Token> tokens;
  private final Token end;
  private int position;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
    Token last = tokens.isEmpty() ? Token.mark(TokenKind.EOL, 1, 1, 0) : tokens.getLast();
    this.end = Token.mark(TokenKind.END_OF_TEXT, last.line(), last.column(), Token.NO_NEWLINES);
  }

  Token token() {
    return position < tokens.size() ? tokens.get(position) : end;
  }

  TokenKind kind() {
    return token().kind();
  }

  /** The kind of a token further on; the current one is at 0. */
  TokenKind kindAt(int offset) {
    return position + offset < tokens.size()
        ? tokens.get(position + offset).kind()
        : TokenKind.END_OF_TEXT;
  }

  boolean is(TokenKind kind) {
    return kind() == kind;
  }

  Token take() {
    Token token = token();
    position++;
    return token;
  }

  /** Takes an opening bracket with the line end behind it, whose count it then has. */
  Token takeOpening() {
    Token open = take();
    return is(TokenKind.EOL) ? open.withNewlines(take().newlines()) : open;
  }

  Token takeOpening(TokenKind expected) {
    if (kind() != expected) {
      throw unexpected();
    }
    return takeOpening();
  }

  /** Takes a binary operator with the line end behind it, which counts unless the operator is a match. */
  Token takeOperator() {
    if (is(TokenKind.MATCH_OP)) {
      Token match = take();
      takeIf(TokenKind.EOL);
      return match;
    }
    return takeOpening();
  }

  Token take(TokenKind expected) {
    if (kind() != expected) {
      throw unexpected();
    }
    return take();
  }

  boolean takeIf(TokenKind kind) {
    if (kind() == kind) {
      position++;
      return true;
    }
    return false;
  }

  /** Takes the end of an expression: a line end, a semicolon or both. */
  boolean takeEndOfExpression() {
    boolean line = takeIf(TokenKind.EOL);
    return takeIf(TokenKind.SEMICOLON) || line;
  }

  /** Whether the current token, perhaps after a line end, closes what is open. */
  boolean closes(TokenKind close) {
    return is(close) || is(TokenKind.EOL) && kindAt(1) == close;
  }

  Token takeClosing(TokenKind close) {
    takeIf(TokenKind.EOL);
    return take(close);
  }

  /** The error for a token that nothing allows here. */
  SyntaxFailure unexpected() {
    Token token = token();
    return new SyntaxFailure(
        token.line(), token.column(), ProblemText.SYNTAX_ERROR_BEFORE, ErlangText.of(token));
  }
}
