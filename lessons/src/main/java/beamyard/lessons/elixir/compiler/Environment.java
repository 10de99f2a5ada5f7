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

  Environment withModule(Atom name) {
    return new Environment(
        Optional.of(name),
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

  /** The same at another line. */
  public Environment withLine(int number) {
    return number == line
        ? this
        : new Environment(
            module,
            file,
            number,
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

  Environment withFile(String name) {
    return new Environment(
        module,
        name,
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

  Environment withFunction(Atom name, int arity) {
    return new Environment(
        module,
        file,
        line,
        Optional.of(new NameArity(name, arity)),
        aliases,
        macroAliases,
        requires,
        functions,
        macros,
        context,
        contextModules,
        variables);
  }

  Environment withContext(Context changed) {
    return changed == context
        ? this
        : new Environment(
            module,
            file,
            line,
            function,
            aliases,
            macroAliases,
            requires,
            functions,
            macros,
            changed,
            contextModules,
            variables);
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
    return new Environment(
        module,
        file,
        line,
        function,
        changed,
        changedMacroAliases,
        requires,
        functions,
        macros,
        context,
        contextModules,
        variables);
  }

  Environment withRequire(Atom name) {
    if (requires.contains(name)) {
      return this;
    }
    var changed = new LinkedHashSet<>(requires);
    changed.add(name);
    return new Environment(
        module,
        file,
        line,
        function,
        aliases,
        macroAliases,
        changed,
        functions,
        macros,
        context,
        contextModules,
        variables);
  }

  Environment withImports(List<Imported> changedFunctions, List<Imported> changedMacros) {
    return new Environment(
        module,
        file,
        line,
        function,
        aliases,
        macroAliases,
        requires,
        changedFunctions,
        changedMacros,
        context,
        contextModules,
        variables);
  }

  Environment withContextModule(Atom name) {
    var changed = new ArrayList<Atom>();
    changed.add(name);
    changed.addAll(contextModules);
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
        List.copyOf(changed),
        variables);
  }

  /** The same with other variables. */
  public Environment withVariables(SequencedMap<VariableKey, Variable> changed) {
    return changed == variables
        ? this
        : new Environment(
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
            Collections.unmodifiableSequencedMap(changed));
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
