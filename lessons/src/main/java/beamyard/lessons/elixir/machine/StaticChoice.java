package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;

/**
 * Finds out while compiling which clause takes a value, where patterns and guards are as simple as those of
 * {@code if}.
 */
final class StaticChoice {
  private StaticChoice() {}

  /** The first clause that takes the value; empty if that cannot be told, or none does. */
  static Optional<Core.Clause> of(List<Core.Clause> clauses, Term value) {
    for (Core.Clause clause : clauses) {
      Optional<Boolean> takes = takes(clause, value);
      if (takes.isEmpty()) {
        return Optional.empty();
      }
      if (takes.get()) {
        return Optional.of(clause);
      }
    }
    return Optional.empty();
  }

  private static Optional<Boolean> takes(Core.Clause clause, Term value) {
    return switch (clause.patterns().getFirst()) {
      case Pattern.Exactly(var expected) when clause.guards().isEmpty() ->
          Optional.of(expected.equals(value));
      case Pattern.Any _ when clause.guards().isEmpty() -> Optional.of(true);
      case Pattern.Bind(var variable) -> holdsAny(clause.guards(), variable, value);
      default -> Optional.empty();
    };
  }

  private static Optional<Boolean> holdsAny(List<Core> guards, Variable variable, Term value) {
    if (guards.isEmpty()) {
      return Optional.of(true);
    }
    boolean holds = false;
    for (Core guard : guards) {
      Optional<Term> result = evaluate(guard, variable, value);
      if (result.isEmpty()) {
        return Optional.empty();
      }
      holds |= result.get() == Atom.TRUE;
    }
    return Optional.of(holds);
  }

  private static Optional<Term> evaluate(Core guard, Variable variable, Term value) {
    return switch (guard) {
      case Core.Literal(_, var literal) -> Optional.of(literal);
      case Core.Use(_, var used) when used == variable -> Optional.of(value);
      case Core.CallRemote(_, Core.Literal(_, Atom module), Atom function, var arguments)
          when module == Operators.ERLANG && arguments.size() == 2 -> {
        Optional<Term> left = evaluate(arguments.getFirst(), variable, value);
        Optional<Term> right = evaluate(arguments.get(1), variable, value);
        if (left.isEmpty() || right.isEmpty()) {
          yield Optional.empty();
        }
        yield combine(function.name(), left.get(), right.get());
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Term> combine(String function, Term left, Term right) {
    return switch (function) {
      case "=:=", "==" -> Optional.of(Atom.of(left.equals(right)));
      case "=/=", "/=" -> Optional.of(Atom.of(!left.equals(right)));
      case "or", "orelse" -> Optional.of(Atom.of(left == Atom.TRUE || right == Atom.TRUE));
      case "and", "andalso" -> Optional.of(Atom.of(left == Atom.TRUE && right == Atom.TRUE));
      default -> Optional.empty();
    };
  }
}
