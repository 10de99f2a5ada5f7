package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.VariableKey;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.ModuleSource;
import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Machine;
import beamyard.lessons.elixir.machine.ModuleDefiner;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * The compiler of one node. The node owns it as its {@link ModuleDefiner}; what it keeps are the modules whose definition is
 * under way.
 */
public final class Compiler implements ModuleDefiner {
  private final Machine machine = new Machine();
  private final Drafts drafts;
  private final WarningSink sink;
  private final Trackers trackers;
  private final SequencedSet<String> required = new LinkedHashSet<>();
  private int running;

  /** A compiler whose warnings nobody reads. */
  public Compiler() {
    this(WarningSink.NONE);
  }

  public Compiler(WarningSink sink) {
    this(new Drafts(), sink, new Trackers());
  }

  private Compiler(Drafts drafts, WarningSink sink, Trackers trackers) {
    this.drafts = drafts;
    this.sink = sink;
    this.trackers = trackers;
  }

  /** An independent copy in the same state. */
  public Compiler copy() {
    var copy = new Compiler(drafts.copy(), sink, trackers.copy());
    copy.required.addAll(required);
    return copy;
  }

  /**
   * Calls a function at once while code is compiled: a macro. It cannot wait for another process; see {@link #isRunning}.
   */
  Term callNow(
      ProcessContext self, Atom module, Atom function, List<Term> arguments, long reductionLimit) {
    running++;
    try {
      return machine.callNow(self, module, function, arguments, reductionLimit);
    } finally {
      running--;
    }
  }

  /** Whether a macro runs, so that what it prints must not wait until a device has printed it. */
  boolean isRunning() {
    return running > 0;
  }

  /** Whether {@code Kernel} has a macro of that name; they are part of the compiler. */
  public static boolean isKernelMacro(Atom name, int arity) {
    return KernelNames.isMacro(name, arity);
  }

  /** Adds the functions that compiled code needs of the compiler, and those of {@code Code}, {@code Macro}, {@code Module}. */
  public static void defineBuiltins(BuiltinTable table) {
    CompilerBuiltins.define(table);
    ModuleDocs.define(table);
    Evaluations.define(table);
    SourceForms.define(table);
  }

  /** The compiler of the node on which a process runs. */
  static Compiler of(ProcessContext self) {
    return (Compiler) self.owned(ModuleDefiner.class);
  }

  /**
   * An expression ready to be evaluated.
   *
   * @param core what to evaluate
   * @param environment what later expressions see: with the aliases, imports and variables of this one
   */
  public record CompiledExpression(Core core, Environment environment) {
    /** The variables to read back, in the order of {@link Environment#variables}. */
    public List<Variable> variables() {
      return List.copyOf(environment.variables().sequencedValues());
    }
  }

  /**
   * Compiles an expression; macros run at once in the process.
   *
   * @throws beamyard.lessons.elixir.machine.Raise as the compiler of Elixir raises: {@code CompileError} and others
   */
  public CompiledExpression compileExpression(ProcessContext self, Term quoted, Environment env) {
    var expander = expander(self, env);
    var scope = new Scope(env);
    Core core = expander.expand(quoted, scope);
    return new CompiledExpression(core, scope.env);
  }

  /** As {@link #compileExpression}, of a whole file: tells of its variables that nobody uses. */
  Core compileFile(ProcessContext self, Term quoted, String file) {
    Environment env = Environment.of(file);
    var expander = expander(self, env);
    var scope = new Scope(env);
    Core core = expander.expand(quoted, scope);
    expander.close(0, scope);
    return core;
  }

  /** Notes that a file is required; {@code false} if it was before. */
  boolean require(String file) {
    return required.add(file);
  }

  /** The files that were required, in that order. */
  List<String> requiredFiles() {
    return List.copyOf(required);
  }

  /** The evaluation of a compiled expression: returns {@code {value, [values of its variables]}}. */
  public Routine evaluate(CompiledExpression expression, SequencedMap<Variable, Term> values) {
    return machine.evaluate(
        expression.core(), values, expression.variables(), expression.environment().file());
  }

  /** The values of variables after an evaluation, by variable, from what {@link #evaluate} returned. */
  public static SequencedMap<Variable, Term> values(CompiledExpression expression, Term returned) {
    var values = new LinkedHashMap<Variable, Term>();
    var given =
        ((beamyard.simulator.term.ListTerm) ((beamyard.simulator.term.Tuple) returned).get(1))
            .toList();
    List<Variable> variables = expression.variables();
    for (int i = 0; i < variables.size(); i++) {
      values.put(variables.get(i), given.get(i));
    }
    return values;
  }

  /** An environment with a variable for each name, as {@code eval} has for its bindings. */
  public static Environment withVariables(
      Environment env, SequencedMap<VariableKey, Variable> variables) {
    return env.withVariables(variables);
  }

  @Override
  public Routine define(
      ProcessContext self, Term name, ModuleSource source, SequencedMap<Variable, Term> captured) {
    return new ModuleDefinition(this, name, (ModuleBody) source, captured);
  }

  Expander expander(ProcessContext self, Environment env) {
    return new Expander(new NodeModules(self), drafts, env);
  }

  void warn(ProcessContext self, String text) {
    sink.warn(self, text);
  }

  /** Whether anybody reads warnings. */
  boolean warns() {
    return sink != WarningSink.NONE;
  }

  Optional<LexicalTracker> tracker(ProcessContext self) {
    return trackers.of(self.self());
  }

  /** Begins to watch the file that a process compiles; {@code false} if nobody reads warnings. */
  boolean beginFile(ProcessContext self) {
    if (warns()) {
      trackers.begin(self.self());
    }
    return warns();
  }

  /** Begins to watch a module, unless it belongs to something that is watched; {@code false} if it does. */
  boolean beginModule(ProcessContext self) {
    return trackers.of(self.self()).isEmpty() && beginFile(self);
  }

  /** Ends what {@link #beginFile} began: tells what can be told only now. */
  void endFile(ProcessContext self) {
    var modules = new NodeModules(self);
    trackers
        .end(self.self())
        .ifPresent(
            tracker -> {
              tracker.unused().forEach(modules::warn);
              new RemoteCalls(modules).tell(tracker.calls());
            });
  }

  /** Ends it without a word: the file did not compile. */
  void abandonFile(ProcessContext self) {
    trackers.end(self.self());
  }

  Drafts drafts() {
    return drafts;
  }

  Machine machine() {
    return machine;
  }
}
