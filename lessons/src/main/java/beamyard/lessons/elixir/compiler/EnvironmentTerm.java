package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.lessons.elixir.compiler.Environment.Imported;
import beamyard.lessons.elixir.compiler.Environment.MacroAlias;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.compiler.Environment.VariableKey;
import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Environments as {@code Macro.Env} structs, and back. */
final class EnvironmentTerm {
  private static final Term KERNEL_FUNCTIONS = Draft.namesTerm(KernelNames.FUNCTIONS);
  private static final Term KERNEL_MACROS = Draft.namesTerm(KernelNames.MACROS);

  private EnvironmentTerm() {}

  static MapTerm of(Environment env) {
    MapTerm variables = MapTerm.EMPTY;
    int version = 0;
    for (VariableKey key : env.variables().keySet()) {
      variables = variables.put(Tuple.of(key.name(), key.context()), SmallInt.of(version++));
    }
    return MapTerm.of(
        Atom.of("__struct__"), Atom.of("Elixir.Macro.Env"),
        Atom.of("aliases"),
            ListTerm.of(
                env.aliases().entrySet().stream()
                    .map(alias -> Tuple.of(alias.getKey(), alias.getValue()))
                    .toList()),
        Atom.of("context"),
            switch (env.context()) {
              case NORMAL -> Atom.NIL;
              case MATCH -> Atom.of("match");
              case GUARD -> Atom.of("guard");
            },
        Atom.of("context_modules"), ListTerm.of(env.contextModules()),
        Atom.of("file"), Bits.of(env.file()),
        Atom.of("function"),
            env.function()
                .<Term>map(name -> Tuple.of(name.name(), SmallInt.of(name.arity())))
                .orElse(Atom.NIL),
        Atom.of("functions"), imports(env.functions()),
        Atom.of("lexical_tracker"), Atom.NIL,
        Atom.of("line"), SmallInt.of(env.line()),
        Atom.of("macro_aliases"),
            ListTerm.of(
                env.macroAliases().entrySet().stream()
                    .map(
                        alias ->
                            Tuple.of(
                                alias.getKey().alias(),
                                Tuple.of(alias.getKey().counter(), alias.getValue())))
                    .toList()),
        Atom.of("macros"), imports(env.macros()),
        Atom.of("module"), env.module().orElse(Atom.NIL),
        Atom.of("requires"), ListTerm.of(new ArrayList<>(env.requires())),
        Atom.of("tracers"), ListTerm.empty(),
        Atom.of("versioned_vars"), variables);
  }

  private static Term imports(List<Imported> imports) {
    return ListTerm.of(
        imports.stream()
            .map(
                imported ->
                    Tuple.of(
                        imported.module(),
                        imported.names() == KernelNames.FUNCTIONS
                            ? KERNEL_FUNCTIONS
                            : imported.names() == KernelNames.MACROS
                                ? KERNEL_MACROS
                                : Draft.namesTerm(imported.names())))
            .toList());
  }

  /** The environment that a {@code Macro.Env} struct, or a keyword list of options as {@code eval} takes, describes. */
  static Environment read(Term term, String defaultFile) {
    if (!(term instanceof MapTerm map)) {
      Environment env = Environment.of(defaultFile);
      if (Quoted.get(term, Atom.of("file")) instanceof Bits file) {
        env = env.withFile(file.text());
      }
      return Quoted.get(term, Quoted.LINE) instanceof SmallInt line
          ? env.withLine((int) line.value())
          : env;
    }
    var aliases = new LinkedHashMap<Atom, Atom>();
    for (Term element : list(map, "aliases")) {
      aliases.put((Atom) ((Tuple) element).get(0), (Atom) ((Tuple) element).get(1));
    }
    var macroAliases = new LinkedHashMap<MacroAlias, Atom>();
    for (Term element : list(map, "macro_aliases")) {
      Tuple pair = (Tuple) ((Tuple) element).get(1);
      macroAliases.put(
          new MacroAlias((Atom) ((Tuple) element).get(0), pair.get(0)), (Atom) pair.get(1));
    }
    var requires = new LinkedHashSet<Atom>();
    list(map, "requires").forEach(module -> requires.add((Atom) module));
    var variables = new LinkedHashMap<VariableKey, Variable>();
    if (map.get(Atom.of("versioned_vars")) instanceof MapTerm known) {
      for (MapTerm.Entry entry : known) {
        Tuple key = (Tuple) entry.key();
        variables.put(
            new VariableKey((Atom) key.get(0), key.get(1)),
            new Variable(((Atom) key.get(0)).name()));
      }
    }
    Term function = map.get(Atom.of("function"));
    Term context = map.get(Atom.of("context"));
    Term module = map.get(Atom.of("module"));
    return new Environment(
        module instanceof Atom name && name != Atom.NIL ? Optional.of(name) : Optional.empty(),
        map.get(Atom.of("file")) instanceof Bits file ? file.text() : defaultFile,
        map.get(Quoted.LINE) instanceof SmallInt line ? (int) line.value() : 1,
        function instanceof Tuple pair
            ? Optional.of(new NameArity((Atom) pair.get(0), (int) ((SmallInt) pair.get(1)).value()))
            : Optional.empty(),
        aliases,
        macroAliases,
        requires,
        imported(list(map, "functions")),
        imported(list(map, "macros")),
        context == Atom.NIL || context == null
            ? Context.NORMAL
            : Context.valueOf(((Atom) context).name().toUpperCase(Locale.ROOT)),
        list(map, "context_modules").stream().map(name -> (Atom) name).toList(),
        variables);
  }

  private static List<Term> list(MapTerm map, String key) {
    return switch (map.get(Atom.of(key))) {
      case ListTerm list -> list.toList();
      case null, default -> throw Raise.badarg();
    };
  }

  private static List<Imported> imported(List<Term> terms) {
    return terms.stream()
        .map(
            element -> {
              Tuple pair = (Tuple) element;
              List<NameArity> names =
                  pair.get(1) == KERNEL_FUNCTIONS
                      ? KernelNames.FUNCTIONS
                      : pair.get(1) == KERNEL_MACROS
                          ? KernelNames.MACROS
                          : ((ListTerm) pair.get(1))
                              .toList().stream()
                                  .map(
                                      name ->
                                          new NameArity(
                                              (Atom) ((Tuple) name).get(0),
                                              (int) ((SmallInt) ((Tuple) name).get(1)).value()))
                                  .toList();
              return new Imported((Atom) pair.get(0), names);
            })
        .toList();
  }
}
