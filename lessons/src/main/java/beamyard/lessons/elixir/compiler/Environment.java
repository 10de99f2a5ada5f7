package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What an expression sees around it: Elixir's {@code Macro.Env}.
 *
 * @param module the module being defined
 * @param file shown in errors; {@code iex} at a prompt
 * @param function the function being defined
 * @param aliases the full names of aliases, last defined last
 * @param macroAliases aliases that quoted code of a macro carries with it, by the counter of the expansion
 * @param requires modules whose macros may be called
 * @param functions imported functions by module, last imported first
 * @param macros imported macros by module, last imported first
 * @param contextModules modules defined in this context
 * @param variables the variables that can be seen
 */
public record Environment(
    Optional<Atom> module,
    String file,
    int line,
    Optional<NameArity> function,
    SequencedMap<Atom, Atom> aliases,
    SequencedMap<MacroAlias, Atom> macroAliases,
    SequencedSet<Atom> requires,
    List<Imported> functions,
    List<Imported> macros,
    Context context,
    List<Atom> contextModules,
    SequencedMap<VariableKey, Variable> variables) {

  private static final List<Imported> KERNEL_FUNCTIONS =
      List.of(new Imported(Quoted.KERNEL, KernelNames.FUNCTIONS));
  private static final List<Imported> KERNEL_MACROS =
      List.of(new Imported(Quoted.KERNEL, KernelNames.MACROS));

  /** Where an expression stands. */
  public enum Context {
    NORMAL,
    MATCH,
    GUARD
  }

  /**
   * A variable's identity in source.
   *
   * @param context the module of the macro whose code it is, {@code nil} for plain code, or the counter of an expansion
   */
  public record VariableKey(Atom name, Term context) {}

  /** The alias of a macro's expansion. */
  public record MacroAlias(Atom alias, Term counter) {}

  /** A function. */
  public record NameArity(Atom name, int arity) {
    @Override
    public String toString() {
      return name.name() + "/" + arity;
    }
  }

  /**
   * What is imported from a module.
   *
   * @param lookup the names again, to find one fast
   */
  public record Imported(Atom module, List<NameArity> names, Set<NameArity> lookup) {
    Imported(Atom module, List<NameArity> names) {
      this(module, names, new LinkedHashSet<>(names));
    }

    boolean has(Atom name, int arity) {
      return lookup.contains(new NameArity(name, arity));
    }
  }

  /** Code outside of modules: {@code Kernel} is imported. */
  public static Environment of(String file) {
    var requires = new LinkedHashSet<Atom>();
    requires.add(Atom.of("Elixir.Application"));
    requires.add(Quoted.KERNEL);
    requires.add(Atom.of("Elixir.Kernel.Typespec"));
    return new Environment(
        Optional.empty(),
        file,
        1,
        Optional.empty(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        requires,
        KERNEL_FUNCTIONS,
        KERNEL_MACROS,
        Context.NORMAL,
        List.of(),
        new LinkedHashMap<>());
  }

  /** A copy being made, of which some parts are to be others. */
  private static final class Change {
    private Optional<Atom> module;
    private String file;
    private int line;
    private Optional<NameArity> function;
    private SequencedMap<Atom, Atom> aliases;
    private SequencedMap<MacroAlias, Atom> macroAliases;
    private SequencedSet<Atom> requires;
    private List<Imported> functions;
    private List<Imported> macros;
    private Context context;
    private List<Atom> contextModules;
    private SequencedMap<VariableKey, Variable> variables;

    private Change(Environment of) {
      module = of.module;
      file = of.file;
      line = of.line;
      function = of.function;
      aliases = of.aliases;
      macroAliases = of.macroAliases;
      requires = of.requires;
      functions = of.functions;
      macros = of.macros;
      context = of.context;
      contextModules = of.contextModules;
      variables = of.variables;
    }

    private Environment made() {
      return new Environment(
          module,
          file,
          line,
          function,
          aliases,
          macroAliases,
          requires,
          functions,
          macros,
          context,
          contextModules,
          variables);
    }
  }

  private Environment with(Consumer<Change> what) {
    var change = new Change(this);
    what.accept(change);
    return change.made();
  }

  Environment withModule(Atom name) {
    return with(it -> it.module = Optional.of(name));
  }

  /** The same at another line. */
  public Environment withLine(int number) {
    return number == line ? this : with(it -> it.line = number);
  }

  Environment withFile(String name) {
    return with(it -> it.file = name);
  }

  Environment withFunction(Atom name, int arity) {
    return with(it -> it.function = Optional.of(new NameArity(name, arity)));
  }

  Environment withContext(Context changed) {
    return changed == context ? this : with(it -> it.context = changed);
  }

  Environment withAlias(Atom alias, Atom name) {
    var changed = new LinkedHashMap<>(aliases);
    changed.remove(alias);
    if (alias != name) {
      changed.putLast(alias, name);
    }
    return withAliases(changed, macroAliases);
  }

  Environment withMacroAlias(MacroAlias alias, Atom name) {
    var changed = new LinkedHashMap<>(macroAliases);
    changed.putLast(alias, name);
    return withAliases(aliases, changed);
  }

  Environment withAliases(
      SequencedMap<Atom, Atom> changed, SequencedMap<MacroAlias, Atom> changedMacroAliases) {
    return with(
        it -> {
          it.aliases = changed;
          it.macroAliases = changedMacroAliases;
        });
  }

  Environment withRequire(Atom name) {
    if (requires.contains(name)) {
      return this;
    }
    var changed = new LinkedHashSet<>(requires);
    changed.add(name);
    return with(it -> it.requires = changed);
  }

  Environment withImports(List<Imported> changedFunctions, List<Imported> changedMacros) {
    return with(
        it -> {
          it.functions = changedFunctions;
          it.macros = changedMacros;
        });
  }

  Environment withContextModule(Atom name) {
    var changed = new ArrayList<Atom>();
    changed.add(name);
    changed.addAll(contextModules);
    return with(it -> it.contextModules = List.copyOf(changed));
  }

  /** The same with other variables. */
  public Environment withVariables(SequencedMap<VariableKey, Variable> changed) {
    return changed == variables
        ? this
        : with(it -> it.variables = Collections.unmodifiableSequencedMap(changed));
  }

  /** Plain variables, as {@code binding()} shows them. */
  public SequencedMap<Atom, Variable> plainVariables() {
    var plain = new LinkedHashMap<Atom, Variable>();
    variables.forEach(
        (key, variable) -> {
          if (key.context() == Atom.NIL) {
            plain.put(key.name(), variable);
          }
        });
    return plain;
  }
}
