package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.formatter.FormatOptions;
import beamyard.lessons.elixir.formatter.Formatter;
import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The modules of the node on which a process compiles. */
final class NodeModules implements Modules {
  /** What a macro may use before it is taken for one that never ends. */
  private static final long REDUCTION_LIMIT = 50_000_000;

  private final ProcessContext self;
  private final CodeServer code;

  NodeModules(ProcessContext self) {
    this.self = self;
    this.code = self.owned(CodeServer.class);
  }

  @Override
  public boolean exists(Atom module) {
    return module == Quoted.KERNEL || code.exists(module);
  }

  @Override
  public List<NameArity> functions(Atom module) {
    var names = new LinkedHashSet<NameArity>();
    code.find(module)
        .ifPresent(
            found ->
                found
                    .functions()
                    .forEach(name -> names.add(new NameArity(name.function(), name.arity()))));
    if (code.builtins().hasModule(module)) {
      for (BuiltinTable.Name name : code.builtins().names()) {
        if (name.module() == module) {
          names.add(new NameArity(name.function(), name.arity()));
        }
      }
    }
    return new ArrayList<>(names);
  }

  @Override
  public List<NameArity> macros(Atom module) {
    if (module == Quoted.KERNEL) {
      return KernelNames.MACROS;
    }
    return code.find(module)
        .map(
            found ->
                found.macros().stream()
                    .map(name -> new NameArity(name.function(), name.arity()))
                    .toList())
        .orElse(List.of());
  }

  @Override
  public Term call(Atom module, Atom function, List<Term> arguments) {
    return Compiler.of(self).callNow(self, module, function, arguments, REDUCTION_LIMIT);
  }

  @Override
  public Term callIn(CompiledModule module, Atom function, List<Term> arguments) {
    code.load(module);
    try {
      return call(module.name(), function, arguments);
    } finally {
      code.delete(module.name());
      code.purge(module.name());
    }
  }

  @Override
  public Optional<String> deprecated(Atom module, NameArity function) {
    Optional<String> known = Claims.loaded().deprecated(module, function);
    return known.isPresent()
        ? known
        : code.find(module).flatMap(found -> found.deprecation(function.name(), function.arity()));
  }

  @Override
  public Optional<LexicalTracker> tracker() {
    return Compiler.of(self).tracker(self);
  }

  @Override
  public void warn(Warning warning) {
    Compiler.of(self).warn(self, warning.text());
  }

  @Override
  public String inspect(Term term) {
    return Inspector.inspect(term, InspectOptions.ONE_LINE);
  }

  @Override
  public String source(Term quoted) {
    return Formatter.text(quoted, FormatOptions.USUAL);
  }
}
