package beamyard.lessons.elixir.syntax;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tokens of names and of words: variables, calls, aliases, atoms, keyword keys and reserved words. */
final class NameLexer {
  static final int LONGEST = 255;

  private final Lexer lexer;
  private final Cursor at;
  private final TokenList tokens;

  NameLexer(Lexer lexer, Cursor at, TokenList tokens) {
    this.lexer = lexer;
    this.at = at;
    this.tokens = tokens;
  }

  /** Takes an atom without quotes; answers whether there is one. */
  boolean atom() {
    String operator = operatorAtom();
    if (operator != null) {
      tokens.add(Token.name(TokenKind.ATOM, at.line(), at.column(), operator));
      at.move(1 + operator.length());
      return true;
    }
    if (at.peek(1) == ':') {
      return false;
    }
    IdentifierReader name =
        IdentifierReader.read(at.text(), at.position() + 1, at.line(), at.column());
    if (name == null) {
      throw at.unexpected();
    }
    if (name.length() > LONGEST) {
      throw QuoteLexer.tooLong(name.name(), at.line(), at.column());
    }
    tokens.add(Token.name(TokenKind.ATOM, at.line(), at.column(), name.name()));
    at.move(1 + name.length());
    return true;
  }

  private @Nullable String operatorAtom() {
    for (String special : List.of("...", "<<>>", "%{}", "%", "{}", "..//")) {
      if (at.follows(1, special)) {
        return special;
      }
    }
    Operator three = Operator.at(at.text(), at.position() + 1, 3);
    if (three != null) {
      return three.text();
    }
    if (at.follows(1, "::")) {
      return "::";
    }
    Operator two = Operator.at(at.text(), at.position() + 1, 2);
    if (two != null && two != Operator.ASSOC && two != Operator.STEP && two != Operator.TYPE) {
      return two.text();
    }
    Operator one = Operator.at(at.text(), at.position() + 1, 1);
    return one != null ? one.text() : at.peek(1) == '.' ? "." : null;
  }

  /** A variable, function, alias, keyword key or reserved word. */
  void identifier() {
    IdentifierReader name = IdentifierReader.read(at.text(), at.position(), at.line(), at.column());
    if (name == null) {
      throw at.unexpected();
    }
    int length = name.length();
    boolean afterDot = tokens.lastKind() == TokenKind.DOT;
    boolean maybeWord = !afterDot && (at.peek(length) != ':' || at.peek(length + 1) == ':');
    if (maybeWord && word(name.name(), length)) {
      return;
    }
    if (name.name().codePointCount(0, name.name().length()) > LONGEST) {
      throw QuoteLexer.tooLong(name.name(), at.line(), at.column());
    }
    if (at.keyAfter(length)) {
      tokens.add(Token.name(TokenKind.KW_IDENTIFIER, at.line(), at.column(), name.name()));
      at.move(length + 1);
      return;
    }
    if (at.peek(length) == ':' && at.peek(length + 1) >= 0 && at.peek(length + 1) != ':') {
      throw new SyntaxFailure(
          at.line(),
          at.column(),
          "keyword argument must be followed by space after: ",
          name.name() + ":");
    }
    if (name.hasAt()) {
      throw new SyntaxFailure(
          at.line(),
          at.column(),
          invalidCharacter('@', name.kind().name().toLowerCase(Locale.ROOT)),
          name.name());
    }
    if (name.name().equals("__aliases__") || name.name().equals("__block__")) {
      throw new SyntaxFailure(at.line(), at.column(), "reserved token: ", name.name());
    }
    switch (name.kind()) {
      case ALIAS -> {
        if (!name.isPlainAscii()) {
          int invalid =
              name.name().codePoints().filter(c -> c < 'A' || c > 127).findFirst().orElseThrow();
          throw new SyntaxFailure(
              at.line(),
              at.column(),
              invalidCharacter(
                  invalid, "alias (only ASCII characters, without punctuation, are allowed)"),
              name.name());
        }
        tokens.add(Token.name(TokenKind.ALIAS, at.line(), at.column(), name.name()));
        at.move(length);
      }
      case IDENTIFIER -> addIdentifier(name.name(), length);
      case ATOM -> throw at.unexpected();
    }
  }

  private static String invalidCharacter(int character, String where) {
    return "invalid character \"%s\" (code point U+%s) in %s: "
        .formatted(Character.toString(character), ProblemText.hexadecimal(character), where);
  }

  /** Takes a reserved word; answers whether it was one. */
  private boolean word(String name, int length) {
    switch (name) {
      case "fn" -> lexer.opening(TokenKind.FN, length);
      case "do" -> doWord();
      case "end" -> lexer.opening(TokenKind.END, length);
      case "true" -> lexer.mark(TokenKind.TRUE, length, Token.NO_NEWLINES);
      case "false" -> lexer.mark(TokenKind.FALSE, length, Token.NO_NEWLINES);
      case "nil" -> lexer.mark(TokenKind.NIL, length, Token.NO_NEWLINES);
      case "not" -> operatorWord(Operator.NOT, length);
      case "and" -> operatorWord(Operator.AND, length);
      case "or" -> operatorWord(Operator.OR, length);
      case "when" -> operatorWord(Operator.WHEN, length);
      case "in" -> operatorWord(Operator.IN, length);
      case "after", "else", "catch", "rescue" -> {
        tokens.add(Token.name(TokenKind.BLOCK_IDENTIFIER, at.line(), at.column(), name));
        at.move(length);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void doWord() {
    if (!tokens.isEmpty()) {
      switch (tokens.last().kind()) {
        case IDENTIFIER -> tokens.replaceLast(tokens.last().as(TokenKind.DO_IDENTIFIER));
        case FN ->
            throw new SyntaxFailure(
                at.line(),
                at.column(),
                "unexpected reserved word: ",
                ". Anonymous functions are written as:\n\n    fn pattern -> expression end",
                "do");
        case COMMA, SEMICOLON ->
            throw new SyntaxFailure(
                at.line(), at.column(), "unexpected reserved word: ", ProblemText.INVALID_DO, "do");
        default -> tokens.dropLineEnd();
      }
    }
    lexer.opening(TokenKind.DO, 2);
  }

  private void operatorWord(Operator operator, int length) {
    if (at.peek(at.behindSpaces(length)) == '/') {
      tokens.add(Token.name(TokenKind.IDENTIFIER, at.line(), at.column(), operator.text()));
    } else if (operator == Operator.IN && lastIsNot()) {
      Token not = tokens.removeLast();
      tokens.dropLineEnd();
      tokens.add(
          Token.sign(TokenKind.IN_OP, not.line(), not.column(), not.newlines(), Operator.NOT_IN));
    } else if (operator == Operator.NOT) {
      tokens.add(
          Token.sign(
              TokenKind.UNARY_OP, at.line(), at.column(), tokens.newlinesBefore(), operator));
    } else {
      tokens.addOperator(operator, at.line(), at.column());
    }
    at.move(length);
  }

  private boolean lastIsNot() {
    return !tokens.isEmpty()
        && tokens.last().payload() instanceof Token.Sign(var operator)
        && operator == Operator.NOT;
  }

  /** A keyword key that is written as {@code name}, at its place. */
  void key(String name) {
    tokens.add(Token.name(TokenKind.KW_IDENTIFIER, at.line(), at.column(), name));
    at.move(name.length() + 1);
  }

  /** A name at its place, which what follows it makes a call or not. */
  void addIdentifier(String name, int length) {
    tokens.add(Token.name(callKind(at.peek(length)), at.line(), at.column(), name));
    at.move(length);
  }

  static TokenKind callKind(int next) {
    return switch (next) {
      case '(' -> TokenKind.PAREN_IDENTIFIER;
      case '[' -> TokenKind.BRACKET_IDENTIFIER;
      default -> TokenKind.IDENTIFIER;
    };
  }
}
