package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Compiler.CompiledExpression;
import beamyard.lessons.elixir.compiler.Environment.VariableKey;
import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** {@code Code.eval_string}, {@code Macro.expand} and other ways in which running code meets the compiler. */
final class Evaluations {
  private static final String NOFILE = "nofile";

  private Evaluations() {}

  static void define(BuiltinTable table) {
    String code = "Elixir.Code";
    table.defineBlocking(
        code, "eval_string", 1, (self, a) -> evalString(self, a[0], Nil.NIL, Nil.NIL));
    table.defineBlocking(
        code, "eval_string", 2, (self, a) -> evalString(self, a[0], a[1], Nil.NIL));
    table.defineBlocking(code, "eval_string", 3, (self, a) -> evalString(self, a[0], a[1], a[2]));
    table.defineBlocking(
        code, "eval_quoted", 1, (self, a) -> evalQuoted(self, a[0], Nil.NIL, Nil.NIL));
    table.defineBlocking(
        code, "eval_quoted", 2, (self, a) -> evalQuoted(self, a[0], a[1], Nil.NIL));
    table.defineBlocking(code, "eval_quoted", 3, (self, a) -> evalQuoted(self, a[0], a[1], a[2]));
    table.defineBlocking(code, "compile_string", 1, (self, a) -> compileString(self, a[0], NOFILE));
    table.defineBlocking(
        code, "compile_string", 2, (self, a) -> compileString(self, a[0], SourceForms.text(a[1])));
    table.defineBlocking(code, "compile_quoted", 1, (self, a) -> new FileEvaluation(a[0], NOFILE));
    table.defineBlocking(
        code, "compile_quoted", 2, (self, a) -> new FileEvaluation(a[0], SourceForms.text(a[1])));
    table.define(
        code,
        "required_files",
        0,
        (self, a) ->
            ListTerm.of(Compiler.of(self).requiredFiles().stream().<Term>map(Bits::of).toList()));
    table.define(
        "elixir_files",
        "require",
        1,
        (self, a) -> Atom.of(Compiler.of(self).require(SourceForms.text(a[0]))));
    table.define(
        code,
        "ensure_loaded?",
        1,
        (self, a) -> {
          if (a[0] instanceof Atom module) {
            return Atom.of(new NodeModules(self).exists(module));
          }
          throw Raise.error(Atom.of("function_clause"))
              .in(Tuple.of(Atom.of(code), Atom.of("ensure_loaded?"), ListTerm.of(a[0]), Nil.NIL));
        });
    table.define(code, "ensure_loaded", 1, (self, a) -> loaded(self, a[0]));
    table.define(code, "ensure_compiled", 1, (self, a) -> loaded(self, a[0]));
    table.define(code, "ensure_loaded!", 1, (self, a) -> loadedOrRaise(self, a[0]));
    table.define(code, "ensure_compiled!", 1, (self, a) -> loadedOrRaise(self, a[0]));
    table.define(
        code,
        "loaded?",
        1,
        (self, a) -> {
          CodeServer server = self.owned(CodeServer.class);
          return Atom.of(server.isLoaded((Atom) a[0]) || server.builtins().hasModule((Atom) a[0]));
        });
    String macro = "Elixir.Macro";
    table.define(macro, "expand", 2, (self, a) -> expand(self, a[0], a[1], Steps.ALL));
    table.define(macro, "expand_once", 2, (self, a) -> expand(self, a[0], a[1], Steps.ONE));
    table.define(macro, "escape", 1, (self, a) -> Quoted.escape(a[0]));
    table.define(macro, "escape", 2, (self, a) -> Quoted.escape(a[0]));
  }

  private enum Steps {
    ONE,
    ALL
  }

  // ---- code to value

  private static Routine evalString(ProcessContext self, Term string, Term binding, Term options) {
    Term location =
        options instanceof MapTerm env
            ? ListTerm.of(
                Tuple.of(Atom.of("file"), env.get(Atom.of("file"))),
                Tuple.of(Quoted.LINE, env.get(Quoted.LINE)))
            : options;
    return evalQuoted(self, SourceForms.parse(self, string, location), binding, options);
  }

  private static Routine evalQuoted(ProcessContext self, Term quoted, Term binding, Term options) {
    Environment env = EnvironmentTerm.read(options, NOFILE);
    var variables = new LinkedHashMap<VariableKey, Variable>();
    var values = new LinkedHashMap<Variable, Term>();
    for (Term element : (ListTerm) binding) {
      Tuple pair = (Tuple) element;
      VariableKey key =
          pair.get(0) instanceof Tuple full
              ? new VariableKey((Atom) full.get(0), full.get(1))
              : new VariableKey((Atom) pair.get(0), Atom.NIL);
      var variable = new Variable(key.name().name());
      variables.put(key, variable);
      values.put(variable, pair.get(1));
    }
    Compiler compiler = Compiler.of(self);
    CompiledExpression expression =
        compiler.compileExpression(self, quoted, env.withVariables(variables));
    return new Evaluation(expression, compiler.evaluate(expression, values));
  }

  /** An evaluation that answers {@code {value, binding}}. */
  private record Evaluation(CompiledExpression expression, Routine inner) implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      Outcome outcome = inner.run(self);
      return outcome instanceof Outcome.Returned(Term value)
          ? new Outcome.Returned(withBinding(value))
          : outcome;
    }

    private Term withBinding(Term returned) {
      // a real node folds over a map of the variables, so the last in term order comes first
      var pairs = new TreeMap<Term, Term>(TermOrder.EXACT.reversed());
      SequencedMap<Variable, Term> values = Compiler.values(expression, returned);
      expression
          .environment()
          .variables()
          .forEach(
              (key, variable) -> {
                Term name =
                    key.context() == Atom.NIL ? key.name() : Tuple.of(key.name(), key.context());
                if (!(key.context() instanceof SmallInt)) {
                  pairs.put(
                      Tuple.of(key.name(), key.context()), Tuple.of(name, values.get(variable)));
                }
              });
      return Tuple.of(((Tuple) returned).get(0), ListTerm.of(List.copyOf(pairs.values())));
    }

    @Override
    public Routine copy() {
      return new Evaluation(expression, inner.copy());
    }
  }

  /** Evaluates code to its end; for code that only defines. */
  static void runNow(ProcessContext self, Term code, Environment env) {
    Compiler compiler = Compiler.of(self);
    CompiledExpression expression =
        compiler.compileExpression(self, code, env.withVariables(new LinkedHashMap<>()));
    Routine routine = compiler.evaluate(expression, new LinkedHashMap<>());
    while (true) {
      switch (routine.run(self)) {
        case Outcome.Returned _ -> {
          return;
        }
        case Outcome.Raised(var exceptionClass, Term reason, var _) ->
            throw new Raise(exceptionClass, reason);
        case Outcome.Waiting _ -> throw Raise.error(Atom.of("must_not_wait"));
        case Outcome.Yielded _ -> {}
      }
    }
  }

  private static Routine compileString(ProcessContext self, Term string, String file) {
    Term quoted =
        SourceForms.parse(self, string, ListTerm.of(Tuple.of(Atom.of("file"), Bits.of(file))));
    return new FileEvaluation(quoted, file);
  }

  /** {@code Module.create(name, quoted, env)}. */
  static Routine createModule(ProcessContext self, Term[] arguments) {
    Environment env =
        EnvironmentTerm.read(arguments[2], NOFILE).withVariables(new LinkedHashMap<>());
    var body = new ModuleBody(arguments[1], env, Draft.Kind.MODULE, List.of());
    return Compiler.of(self).define(self, arguments[0], body, new LinkedHashMap<>());
  }

  // ---- modules, macros

  private static Term loaded(ProcessContext self, Term module) {
    return new NodeModules(self).exists((Atom) module)
        ? Tuple.of(Atom.of("module"), module)
        : Tuple.of(Atom.ERROR, Atom.of("nofile"));
  }

  private static Term loadedOrRaise(ProcessContext self, Term module) {
    var modules = new NodeModules(self);
    if (modules.exists((Atom) module)) {
      return module;
    }
    throw CompileProblem.argumentError(
        "could not load module " + modules.inspect(module) + " due to reason :nofile");
  }

  private static Term expand(ProcessContext self, Term form, Term env, Steps steps) {
    Environment environment = EnvironmentTerm.read(env, NOFILE);
    var expander = Compiler.of(self).expander(self, environment);
    var scope = new Scope(environment);
    Optional<Term> once = expander.expandOnce(form, scope);
    return steps == Steps.ONE ? once.orElse(form) : expander.expandAll(form, scope);
  }
}
