package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Bits;
import java.util.ArrayList;
import java.util.List;

/** The tokens of what stands between quotes: strings, charlists, heredocs, sigils and names. */
final class QuoteLexer {
  private final Lexer lexer;
  private final ParseOptions.Texts texts;
  private final Cursor at;
  private final TokenList tokens;

  QuoteLexer(Lexer lexer, ParseOptions.Texts texts, Cursor at, TokenList tokens) {
    this.lexer = lexer;
    this.texts = texts;
    this.at = at;
    this.tokens = tokens;
  }

  /** A string, charlist, heredoc or a key between quotes. */
  void quoted(int quote) {
    int startLine = at.line();
    int startColumn = at.column();
    var reader = new TextReader(lexer, at.text());
    if (at.peek(1) == quote && at.peek(2) == quote) {
      List<Part> raw =
          reader.heredoc(
              at.position() + 3, at.line(), at.column(), quote, TextReader.Interpolate.YES);
      var payload = new Token.Text(unescaped(raw, startLine, startColumn), reader.column() - 4);
      TokenKind kind = quote == '"' ? TokenKind.BIN_HEREDOC : TokenKind.LIST_HEREDOC;
      tokens.add(new Token(kind, startLine, startColumn, Token.NO_NEWLINES, payload));
      at.moveBehind(reader);
      return;
    }
    List<Part> raw =
        reader.text(
            at.position() + 1,
            at.line(),
            at.column() + 1,
            quote,
            TextReader.Interpolate.YES,
            " (for string starting at line %d)".formatted(at.line()));
    at.moveBehind(reader);
    List<Part> parts = unescaped(raw, startLine, startColumn + 1);
    if (at.peek(0) == ':' && Cursor.isSpace(at.peek(1))) {
      at.move(1);
      if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal) {
        String name = atomText(literal, startLine, startColumn);
        tokens.add(Token.name(TokenKind.KW_IDENTIFIER, startLine, startColumn, name));
      } else {
        addText(TokenKind.KW_IDENTIFIER_UNSAFE, startLine, startColumn, parts);
      }
    } else {
      addText(
          quote == '"' ? TokenKind.BIN_STRING : TokenKind.LIST_STRING,
          startLine,
          startColumn,
          parts);
    }
  }

  /** Takes a sigil; answers whether there is one. */
  boolean sigil() {
    int letter = at.peek(1);
    int open = at.peek(2);
    if (!Cursor.isAsciiLetter(letter) || open < 0) {
      return false;
    }
    int startLine = at.line();
    int startColumn = at.column();
    var interpolate = letter >= 'a' ? TextReader.Interpolate.YES : TextReader.Interpolate.NO;
    var reader = new TextReader(lexer, at.text());
    List<Part> raw;
    int heredocIndentation = -1;
    String delimiter = Character.toString(open);
    if ((open == '"' || open == '\'') && at.peek(3) == open && at.peek(4) == open) {
      raw = reader.heredoc(at.position() + 5, at.line(), at.column(), open, interpolate);
      heredocIndentation = reader.column() - 4;
      delimiter = delimiter.repeat(3);
    } else if ("/<\"'[({|".indexOf(open) >= 0) {
      int close =
          switch (open) {
            case '(' -> ')';
            case '[' -> ']';
            case '{' -> '}';
            case '<' -> '>';
            default -> open;
          };
      raw =
          reader.text(
              at.position() + 3,
              at.line(),
              at.column() + 3,
              close,
              interpolate,
              " (for sigil ~%c%c starting at line %d)".formatted(letter, open, at.line()));
    } else {
      throw new SyntaxFailure(
          at.line(),
          at.column(),
          "invalid sigil delimiter: ",
          "\"%s\" (column %d, code point U+%s). The available delimiters are: //, ||, \"\", '', (), [], {}, <>"
              .formatted(delimiter, at.column() + 2, ProblemText.hexadecimal(open)));
    }
    at.moveBehind(reader);
    int start = at.position();
    while (Cursor.isAsciiLetter(at.peek(0)) || Cursor.isDigit(at.peek(0))) {
      at.move(1);
    }
    String modifiers = new String(at.text(), start, at.position() - start);
    List<Part> parts = new ArrayList<>(raw.size());
    for (Part part : raw) {
      parts.add(part instanceof Part.Raw(var characters) ? TextReader.literal(characters) : part);
    }
    var payload = new Token.Sigil(letter, parts, modifiers, heredocIndentation, delimiter);
    tokens.add(new Token(TokenKind.SIGIL, startLine, startColumn, Token.NO_NEWLINES, payload));
    return true;
  }

  /** What is called after a dot, between quotes. */
  void quotedCall(Token dot) {
    int startLine = at.line();
    int startColumn = at.column();
    int quote = at.peek(0);
    var reader = new TextReader(lexer, at.text());
    List<Part> raw =
        reader.text(
            at.position() + 1,
            at.line(),
            at.column() + 1,
            quote,
            TextReader.Interpolate.YES,
            " (for function name starting at line %d)".formatted(at.line()));
    if (raw.size() != 1 || !(raw.getFirst() instanceof Part.Raw(var name))) {
      throw new SyntaxFailure(
          at.line(),
          at.column(),
          "interpolation is not allowed when calling function/macro. "
              + "Found interpolation in a call starting with: ",
          Character.toString(quote));
    }
    if (name.codePointCount(0, name.length()) > NameLexer.LONGEST) {
      throw tooLong(name, startLine, startColumn);
    }
    at.moveBehind(reader);
    tokens.add(dot);
    tokens.add(Token.name(NameLexer.callKind(at.peek(0)), startLine, startColumn, name));
  }

  /** A colon and a name between quotes. */
  void quotedAtom(int next) {
    int startLine = at.line();
    int startColumn = at.column();
    var reader = new TextReader(lexer, at.text());
    List<Part> raw =
        reader.text(
            at.position() + 2,
            at.line(),
            at.column() + 2,
            next,
            TextReader.Interpolate.YES,
            " (for atom starting at line %d)".formatted(at.line()));
    at.moveBehind(reader);
    List<Part> parts = unescaped(raw, startLine, startColumn);
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal) {
      String name = atomText(literal, startLine, startColumn);
      tokens.add(Token.name(TokenKind.ATOM_QUOTED, startLine, startColumn, name));
    } else {
      addText(TokenKind.ATOM_UNSAFE, startLine, startColumn, parts);
    }
  }

  private List<Part> unescaped(List<Part> raw, int errorLine, int errorColumn) {
    List<Part> parts = new ArrayList<>(raw.size());
    for (Part part : raw) {
      try {
        parts.add(part instanceof Part.Raw(var characters) ? meant(characters) : part);
      } catch (Escapes.Invalid invalid) {
        throw new SyntaxFailure(
            errorLine,
            errorColumn,
            invalid.getMessage() + ". Syntax error after: ",
            invalid.token());
      }
    }
    return parts;
  }

  private Part meant(String characters) throws Escapes.Invalid {
    return switch (texts) {
      case AS_MEANT -> new Part.Literal(Escapes.replaced(characters));
      case AS_WRITTEN -> TextReader.literal(characters);
    };
  }

  private void addText(TokenKind kind, int startLine, int startColumn, List<Part> parts) {
    tokens.add(
        new Token(kind, startLine, startColumn, Token.NO_NEWLINES, new Token.Text(parts, 0)));
  }

  private String atomText(Part.Literal literal, int errorLine, int errorColumn) {
    String name = literal.bytes().text();
    if (!Bits.of(name).equals(literal.bytes())) {
      throw new SyntaxFailure(
          errorLine, errorColumn, "invalid UTF-8 in the name of an atom: ", name);
    }
    if (literal.bytes().byteSize() > NameLexer.LONGEST) {
      throw tooLong(name, errorLine, errorColumn);
    }
    return name;
  }

  static SyntaxFailure tooLong(String name, int errorLine, int errorColumn) {
    return new SyntaxFailure(
        errorLine, errorColumn, "atom length must be less than system limit: ", name);
  }
}
