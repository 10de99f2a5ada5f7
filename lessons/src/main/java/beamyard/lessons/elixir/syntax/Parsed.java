package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Term;

/** What became of a text given to the {@link Parser}. */
public sealed interface Parsed {
  /** The quoted form of the whole text; several expressions are a {@code __block__}. */
  record Quoted(Term form) implements Parsed {}

  /** The text is no Elixir, whatever may follow it. */
  record Failed(SyntaxProblem problem) implements Parsed {}

  /** The text ends too early: IEx asks for more; in a file it is the {@code TokenMissingError} in {@code problem}. */
  record Incomplete(SyntaxProblem problem) implements Parsed {}
}
