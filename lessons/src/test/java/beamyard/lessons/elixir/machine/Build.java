package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.FunctionSource;
import beamyard.lessons.elixir.core.FunctionSource.Visibility;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;

/** Short names for core forms. */
final class Build {
  static final Atom M = Atom.of("Elixir.M");

  private Build() {}

  static Atom atom(String name) {
    return Atom.of(name);
  }

  static Term number(long value) {
    return SmallInt.of(value);
  }

  static Term tuple(Term... elements) {
    return Tuple.of(elements);
  }

  static Variable variable(String name) {
    return new Variable(name);
  }

  static Core literal(Term value) {
    return new Core.Literal(0, value);
  }

  static Core literal(long value) {
    return literal(number(value));
  }

  static Core literal(String atom) {
    return literal(atom(atom));
  }

  static Core use(Variable variable) {
    return new Core.Use(0, variable);
  }

  static Pattern bind(Variable variable) {
    return new Pattern.Bind(variable);
  }

  static Pattern exactly(long value) {
    return new Pattern.Exactly(number(value));
  }

  static Pattern exactly(String atom) {
    return new Pattern.Exactly(atom(atom));
  }

  static Core erlang(String function, Core... arguments) {
    return remote("erlang", function, arguments);
  }

  static Core remote(String module, String function, Core... arguments) {
    return new Core.CallRemote(7, literal(module), atom(function), List.of(arguments));
  }

  static Core local(String function, Core... arguments) {
    return new Core.CallLocal(5, atom(function), List.of(arguments));
  }

  static Core block(Core... expressions) {
    return new Core.Block(0, List.of(expressions));
  }

  static Core cons(Core head, Core tail) {
    return new Core.MakeCons(0, head, tail);
  }

  static Core pair(Core... elements) {
    return new Core.MakeTuple(0, List.of(elements));
  }

  static Core match(Pattern pattern, Core value) {
    return new Core.Match(0, pattern, value);
  }

  static Core.Clause clause(List<Pattern> patterns, Core body, Core... guards) {
    return new Core.Clause(0, patterns, List.of(guards), body);
  }

  static Core.Clause clause(Pattern pattern, Core body, Core... guards) {
    return clause(List.of(pattern), body, guards);
  }

  static Core choose(Core subject, Core.Clause... clauses) {
    return new Core.Case(0, subject, List.of(clauses), Core.NoClause.CASE_CLAUSE);
  }

  static Core attempt(Core body, Core.Clause... catches) {
    return new Core.Try(0, body, List.of(), List.of(catches), Optional.empty());
  }

  static FunctionSource function(String name, int arity, Core.Clause... clauses) {
    return new FunctionSource(atom(name), arity, Visibility.PUBLIC, 3, List.of(clauses));
  }

  static CompiledModule module(FunctionSource... functions) {
    return CompiledModule.compile(M, "m.ex", List.of(functions), CompiledModule.Info.NONE);
  }

  static LoneProcess process(CompiledModule... modules) {
    var builtins = new BuiltinTable();
    var server = new CodeServer(Library.empty(), builtins);
    for (CompiledModule module : modules) {
      server.load(module);
    }
    return new LoneProcess(server);
  }

  static Execution call(String function, Term... arguments) {
    return new Machine().call(M, atom(function), List.of(arguments));
  }
}
