package beamyard.lessons.shell;

import beamyard.lessons.elixir.compiler.Compiler;
import beamyard.lessons.elixir.compiler.Compiler.CompiledExpression;
import beamyard.lessons.elixir.compiler.Environment;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.Library;
import beamyard.lessons.elixir.machine.Machine;
import beamyard.lessons.elixir.machine.ModuleDefiner;
import beamyard.lessons.elixir.machine.ModuleLoader;
import beamyard.lessons.elixir.stdlib.StdlibSources;
import beamyard.lessons.elixir.stdlib.StdlibSources.SourceFile;
import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parsed;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.NodeSoftware;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.process.Language;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the library's modules from their sources when they are first used: each file is evaluated on a node of a simulation of its own, where
 * nothing else runs, so the result never depends on who asked.
 */
final class StandardLibrary implements ModuleLoader {
  private static final InitialCall COMPILING =
      new InitialCall(Atom.of("beamyard"), Atom.of("compile"), 0);
  private static final long LIMIT_NANOS = 3_600_000_000_000L;

  private final StdlibSources sources = StdlibSources.load();
  private final BuiltinTable builtins;
  private final Library library = new Library(this);
  private final Map<Atom, CompiledModule> compiled = new LinkedHashMap<>();
  private final Deque<SourceFile> compiling = new ArrayDeque<>();

  /** The library for nodes that have these functions written in Java. */
  StandardLibrary(BuiltinTable builtins) {
    this.builtins = builtins;
  }

  Library library() {
    return library;
  }

  /** All modules that the sources define, compiled. */
  List<CompiledModule> all() {
    sources.modules().forEach(library::find);
    return List.copyOf(compiled.values());
  }

  /** One thread at a time: what one compiles the others wait for. */
  @Override
  public synchronized Optional<CompiledModule> load(Atom name) {
    CompiledModule known = compiled.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<SourceFile> file = sources.find(name);
    if (file.isEmpty() || compiling.contains(file.get())) {
      return Optional.empty(); // a module being compiled is found where it is compiled
    }
    compiling.push(file.get());
    try {
      compile(file.get()).loaded().forEach(module -> compiled.putIfAbsent(module.name(), module));
      return Optional.ofNullable(compiled.get(name));
    } finally {
      compiling.pop();
    }
  }

  /** The modules of a file, in the code server of the node that compiled them. */
  private CodeServer compile(SourceFile file) {
    var workshop = new Simulation(SimulationSettings.seed(0), new Workshop(), Trace.OFF);
    Node node = workshop.bootAndWait(NodeSettings.unnamed("library"));
    var code = new CodeServer(library, builtins);
    node.own(CodeServer.class, code, CodeServer::copy);
    var compiler = new Compiler();
    node.own(ModuleDefiner.class, compiler, definer -> definer);
    node.own(
        ApplicationEnvironment.class, new ApplicationEnvironment(), ApplicationEnvironment::copy);
    node.own(Console.class, new Console(), Console::copy);
    var evaluation = new FileEvaluation(compiler, file);
    node.processes().spawn(evaluation, COMPILING, Optional.empty());
    workshop.runUntil(() -> evaluation.outcome != null, workshop.now() + LIMIT_NANOS);
    if (!(evaluation.outcome instanceof Outcome.Returned)) {
      throw new AssertionError(
          file.name() + " of the standard library does not compile: " + evaluation.outcome);
    }
    return code;
  }

  /** Software of a node on which nothing runs by itself. */
  private static final class Workshop implements NodeSoftware {
    private final Machine machine = new Machine();

    @Override
    public Language language() {
      return machine;
    }

    @Override
    public void boot(Node node) {}
  }

  /** The evaluation of one file, whose outcome is kept. */
  private static final class FileEvaluation implements Routine {
    private final Compiler compiler;
    private final SourceFile file;
    private final Deque<Term> forms;
    private @Nullable Routine running;
    private @Nullable Outcome outcome;

    FileEvaluation(Compiler compiler, SourceFile file) {
      this.compiler = compiler;
      this.file = file;
      this.forms = formsOf(file);
    }

    @Override
    public Routine copy() {
      throw new AssertionError("the simulation that compiles the library is never copied");
    }

    /** One top-level form after the other: each may use the modules that those before it defined. */
    @Override
    public Outcome run(ProcessContext self) {
      while (true) {
        Routine routine = running;
        if (routine == null) {
          if (forms.isEmpty()) {
            outcome = new Outcome.Returned(Atom.OK);
            return outcome;
          }
          CompiledExpression expression =
              compiler.compileExpression(self, forms.remove(), Environment.of(file.name()));
          routine = compiler.evaluate(expression, new LinkedHashMap<>());
          running = routine;
        }
        Outcome ended = routine.run(self);
        if (ended instanceof Outcome.Returned) {
          running = null;
        } else {
          if (ended instanceof Outcome.Raised) {
            outcome = ended;
          }
          return ended;
        }
      }
    }

    private static Deque<Term> formsOf(SourceFile file) {
      Parsed parsed = Parser.parse(new Source(file.name(), file.text(), 1, 1), ParseOptions.LINES);
      if (!(parsed instanceof Parsed.Quoted(Term form))) {
        throw new AssertionError(
            file.name() + " of the standard library cannot be parsed: " + parsed);
      }
      return form instanceof Tuple block
              && block.isTagged(Atom.of("__block__"), 3)
              && block.get(2) instanceof ListTerm forms
          ? new ArrayDeque<>(forms.toList())
          : new ArrayDeque<>(List.of(form));
    }
  }
}
