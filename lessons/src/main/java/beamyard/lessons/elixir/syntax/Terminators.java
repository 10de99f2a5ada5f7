package beamyard.lessons.elixir.syntax;

import java.util.ArrayList;
import java.util.List;

/** The brackets, {@code do} and {@code fn} that are open at a place of a text, and guesses at which is left open. */
final class Terminators {
  private record Open(TokenKind start, int line, int indentation) {}

  private final List<Open> open = new ArrayList<>();
  private final List<Open> suspects = new ArrayList<>();

  Terminators() {}

  /** For the code of an interpolation: nothing is open, the guesses of the text around it count. */
  static Terminators inside(Terminators outer) {
    var inner = new Terminators();
    inner.suspects.addAll(outer.suspects);
    return inner;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Notes a token that may open or close something; one that closes the wrong thing ends the lexing. */
  void see(Token token, int indentation) {
    switch (token.kind()) {
      case OPEN_PAREN, OPEN_BRACKET, OPEN_CURLY, OPEN_BIT -> push(token, indentation);
      case FN, DO -> {
        if (!open.isEmpty()
            && open.getLast().start() == token.kind()
            && indentation <= open.getLast().indentation()) {
          suspects.add(open.getLast());
        }
        push(token, indentation);
      }
      case END, CLOSE_PAREN, CLOSE_BRACKET, CLOSE_CURLY, CLOSE_BIT -> close(token, indentation);
      default -> {}
    }
  }

  /** At the end of the text: fails if something is open. */
  void end(int line, int column) {
    if (!open.isEmpty()) {
      Open last = open.getLast();
      String end = terminator(last.start()).grammarName();
      String start = last.start().grammarName();
      String message =
          "missing terminator: %s (for \"%s\" starting at line %d)"
              .formatted(end, start, last.line());
      throw new SyntaxFailure(line, column, message + hint(last.start(), end), "");
    }
  }

  private void push(Token token, int indentation) {
    open.add(new Open(token.kind(), token.line(), indentation));
  }

  private void close(Token token, int indentation) {
    String written = token.kind().grammarName();
    if (open.isEmpty()) {
      if (token.kind() == TokenKind.END) {
        throw new SyntaxFailure(
            token.line(), token.column(), "unexpected reserved word: ", strayEndHint(), written);
      }
      throw new SyntaxFailure(token.line(), token.column(), "unexpected token: ", written);
    }
    Open last = open.getLast();
    TokenKind expected = terminator(last.start());
    if (expected != token.kind()) {
      String start = last.start().grammarName();
      String end = expected.grammarName();
      String suffix =
          ". The \"%s\" at line %d is missing terminator \"%s\"".formatted(start, last.line(), end)
              + hint(last.start(), end);
      String prefix =
          token.kind() == TokenKind.END ? "unexpected reserved word: " : "unexpected token: ";
      throw new SyntaxFailure(token.line(), token.column(), prefix, suffix, written);
    }
    if (last.start() == TokenKind.DO && indentation > last.indentation()) {
      suspects.add(new Open(TokenKind.END, token.line(), indentation));
    }
    open.removeLast();
  }

  private String strayEndHint() {
    for (Open suspect : suspects.reversed()) {
      if (suspect.start() == TokenKind.END) {
        return "\n\n    HINT: it looks like the \"end\" on line %d does not have a matching \"do\" defined before it\n"
            .formatted(suspect.line());
      }
    }
    return "";
  }

  private String hint(TokenKind start, String end) {
    for (Open suspect : suspects.reversed()) {
      if (suspect.start() == start) {
        return "\n\n    HINT: it looks like the \"%s\" on line %d does not have a matching \"%s\"\n"
            .formatted(start.grammarName(), suspect.line(), end);
      }
    }
    return "";
  }

  private static TokenKind terminator(TokenKind start) {
    return switch (start) {
      case FN, DO -> TokenKind.END;
      case OPEN_PAREN -> TokenKind.CLOSE_PAREN;
      case OPEN_BRACKET -> TokenKind.CLOSE_BRACKET;
      case OPEN_CURLY -> TokenKind.CLOSE_CURLY;
      case OPEN_BIT -> TokenKind.CLOSE_BIT;
      default -> throw new AssertionError("opens nothing: " + start);
    };
  }
}
