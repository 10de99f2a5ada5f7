package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;

/** Which variables an expression binds in its own scope, and which it uses at all. */
final class Scopes {
  private Scopes() {}

  /**
   * The variables bound by patterns and expressions of one scope, inner scopes (clauses, bodies of {@code try})
   * left out.
   */
  static SequencedSet<Variable> bound(List<Pattern> patterns, List<? extends Core> expressions) {
    var variables = new LinkedHashSet<Variable>();
    patterns.forEach(pattern -> boundBy(pattern, variables));
    expressions.forEach(expression -> boundBy(expression, variables));
    return variables;
  }

  private static void boundBy(Pattern pattern, SequencedSet<Variable> into) {
    switch (pattern) {
      case Pattern.Bind(var variable) -> into.add(variable);
      case Pattern.Any _, Pattern.Exactly _, Pattern.Pinned _ -> {}
      case Pattern.OfTuple(var elements) -> elements.forEach(element -> boundBy(element, into));
      case Pattern.OfCons(var head, var tail) -> {
        boundBy(head, into);
        boundBy(tail, into);
      }
      case Pattern.OfMap(var pairs) -> pairs.forEach(pair -> boundBy(pair.value(), into));
      case Pattern.OfBits(var segments) ->
          segments.forEach(segment -> boundBy(segment.value(), into));
      case Pattern.Both(var left, var right) -> {
        boundBy(left, into);
        boundBy(right, into);
      }
    }
  }

  private static void boundBy(Core expression, SequencedSet<Variable> into) {
    switch (expression) {
      case Core.Match(_, var pattern, var value) -> {
        boundBy(pattern, into);
        boundBy(value, into);
      }
      case Core.Case(_, var subject, _, _) -> boundBy(subject, into);
      case Core.Receive(_, _, var after) -> after.ifPresent(it -> boundBy(it.timeout(), into));
      case Core.MakeFun _, Core.Try _ -> {}
      default -> children(expression, child -> boundBy(child, into));
    }
  }

  /** All variables that stand anywhere inside, in the order of their first use. */
  static SequencedSet<Variable> used(List<Core.Clause> clauses) {
    var variables = new LinkedHashSet<Variable>();
    clauses.forEach(clause -> usedBy(clause, variables));
    return variables;
  }

  /** All variables that stand anywhere in expressions, in the order of their first use. */
  static SequencedSet<Variable> usedIn(List<Core> expressions) {
    var variables = new LinkedHashSet<Variable>();
    expressions.forEach(expression -> usedBy(expression, variables));
    return variables;
  }

  private static void usedBy(Core.Clause clause, SequencedSet<Variable> into) {
    clause.patterns().forEach(pattern -> usedBy(pattern, into));
    clause.guards().forEach(guard -> usedBy(guard, into));
    usedBy(clause.body(), into);
  }

  private static void usedBy(Core expression, SequencedSet<Variable> into) {
    switch (expression) {
      case Core.Use(_, var variable) -> into.add(variable);
      case Core.Bindings(_, var variables) -> into.addAll(variables);
      case Core.Match(_, var pattern, var value) -> {
        usedBy(value, into);
        usedBy(pattern, into);
      }
      case Core.Case(_, var subject, var clauses, _) -> {
        usedBy(subject, into);
        clauses.forEach(clause -> usedBy(clause, into));
      }
      case Core.MakeFun(_, _, var clauses) -> clauses.forEach(clause -> usedBy(clause, into));
      case Core.Receive(_, var clauses, var after) -> {
        clauses.forEach(clause -> usedBy(clause, into));
        after.ifPresent(
            it -> {
              usedBy(it.timeout(), into);
              usedBy(it.body(), into);
            });
      }
      case Core.Try(_, var body, var elses, var catches, var after) -> {
        usedBy(body, into);
        elses.forEach(clause -> usedBy(clause, into));
        catches.forEach(clause -> usedBy(clause, into));
        after.ifPresent(it -> usedBy(it, into));
      }
      case Core.DefineModule(_, var name, var source) -> {
        usedBy(name, into);
        into.addAll(source.captured());
      }
      default -> children(expression, child -> usedBy(child, into));
    }
  }

  private static void usedBy(Pattern pattern, SequencedSet<Variable> into) {
    switch (pattern) {
      case Pattern.Any _, Pattern.Exactly _, Pattern.Bind _ -> {}
      case Pattern.Pinned(var value) -> usedBy(value, into);
      case Pattern.OfTuple(var elements) -> elements.forEach(element -> usedBy(element, into));
      case Pattern.OfCons(var head, var tail) -> {
        usedBy(head, into);
        usedBy(tail, into);
      }
      case Pattern.OfMap(var pairs) ->
          pairs.forEach(
              pair -> {
                usedBy(pair.key(), into);
                usedBy(pair.value(), into);
              });
      case Pattern.OfBits(var segments) ->
          segments.forEach(
              segment -> {
                usedBy(segment.value(), into);
                segment.size().ifPresent(size -> usedBy(size, into));
              });
      case Pattern.Both(var left, var right) -> {
        usedBy(left, into);
        usedBy(right, into);
      }
    }
  }

  /** The expressions directly inside an expression that opens no scope. */
  private static void children(Core expression, Consumer<Core> visit) {
    switch (expression) {
      case Core.Literal _, Core.Use _, Core.CaptureLocal _, Core.Bindings _ -> {}
      case Core.Block(_, var expressions) -> expressions.forEach(visit);
      case Core.MakeTuple(_, var elements) -> elements.forEach(visit);
      case Core.MakeCons(_, var head, var tail) -> {
        visit.accept(head);
        visit.accept(tail);
      }
      case Core.MakeMap(_, var pairs) -> pairs.forEach(pair -> visitPair(pair, visit));
      case Core.UpdateMap(_, var map, var pairs) -> {
        visit.accept(map);
        pairs.forEach(pair -> visitPair(pair, visit));
      }
      case Core.MakeBits(_, var segments) ->
          segments.forEach(
              segment -> {
                visit.accept(segment.value());
                Optional<Core> size = segment.size();
                size.ifPresent(visit);
              });
      case Core.CallLocal(_, _, var arguments) -> arguments.forEach(visit);
      case Core.CallRemote(_, var module, _, var arguments) -> {
        visit.accept(module);
        arguments.forEach(visit);
      }
      case Core.CallFun(_, var function, var arguments) -> {
        visit.accept(function);
        arguments.forEach(visit);
      }
      case Core.CaptureRemote(_, var module, var function, var arity) -> {
        visit.accept(module);
        visit.accept(function);
        visit.accept(arity);
      }
      case Core.DefineModule(_, var name, _) -> visit.accept(name);
      case Core.Match _, Core.Case _, Core.MakeFun _, Core.Receive _, Core.Try _ ->
          throw new AssertionError("opens a scope or binds: " + expression);
    }
  }

  private static void visitPair(Core.Pair pair, Consumer<Core> visit) {
    visit.accept(pair.key());
    visit.accept(pair.value());
  }
}
