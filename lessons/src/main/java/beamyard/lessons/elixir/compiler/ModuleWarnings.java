package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Draft.Definer;
import beamyard.lessons.elixir.compiler.Draft.Definition;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is to be said of a module when its body has been evaluated. */
final class ModuleWarnings {
  private static final Set<String> RESERVED =
      Set.of( // lookups only
          "after_compile",
          "after_verify",
          "before_compile",
          "behaviour",
          "callback",
          "compile",
          "deprecated",
          "derive",
          "dialyzer",
          "doc",
          "enforce_keys",
          "external_resource",
          "fallback_to_any",
          "file",
          "impl",
          "macrocallback",
          "moduledoc",
          "on_definition",
          "on_load",
          "opaque",
          "optional_callbacks",
          "since",
          "spec",
          "type",
          "typedoc",
          "typep",
          "vsn",
          "__struct__",
          "protocol",
          "for");

  private final Draft draft;
  private final ModuleNotes notes;
  private final Modules modules;

  ModuleWarnings(Draft draft, ModuleNotes notes, Modules modules) {
    this.draft = draft;
    this.notes = notes;
    this.modules = modules;
  }

  /** Whether an attribute means something to Elixir, so that it need not be read or set. */
  static boolean isReserved(String attribute) {
    return RESERVED.contains(attribute);
  }

  void tell() {
    tellUnusedFunctions();
    new BehaviourChecks(draft, notes, modules).check();
    for (Definition definition : draft.definitions().values()) {
      if (!notes.isGenerated(definition.name())) {
        UselessCode.of(definition, draft.start()).forEach(modules::warn);
      }
    }
    notes
        .unread()
        .forEach(
            (name, line) -> {
              if (!isReserved(name)
                  && !draft.accumulating().contains(beamyard.simulator.term.Atom.of(name))) {
                at(line, "module attribute @" + name + " was set but never used");
              }
            });
    notes.unusedTypes().forEach((type, line) -> at(line, "type " + type + " is unused"));
  }

  private void at(int line, String message) {
    modules.warn(Warning.atLine(draft.start(), line, message));
  }

  private void tellUnusedFunctions() {
    Set<NameArity> reached = reached();
    var unused = new ArrayList<Definition>();
    for (Definition definition : draft.definitions().values()) {
      boolean isOpen = definition.definer().isPublic() || isShortForm(definition);
      if (!isOpen && !notes.isGenerated(definition.name())) {
        unused.add(definition);
      }
    }
    unused.sort(
        Comparator.comparing((Definition one) -> one.name().name().name())
            .thenComparing(one -> one.name().arity()));
    unused.forEach(definition -> tellUnused(definition, reached));
  }

  private void tellUnused(Definition definition, Set<NameArity> reached) {
    NameArity name = definition.name();
    int least = name.arity() - definition.defaults();
    int lowest = -1;
    for (int arity = name.arity(); arity >= least; arity--) {
      if (reached.contains(new NameArity(name.name(), arity))) {
        lowest = arity;
      }
    }
    String defaults = "default values for the ";
    if (lowest < 0 || definition.defaults() == 0 && lowest != name.arity()) {
      String kind = definition.definer() == Definer.DEFMACROP ? "macro " : "function ";
      at(definition.line(), kind + name + " is unused");
    } else if (lowest == name.arity() && definition.defaults() > 0 && lowest != least) {
      at(definition.line(), defaults + "optional arguments in " + name + " are never used");
    } else if (lowest > least) {
      at(
          definition.line(),
          defaults
              + "first "
              + (lowest - least)
              + " optional arguments in "
              + name
              + " are never used");
    }
  }

  /** Whether a definition is one of those that defaults make. */
  private boolean isShortForm(Definition definition) {
    NameArity name = definition.name();
    return draft.definitions().values().stream()
        .anyMatch(
            other ->
                other.name().name() == name.name()
                    && other.name().arity() > name.arity()
                    && name.arity() >= other.name().arity() - other.defaults());
  }

  /** What can be called from outside, and all that is called from there. */
  private Set<NameArity> reached() {
    var reached = new LinkedHashSet<NameArity>();
    var open = new ArrayList<NameArity>();
    for (Definition definition : draft.definitions().values()) {
      if (definition.definer().isPublic() || notes.isUsedMacro(definition.name())) {
        open.add(definition.name());
      }
    }
    List<Calls.LocalCall> calls = draft.localCalls();
    while (!open.isEmpty()) {
      NameArity next = open.removeLast();
      if (reached.add(next)) {
        for (Calls.LocalCall call : calls) {
          if (call.caller().equals(next) && call.importedFrom() == null) {
            open.add(call.callee());
          }
        }
      }
    }
    return reached;
  }
}
