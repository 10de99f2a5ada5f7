package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.FunctionSource;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Float64;
import beamyard.simulator.term.Fun;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Port;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which module implements a protocol for a value, and implementations that are derived. */
final class Protocols {
  private static final Atom STRUCT_KEY = Atom.of("__struct__");
  private static final Atom ANY = Atom.of("Elixir.Any");

  private Protocols() {}

  /** {@code impl_for(protocol, value, fallback_to_any)}. */
  static Term implFor(ProcessContext self, Term[] arguments) {
    CodeServer code = self.owned(CodeServer.class);
    Atom protocol = (Atom) arguments[0];
    Atom found = implementation(code, protocol, typeOf(arguments[1]));
    if (found == null && arguments[2] == Atom.TRUE) {
      found = implementation(code, protocol, ANY);
    }
    return found == null ? Atom.NIL : found;
  }

  /** Raises unless a module is a protocol. */
  static Term mustBeProtocol(ProcessContext self, Term[] arguments) {
    var modules = new NodeModules(self);
    Atom protocol = (Atom) arguments[0];
    if (!modules.exists(protocol)) {
      throw CompileProblem.argumentError(
          "could not load module " + modules.inspect(protocol) + " due to reason :nofile");
    }
    if (!modules
        .functions(protocol)
        .contains(new Environment.NameArity(Atom.of("__protocol__"), 1))) {
      throw CompileProblem.argumentError(modules.inspect(protocol) + " is not a protocol");
    }
    return Atom.OK;
  }

  private static @org.jspecify.annotations.Nullable Atom implementation(
      CodeServer code, Atom protocol, Atom type) {
    Atom name = ProtocolMacros.implementationOf(protocol, type);
    return code.exists(name) ? name : null;
  }

  static Atom typeOf(Term value) {
    return switch (value) {
      case MapTerm map when map.get(STRUCT_KEY) instanceof Atom struct -> struct;
      case MapTerm _ -> Atom.of("Elixir.Map");
      case Tuple _ -> Atom.of("Elixir.Tuple");
      case Atom _ -> Atom.of("Elixir.Atom");
      case ListTerm _ -> Atom.of("Elixir.List");
      case Bits _ -> Atom.of("Elixir.BitString");
      case IntegerTerm _ -> Atom.of("Elixir.Integer");
      case Float64 _ -> Atom.of("Elixir.Float");
      case Fun _ -> Atom.of("Elixir.Function");
      case Pid _ -> Atom.of("Elixir.PID");
      case Port _ -> Atom.of("Elixir.Port");
      case Reference _ -> Atom.of("Elixir.Reference");
    };
  }

  /** {@code @derive}: the struct gets an implementation that does what {@code Any}'s does. */
  static void derive(ProcessContext self, Atom module, MapTerm struct, Term derive) {
    if (derive instanceof ListTerm list) {
      list.forEach(one -> derive(self, module, struct, one));
      return;
    }
    boolean hasOptions = derive instanceof Tuple pair && pair.size() == 2;
    Atom protocol = (Atom) (hasOptions ? ((Tuple) derive).get(0) : derive);
    Term options = hasOptions ? ((Tuple) derive).get(1) : ListTerm.empty();
    var modules = new NodeModules(self);
    Atom any = ProtocolMacros.implementationOf(protocol, ANY);
    if (protocol == Atom.of("Elixir.Inspect")) {
      for (String option : List.of("only", "except", "optional")) {
        checkFields(modules, module, struct, option, Quoted.get(options, Atom.of(option)));
      }
      load(self, module, protocol, List.of(inspectFunction(module, struct, options)));
      return;
    }
    checkDerivable(modules, protocol, protocol, module);
    var isProtocol = new Environment.NameArity(Atom.of("__protocol__"), 1);
    if (!modules.functions(protocol).contains(isProtocol)) {
      throw CompileProblem.argumentError(
          modules.inspect(protocol)
              + " is not a protocol, cannot derive "
              + modules.inspect(protocol)
              + " for "
              + modules.inspect(module));
    }
    checkDerivable(modules, any, protocol, module);
    if (modules.macros(any).contains(new Environment.NameArity(Atom.of("__deriving__"), 3))) {
      deriveByMacro(self, module, struct, options, any);
      return;
    }
    var functions = new ArrayList<FunctionSource>();
    for (Term pair :
        (ListTerm) modules.call(protocol, Atom.of("__protocol__"), List.of(Atom.of("functions")))) {
      functions.add(delegate(any, CompilerBuiltins.nameArity(pair)));
    }
    load(self, module, protocol, functions);
  }

  private static void checkFields(
      NodeModules modules, Atom module, MapTerm struct, String option, @Nullable Term fields) {
    if (!(fields instanceof ListTerm names)) {
      return;
    }
    var unknown = new ArrayList<Term>();
    for (Term name : names) {
      if (!struct.containsKey(name)) {
        unknown.add(name);
      }
    }
    if (!unknown.isEmpty()) {
      throw CompileProblem.argumentError(
          "unknown fields "
              + modules.inspect(ListTerm.of(unknown))
              + " in :"
              + option
              + " when deriving the Inspect protocol for "
              + modules.inspect(module));
    }
  }

  private static void checkDerivable(NodeModules modules, Atom needed, Atom protocol, Atom module) {
    if (!modules.exists(needed)) {
      throw CompileProblem.argumentError(
          "could not load module "
              + modules.inspect(needed)
              + " due to reason :nofile, cannot derive "
              + modules.inspect(protocol)
              + " for "
              + modules.inspect(module));
    }
  }

  private static void deriveByMacro(
      ProcessContext self, Atom module, MapTerm struct, Term options, Atom any) {
    Environment env = Compiler.of(self).drafts().find(module).orElseThrow().start();
    Term code =
        new NodeModules(self)
            .call(
                any,
                Atom.of("MACRO-__deriving__"),
                List.of(EnvironmentTerm.of(env), module, struct, options));
    Evaluations.runNow(self, code, env);
  }

  private static FunctionSource delegate(Atom target, Environment.NameArity function) {
    var patterns = new ArrayList<Pattern>();
    var arguments = new ArrayList<Core>();
    for (int i = 0; i < function.arity(); i++) {
      var variable = new Variable("arg");
      patterns.add(new Pattern.Bind(variable));
      arguments.add(new Core.Use(0, variable));
    }
    return new FunctionSource(
        function.name(),
        function.arity(),
        FunctionSource.Visibility.PUBLIC,
        0,
        List.of(
            new Core.Clause(
                0,
                patterns,
                List.of(),
                new Core.CallRemote(0, new Core.Literal(0, target), function.name(), arguments))));
  }

  private static void load(
      ProcessContext self, Atom module, Atom protocol, List<FunctionSource> functions) {
    var all = new ArrayList<>(functions);
    Atom name = ProtocolMacros.implementationOf(protocol, module);
    all.add(
        new FunctionSource(
            Atom.of("__impl__"),
            1,
            FunctionSource.Visibility.PUBLIC,
            0,
            List.of(
                constant("for", module),
                constant("target", name),
                constant("protocol", protocol))));
    String file = Compiler.of(self).drafts().find(module).orElseThrow().start().file();
    self.owned(CodeServer.class)
        .load(CompiledModule.compile(name, file, all, CompiledModule.Info.NONE));
  }

  private static Core.Clause constant(String key, Atom value) {
    return new Core.Clause(
        0, List.of(new Pattern.Exactly(Atom.of(key))), List.of(), new Core.Literal(0, value));
  }

  /** {@code @derive {Inspect, only: [...]}}: shows some of the fields; optional ones if they are not as in a new struct. */
  private static FunctionSource inspectFunction(Atom module, MapTerm struct, Term options) {
    var fields = new ArrayList<Term>();
    Term only = Quoted.get(options, Atom.of("only"));
    Term except = Quoted.get(options, Atom.of("except"));
    Term optional = Quoted.get(options, Atom.of("optional"));
    for (MapTerm.Entry entry : struct) {
      boolean isShown =
          only instanceof ListTerm list
              ? list.toList().contains(entry.key())
              : !(except instanceof ListTerm hidden && hidden.toList().contains(entry.key()));
      if (entry.key() != STRUCT_KEY && isShown) {
        boolean isOptional =
            optional instanceof ListTerm names && names.toList().contains(entry.key());
        fields.add(
            MapTerm.of(Atom.of("field"), entry.key(), Atom.of("required"), Atom.of(!isOptional)));
      }
    }
    boolean isWhole = fields.size() == struct.size() - 1;
    String name =
        module.name().startsWith("Elixir.") ? module.name().substring(7) : ":" + module.name();
    var value = new Variable("struct");
    var settings = new Variable("opts");
    Core body =
        Kernels.remote(
            0,
            "Elixir.Inspect.Any",
            isWhole ? "inspect" : "inspect_partly",
            new Core.Use(0, value),
            new Core.Literal(0, Bits.of(name)),
            new Core.Literal(0, ListTerm.of(fields)),
            new Core.Use(0, settings));
    return new FunctionSource(
        Atom.of("inspect"),
        2,
        FunctionSource.Visibility.PUBLIC,
        0,
        List.of(
            new Core.Clause(
                0, List.of(new Pattern.Bind(value), new Pattern.Bind(settings)), List.of(), body)));
  }
}
