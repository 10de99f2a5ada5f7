package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Bits;
import java.util.List;
import java.util.stream.Collectors;

/** Tokens as the Erlang terms that Elixir's own parser has them as; its error messages show them so. */
final class ErlangText {
  private ErlangText() {}

  /** What an error message calls a token. */
  static String of(Token token) {
    return switch (token.payload()) {
      case Token.Nothing _ ->
          switch (token.kind()) {
            case END_OF_TEXT -> "";
            case DOT_CALL_OP -> Terms.atom(".");
            default -> Terms.atom(token.kind().grammarName());
          };
      case Token.Name name -> Terms.atom(name.atom().name());
      case Token.Sign(var operator) -> Terms.atom(operator.text());
      case Token.Number(_, var written) -> Terms.charlist(written);
      case Token.Character(int codePoint, _) -> Terms.character(codePoint);
      case Token.Text(var parts, _) when token.kind() != TokenKind.BIN_HEREDOC
          && token.kind() != TokenKind.LIST_HEREDOC -> Terms.parts(parts);
      case Token.Text _, Token.Sigil _ -> Terms.tuple(token);
    };
  }

  /** The first string of the text that {@link #of} gave for a token with parts. */
  static String firstString(String text) {
    var result = new StringBuilder();
    for (int i = text.indexOf("<<\"") + 3; i < text.length() && text.charAt(i) != '"'; i++) {
      char next = text.charAt(i);
      if (next == '\\' && i + 1 < text.length()) {
        next = text.charAt(++i);
        result.append(
            switch (next) {
              case 'n' -> '\n';
              case 't' -> '\t';
              case 'r' -> '\r';
              case 'v' -> '\u000B';
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'e' -> '\u001B';
              case 'd' -> '\u007F';
              default -> next;
            });
      } else {
        result.append(next);
      }
    }
    return result.toString();
  }

  /** The notation of Erlang terms. */
  private static final class Terms {
    private static final List<String> RESERVED =
        List.of("after", "begin", "case", "try", "cond", "catch", "andalso", "orelse", "end", "fun", "if", "let", "of",
            "receive", "when", "bnot", "not", "div", "rem", "band", "and", "bor", "bxor", "bsl", "bsr", "or", "xor");

    private Terms() {}

    static String atom(String name) {
      boolean plain = !name.isEmpty() && isLower(name.charAt(0)) && !RESERVED.contains(name)
          && name.chars().allMatch(c -> isLower(c) || isUpper(c) || c >= '0' && c <= '9' || c == '_' || c == '@');
      return plain ? name : "'" + escaped(name, '\'') + "'";
    }

    private static boolean isLower(int c) {
      return c >= 'a' && c <= 'z' || c >= 0xDF && c <= 0xFF && c != 0xF7;
    }

    private static boolean isUpper(int c) {
      return c >= 'A' && c <= 'Z' || c >= 0xC0 && c <= 0xDE && c != 0xD7;
    }

    static String charlist(String characters) {
      return characters.isEmpty() ? "[]" : "\"" + escaped(characters, '"') + "\"";
    }

    static String character(int codePoint) {
      return "$" + (codePoint == ' ' ? "\\s" : codePoint == 127 ? "\\d" : escaped(Character.toString(codePoint), '\\'));
    }

    static String parts(List<Part> parts) {
      return parts.stream().map(Terms::part).collect(Collectors.joining(",", "[", "]"));
    }

    private static String part(Part part) {
      return switch (part) {
        case Part.Literal(var bytes) -> binary(bytes);
        case Part.Interpolation code ->
            "{{%d,%d,nil},{%d,%d,nil},%s}".formatted(code.line(), code.column(), code.endLine(), code.endColumn(),
                code.tokens().stream().map(Terms::tuple).collect(Collectors.joining(",", "[", "]")));
        case Part.Raw _ -> throw new AssertionError("left the lexer: " + part);
      };
    }

    private static String binary(Bits bytes) {
      if (bytes.byteSize() == 0) {
        return "<<>>";
      }
      String text = bytes.text();
      if (text.codePoints().allMatch(Terms::isPrintable) && Bits.of(text).equals(bytes)) {
        boolean latin1 = text.codePoints().allMatch(c -> c < 128);
        return "<<\"" + escaped(text, '"') + (latin1 ? "\">>" : "\"/utf8>>");
      }
      var digits = new StringBuilder("<<");
      for (int i = 0; i < bytes.byteSize(); i++) {
        digits.append(i == 0 ? "" : ",").append(bytes.byteAt(i));
      }
      return digits.append(">>").toString();
    }

    private static boolean isPrintable(int c) {
      return c >= 32 && c < 127 || c >= 8 && c <= 13 || c == 27 || c >= 160 && c != 0xFFFD;
    }

    static String tuple(Token token) {
      String kind = atom(token.kind().grammarName());
      return switch (token.payload()) {
        case Token.Nothing _ when token.kind() == TokenKind.DOT_CALL_OP ->
            "{dot_call_op,{%d,%d,nil},'.'}".formatted(token.line(), token.column());
        case Token.Nothing _ ->
            "{%s,{%d,%d,%s}}".formatted(kind, token.line(), token.column(), newlines(token));
        case Token.Name name ->
            "{%s,{%d,%d,%s},%s}".formatted(kind, token.line(), token.column(), charlist(name.written()),
                atom(name.atom().name()));
        case Token.Sign(var operator) ->
            "{%s,{%d,%d,%s},%s}".formatted(kind, token.line(), token.column(), newlines(token), atom(operator.text()));
        case Token.Number(var value, var written) ->
            "{%s,{%d,%d,%s},%s}".formatted(kind, token.line(), token.column(), value, charlist(written));
        case Token.Character(int codePoint, var written) ->
            "{%s,{%d,%d,%s},%d}".formatted(kind, token.line(), token.column(), charlist(written), codePoint);
        case Token.Text(var parts, int indentation) ->
            token.kind() == TokenKind.BIN_HEREDOC || token.kind() == TokenKind.LIST_HEREDOC
                ? "{%s,{%d,%d,nil},%d,%s}".formatted(kind, token.line(), token.column(), indentation, parts(parts))
                : "{%s,{%d,%d,nil},%s}".formatted(kind, token.line(), token.column(), parts(parts));
        case Token.Sigil(int letter, var parts, var modifiers, int indentation, var delimiter) ->
            "{%s,{%d,%d,nil},%d,%s,%s,%s,%s}".formatted(kind, token.line(), token.column(), letter, parts(parts),
                charlist(modifiers), indentation < 0 ? "nil" : Integer.toString(indentation),
                binary(Bits.of(delimiter)));
      };
    }

    private static String newlines(Token token) {
      return token.newlines() == Token.NO_NEWLINES ? "nil" : Integer.toString(token.newlines());
    }

    private static String escaped(String text, char quote) {
      var result = new StringBuilder(text.length());
      text.codePoints().forEach(c -> {
        if (c == quote || c == '\\') {
          result.append('\\').appendCodePoint(c);
        } else {
          switch (c) {
            case '\n' -> result.append("\\n");
            case '\t' -> result.append("\\t");
            case '\r' -> result.append("\\r");
            case 11 -> result.append("\\v");
            case '\b' -> result.append("\\b");
            case '\f' -> result.append("\\f");
            case 27 -> result.append("\\e");
            case 127 -> result.append("\\d");
            default -> {
              if (c < 32) {
                result.append("\\%03o".formatted(c));
              } else {
                result.appendCodePoint(c);
              }
            }
          }
        }
      });
      return result.toString();
    }
  }
}
