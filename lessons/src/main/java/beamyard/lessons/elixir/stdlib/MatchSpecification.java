package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.Builtin;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A little program that tells which objects are wanted and what of them.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/match_spec.html">ERTS, match specifications</a>
 */
final class MatchSpecification {
  private static final Atom ANYTHING = Atom.of("_");
  private static final Atom WHOLE = Atom.of("$_");
  private static final Atom BINDINGS = Atom.of("$$");

  private record Clause(Term head, List<Term> guards, List<Term> body) {}

  private final List<Clause> clauses = new ArrayList<>();
  private final BuiltinTable functions;
  private final ProcessContext self;

  /** Raises {@code badarg} for what is none. */
  MatchSpecification(Term terms, BuiltinTable functions, ProcessContext self) {
    this.functions = functions;
    this.self = self;
    for (Term clause : Arguments.list(terms)) {
      if (!(clause instanceof Tuple parts && parts.size() == 3)
          || !(parts.get(0) instanceof Tuple)
              && number(parts.get(0)) < 0
              && parts.get(0) != ANYTHING) {
        throw Raise.badarg();
      }
      List<Term> guards = Arguments.list(parts.get(1));
      List<Term> body = Arguments.list(parts.get(2));
      if (body.isEmpty()) {
        throw Raise.badarg();
      }
      guards.forEach(this::check);
      body.forEach(this::check);
      clauses.add(new Clause(parts.get(0), guards, body));
    }
  }

  /** What the first matching clause makes of an object; empty if none matches. */
  Optional<Term> apply(Term object) {
    for (Clause clause : clauses) {
      var bindings = new TreeMap<Integer, Term>();
      if (!matches(clause.head, object, bindings)) {
        continue;
      }
      try {
        if (clause.guards.stream().allMatch(guard -> value(guard, object, bindings) == Atom.TRUE)) {
          Term result = Atom.TRUE;
          for (Term expression : clause.body) {
            result = value(expression, object, bindings);
          }
          return Optional.of(result);
        }
      } catch (Raise failed) {
        // a guard or body that fails is one that does not hold
      }
    }
    return Optional.empty();
  }

  /** The number of {@code $N}; -1 for anything else. */
  static int number(Term term) {
    return term instanceof Atom atom && atom.name().matches("\\$\\d{1,8}")
        ? Integer.parseInt(atom.name().substring(1))
        : -1;
  }

  /** Whether a pattern matches; binds its variables. */
  static boolean matches(Term pattern, Term value, Map<Integer, Term> bindings) {
    if (pattern == ANYTHING) {
      return true;
    }
    int variable = number(pattern);
    if (variable >= 0) {
      Term bound = bindings.putIfAbsent(variable, value);
      return bound == null || bound.equals(value);
    }
    return switch (pattern) {
      case Tuple tuple -> {
        if (!(value instanceof Tuple other && other.size() == tuple.size())) {
          yield false;
        }
        for (int i = 0; i < tuple.size(); i++) {
          if (!matches(tuple.get(i), other.get(i), bindings)) {
            yield false;
          }
        }
        yield true;
      }
      case Cons cons ->
          value instanceof Cons other
              && matches(cons.head(), other.head(), bindings)
              && matches(cons.tail(), other.tail(), bindings);
      case MapTerm map -> {
        if (!(value instanceof MapTerm other)) {
          yield false;
        }
        for (MapTerm.Entry entry : map) {
          Term found = other.get(entry.key());
          if (found == null || !matches(entry.value(), found, bindings)) {
            yield false;
          }
        }
        yield true;
      }
      default -> pattern.equals(value);
    };
  }

  private void check(Term expression) {
    switch (expression) {
      case Tuple tuple when tuple.size() == 1 && tuple.get(0) instanceof Tuple inner ->
          inner.elements().forEach(this::check);
      case Tuple tuple when tuple.isTagged(Atom.of("const"), 2) -> {}
      case Tuple tuple when tuple.size() > 0 && tuple.get(0) instanceof Atom name -> {
        if (!isConnective(name.name()) && function(name, tuple.size() - 1) == null) {
          throw Raise.badarg();
        }
        tuple.elements().subList(1, tuple.size()).forEach(this::check);
      }
      case Tuple tuple when tuple.size() > 0 -> throw Raise.badarg();
      default -> {}
    }
  }

  private static boolean isConnective(String name) {
    return switch (name) {
      case "and",
          "or",
          "andalso",
          "orelse",
          "not",
          "xor",
          "self",
          "node",
          "map_get",
          "is_map_key" ->
          true;
      default -> false;
    };
  }

  private Builtin function(Atom name, int arity) {
    return functions.builtin(new BuiltinTable.Name(Atom.of("erlang"), name, arity));
  }

  private Term value(Term expression, Term object, Map<Integer, Term> bindings) {
    if (expression == WHOLE) {
      return object;
    }
    if (expression == BINDINGS) {
      return ListTerm.of(List.copyOf(bindings.values()));
    }
    int variable = number(expression);
    if (variable >= 0) {
      Term bound = bindings.get(variable);
      if (bound == null) {
        throw Raise.badarg();
      }
      return bound;
    }
    return switch (expression) {
      case Tuple tuple when tuple.size() == 1 && tuple.get(0) instanceof Tuple inner ->
          Tuple.of(
              inner.elements().stream()
                  .map(part -> value(part, object, bindings))
                  .toArray(Term[]::new));
      case Tuple tuple when tuple.isTagged(Atom.of("const"), 2) -> tuple.get(1);
      case Tuple tuple when tuple.size() > 0 && tuple.get(0) instanceof Atom name ->
          call(name, tuple.elements().subList(1, tuple.size()), object, bindings);
      case Cons cons ->
          new Cons(value(cons.head(), object, bindings), value(cons.tail(), object, bindings));
      case MapTerm map -> {
        var made = MapTerm.builder();
        map.forEach(
            entry ->
                made.put(
                    value(entry.key(), object, bindings), value(entry.value(), object, bindings)));
        yield made.build();
      }
      case Nil nil -> nil;
      default -> expression;
    };
  }

  private Term call(Atom name, List<Term> arguments, Term object, Map<Integer, Term> bindings) {
    switch (name.name()) {
      case "andalso", "and" -> {
        return Atom.of(
            arguments.stream().allMatch(it -> Arguments.isTrue(value(it, object, bindings))));
      }
      case "orelse", "or" -> {
        return Atom.of(
            arguments.stream().anyMatch(it -> Arguments.isTrue(value(it, object, bindings))));
      }
      case "not" -> {
        return Atom.of(!Arguments.isTrue(value(arguments.get(0), object, bindings)));
      }
      default -> {}
    }
    Term[] values = arguments.stream().map(it -> value(it, object, bindings)).toArray(Term[]::new);
    Builtin function = function(name, values.length);
    if (function == null) {
      throw Raise.badarg();
    }
    return function.call(self, values);
  }
}
