package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.argumentError;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.lessons.elixir.compiler.Environment.VariableKey;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code if}, {@code raise}, {@code match?} and other macros that steer. */
final class ControlMacros {
  private static final Template TAP =
      Template.of("result = unquote(value)\nunquote(fun).(result)\nresult");
  private static final Template RAISE_TEXT =
      Template.of(
          ":erlang.error(RuntimeError.exception(unquote(message)), :none, error_info: %{module: Exception})");
  private static final Template RAISE_ALIAS =
      Template.of(
          ":erlang.error(unquote(alias).exception(unquote(arguments)), :none, error_info: %{module: Exception})");
  private static final Template RAISE_WITH = // raise/2, which does not say who explains the error
      Template.of(":erlang.error(unquote(alias).exception(unquote(arguments)))");
  private static final Template RAISE_ANY =
      Template.of(
          ":erlang.error(Kernel.Utils.raise(unquote(value)), :none, error_info: %{module: Exception})");
  private static final Template RERAISE_TEXT =
      Template.of(
          ":erlang.raise(:error, RuntimeError.exception(unquote(message)), unquote(stack))");
  private static final Template RERAISE_ALIAS =
      Template.of(
          ":erlang.raise(:error, unquote(alias).exception(unquote(arguments)), unquote(stack))");
  private static final Template RERAISE_ANY =
      Template.of(":erlang.raise(:error, Kernel.Utils.raise(unquote(value)), unquote(stack))");
  private static final Template MATCHES =
      Template.of("case unquote(value) do\n  unquote(pattern) -> true\n  _ -> false\nend");
  private static final Template DESTRUCTURE =
      Template.of("unquote(pattern) = Kernel.Utils.destructure(unquote(value), unquote(size))");
  private static final Template USE =
      Template.of("require unquote(module)\nunquote(module).__using__(unquote(options))");
  private static final Template DBG =
      Template.of("Kernel.Dbg.start(unquote(place))\nKernel.Dbg.finish(unquote(code))");
  private static final Template DBG_STEP =
      Template.of("Kernel.Dbg.step(unquote(text), unquote(code))");
  private static final Atom PIPE = Atom.of("|>");

  private ControlMacros() {}

  static void addTo(Map<String, KernelMacro> macros) {
    macros.put(
        "if/2",
        (expander, scope, meta, arguments) ->
            choice("if", expander, meta, arguments, Quoted.DO, Quoted.ELSE));
    macros.put(
        "unless/2",
        (expander, scope, meta, arguments) ->
            choice("unless", expander, meta, arguments, Quoted.ELSE, Quoted.DO));
    macros.put(
        "tap/2",
        (expander, scope, meta, arguments) ->
            TAP.fill(expander, meta, "value", arguments.get(0), "fun", arguments.get(1)));
    macros.put(
        "then/2",
        (expander, scope, meta, arguments) ->
            Quoted.node(
                Quoted.call(Quoted.DOT, meta, List.of(arguments.get(1))),
                meta,
                ListTerm.of(arguments.get(0))));
    macros.put("raise/1", ControlMacros::raise);
    macros.put(
        "raise/2",
        (expander, scope, meta, arguments) ->
            RAISE_WITH.fill(
                expander, meta, "alias", arguments.get(0), "arguments", arguments.get(1)));
    macros.put("reraise/2", ControlMacros::reraise);
    macros.put(
        "reraise/3",
        (expander, scope, meta, arguments) ->
            RERAISE_ALIAS.fill(
                expander,
                meta,
                "alias",
                arguments.get(0),
                "arguments",
                arguments.get(1),
                "stack",
                arguments.get(2)));
    macros.put(
        "match?/2",
        (expander, scope, meta, arguments) ->
            MATCHES.fill(expander, meta, "pattern", arguments.get(0), "value", arguments.get(1)));
    macros.put(
        "destructure/2",
        (expander, scope, meta, arguments) -> {
          if (!(arguments.getFirst() instanceof ListTerm list)) {
            throw argumentError("destructure/2 expects a list as first argument");
          }
          return DESTRUCTURE.fill(
              expander,
              meta,
              "pattern",
              list,
              "value",
              arguments.get(1),
              "size",
              SmallInt.of(list.length()));
        });
    macros.put(
        "use/1",
        (expander, scope, meta, arguments) ->
            use(expander, scope, meta, arguments.getFirst(), Nil.NIL));
    macros.put(
        "use/2",
        (expander, scope, meta, arguments) ->
            use(expander, scope, meta, arguments.getFirst(), arguments.get(1)));
    macros.put("binding/0", (expander, scope, meta, arguments) -> binding(scope, Atom.NIL));
    macros.put(
        "binding/1",
        (expander, scope, meta, arguments) ->
            binding(scope, expander.expandAll(arguments.getFirst(), scope)));
    macros.put(
        "var!/1",
        (expander, scope, meta, arguments) ->
            variable(expander, scope, arguments.getFirst(), Atom.NIL));
    macros.put(
        "var!/2",
        (expander, scope, meta, arguments) ->
            variable(
                expander,
                scope,
                arguments.getFirst(),
                expander.expandAll(arguments.get(1), scope)));
    macros.put("alias!/1", (expander, scope, meta, arguments) -> plainAlias(arguments.getFirst()));
    macros.put(
        "to_string/1",
        (expander, scope, meta, arguments) ->
            Quoted.remote(Atom.of("Elixir.String.Chars"), "to_string", meta, arguments.getFirst()));
    macros.put(
        "to_charlist/1",
        (expander, scope, meta, arguments) ->
            Quoted.remote(Atom.of("Elixir.List.Chars"), "to_charlist", meta, arguments.getFirst()));
    macros.put("dbg/0", ControlMacros::dbg);
    macros.put("dbg/1", ControlMacros::dbg);
    macros.put("dbg/2", ControlMacros::dbg);
  }

  /** {@code x when x =:= false when x =:= nil}: the head of a clause for what is not true. */
  static Term falsy(Term variable, ListTerm meta) {
    Term isFalse = Quoted.erlang("=:=", meta, variable, Atom.FALSE);
    Term isNil = Quoted.erlang("=:=", meta, variable, Atom.NIL);
    return Quoted.call("when", meta, variable, Quoted.call("when", meta, isFalse, isNil));
  }

  static ListTerm boolish(ListTerm meta) {
    return Quoted.with(Quoted.meta(Quoted.line(meta)), Atom.of("optimize_boolean"), Atom.TRUE);
  }

  private static Term choice(
      String name,
      Expander expander,
      ListTerm meta,
      List<Term> arguments,
      Atom whenTrue,
      Atom whenFalse) {
    Term options = arguments.get(1);
    List<Term> keys =
        Quoted.isKeywords(options)
            ? ((ListTerm) options).toList().stream().map(pair -> ((Tuple) pair).get(0)).toList()
            : List.of();
    if (!keys.equals(List.of(Quoted.DO)) && !keys.equals(List.of(Quoted.DO, Quoted.ELSE))) {
      Raise problem =
          argumentError(
              "invalid or duplicate keys for "
                  + name
                  + ", only \"do\" and an optional \"else\" are permitted");
      throw new KernelFailure(
          problem,
          ExpansionTrace.library(
              Quoted.KERNEL,
              "build_" + name,
              SmallInt.of(2),
              "lib/kernel.ex",
              name.equals("if") ? 3731 : 3775));
    }
    Term then = Quoted.get(options, whenTrue);
    Term otherwise = Quoted.get(options, whenFalse);
    Term variable = expander.freshVariable("x", meta);
    return Quoted.caseOf(
        boolish(meta),
        arguments.getFirst(),
        Quoted.arrow(meta, falsy(variable, meta), otherwise == null ? Atom.NIL : otherwise),
        Quoted.arrow(
            meta, Quoted.variable("_", meta, Quoted.KERNEL), then == null ? Atom.NIL : then));
  }

  private static Term raise(Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    Term message = arguments.getFirst();
    Term expanded = message instanceof Bits ? message : expander.expandAll(message, scope);
    if (expanded instanceof Bits || Quoted.isCall(expanded, Quoted.BITS)) {
      return RAISE_TEXT.fill(expander, meta, "message", expanded);
    }
    if (expanded instanceof Atom) {
      return RAISE_ALIAS.fill(expander, meta, "alias", expanded, "arguments", Nil.NIL);
    }
    return RAISE_ANY.fill(expander, meta, "value", message);
  }

  private static Term reraise(Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    Term message = arguments.getFirst();
    Term stack = arguments.get(1);
    Term expanded = message instanceof Bits ? message : expander.expandAll(message, scope);
    if (expanded instanceof Bits || Quoted.isCall(expanded, Quoted.BITS)) {
      return RERAISE_TEXT.fill(expander, meta, "message", expanded, "stack", stack);
    }
    if (expanded instanceof Atom) {
      return RERAISE_ALIAS.fill(
          expander, meta, "alias", expanded, "arguments", Nil.NIL, "stack", stack);
    }
    return RERAISE_ANY.fill(expander, meta, "value", message, "stack", stack);
  }

  private static Term use(
      Expander expander, Scope scope, ListTerm meta, Term module, Term options) {
    if (scope.env.context() != Context.NORMAL) {
      throw argumentError("invalid use of use/2");
    }
    Tuple node = Quoted.node(module);
    if (node != null
        && Quoted.isCall(node.get(0), Quoted.DOT, 2)
        && Quoted.argument(node.get(0), 1) == Quoted.TUPLE) {
      Atom base = expander.expandToAtom(Quoted.argument(node.get(0), 0), scope);
      var all = new ArrayList<Term>();
      for (Term part : Quoted.arguments(node)) {
        Atom name = Directives.concat(base, Quoted.arguments(part));
        all.add(USE.fill(expander, meta, "module", name, "options", options));
      }
      return Quoted.block(all);
    }
    Atom name = expander.expandToAtom(module, scope);
    if (name == null) {
      throw argumentError(
          "invalid arguments for use, expected a compile time atom or alias, got: "
              + expander.modules.source(module));
    }
    return USE.fill(expander, meta, "module", name, "options", options);
  }

  private static Term binding(Scope scope, Term context) {
    var sorted = new TreeMap<String, Term>();
    for (VariableKey key : scope.env.variables().keySet()) {
      if (key.context().equals(context)) {
        sorted.put(
            key.name().name(),
            Tuple.of(key.name(), Quoted.variable(key.name().name(), Nil.NIL, key.context())));
      }
    }
    return ListTerm.of(new ArrayList<>(sorted.values()));
  }

  private static Term variable(Expander expander, Scope scope, Term form, Term context) {
    if (!Quoted.isVariable(form)) {
      throw argumentError(
          "expected a variable to be given to var!, got: " + expander.modules.source(form));
    }
    ListTerm meta = Quoted.without(Quoted.meta(form), Quoted.COUNTER);
    return Tuple.of(
        ((Tuple) form).get(0),
        Quoted.with(meta, Atom.of("if_undefined"), Atom.of("raise")),
        context);
  }

  private static Term plainAlias(Term form) {
    if (Quoted.isAlias(form)) {
      ListTerm meta =
          Quoted.without(Quoted.without(Quoted.meta(form), Quoted.ALIAS), Quoted.COUNTER);
      return Tuple.of(((Tuple) form).get(0), meta, ((Tuple) form).get(2));
    }
    return form;
  }

  private static Term dbg(Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    Term code = arguments.isEmpty() ? Quoted.call("binding", meta) : arguments.getFirst();
    String in =
        scope
            .env
            .function()
            .map(
                function ->
                    expander.modules.inspect(scope.env.module().orElseThrow())
                        + "."
                        + function.name().name()
                        + "/"
                        + function.arity())
            .orElse("(file)");
    return DBG.fill(
        expander,
        meta,
        "code",
        steps(expander, meta, code),
        "place",
        Bits.of("[" + scope.env.file() + ":" + Quoted.line(meta) + ": " + in + "]"));
  }

  /** The code with its value, and the one of each step of a pipe, shown when it is there. */
  private static Term steps(Expander expander, ListTerm meta, Term code) {
    if (!Quoted.isCall(code, PIPE, 2)) {
      return DBG_STEP.fill(
          expander, meta, "text", Bits.of(expander.modules.source(code)), "code", code);
    }
    Term next = Quoted.argument(code, 1);
    Term piped =
        Quoted.call("|>", Quoted.meta(code), steps(expander, meta, Quoted.argument(code, 0)), next);
    return DBG_STEP.fill(
        expander, meta, "text", Bits.of("|> " + expander.modules.source(next)), "code", piped);
  }
}
