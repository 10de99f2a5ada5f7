package beamyard.lessons.elixir.core;

import beamyard.simulator.term.Atom;
import java.util.List;
import java.util.Optional;

/**
 * A function of a module. All clauses have {@code arity} patterns.
 *
 * @param file where it was written, if that is not the file of its module
 */
public record FunctionSource(
    Atom name,
    int arity,
    Visibility visibility,
    int line,
    Optional<String> file,
    List<Core.Clause> clauses) {
  /** A function that stands in the file of its module. */
  public FunctionSource(
      Atom name, int arity, Visibility visibility, int line, List<Core.Clause> clauses) {
    this(name, arity, visibility, line, Optional.empty(), clauses);
  }

  /** Who may call it. */
  public enum Visibility {
    PUBLIC,
    PRIVATE
  }
}
