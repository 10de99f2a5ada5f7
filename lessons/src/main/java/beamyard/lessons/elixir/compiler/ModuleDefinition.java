package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.FunctionSource;
import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a {@code defmodule}: the body is expanded as a whole and evaluated in the process, then come the hooks of
 * {@code @before_compile}, then the functions are compiled and loaded, then come the hooks of {@code @after_compile}.
 */
final class ModuleDefinition implements Routine {
  private final Compiler compiler;
  private final Term name;
  private final ModuleBody source;
  private final SequencedMap<Variable, Term> captured;
  private Phase phase = Phase.START;
  private ArrayDeque<Term> hooks = new ArrayDeque<>();
  private @Nullable Routine current;
  private Environment env;
  private Term last = Atom.NIL;
  private Term result = Atom.NIL;

  /** Whether the module stands alone, at a prompt, and not in a file. */
  private boolean isAlone;

  private enum Phase {
    START,
    BODY,
    BEFORE_COMPILE,
    AFTER_COMPILE
  }

  ModuleDefinition(
      Compiler compiler, Term name, ModuleBody source, SequencedMap<Variable, Term> captured) {
    this.compiler = compiler;
    this.name = name;
    this.source = source;
    this.captured = captured;
    this.env = source.environment();
  }

  @Override
  public Routine copy() {
    var copy = new ModuleDefinition(compiler, name, source, captured);
    copy.phase = phase;
    copy.hooks = new ArrayDeque<>(hooks);
    copy.current = current == null ? null : current.copy();
    copy.env = env;
    copy.last = last;
    copy.result = result;
    copy.isAlone = isAlone;
    return copy;
  }

  @Override
  public Outcome run(ProcessContext self) {
    try {
      return advance(self);
    } catch (Raise raise) {
      end(self);
      return new Outcome.Raised(
          raise.exceptionClass(), raise.reason(), raise.trace().orElse(Nil.NIL));
    }
  }

  private void end(ProcessContext self) {
    if (name instanceof Atom module) {
      Compiler.of(self).drafts().end(module);
    }
    if (isAlone) {
      Compiler.of(self).abandonFile(self);
    }
  }

  private Outcome advance(ProcessContext self) {
    while (true) {
      if (current != null) {
        Outcome outcome = current.run(self);
        switch (outcome) {
          case Outcome.Returned(Term value) -> {
            current = null;
            if (phase == Phase.BODY) {
              last = ((Tuple) value).get(0);
            }
          }
          case Outcome.Raised _ -> {
            end(self);
            return outcome;
          }
          case Outcome.Yielded _, Outcome.Waiting _ -> {
            return outcome;
          }
        }
      }
      switch (phase) {
        case START -> begin(self);
        case BODY -> {
          hooks.addAll(Attributes.inOrder(draft(self), Attributes.BEFORE_COMPILE));
          phase = Phase.BEFORE_COMPILE;
        }
        case BEFORE_COMPILE -> {
          if (!hooks.isEmpty()) {
            hook(self, hooks.pop(), "__before_compile__", List.of());
          } else {
            finish(self);
            phase = Phase.AFTER_COMPILE;
          }
        }
        case AFTER_COMPILE -> {
          if (hooks.isEmpty()) {
            if (isAlone) {
              Compiler.of(self).endFile(self);
            }
            CompilerProcesses.ended(self, source.environment().module().isEmpty());
            return new Outcome.Returned(result);
          }
          hook(self, hooks.pop(), "__after_compile__", List.of(((Tuple) result).get(2)));
        }
      }
    }
  }

  private Draft draft(ProcessContext self) {
    return Compiler.of(self).drafts().find((Atom) name).orElseThrow();
  }

  private void begin(ProcessContext self) {
    Environment outer = source.environment();
    if (!(name instanceof Atom module)
        || module == Atom.NIL
        || module == Atom.TRUE
        || module == Atom.FALSE) {
      throw CompileProblem.compileError(
          outer, outer.line(), "invalid module name: " + new NodeModules(self).inspect(name));
    }
    Drafts drafts = Compiler.of(self).drafts();
    if (outer.module().isPresent() && drafts.find(module).isPresent()) {
      throw CompileProblem.compileError(
          outer,
          outer.line(),
          "cannot define module "
              + new NodeModules(self).inspect(module)
              + " because it is currently being defined in "
              + outer.file());
    }
    Environment start =
        new Environment(
                java.util.Optional.of(module),
                outer.file(),
                outer.line(),
                java.util.Optional.empty(),
                outer.aliases(),
                outer.macroAliases(),
                outer.requires(),
                outer.functions(),
                outer.macros(),
                Environment.Context.NORMAL,
                outer.contextModules(),
                outer.variables())
            .withContextModule(module);
    isAlone = Compiler.of(self).beginModule(self);
    if (self.owned(CodeServer.class).isLoaded(module)
        && !self.owned(CodeServer.class).isLibrary(module)) {
      new NodeModules(self)
          .warn(
              Warning.atLine(
                  outer,
                  outer.line(),
                  "redefining module "
                      + new NodeModules(self).inspect(module)
                      + " (current version defined in memory)"));
    }
    drafts.begin(Draft.of(module, start, source.kind()));
    phase = Phase.BODY;
    evaluate(self, source.body(), start);
  }

  private void evaluate(ProcessContext self, Term form, Environment environment) {
    var scope = new Scope(environment);
    Expander expander = Compiler.of(self).expander(self, environment);
    Core core = expander.expand(form, scope);
    expander.close(0, scope);
    env = scope.env;
    current = compiler.machine().evaluateBody(core, captured, environment.file());
  }

  private void hook(ProcessContext self, Term hook, String function, List<Term> more) {
    Term module = hook instanceof Tuple pair && pair.size() == 2 ? pair.get(0) : hook;
    String name =
        hook instanceof Tuple pair && pair.size() == 2 ? ((Atom) pair.get(1)).name() : function;
    Environment here =
        env.withVariables(source.environment().variables()).withRequire((Atom) module);
    var arguments = new ArrayList<Term>();
    arguments.add(EnvironmentTerm.of(here));
    arguments.addAll(more);
    evaluate(self, Quoted.remote(module, Atom.of(name), Nil.NIL, arguments), here);
  }

  private void finish(ProcessContext self) {
    Draft draft = draft(self);
    NodeModules modules = new NodeModules(self);
    ModuleNotes notes = Compiler.of(self).drafts().notes(draft.name());
    check(draft, notes, modules);
    var functions = new ArrayList<FunctionSource>();
    for (Draft.Definition definition : draft.allDefinitions()) {
      functions.add(definition.source());
    }
    if (Compiler.of(self).warns() && draft.kind() == Draft.Kind.MODULE) {
      new ModuleWarnings(draft, notes, modules).tell();
      Compiler.of(self).tracker(self).ifPresent(tracker -> noteCalls(draft, tracker));
    }
    addBehaviourInfo(draft, functions);
    var info =
        new CompiledModule.Info(
            Attributes.persisted(draft), structInfo(draft), docs(self, draft), deprecated(notes));
    CompiledModule module =
        CompiledModule.compile(draft.name(), draft.start().file(), functions, info);
    self.owned(CodeServer.class).load(module);
    hooks.addAll(Attributes.inOrder(draft, Attributes.AFTER_COMPILE));
    result = Tuple.of(Atom.of("module"), draft.name(), ObjectCode.of(module), last);
    Compiler.of(self).drafts().end(draft.name());
  }

  private static void noteCalls(Draft draft, LexicalTracker tracker) {
    for (Draft.Definition definition : draft.allDefinitions()) {
      tracker.called(RemoteCalls.of(definition, draft.start()));
    }
  }

  private static Term docs(ProcessContext self, Draft draft) {
    if (ModuleDocs.isLibrary(draft.start().file())) {
      return Atom.NIL;
    }
    Drafts drafts = Compiler.of(self).drafts();
    int line = drafts.notes(draft.name()).lineOf("moduledoc");
    return drafts.docs(draft.name()).kept(draft, line, new NodeModules(self));
  }

  private static ListTerm deprecated(ModuleNotes notes) {
    var pairs = new ArrayList<Term>();
    notes
        .deprecated()
        .forEach(
            (name, message) ->
                pairs.add(
                    Tuple.of(Tuple.of(name.name(), SmallInt.of(name.arity())), Bits.of(message))));
    return ListTerm.of(pairs);
  }

  private static void check(Draft draft, ModuleNotes notes, NodeModules modules) {
    var defined = new LinkedHashSet<NameArity>();
    var macros = new LinkedHashSet<NameArity>();
    for (Draft.Definition definition : draft.allDefinitions()) {
      defined.add(definition.name());
      if (definition.definer().isMacro()) {
        macros.add(definition.name());
      }
    }
    for (Calls.LocalCall call : draft.localCalls()) {
      if (call.importedFrom() != null) {
        if (defined.contains(call.callee())) {
          int line = draft.definitions().get(call.callee()).line();
          throw CompileProblem.compileError(
              draft.start(),
              line,
              "imported "
                  + modules.inspect(call.importedFrom())
                  + "."
                  + call.callee()
                  + " conflicts with local function");
        }
        continue;
      }
      boolean isLive = draft.definitions().containsKey(call.caller());
      if (isLive && !defined.contains(call.callee())) {
        throw CompileProblem.compileError(
            draft.start(),
            call.line(),
            "undefined function "
                + call.callee()
                + " (expected "
                + modules.inspect(draft.name())
                + " to define such a function or for it to be imported, but none are available)");
      }
      if (isLive && macros.contains(call.callee()) && !isByDefault(draft, call)) {
        throw CompileProblem.compileError(
            draft.start(),
            call.line(),
            "cannot invoke macro " + call.callee() + " before its definition");
      }
    }
    for (Draft.Definition definition : draft.definitions().values()) {
      if (definition.clauses().isEmpty()) {
        throw CompileProblem.compileError(
            draft.start(),
            definition.line(),
            "implementation not provided for predefined "
                + definition.definer().text()
                + " "
                + definition.name());
      }
    }
    notes
        .specs()
        .forEach(
            (function, line) -> {
              if (!defined.contains(function) && !macros.contains(function)) {
                throw CompileProblem.compileError(
                    draft.start(), line, "spec for undefined function " + function);
              }
            });
  }

  private static void addBehaviourInfo(Draft draft, List<FunctionSource> functions) {
    var callbacks = new ArrayList<Term>(Attributes.inOrder(draft, Atom.of("callback")).reversed());
    for (Term macro : Attributes.inOrder(draft, Atom.of("macrocallback")).reversed()) {
      Tuple pair = (Tuple) macro;
      callbacks.add(
          Tuple.of(
              Atom.of("MACRO-" + ((Atom) pair.get(0)).name()),
              SmallInt.of(((SmallInt) pair.get(1)).value() + 1)));
    }
    Atom info = Atom.of("behaviour_info");
    if (callbacks.isEmpty() || draft.definitions().containsKey(new NameArity(info, 1))) {
      return;
    }
    var optional = new ArrayList<Term>();
    for (Term names : Attributes.inOrder(draft, Atom.of("optional_callbacks"))) {
      ((ListTerm) names).forEach(optional::add);
    }
    // As Elixir keeps them: by name and arity, the last one first.
    callbacks.sort(
        Comparator.comparing(ModuleDefinition::plainName, TermOrder.STANDARD).reversed());
    functions.add(
        new FunctionSource(
            info,
            1,
            FunctionSource.Visibility.PUBLIC,
            0,
            List.of(
                clause("callbacks", ListTerm.of(callbacks)),
                clause("optional_callbacks", ListTerm.of(optional)))));
  }

  /** Whether a call is that of a macro's head with fewer arguments, which fills in the defaults. */
  private static boolean isByDefault(Draft draft, Calls.LocalCall call) {
    int missing = call.callee().arity() - call.caller().arity();
    return call.caller().name() == call.callee().name()
        && missing > 0
        && missing <= draft.definitions().get(call.callee()).defaults();
  }

  private static Term plainName(Term callback) {
    Tuple pair = (Tuple) callback;
    String name = ((Atom) pair.get(0)).name();
    return pair.with(0, Atom.of(name.startsWith("MACRO-") ? name.substring(6) : name));
  }

  private static Core.Clause clause(String key, Term value) {
    return new Core.Clause(
        0,
        List.of(new beamyard.lessons.elixir.core.Pattern.Exactly(Atom.of(key))),
        List.of(),
        new Core.Literal(0, value));
  }

  private static Term structInfo(Draft draft) {
    if (draft.struct().isEmpty()) {
      return Atom.NIL;
    }
    var fields = new ArrayList<Term>();
    for (Term name : draft.struct().get().names()) {
      fields.add(
          MapTerm.of(
              Atom.of("field"),
              name,
              Atom.of("required"),
              Atom.of(draft.struct().get().enforced().contains(name))));
    }
    return ListTerm.of(fields);
  }
}
