package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Draft.Definer;
import beamyard.lessons.elixir.compiler.Draft.Definition;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The definition of a struct while its module is being defined. */
final class StructDefinition {
  private static final Atom STRUCT_KEY = Atom.of("__struct__");

  private StructDefinition() {}

  /** What {@code defstruct} does: takes the fields down, and defines the functions that make the struct. */
  static Term define(ProcessContext self, Term[] arguments) {
    Atom module = (Atom) arguments[0];
    Draft draft = CompilerBuiltins.draft(self, module);
    if (draft.struct().isPresent()) {
      throw CompileProblem.argumentError(
          "defstruct has already been called for "
              + new NodeModules(self).inspect(module)
              + ", defstruct can only be called once per module");
    }
    if (!(arguments[1] instanceof ListTerm fields)) {
      throw CompileProblem.argumentError(
          "struct fields definition must be list, got: "
              + new NodeModules(self).inspect(arguments[1]));
    }
    MapTerm defaults = MapTerm.EMPTY;
    var names = new LinkedHashSet<Term>();
    for (Term field : fields) {
      Term key = field instanceof Tuple pair && pair.size() == 2 ? pair.get(0) : field;
      if (!(key instanceof Atom)) {
        throw CompileProblem.argumentError(
            "struct field names must be atoms, got: " + new NodeModules(self).inspect(field));
      }
      names.add(key);
      defaults = defaults.put(key, field instanceof Tuple pair ? pair.get(1) : Atom.NIL);
    }
    var pairs = new ArrayList<Term>();
    for (Term name : names) {
      pairs.add(Tuple.of(name, defaults.get(name)));
    }
    defaults = defaults.put(STRUCT_KEY, module);
    var enforced = new ArrayList<Term>();
    switch (Attributes.get(draft, Atom.of("enforce_keys"))) {
      case ListTerm keys -> keys.forEach(enforced::add);
      case Atom none when none == Atom.NIL -> {}
      case Term key -> enforced.add(key);
    }
    for (Term key : enforced) {
      if (!(key instanceof Atom)) {
        throw CompileProblem.argumentError(
            "keys given to @enforce_keys must be atoms, got: "
                + new NodeModules(self).inspect(key));
      }
      if (!defaults.containsKey(key)) {
        throw CompileProblem.argumentError(
            "@enforce_keys required keys ("
                + new NodeModules(self).inspect(ListTerm.of(key))
                + ") that are not defined in defstruct: "
                + new NodeModules(self).inspect(ListTerm.of(pairs)));
      }
    }
    var struct = new Draft.StructFields(defaults, List.copyOf(names), List.copyOf(enforced));
    MapTerm shape = defaults;
    int line = draft.start().line();
    CompilerBuiltins.update(
        self,
        module,
        current ->
            current
                .withStruct(struct)
                .withDefinition(function(line, 0, List.of(), new Core.Literal(0, shape)))
                .withDefinition(fromFields(line, module, shape, enforced)));
    for (Term derive : Attributes.inOrder(draft, Atom.of("derive"))) {
      Protocols.derive(self, module, shape, derive);
    }
    return shape;
  }

  private static Definition function(int line, int arity, List<Pattern> patterns, Core body) {
    var name = new NameArity(STRUCT_KEY, arity);
    return new Definition(
        name,
        Definer.DEF,
        line,
        name,
        0,
        List.of(new Core.Clause(line, patterns, List.of(), body)),
        false,
        Optional.empty());
  }

  private static Definition fromFields(
      int line, Atom module, MapTerm defaults, List<Term> enforced) {
    var fields = new Variable("kv");
    return function(
        line,
        1,
        List.of(new Pattern.Bind(fields)),
        Kernels.remote(
            line,
            "elixir_struct",
            "build",
            new Core.Literal(0, defaults),
            new Core.Literal(0, ListTerm.of(enforced)),
            new Core.Literal(0, module),
            new Core.Use(0, fields)));
  }
}
