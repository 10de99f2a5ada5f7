package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Draft.Definition;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.compiler.LexicalTracker.RemoteCall;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Parts;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Calls of functions of other modules: whether these exist, and are not deprecated. */
final class RemoteCalls {
  private static final String UNDEFINED = "Elixir.UndefinedFunctionError";

  private final Modules modules;

  RemoteCalls(Modules modules) {
    this.modules = modules;
  }

  /** The calls that a definition makes. */
  static List<RemoteCall> of(Definition definition, Environment env) {
    Environment here = env.withFunction(definition.name().name(), definition.name().arity());
    var calls = new ArrayList<RemoteCall>();
    definition.clauses().forEach(clause -> collect(clause.body(), here, calls));
    return calls;
  }

  private static void collect(Core core, Environment env, List<RemoteCall> into) {
    if (core
            instanceof
            Core.CallRemote(int line, Core.Literal(_, Atom module), var name, var arguments)
        && line > 0) {
      into.add(
          new RemoteCall(
              env.module().orElseThrow(),
              module,
              new NameArity(name, arguments.size()),
              Warning.in(env, line, "")));
    } else if (core
            instanceof
            Core.CaptureRemote(
                int line,
                Core.Literal(_, Atom module),
                Core.Literal(_, Atom name),
                Core.Literal(_, SmallInt arity))
        && line > 0) {
      into.add(
          new RemoteCall(
              env.module().orElseThrow(),
              module,
              new NameArity(name, (int) arity.value()),
              Warning.in(env, line, "")));
    }
    Parts.of(core).forEach(part -> collect(part, env, into));
  }

  /** What may be wrong with a call, in the order in which Elixir tells of it. */
  private enum Kind {
    NO_MODULE,
    NOT_REQUIRED,
    DEPRECATED,
    NO_FUNCTION
  }

  private record Problem(Kind kind, String message) {}

  /** Tells of those that will fail, or should not be made, module by module. */
  void tell(List<RemoteCall> calls) {
    var callers = new LinkedHashMap<Atom, List<RemoteCall>>();
    calls.forEach(call -> callers.computeIfAbsent(call.caller(), _ -> new ArrayList<>()).add(call));
    callers.values().forEach(this::tellOfModule);
  }

  private void tellOfModule(List<RemoteCall> calls) {
    var sorted = new ArrayList<>(calls);
    sorted.sort(
        Comparator.comparing((RemoteCall call) -> call.module().name())
            .thenComparing(call -> call.function().name().name())
            .thenComparing(call -> call.function().arity()));
    var places = new LinkedHashMap<Callee, List<RemoteCall>>();
    sorted.forEach(
        call ->
            places
                .computeIfAbsent(new Callee(call.module(), call.function()), _ -> new ArrayList<>())
                .add(call));
    var problems = new EnumMap<Kind, List<Runnable>>(Kind.class);
    places.forEach(
        (callee, met) ->
            problem(callee)
                .ifPresent(
                    it ->
                        problems
                            .computeIfAbsent(it.kind(), _ -> new ArrayList<>())
                            .add(() -> tell(it.message(), met))));
    problems.values().forEach(telling -> telling.forEach(Runnable::run));
  }

  private record Callee(Atom module, NameArity function) {}

  private void tell(String message, List<RemoteCall> calls) {
    List<Warning> places = calls.stream().map(RemoteCall::at).distinct().toList();
    Warning first = places.getFirst();
    if (places.size() == 1) {
      modules.warn(new Warning(message, first.file(), first.line(), first.function()));
      return;
    }
    var text = new StringBuilder(message);
    text.append("\nInvalid call found at ").append(places.size()).append(" locations:");
    places
        .subList(0, places.size() - 1)
        .forEach(place -> text.append("\n  ").append(place.place()));
    Warning last = places.getLast();
    modules.warn(new Warning(text.toString(), last.file(), last.line(), last.function()));
  }

  private Optional<Problem> problem(Callee call) {
    Atom module = call.module();
    NameArity function = call.function();
    String shown = modules.inspect(module) + "." + function;
    if (module == Quoted.ERLANG || module.name().startsWith("elixir_")) {
      return Optional.empty();
    }
    Optional<String> deprecated = modules.deprecated(module, function);
    if (deprecated.isPresent()) {
      return Optional.of(
          new Problem(Kind.DEPRECATED, shown + " is deprecated. " + deprecated.get()));
    }
    if (modules.functions(module).contains(function) || isGiven(function)) {
      return Optional.empty();
    }
    if (modules.macros(module).contains(function)) {
      return Optional.of(
          new Problem(
              Kind.NOT_REQUIRED,
              "you must require "
                  + modules.inspect(module)
                  + " before invoking the macro "
                  + shown));
    }
    String text = undefined(module, function);
    if (text.contains(" is not in the yard yet")) {
      return Optional.empty();
    }
    String said =
        text.replaceFirst("^function ", "")
            .replace(" is not available)", " is not available or is yet to be defined)");
    Kind kind = modules.exists(module) ? Kind.NO_FUNCTION : Kind.NO_MODULE;
    return Optional.of(new Problem(kind, said));
  }

  /** Functions that every module has. */
  private static boolean isGiven(NameArity function) {
    String name = function.name().name();
    return name.equals("module_info") && function.arity() <= 1
        || name.equals("__info__") && function.arity() == 1;
  }

  /** What the call would raise. */
  private String undefined(Atom module, NameArity function) {
    Atom exception = Atom.of(UNDEFINED);
    MapTerm error =
        MapTerm.of(
            Atom.of("__struct__"),
            exception,
            Atom.of("__exception__"),
            Atom.TRUE,
            Atom.of("module"),
            module,
            Atom.of("function"),
            function.name(),
            Atom.of("arity"),
            SmallInt.of(function.arity()),
            Atom.of("reason"),
            Atom.NIL,
            Atom.of("message"),
            Atom.NIL);
    Term blamed = modules.call(exception, Atom.of("blame"), List.of(error, Nil.NIL));
    return ((Bits) ((MapTerm) ((Tuple) blamed).get(0)).get(Atom.of("message"))).text();
  }
}
