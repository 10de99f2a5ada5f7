package beamyard.lessons.elixir.machine;

import beamyard.simulator.term.Atom;

/**
 * What a call of a function written in Java, or of none, comes to. Functions with {@link Code} stand for
 * themselves.
 */
sealed interface Target {
  /** Answers at once. */
  record OfBuiltin(Atom module, Atom function, Builtin builtin, Blame blame) implements Target {}

  /** Runs as a routine. */
  record OfBlocking(Atom module, Atom function, BlockingBuiltin builtin) implements Target {}

  /** There is no such function. */
  record Undefined(Atom module, Atom function) implements Target {}

  /** Whether an error of a function shows it as the innermost entry of the stack trace. */
  enum Blame {
    /** It failed itself. */
    FUNCTION,
    /** It is there to raise; its caller failed. */
    CALLER
  }
}
