package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Bits;
import java.util.List;

/** A part of a string, charlist, sigil or quoted atom. */
sealed interface Part {
  /** Characters as written, escapes not yet replaced; exists only inside the lexer. */
  record Raw(String characters) implements Part {}

  /** Characters as meant. */
  record Literal(Bits bytes) implements Part {}

  /** Code between <code>#{</code> and <code>}</code>. */
  record Interpolation(int line, int column, int endLine, int endColumn, List<Token> tokens)
      implements Part {}
}
