package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.FunctionSource;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** A module while its body is evaluated: what has been defined so far. Immutable. */
record Draft(
    Atom name,
    Environment start,
    List<Environment> environments,
    SequencedMap<NameArity, Definition> definitions,
    SequencedMap<Atom, Term> attributes,
    SequencedSet<Atom> accumulating,
    Optional<StructFields> struct,
    SequencedMap<NameArity, List<Definition>> overridable,
    SequencedSet<Atom> usedSupers,
    List<Calls.LocalCall> localCalls,
    Kind kind) {

  /** What is being defined. */
  enum Kind {
    MODULE,
    PROTOCOL
  }

  /** What defined a function. */
  enum Definer {
    DEF,
    DEFP,
    DEFMACRO,
    DEFMACROP;

    boolean isMacro() {
      return this == DEFMACRO || this == DEFMACROP;
    }

    boolean isPublic() {
      return this == DEF || this == DEFMACRO;
    }

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A function or macro.
   *
   * @param function its name and arity in code: macros have a prefix and take the caller too
   * @param defaults how many arguments have defaults
   * @param hasDefaultsInClause whether they stand in a clause that has a body, and not in a head of their own
   * @param file where it was quoted, if its code keeps that
   */
  record Definition(
      NameArity name,
      Definer definer,
      int line,
      NameArity function,
      int defaults,
      List<Core.Clause> clauses,
      boolean hasDefaultsInClause,
      Optional<String> file) {
    FunctionSource source() {
      return new FunctionSource(
          function.name(),
          function.arity(),
          definer.isPublic() ? FunctionSource.Visibility.PUBLIC : FunctionSource.Visibility.PRIVATE,
          line,
          file,
          clauses);
    }
  }

  /**
   * The fields of a struct.
   *
   * @param names in the order of their definition
   */
  record StructFields(MapTerm defaults, List<Term> names, List<Term> enforced) {
    /** The struct if these are its fields and none that is needed is missing. */
    MapTerm checked(Atom module, List<Term> keywords) {
      return build(defaults, enforced, module, keywords);
    }

    /** What {@code __struct__/1} answers. */
    static MapTerm build(
        MapTerm defaults, List<Term> enforced, Term module, Iterable<Term> keywords) {
      MapTerm result = defaults;
      var missing = new ArrayList<>(enforced);
      for (Term element : keywords) {
        if (!(element instanceof Tuple pair && pair.size() == 2)) {
          throw Raise.error(Atom.of("function_clause"));
        }
        if (!result.containsKey(pair.get(0))) {
          throw Raise.error(
              MapTerm.of(
                  Atom.of("__struct__"),
                  Atom.of("Elixir.KeyError"),
                  Atom.of("__exception__"),
                  Atom.TRUE,
                  Atom.of("key"),
                  pair.get(0),
                  Atom.of("term"),
                  Atom.NIL,
                  Atom.of("message"),
                  Atom.NIL));
        }
        result = result.put(pair.get(0), pair.get(1));
        missing.remove(pair.get(0));
      }
      if (!missing.isEmpty()) {
        String names =
            missing.stream()
                .map(key -> ":" + key)
                .collect(java.util.stream.Collectors.joining(", "));
        String shown = ((Atom) module).name();
        throw CompileProblem.argumentError(
            "the following keys must also be given when building struct "
                + (shown.startsWith("Elixir.") ? shown.substring(7) : shown)
                + ": ["
                + names
                + "]");
      }
      return result;
    }
  }

  static Draft of(Atom name, Environment start, Kind kind) {
    var accumulating = new LinkedHashSet<Atom>();
    for (String attribute :
        List.of(
            "behaviour",
            "before_compile",
            "after_compile",
            "on_definition",
            "derive",
            "type",
            "typep",
            "opaque",
            "spec",
            "callback",
            "macrocallback",
            "optional_callbacks",
            "impl",
            "compile",
            "after_verify",
            "dialyzer",
            "external_resource")) {
      accumulating.add(Atom.of(attribute));
    }
    accumulating.remove(Atom.of("impl"));
    return new Draft(
        name,
        start,
        List.of(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        accumulating,
        Optional.empty(),
        new LinkedHashMap<>(),
        new LinkedHashSet<>(),
        List.of(),
        kind);
  }

  boolean hasMacro(NameArity macro) {
    Definition definition = definitions.get(macro);
    return definition != null && definition.definer().isMacro() && !definition.clauses().isEmpty();
  }

  Draft withEnvironment(Environment environment) {
    var changed = new ArrayList<>(environments);
    changed.add(environment);
    return new Draft(
        name,
        start,
        changed,
        definitions,
        attributes,
        accumulating,
        struct,
        overridable,
        usedSupers,
        localCalls,
        kind);
  }

  Draft withDefinition(Definition definition) {
    var changed = new LinkedHashMap<>(definitions);
    changed.put(definition.name(), definition);
    return withDefinitions(changed);
  }

  Draft withDefinitions(SequencedMap<NameArity, Definition> changed) {
    return new Draft(
        name,
        start,
        environments,
        changed,
        attributes,
        accumulating,
        struct,
        overridable,
        usedSupers,
        localCalls,
        kind);
  }

  Draft withAttribute(Atom attribute, Term value) {
    var changed = new LinkedHashMap<>(attributes);
    if (accumulating.contains(attribute)) {
      Term before = changed.get(attribute);
      changed.put(
          attribute,
          new beamyard.simulator.term.Cons(
              value, before == null ? beamyard.simulator.term.Nil.NIL : before));
    } else {
      changed.put(attribute, value);
    }
    return withAttributes(changed);
  }

  Draft withoutAttribute(Atom attribute) {
    var changed = new LinkedHashMap<>(attributes);
    changed.remove(attribute);
    return withAttributes(changed);
  }

  private Draft withAttributes(SequencedMap<Atom, Term> changed) {
    return new Draft(
        name,
        start,
        environments,
        definitions,
        changed,
        accumulating,
        struct,
        overridable,
        usedSupers,
        localCalls,
        kind);
  }

  Draft accumulate(Atom attribute) {
    var changed = new LinkedHashSet<>(accumulating);
    changed.add(attribute);
    return new Draft(
        name,
        start,
        environments,
        definitions,
        attributes,
        changed,
        struct,
        overridable,
        usedSupers,
        localCalls,
        kind);
  }

  Draft withStruct(StructFields fields) {
    return new Draft(
        name,
        start,
        environments,
        definitions,
        attributes,
        accumulating,
        Optional.of(fields),
        overridable,
        usedSupers,
        localCalls,
        kind);
  }

  Draft withLocalCalls(List<Calls.LocalCall> more) {
    if (more.isEmpty()) {
      return this;
    }
    var changed = new ArrayList<>(localCalls);
    changed.addAll(more);
    return new Draft(
        name,
        start,
        environments,
        definitions,
        attributes,
        accumulating,
        struct,
        overridable,
        usedSupers,
        changed,
        kind);
  }

  /** The definition so far can be replaced by another, which may call it as {@code super}. */
  Draft withOverridable(NameArity function) {
    Definition definition = definitions.get(function);
    if (definition == null) {
      return this;
    }
    var changed = new LinkedHashMap<>(overridable);
    var versions = new ArrayList<>(changed.getOrDefault(function, List.of()));
    versions.add(definition);
    changed.put(function, List.copyOf(versions));
    return new Draft(
        name,
        start,
        environments,
        definitions,
        attributes,
        accumulating,
        struct,
        changed,
        usedSupers,
        localCalls,
        kind);
  }

  /** Whether the next clause replaces the definition instead of adding to it. */
  boolean isOverridden(NameArity function) {
    List<Definition> versions = overridable.get(function);
    return versions != null && versions.getLast() == definitions.get(function);
  }

  /** The name under which the overridden version of a function can be called. */
  Optional<Atom> superOf(NameArity function) {
    List<Definition> versions = overridable.get(function);
    return versions == null ? Optional.empty() : Optional.of(superName(function, versions.size()));
  }

  private static Atom superName(NameArity function, int version) {
    return Atom.of(function.name().name() + " (overridable " + version + ")");
  }

  Draft superUsed(Atom superName) {
    var changed = new LinkedHashSet<>(usedSupers);
    changed.add(superName);
    return new Draft(
        name,
        start,
        environments,
        definitions,
        attributes,
        accumulating,
        struct,
        overridable,
        changed,
        localCalls,
        kind);
  }

  /** All functions to compile, with overridden versions that are still called. */
  List<Definition> allDefinitions() {
    var all = new ArrayList<Definition>();
    definitions.values().stream()
        .filter(definition -> !definition.clauses().isEmpty())
        .forEach(all::add);
    overridable.forEach(
        (function, versions) -> {
          for (int i = 0; i < versions.size(); i++) {
            Atom name = superName(function, i + 1);
            if (usedSupers.contains(name)) {
              Definition old = versions.get(i);
              all.add(
                  new Definition(
                      new NameArity(name, function.arity()),
                      old.definer().isMacro() ? Definer.DEFMACROP : Definer.DEFP,
                      old.line(),
                      new NameArity(name, old.function().arity()),
                      old.defaults(),
                      old.clauses(),
                      old.hasDefaultsInClause(),
                      old.file()));
            }
          }
        });
    return all;
  }

  /** The names defined by {@code def}, or by {@code defmacro}, in order. */
  List<NameArity> namesOf(Definer definer) {
    return definitions.values().stream()
        .filter(definition -> !definition.clauses().isEmpty())
        .filter(definition -> definition.definer() == definer)
        .map(Definition::name)
        .sorted(
            java.util.Comparator.comparing((NameArity one) -> one.name().name())
                .thenComparing(NameArity::arity))
        .toList();
  }

  static ListTerm namesTerm(List<NameArity> names) {
    return ListTerm.of(
        names.stream()
            .map(one -> Tuple.of(one.name(), beamyard.simulator.term.SmallInt.of(one.arity())))
            .toList());
  }
}
