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

  /** What happens when a condition holds, and when it does not. */
  record Branches(Core.Clause ifTrue, Core.Clause ifFalse) {}

  /** Which of the clauses takes {@code true} and which {@code false}; empty if that cannot be told, or it is the same. */
  static Optional<Branches> branches(List<Core.Clause> clauses) {
    Optional<Core.Clause> ifTrue = of(clauses, Atom.TRUE);
    Optional<Core.Clause> ifFalse = of(clauses, Atom.FALSE);
    return ifTrue.isEmpty() || ifFalse.isEmpty() || ifTrue.get() == ifFalse.get()
        ? Optional.empty()
        : Optional.of(new Branches(ifTrue.get(), ifFalse.get()));
  }

  /**
   * The branches of a choice by truth, as {@code if} makes it: the first clause takes {@code false} and {@code nil} only, the
   * second everything else.
   */
  static Optional<Branches> byTruth(List<Core.Clause> clauses) {
    if (clauses.size() != 2
        || !(clauses.getFirst().patterns().getFirst() instanceof Pattern.Bind(var variable))
        || !isEverything(clauses.getLast())) {
      return Optional.empty();
    }
    List<Core> guards = clauses.getFirst().guards();
    boolean falsy =
        guards.size() == 2
            && isSame(guards.getFirst(), variable, Atom.FALSE)
            && isSame(guards.getLast(), variable, Atom.NIL);
    return falsy
        ? Optional.of(new Branches(clauses.getLast(), clauses.getFirst()))
        : Optional.empty();
  }

  private static boolean isEverything(Core.Clause clause) {
    Pattern pattern = clause.patterns().getFirst();
    return clause.guards().isEmpty()
        && (pattern instanceof Pattern.Any || pattern instanceof Pattern.Bind);
  }

  private static boolean isSame(Core guard, Variable variable, Atom value) {
    return guard
            instanceof
            Core.CallRemote(_, Core.Literal(_, Atom module), Atom function, var arguments)
        && module == Operators.ERLANG
        && function.name().equals("=:=")
        && arguments.size() == 2
        && arguments.getFirst() instanceof Core.Use(_, var used)
        && used == variable
        && arguments.getLast() instanceof Core.Literal(_, var literal)
        && literal == value;
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
