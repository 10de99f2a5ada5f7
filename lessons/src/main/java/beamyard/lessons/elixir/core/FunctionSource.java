package beamyard.lessons.elixir.core;

import beamyard.simulator.term.Atom;
import java.util.List;

/** A function of a module. All clauses have {@code arity} patterns. */
public record FunctionSource(
    Atom name, int arity, Visibility visibility, int line, List<Core.Clause> clauses) {
  /** Who may call it. */
  public enum Visibility {
    PUBLIC,
    PRIVATE
  }
}
