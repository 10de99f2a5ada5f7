package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.FunctionSource;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** The modules that are being defined on a node right now. */
final class Drafts {
  private final SequencedMap<Atom, Draft> drafts = new LinkedHashMap<>();

  private final SequencedMap<Atom, ModuleNotes> notes = new LinkedHashMap<>();
  private final SequencedMap<Atom, ModuleDocs> docs = new LinkedHashMap<>();

  Drafts copy() {
    var copy = new Drafts();
    copy.drafts.putAll(drafts);
    notes.forEach((module, noted) -> copy.notes.put(module, noted.copy()));
    docs.forEach((module, told) -> copy.docs.put(module, told.copy()));
    return copy;
  }

  Optional<Draft> find(Atom module) {
    return Optional.ofNullable(drafts.get(module));
  }

  void begin(Draft draft) {
    drafts.put(draft.name(), draft);
    notes.put(draft.name(), new ModuleNotes());
    docs.put(draft.name(), new ModuleDocs());
  }

  void end(Atom module) {
    drafts.remove(module);
    notes.remove(module);
    docs.remove(module);
  }

  /** What is noted for warnings; of a module that is not being defined, notes that nobody reads. */
  ModuleNotes notes(Atom module) {
    ModuleNotes noted = notes.get(module);
    return noted == null ? new ModuleNotes() : noted;
  }

  /** What documentation and types say of a module; of one that is not being defined, what nobody reads. */
  ModuleDocs docs(Atom module) {
    ModuleDocs told = docs.get(module);
    return told == null ? new ModuleDocs() : told;
  }

  void update(Atom module, UnaryOperator<Draft> change) {
    drafts.computeIfPresent(module, (_, draft) -> change.apply(draft));
  }

  /** Calls a macro of a module that is not complete yet, with the functions that it needs. */
  Term callLocalMacro(Expander expander, Draft draft, Atom function, List<Term> arguments) {
    var start =
        new NameArity(Atom.of(function.name().substring("MACRO-".length())), arguments.size() - 1);
    var needed = new LinkedHashSet<NameArity>();
    var open = new ArrayList<NameArity>();
    open.add(start);
    while (!open.isEmpty()) {
      NameArity next = open.removeLast();
      if (needed.add(next)) {
        for (Calls.LocalCall call : draft.localCalls()) {
          if (call.caller().equals(next) && call.importedFrom() == null) {
            open.add(call.callee());
          }
        }
      }
    }
    var functions = new ArrayList<FunctionSource>();
    for (Draft.Definition definition : draft.allDefinitions()) {
      if (needed.remove(definition.name())) {
        FunctionSource source = definition.source();
        functions.add(
            new FunctionSource(
                source.name(),
                source.arity(),
                FunctionSource.Visibility.PUBLIC,
                source.line(),
                source.clauses()));
      }
    }
    if (!needed.isEmpty()) {
      NameArity missing = needed.getFirst();
      throw CompileProblem.compileError(
          draft.start(),
          draft.start().line(),
          "undefined function "
              + missing
              + " (expected "
              + expander.modules.inspect(draft.name())
              + " to define such a function or for it to be imported, but none are available)");
    }
    CompiledModule partial =
        CompiledModule.compile(
            Atom.of(draft.name().name() + " (unfinished)"),
            draft.start().file(),
            functions,
            CompiledModule.Info.NONE);
    return expander.modules.callIn(partial, function, arguments);
  }
}
