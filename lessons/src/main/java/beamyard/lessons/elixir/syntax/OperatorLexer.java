package beamyard.lessons.elixir.syntax;

/** The tokens of operators and dots. */
final class OperatorLexer {
  private final Lexer lexer;
  private final NameLexer names;
  private final QuoteLexer quotes;
  private final Cursor at;
  private final TokenList tokens;

  OperatorLexer(Lexer lexer, NameLexer names, QuoteLexer quotes, Cursor at, TokenList tokens) {
    this.lexer = lexer;
    this.names = names;
    this.quotes = quotes;
    this.at = at;
    this.tokens = tokens;
  }

  /** A percent sign: of a map, a struct or a key. */
  void percent() {
    if (at.follows(1, "{}") && at.keyAfter(3)) {
      names.key("%{}");
    } else if (at.keyAfter(1)) {
      names.key("%");
    } else if (at.peek(1) == '(' || at.peek(1) == '[') {
      throw new SyntaxFailure(
          at.line(), at.column(), "expected %{ to define a map, got: ", "%" + (char) at.peek(1));
    } else {
      lexer.mark(at.peek(1) == '{' ? TokenKind.MAP : TokenKind.STRUCT, 1, Token.NO_NEWLINES);
    }
  }

  /** One dot or more. */
  void dots() {
    if (at.keyAfter(1)) {
      names.key(".");
    } else if (at.follows(0, "...")) {
      if (at.keyAfter(3)) {
        names.key("...");
      } else {
        names.addIdentifier("...", 3);
      }
    } else if (at.follows(0, "..//")) {
      if (at.keyAfter(4)) {
        names.key("..//");
      } else {
        int slash = at.behindSpaces(4);
        if (at.peek(slash) != '/') {
          throw at.unexpected();
        }
        tokens.add(Token.name(TokenKind.IDENTIFIER, at.line(), at.column(), "..//"));
        at.move(slash);
      }
    } else if (at.peek(1) == '.') {
      punctuation();
    } else {
      dot();
    }
  }

  /** Any other operator, and the brackets of bitstrings. */
  void punctuation() {
    if (at.follows(0, "<<<<<<<") && at.column() == 1) {
      int length = 0;
      while (at.peek(length) >= 0 && at.peek(length) != '\n' && at.peek(length) != '\r') {
        length++;
      }
      throw new SyntaxFailure(
          at.line(),
          1,
          "found an unexpected version control marker, please resolve the conflicts: ",
          new String(at.text(), at.position(), length));
    }
    if (at.follows(0, "<<>>") && at.keyAfter(4)) {
      names.key("<<>>");
      return;
    }
    if (at.follows(0, "&") && at.keyAfter(1)) {
      names.key("&");
      return;
    }
    if (at.follows(0, "=>")) {
      tokens.addOperator(Operator.ASSOC, at.line(), at.column());
      at.move(2);
      return;
    }
    Operator operator = Operator.at(at.text(), at.position(), 3);
    if (operator == null && (at.follows(0, "<<") || at.follows(0, ">>"))) {
      lexer.bracket(at.peek(0) == '<' ? TokenKind.OPEN_BIT : TokenKind.CLOSE_BIT, 2);
      return;
    }
    if (operator == null) {
      operator = Operator.at(at.text(), at.position(), 2);
    }
    if (operator == Operator.STEP) {
      tokens.addOperator(Operator.STEP, at.line(), at.column());
      at.move(2);
      return;
    }
    if (operator == null) {
      operator = Operator.at(at.text(), at.position(), 1);
    }
    if (operator == null) {
      throw at.unexpected();
    }
    if (operator == Operator.CAPTURE) {
      capture();
    } else {
      operator(operator);
    }
  }

  private void operator(Operator operator) {
    int length = operator.text().length();
    if (at.keyAfter(length)) {
      names.key(operator.text());
      return;
    }
    int next = at.behindSpaces(length);
    if (at.peek(next) == '/') {
      tokens.add(Token.name(TokenKind.IDENTIFIER, at.line(), at.column(), operator.text()));
    } else {
      switch (operator.kind()) {
        case AT_OP, UNARY_OP, DUAL_OP ->
            tokens.add(
                Token.sign(operator.kind(), at.line(), at.column(), Token.NO_NEWLINES, operator));
        default -> tokens.addOperator(operator, at.line(), at.column());
      }
    }
    at.move(next);
  }

  private void capture() {
    int slash = at.behindSpaces(1);
    boolean isName = at.peek(slash) == '/' && at.peek(at.behindSpaces(slash + 1)) != '/';
    if (isName) {
      tokens.add(Token.name(TokenKind.IDENTIFIER, at.line(), at.column(), "&"));
    } else {
      tokens.add(
          Token.sign(
              TokenKind.CAPTURE_OP, at.line(), at.column(), Token.NO_NEWLINES, Operator.CAPTURE));
    }
    at.move(1);
  }

  private void dot() {
    Token dot = Token.mark(TokenKind.DOT, at.line(), at.column(), Token.NO_NEWLINES);
    at.move(1);
    while (true) {
      at.move(at.behindSpaces(0));
      if (at.peek(0) == '#') {
        lexer.skipComment();
        at.resetColumn();
      } else if (at.peek(0) == '\n' || at.peek(0) == '\r' && at.peek(1) == '\n') {
        at.endLine(at.peek(0) == '\n' ? 1 : 2);
      } else {
        break;
      }
    }
    tokens.dropLineEnd();
    Operator operator = Operator.at(at.text(), at.position(), 3);
    if (operator == null) {
      operator = Operator.at(at.text(), at.position(), 2);
      if (operator == Operator.STEP || operator == Operator.ASSOC || operator == Operator.STAB) {
        operator = null;
      }
    }
    if (operator == null) {
      operator = Operator.at(at.text(), at.position(), 1);
    }
    if (operator != null) {
      tokens.add(dot);
      names.addIdentifier(operator.text(), operator.text().length());
    } else if (at.peek(0) == '(') {
      tokens.add(dot.as(TokenKind.DOT_CALL_OP));
    } else if (at.peek(0) == '"' || at.peek(0) == '\'') {
      quotes.quotedCall(dot);
    } else {
      tokens.add(dot);
    }
  }
}
