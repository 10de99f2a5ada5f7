package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Pattern;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls with a dot: of functions of modules, of function values, and the fields of maps that look like them. */
final class DottedCalls {
  private static final Atom ETS = Atom.of("ets");
  private static final Atom FUN2MS = Atom.of("fun2ms");
  private static final Atom NO_PARENS = Atom.of("no_parens");

  private final Expander expander;

  DottedCalls(Expander expander) {
    this.expander = expander;
  }

  /** {@code left.right(...)}, {@code fun.(...)} and stranger things. */
  Core expand(Tuple form, Term callee, ListTerm meta, List<Term> arguments, Scope scope) {
    if (Quoted.isCall(callee, Quoted.DOT, 2)) {
      Term left = Quoted.argument(callee, 0);
      Term right = Quoted.argument(callee, 1);
      if (Quoted.isCall(right, Quoted.TUPLE)) {
        return expander.directives.invalidMultiAlias(meta, scope);
      }
      if (right instanceof Atom name) {
        return expandRemote(left, name, Quoted.meta(callee), meta, arguments, scope);
      }
    }
    if (Quoted.isCall(callee, Quoted.DOT, 1)) {
      if (scope.env.context() == Context.GUARD) {
        throw compileError(
            scope,
            meta,
            "anonymous call is not allowed in guards. To learn more about guards, visit:"
                + " https://hexdocs.pm/elixir/patterns-and-guards.html");
      }
      var forms = new ArrayList<Term>();
      forms.add(Quoted.argument(callee, 0));
      forms.addAll(arguments);
      List<Core> parts = expander.expandArguments(forms, scope);
      if (parts.getFirst() instanceof Core.Literal(_, Atom atom)) {
        throw compileError(scope, meta, "invalid function call :" + atom.name() + ".()");
      }
      return new Core.CallFun(Quoted.line(meta), parts.getFirst(), parts.subList(1, parts.size()));
    }
    throw compileError(scope, meta, "invalid call " + expander.modules.source(form));
  }

  private Core expandRemote(
      Term left, Atom name, ListTerm dotMeta, ListTerm meta, List<Term> arguments, Scope scope) {
    Atom module =
        left instanceof Atom atom
            ? atom
            : Quoted.isAlias(left) || isModuleVariable(left)
                ? expander.expandToAtom(left, scope)
                : null;
    if (module != null) {
      Term expanded = expander.calls.expandRemoteMacro(module, name, meta, arguments, scope);
      if (expanded != null) {
        return expander.expand(expanded, scope);
      }
    }
    if (module == ETS && name == FUN2MS && scope.env.module().isEmpty()) {
      Optional<Term> specification = MatchSpecs.of(arguments);
      if (specification.isPresent()) {
        return expander.expand(specification.get(), scope);
      }
    }
    int line = Quoted.line(meta);
    boolean noParens = Quoted.has(meta, NO_PARENS) && arguments.isEmpty();
    if (module == Atom.NIL && noParens) {
      return fieldAccess(line, new Core.Literal(line, Atom.NIL), name, scope);
    }
    if (module != null) {
      return remoteFunction(new Core.Literal(line, module), name, meta, arguments, scope);
    }
    if (left instanceof beamyard.simulator.term.IntegerTerm
        || left instanceof beamyard.simulator.term.Float64
        || left instanceof beamyard.simulator.term.Bits
        || left instanceof ListTerm) {
      throw compileError(
          scope,
          meta,
          "invalid call "
              + expander.modules.source(
                  Quoted.node(
                      Quoted.node(Quoted.DOT, dotMeta, ListTerm.of(left, name)),
                      meta,
                      ListTerm.of(arguments))));
    }
    var before = scope.env.variables();
    Core receiver = expander.expand(left, scope);
    if (receiver instanceof Core.Literal(_, Atom atom) && !(noParens && atom == Atom.NIL)) {
      return remoteFunction(receiver, name, meta, arguments, scope);
    }
    if (noParens) {
      return fieldAccess(line, receiver, name, scope);
    }
    if (scope.env.context() == Context.GUARD) {
      throw compileError(scope, meta, "cannot invoke remote function in guards");
    }
    if (arguments.isEmpty()) {
      return fieldOrCall(line, receiver, name);
    }
    List<Core> parts = expander.expandArguments(arguments, scope);
    return new Core.CallRemote(line, receiver, name, parts);
  }

  /** {@code value.name()}: of a map with such a key its value, of anything else a call. */
  private static Core fieldOrCall(int line, Core receiver, Atom name) {
    var module = new Variable("module");
    var isModule =
        new Core.Clause(
            line,
            List.of(new Pattern.Bind(module)),
            List.of(),
            new Core.CallRemote(line, new Core.Use(line, module), name, List.of()));
    return new Core.Case(
        line, receiver, List.of(hasField(line, name), isModule), Core.NoClause.CASE_CLAUSE);
  }

  private static Core.Clause hasField(int line, Atom field) {
    var value = new Variable("value");
    Core key = new Core.Literal(line, field);
    return new Core.Clause(
        line,
        List.of(new Pattern.OfMap(List.of(new Pattern.KeyPattern(key, new Pattern.Bind(value))))),
        List.of(),
        new Core.Use(line, value));
  }

  private static boolean isModuleVariable(Term left) {
    return Quoted.isVariable(left) && ((Tuple) left).get(0) == Atom.of("__MODULE__");
  }

  /** {@code value.field}: a field of a map, or a call of a module without parentheses. */
  private Core fieldAccess(int line, Core receiver, Atom field, Scope scope) {
    if (scope.env.context() == Context.GUARD) {
      return new Core.CallRemote(
          line,
          new Core.Literal(line, Quoted.ERLANG),
          Atom.of("map_get"),
          List.of(new Core.Literal(line, field), receiver));
    }
    var other = new Variable("other");
    var module = new Variable("module");
    Core fieldLiteral = new Core.Literal(line, field);
    var isModule =
        new Core.Clause(
            line,
            List.of(new Pattern.Bind(module)),
            List.of(
                Kernels.and(
                    line,
                    Kernels.erlang(line, "is_atom", new Core.Use(line, module)),
                    Kernels.and(
                        line,
                        Kernels.erlang(
                            line,
                            "=/=",
                            new Core.Use(line, module),
                            new Core.Literal(line, Atom.NIL)),
                        Kernels.and(
                            line,
                            Kernels.erlang(
                                line,
                                "=/=",
                                new Core.Use(line, module),
                                new Core.Literal(line, Atom.TRUE)),
                            Kernels.erlang(
                                line,
                                "=/=",
                                new Core.Use(line, module),
                                new Core.Literal(line, Atom.FALSE)))))),
            new Core.CallRemote(line, new Core.Use(line, module), field, List.of()));
    var neither =
        new Core.Clause(
            line,
            List.of(new Pattern.Bind(other)),
            List.of(),
            Kernels.erlang(
                line,
                "error",
                new Core.MakeTuple(
                    line,
                    List.of(
                        new Core.Literal(line, Atom.of("badkey")),
                        fieldLiteral,
                        new Core.Use(line, other)))));
    return new Core.Case(
        line,
        receiver,
        List.of(hasField(line, field), isModule, neither),
        Core.NoClause.CASE_CLAUSE);
  }

  /** A call of a function of a known module. */
  Core remoteFunction(Core module, Atom name, ListTerm meta, List<Term> arguments, Scope scope) {
    int line = Quoted.line(meta);
    Atom moduleName = (Atom) ((Core.Literal) module).value();
    int arity = arguments.size();
    List<Core> parts = expander.expandArguments(arguments, scope);
    Core call = remote(line, moduleName, name, parts);
    if (scope.env.context() == Context.GUARD && !Guards.isAllowed(call)) {
      throw compileError(
          scope,
          meta,
          "cannot invoke remote function "
              + expander.modules.inspect(moduleName)
              + "."
              + name.name()
              + "/"
              + arity
              + " inside guards");
    }
    return call;
  }

  /** A call of a known module's function, replaced by Erlang's where Elixir does so. */
  static Core remote(int line, Atom module, Atom name, List<Core> arguments) {
    if (module == Quoted.KERNEL) {
      switch (name.name() + "/" + arguments.size()) {
        case "elem/2":
          return Kernels.erlang(line, "element", oneMore(line, arguments.get(1)), arguments.get(0));
        case "put_elem/3":
          return Kernels.erlang(
              line,
              "setelement",
              oneMore(line, arguments.get(1)),
              arguments.get(0),
              arguments.get(2));
        case "is_map_key/2":
          return Kernels.erlang(line, "is_map_key", arguments.get(1), arguments.get(0));
        default:
      }
    }
    return KernelNames.inlined(module, name, arguments.size())
        .<Core>map(
            target ->
                folded(
                    new Core.CallRemote(
                        line,
                        new Core.Literal(line, target.module()),
                        target.function(),
                        arguments)))
        .orElseGet(
            () -> new Core.CallRemote(line, new Core.Literal(line, module), name, arguments));
  }

  /** Signs of literal numbers are part of the number. */
  private static Core folded(Core.CallRemote call) {
    if (call.arguments().size() == 1
        && call.arguments().getFirst() instanceof Core.Literal(_, Term value)) {
      Term number =
          switch (call.function().name()) {
            case "+" ->
                value instanceof beamyard.simulator.term.IntegerTerm
                        || value instanceof beamyard.simulator.term.Float64
                    ? value
                    : null;
            case "-" -> negated(value);
            default -> null;
          };
      if (number != null) {
        return new Core.Literal(call.line(), number);
      }
    }
    return call;
  }

  static @Nullable Term negated(Term value) {
    return switch (value) {
      case beamyard.simulator.term.IntegerTerm integer ->
          beamyard.simulator.term.IntegerTerm.of(integer.bigValue().negate());
      case beamyard.simulator.term.Float64(double number) ->
          new beamyard.simulator.term.Float64(-number);
      default -> null;
    };
  }

  private static Core oneMore(int line, Core index) {
    return index instanceof Core.Literal(_, SmallInt number)
        ? new Core.Literal(line, SmallInt.of(number.value() + 1))
        : Kernels.erlang(line, "+", index, new Core.Literal(line, SmallInt.of(1)));
  }
}
