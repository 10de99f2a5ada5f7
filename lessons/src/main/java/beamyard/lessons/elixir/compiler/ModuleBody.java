package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.ModuleSource;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The body of a module as it stands in the source, with what it sees around it.
 *
 * @param environment where the definition stands
 */
record ModuleBody(Term body, Environment environment, Draft.Kind kind, List<Variable> captured)
    implements ModuleSource {

  /** {@code %module(name, body, kind)}: what {@code defmodule} expands to. */
  static Core define(Expander expander, int line, List<Term> arguments, Scope scope) {
    Core name = expander.expand(arguments.get(0), scope);
    Term body = ((Core.Literal) expander.expand(arguments.get(1), scope)).value();
    Draft.Kind kind =
        arguments.get(2) == Atom.of("protocol") ? Draft.Kind.PROTOCOL : Draft.Kind.MODULE;
    var names = new LinkedHashSet<Atom>();
    collectNames(body, names);
    var captured = new ArrayList<Variable>();
    scope
        .env
        .variables()
        .forEach(
            (key, variable) -> {
              if (names.contains(key.name())) {
                captured.add(variable);
              }
            });
    // a module sees all variables around it, so none of them counts as unused
    scope.env.variables().values().forEach(expander.variables::used);
    Environment here = scope.env.withLine(line);
    if (name instanceof Core.Literal(_, Atom module)) {
      scope.env = scope.env.withContextModule(module);
    }
    return new Core.DefineModule(
        line, name, new ModuleBody(body, here, kind, List.copyOf(captured)));
  }

  private static void collectNames(Term form, Set<Atom> into) {
    switch (form) {
      case Tuple tuple when Quoted.isVariable(tuple) -> into.add((Atom) tuple.get(0));
      case Tuple tuple -> tuple.elements().forEach(element -> collectNames(element, into));
      case Cons cons -> {
        Term rest = cons;
        while (rest instanceof Cons next) {
          collectNames(next.head(), into);
          rest = next.tail();
        }
        collectNames(rest, into);
      }
      default -> {}
    }
  }
}
