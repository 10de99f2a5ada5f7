package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.List;

/**
 * A piece of Elixir text that the grammar takes as one.
 *
 * @param newlines how many line ends the token stands for or follows, or {@link #NO_NEWLINES}
 */
record Token(TokenKind kind, int line, int column, int newlines, Payload payload) {
  static final int NO_NEWLINES = -1;

  /** What a token carries beside its kind. */
  sealed interface Payload {}

  /** Nothing: punctuation and words of the grammar. */
  enum Nothing implements Payload {
    NOTHING
  }

  /** A name as written, the atom it means and whether errors of the grammar show the writing too. */
  record Name(Atom atom, String written) implements Payload {}

  record Sign(Operator operator) implements Payload {}

  record Number(Term value, String written) implements Payload {}

  /** A character literal. */
  record Character(int codePoint, String written) implements Payload {}

  /**
   * A string, charlist, heredoc or an atom or key with interpolation.
   *
   * @param indentation how far the end of a heredoc is indented, else 0
   */
  record Text(List<Part> parts, int indentation) implements Payload {}

  /**
   * A sigil.
   *
   * @param indentation how far the end of a heredoc is indented, or -1 if it is none
   */
  record Sigil(int letter, List<Part> parts, String modifiers, int indentation, String delimiter)
      implements Payload {}

  static Token mark(TokenKind kind, int line, int column, int newlines) {
    return new Token(kind, line, column, newlines, Nothing.NOTHING);
  }

  static Token name(TokenKind kind, int line, int column, String name) {
    return new Token(kind, line, column, NO_NEWLINES, new Name(Atom.of(name), name));
  }

  static Token sign(TokenKind kind, int line, int column, int newlines, Operator operator) {
    return new Token(kind, line, column, newlines, new Sign(operator));
  }

  Token as(TokenKind other) {
    return new Token(other, line, column, newlines, payload);
  }

  Token withNewlines(int count) {
    return new Token(kind, line, column, count, payload);
  }

  Atom atom() {
    return switch (payload) {
      case Name(var atom, _) -> atom;
      case Sign(var operator) -> operator.atom();
      default -> throw new AssertionError("not a name: " + this);
    };
  }

  Operator operator() {
    if (payload instanceof Sign(var operator)) {
      return operator;
    }
    throw new AssertionError("not an operator: " + this);
  }

  List<Part> parts() {
    return switch (payload) {
      case Text(var parts, _) -> parts;
      case Sigil sigil -> sigil.parts();
      default -> throw new AssertionError("not a text: " + this);
    };
  }
}
