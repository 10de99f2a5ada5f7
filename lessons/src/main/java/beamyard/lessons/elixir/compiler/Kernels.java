package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.simulator.term.Atom;
import java.util.List;

/** Core forms that several special forms are made of. */
final class Kernels {
  private Kernels() {}

  static Core erlang(int line, String function, Core... arguments) {
    return remote(line, "erlang", function, arguments);
  }

  static Core remote(int line, String module, String function, Core... arguments) {
    return new Core.CallRemote(
        line, new Core.Literal(line, Atom.of(module)), Atom.of(function), List.of(arguments));
  }

  static Core literal(int line, beamyard.simulator.term.Term value) {
    return new Core.Literal(line, value);
  }

  static Core and(int line, Core left, Core right) {
    return new Core.Case(
        line,
        left,
        List.of(
            clause(line, Atom.FALSE, literal(line, Atom.FALSE)), clause(line, Atom.TRUE, right)),
        Core.NoClause.BAD_BOOLEAN_AND);
  }

  static Core or(int line, Core left, Core right) {
    return new Core.Case(
        line,
        left,
        List.of(clause(line, Atom.FALSE, right), clause(line, Atom.TRUE, literal(line, Atom.TRUE))),
        Core.NoClause.BAD_BOOLEAN_OR);
  }

  private static Core.Clause clause(int line, Atom value, Core body) {
    return new Core.Clause(line, List.of(new Pattern.Exactly(value)), List.of(), body);
  }
}
