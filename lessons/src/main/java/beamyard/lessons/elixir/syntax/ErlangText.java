package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Bits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Tokens as the Erlang terms that Elixir's own parser has them as: its error messages show them so. */
final class ErlangText {
  private static final List<String> RESERVED_WORDS =
      List.of(
          "after", "and", "andalso", "band", "begin", "bnot", "bor", "bsl", "bsr", "bxor", "case",
          "catch", "cond", "div", "end", "fun", "if", "let", "not", "of", "or", "orelse", "receive",
          "rem", "try", "when", "xor");

  private ErlangText() {}

  /** What an error message calls a token. */
  static String of(Token token) {
    return switch (token.payload()) {
      case Token.Nothing _ ->
          switch (token.kind()) {
            case END_OF_TEXT -> "";
            case DOT_CALL_OP -> atom(".").text();
            default -> atom(token.kind().grammarName()).text();
          };
      case Token.Name name -> atom(name.atom().name()).text();
      case Token.Sign(var operator) -> atom(operator.text()).text();
      case Token.Number(_, var written) -> charlist(written).text();
      case Token.Character(int codePoint, _) -> character(codePoint);
      case Token.Text(var parts, _) when !isHeredoc(token) -> parts(parts).text();
      case Token.Text _, Token.Sigil _ -> token(token).text();
    };
  }

  /**
   * The first string of the text that {@link #of} gave for a token with parts, as Elixir reads it back: empty if an
   * interpolation comes first, and characters outside ASCII taken for the bytes they are in UTF-8.
   */
  static String firstString(String parts) {
    if (parts.startsWith("[<<\"")) {
      var result = new StringBuilder();
      int i = 4;
      for (; parts.charAt(i) != '"'; i++) {
        char next = parts.charAt(i);
        result.append(next == '\\' ? unescaped(parts.charAt(++i)) : next);
      }
      boolean utf8 = parts.startsWith("/utf8", i + 1);
      return utf8
          ? new String(
              result.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
          : result.toString();
    }
    if (parts.startsWith("[<<") && !parts.startsWith("[<<>>")) {
      var bytes = new ByteArrayOutputStream();
      for (String number : parts.substring(3, parts.indexOf(">>")).split(",")) {
        bytes.write(Integer.parseInt(number.strip()));
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }
    return "";
  }

  private static char unescaped(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'v' -> '\u000B';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'e' -> '\u001B';
      default -> escaped;
    };
  }

  // Erlang terms

  /** An Erlang term that can be laid out. */
  private sealed interface Layout {
    int LINE = 80;

    /** The term on one line. */
    String flat();

    default boolean isAtom() {
      return this instanceof Atomic(var flat)
          && (flat.charAt(0) == '\'' || Character.isLetter(flat.charAt(0)));
    }

    default String text() {
      return laidOut(1, 0);
    }

    /**
     * The term as {@code ~tp} prints it.
     *
     * @param column where it starts, from 1
     * @param closing how many closing characters must fit behind it
     */
    default String laidOut(int column, int closing) {
      if (flat().length() < LINE - column - closing) {
        return flat();
      }
      return switch (this) {
        case Atomic(var flat) -> flat;
        case Sequence(var open, var elements, var close) -> {
          boolean tagged = open.equals("{") && elements.size() > 1 && elements.getFirst().isAtom();
          String start = tagged ? open + elements.getFirst().flat() + "," : open;
          List<Layout> rest = tagged ? elements.subList(1, elements.size()) : elements;
          yield start + lines(rest, column + start.length(), closing + close.length()) + close;
        }
      };
    }

    private static String lines(List<Layout> elements, int column, int closing) {
      var out = new StringBuilder();
      int end = LINE;
      for (int i = 0; i < elements.size(); i++) {
        Layout element = elements.get(i);
        int behind = i == elements.size() - 1 ? closing : 0;
        int length = element.flat().length() + 1;
        boolean sameLine =
            element instanceof Atomic && length + (behind > 0 ? 0 : 1) < LINE - end - behind;
        if (i > 0) {
          out.append(sameLine ? "," : ",\n" + " ".repeat(column - 1));
        }
        out.append(element.laidOut(sameLine ? end : column, behind));
        end = element instanceof Atomic ? (sameLine ? end + length : column + length - 1) : LINE;
      }
      return out.toString();
    }
  }

  private record Atomic(String flat) implements Layout {}

  private record Sequence(String open, List<Layout> elements, String close) implements Layout {
    @Override
    public String flat() {
      return open + String.join(",", elements.stream().map(Layout::flat).toList()) + close;
    }
  }

  private static Layout tuple(Layout... elements) {
    return new Sequence("{", List.of(elements), "}");
  }

  private static Layout list(List<Layout> elements) {
    return elements.isEmpty() ? new Atomic("[]") : new Sequence("[", elements, "]");
  }

  private static Layout number(int value) {
    return new Atomic(Integer.toString(value));
  }

  private static Layout atom(String name) {
    boolean plain =
        !name.isEmpty()
            && isLower(name.charAt(0))
            && !RESERVED_WORDS.contains(name)
            && name.chars()
                .allMatch(
                    c -> isLower(c) || isUpper(c) || c >= '0' && c <= '9' || c == '_' || c == '@');
    return new Atomic(plain ? name : "'" + escaped(name, '\'') + "'");
  }

  private static boolean isLower(int c) {
    return c >= 'a' && c <= 'z' || c >= 0xDF && c <= 0xFF && c != 0xF7;
  }

  private static boolean isUpper(int c) {
    return c >= 'A' && c <= 'Z' || c >= 0xC0 && c <= 0xDE && c != 0xD7;
  }

  private static Layout charlist(String characters) {
    if (characters.isEmpty()) {
      return new Atomic("[]");
    }
    if (characters.codePoints().allMatch(ErlangText::isPrintable)) {
      return new Atomic("\"" + escaped(characters, '"') + "\"");
    }
    return list(characters.codePoints().mapToObj(ErlangText::number).toList());
  }

  private static String character(int codePoint) {
    return switch (codePoint) {
      case ' ' -> "$\\s";
      case 127 -> "$\\d";
      default -> "$" + escaped(Character.toString(codePoint), '\\');
    };
  }

  // Tokens

  private static boolean isHeredoc(Token token) {
    return token.kind() == TokenKind.BIN_HEREDOC || token.kind() == TokenKind.LIST_HEREDOC;
  }

  private static Layout token(Token token) {
    Layout kind = atom(token.kind().grammarName());
    return switch (token.payload()) {
      case Token.Nothing _ when token.kind() == TokenKind.DOT_CALL_OP ->
          tuple(kind, place(token, new Atomic("nil")), atom("."));
      case Token.Nothing _ -> tuple(kind, place(token, newlines(token)));
      case Token.Name name ->
          tuple(kind, place(token, charlist(name.written())), atom(name.atom().name()));
      case Token.Sign(var operator) ->
          tuple(kind, place(token, newlines(token)), atom(operator.text()));
      case Token.Number(var value, var written) ->
          tuple(kind, place(token, new Atomic(QuotedPrinter.print(value))), charlist(written));
      case Token.Character(int codePoint, var written) ->
          tuple(kind, place(token, charlist(written)), number(codePoint));
      case Token.Text(var parts, int indentation) ->
          isHeredoc(token)
              ? tuple(kind, place(token, new Atomic("nil")), number(indentation), parts(parts))
              : tuple(kind, place(token, new Atomic("nil")), parts(parts));
      case Token.Sigil(int letter, var parts, var modifiers, int indentation, var delimiter) ->
          tuple(
              kind,
              place(token, new Atomic("nil")),
              number(letter),
              parts(parts),
              charlist(modifiers),
              indentation < 0 ? new Atomic("nil") : number(indentation),
              binary(Bits.of(delimiter)));
    };
  }

  private static Layout place(Token token, Layout third) {
    return tuple(number(token.line()), number(token.column()), third);
  }

  private static Layout newlines(Token token) {
    return token.newlines() == Token.NO_NEWLINES ? new Atomic("nil") : number(token.newlines());
  }

  private static Layout parts(List<Part> parts) {
    List<Layout> layouts = new ArrayList<>();
    for (Part part : parts) {
      layouts.add(
          switch (part) {
            case Part.Literal(var bytes) -> binary(bytes);
            case Part.Interpolation code ->
                tuple(
                    tuple(number(code.line()), number(code.column()), new Atomic("nil")),
                    tuple(number(code.endLine()), number(code.endColumn()), new Atomic("nil")),
                    list(code.tokens().stream().map(ErlangText::token).toList()));
            case Part.Raw _ -> throw new AssertionError("left the lexer: " + part);
          });
    }
    return list(layouts);
  }

  private static Layout binary(Bits bytes) {
    if (bytes.byteSize() == 0) {
      return new Atomic("<<>>");
    }
    String text = bytes.text();
    if (text.codePoints().allMatch(ErlangText::isPrintable) && Bits.of(text).equals(bytes)) {
      boolean ascii = text.codePoints().allMatch(c -> c < 128);
      return new Atomic("<<\"" + escaped(text, '"') + (ascii ? "\">>" : "\"/utf8>>"));
    }
    List<Layout> numbers = new ArrayList<>();
    for (int i = 0; i < bytes.byteSize(); i++) {
      numbers.add(number(bytes.byteAt(i)));
    }
    return new Sequence("<<", numbers, ">>");
  }

  private static boolean isPrintable(int c) {
    return c >= 32 && c < 127 || c >= 8 && c <= 13 || c == 27 || c >= 160 && c <= 255;
  }

  private static String escaped(String text, char quote) {
    var result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == quote || c == '\\') {
                result.append('\\').appendCodePoint(c);
                return;
              }
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
                  if (c < 32 || c > 127 && c < 160) {
                    result.append("\\%o".formatted(c));
                  } else {
                    result.appendCodePoint(c);
                  }
                }
              }
            });
    return result.toString();
  }
}
