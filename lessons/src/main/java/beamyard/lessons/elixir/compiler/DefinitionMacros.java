package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.argumentError;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code def}, {@code defmodule}, {@code defstruct}, {@code @} and what else defines. */
final class DefinitionMacros {
  private static final Atom STORE = Atom.of("elixir_def");
  private static final Atom ATTRIBUTES = Atom.of("elixir_attributes");
  private static final Template DEFEXCEPTION =
      Template.of(
          """
      @behaviour Exception
      struct = defstruct([__exception__: true] ++ unquote(fields))
      if :maps.is_key(:message, struct) do
        @impl true
        def message(exception), do: exception.message
        defoverridable message: 1
        @impl true
        def exception(msg) when is_binary(msg), do: exception(message: msg)
      end
      @impl true
      def exception(args) when is_list(args), do: Kernel.struct(__struct__(), args)
      defoverridable exception: 1
      """);

  private DefinitionMacros() {}

  static void addTo(Map<String, KernelMacro> macros) {
    for (Draft.Definer definer : Draft.Definer.values()) {
      macros.put(
          definer.text() + "/1",
          (expander, scope, meta, arguments) ->
              define(definer, expander, scope, meta, arguments.getFirst(), Atom.NIL));
      macros.put(
          definer.text() + "/2",
          (expander, scope, meta, arguments) ->
              define(definer, expander, scope, meta, arguments.get(0), arguments.get(1)));
    }
    macros.put("defmodule/2", DefinitionMacros::defmodule);
    macros.put("@/1", DefinitionMacros::attribute);
    macros.put(
        "defstruct/1",
        (expander, scope, meta, arguments) -> {
          if (scope.env.module().isEmpty()) {
            // where the macro looks up the module, with the words of that table
            throw argumentError(
                "errors were found at the given arguments:\n\n"
                    + "  * 2nd argument: not a key that exists in the table\n");
          }
          inModule(scope, "defstruct/1");
          return Quoted.remote(
              Atom.of("elixir_struct"), "define", meta, ownName(scope), arguments.getFirst());
        });
    macros.put(
        "defexception/1",
        (expander, scope, meta, arguments) -> {
          inModule(scope, "defexception/1");
          return DEFEXCEPTION.fill(expander, meta, "fields", exceptionFields(arguments.getFirst()));
        });
    macros.put(
        "defoverridable/1",
        (expander, scope, meta, arguments) -> {
          inModule(scope, "defoverridable/1");
          return Quoted.remote(
              STORE, "make_overridable", meta, ownName(scope), arguments.getFirst());
        });
    macros.put("defdelegate/2", DefinitionMacros::delegate);
    macros.put(
        "defguard/1",
        (expander, scope, meta, arguments) -> guard("defmacro", expander, scope, meta, arguments));
    macros.put(
        "defguardp/1",
        (expander, scope, meta, arguments) -> guard("defmacrop", expander, scope, meta, arguments));
  }

  static Atom inModule(Scope scope, String what) {
    // Elixir's macros of these names begin with others, which say what they are.
    String said =
        switch (what) {
          case "defdelegate/2" -> "@/1";
          case "defguard/1", "defguardp/1" -> "defmacro/2";
          default -> what;
        };
    if (scope.env.module().isEmpty()) {
      throw argumentError("cannot invoke " + said + " outside module");
    }
    if (scope.env.function().isPresent()) {
      throw argumentError("cannot invoke " + what + " inside function/macro");
    }
    return scope.env.module().get();
  }

  static Term ownName(Scope scope) {
    return scope.env.module().orElseThrow();
  }

  private static Term define(
      Draft.Definer definer, Expander expander, Scope scope, ListTerm meta, Term call, Term body) {
    Atom module = inModule(scope, definer.text() + "/2");
    Draft draft = expander.drafts.find(module).orElseThrow();
    if (draft.kind() == Draft.Kind.PROTOCOL && definer == Draft.Definer.DEF && body == Atom.NIL) {
      return ProtocolMacros.function(expander, scope, meta, call);
    }
    if (draft.kind() == Draft.Kind.PROTOCOL && !Quoted.has(meta, Quoted.CONTEXT)) {
      throw CompileProblem.compileError(
          scope, meta, "undefined function " + definer.text() + "/2 (there is no such import)");
    }
    Environment here = scope.env.withLine(Quoted.line(meta));
    expander.drafts.update(module, current -> current.withEnvironment(here));
    int index = expander.drafts.find(module).orElseThrow().environments().size() - 1;
    return Quoted.remote(
        STORE,
        "store_definition",
        meta,
        Atom.of(definer.text()),
        module,
        escaped(call),
        escaped(body),
        SmallInt.of(index),
        Atom.of(Quoted.has(meta, Quoted.CONTEXT)));
  }

  private static Term escaped(Term code) {
    return Quoter.hasFragments(code) ? Quoted.call("%escape", Nil.NIL, code) : Expander.value(code);
  }

  private static Term defmodule(
      Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    Term name = arguments.getFirst();
    Term body = Quoted.get(arguments.get(1), Quoted.DO);
    if (body == null) {
      throw argumentError("expected :do block in defmodule");
    }
    return module(expander, scope, meta, name, body, "module");
  }

  /** The definition of a module whose name is taken inside the module around it. */
  static Term module(
      Expander expander, Scope scope, ListTerm meta, Term name, Term body, String kind) {
    Term expanded =
        Quoted.isAlias(name) || name instanceof Atom || Quoted.isVariable(name)
            ? expander.expandAll(name, scope)
            : name;
    Term full = expanded;
    if (expanded instanceof Atom
        && scope.env.module().isPresent()
        && Quoted.isAlias(name)
        && Quoted.arguments(name).getFirst() instanceof Atom first) {
      List<Term> parts = Quoted.arguments(name);
      Atom outer = scope.env.module().get();
      if (first != Atom.of("Elixir")) {
        Atom alias = Atom.of("Elixir." + first.name());
        full = Directives.concat(outer, parts);
        expander.directives.define(
            alias, Directives.concat(outer, List.of(first)), Quoted.meta(name), scope);
      }
    }
    return Quoted.call("%module", meta, full, Expander.value(body), Atom.of(kind));
  }

  // ---- attributes

  private static Term attribute(
      Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    Term form = arguments.getFirst();
    Atom module =
        scope.env.module().orElseThrow(() -> argumentError("cannot invoke @/1 outside module"));
    Tuple node = Quoted.node(form);
    if (node == null || !(node.get(0) instanceof Atom name)) {
      throw argumentError("expected 0 or 1 argument for @, got: " + expander.modules.source(form));
    }
    boolean isRead = node.get(2) instanceof Atom || node.get(2) == Nil.NIL;
    if (isRead) {
      if (scope.env.function().isPresent() || scope.env.context() != Context.NORMAL) {
        Term value =
            expander.drafts.find(module).map(draft -> Attributes.get(draft, name)).orElse(Atom.NIL);
        Attributes.read(
            expander.modules, expander.drafts, module, name, scope.env, Quoted.line(meta));
        return Quoted.escape(value);
      }
      return Quoted.remote(ATTRIBUTES, "get", meta, module, name, lineOf(meta, scope));
    }
    if (scope.env.function().isPresent()) {
      throw argumentError("cannot set attribute @" + name.name() + " inside function/macro");
    }
    List<Term> values = Quoted.arguments(form);
    if (values.size() != 1) {
      throw argumentError(
          "expected 0 or 1 argument for @" + name.name() + ", got: " + values.size());
    }
    switch (name.name()) {
      case "type", "typep", "opaque", "spec":
        Typespecs.note(expander.drafts.notes(module), name.name(), values.getFirst());
        return described(scope, meta, module, name, values.getFirst());
      case "callback", "macrocallback":
        Typespecs.note(expander.drafts.notes(module), name.name(), values.getFirst());
        expander.drafts.update(
            module, draft -> Attributes.withCallback(draft, name, values.getFirst()));
        return described(scope, meta, module, name, values.getFirst());
      default:
        return Quoted.remote(
            ATTRIBUTES, "put", meta, module, name, values.getFirst(), lineOf(meta, scope));
    }
  }

  private static Term described(Scope scope, ListTerm meta, Atom module, Atom kind, Term form) {
    return ModuleDocs.isLibrary(scope.env.file())
        ? Atom.OK
        : Quoted.remote(
            Atom.of("elixir_docs"),
            "describe",
            meta,
            module,
            kind,
            escaped(form),
            SmallInt.of(Quoted.line(meta)));
  }

  /** The line of an attribute; 0 if a macro of another module has made it. */
  private static Term lineOf(ListTerm meta, Scope scope) {
    boolean isGenerated = Quoted.has(meta, Quoted.CONTEXT);
    return SmallInt.of(isGenerated ? 0 : Quoted.line(meta));
  }

  // ---- exceptions, delegates, guards

  private static Term exceptionFields(Term fields) {
    if (fields instanceof ListTerm list && !Quoted.isKeywords(list)) {
      return ListTerm.of(
          list.toList().stream()
              .<Term>map(field -> field instanceof Atom ? Tuple.of(field, Atom.NIL) : field)
              .toList());
    }
    return fields;
  }

  private static Term delegate(
      Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    inModule(scope, "defdelegate/2");
    Term options = arguments.get(1);
    Term to = Quoted.get(options, Atom.of("to"));
    if (to == null) {
      throw argumentError("expected to: to be given as argument");
    }
    Term as = Quoted.get(options, Atom.of("as"));
    var all = new ArrayList<Term>();
    List<Term> heads =
        arguments.get(0) instanceof ListTerm list ? list.toList() : List.of(arguments.get(0));
    for (Term head : heads) {
      Tuple node = Quoted.node(head);
      if (node == null || !(node.get(0) instanceof Atom name)) {
        throw argumentError("invalid syntax in defdelegate " + expander.modules.source(head));
      }
      List<Term> parameters = node.get(2) instanceof ListTerm list ? list.toList() : List.of();
      var passed = new ArrayList<Term>();
      for (Term parameter : parameters) {
        passed.add(
            Quoted.isCall(parameter, Atom.of("\\\\"), 2)
                ? Quoted.argument(parameter, 0)
                : parameter);
      }
      Atom target = as instanceof Atom given ? given : name;
      all.add(
          Quoted.kernel(
              "def", meta, head, Quoted.doBlock(Quoted.remote(to, target, meta, passed))));
    }
    return Quoted.block(all);
  }

  /** A macro that repeats its arguments in a guard, and evaluates them once elsewhere. */
  private static Term guard(
      String definer, Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    inModule(scope, definer.equals("defmacro") ? "defguard/1" : "defguardp/1");
    Term form = arguments.getFirst();
    if (!Quoted.isCall(form, Quoted.WHEN, 2)) {
      throw argumentError(
          "invalid syntax in defguard "
              + expander.modules.source(form)
              + ", only a function call or a function call with guards is expected");
    }
    Term head = Quoted.argument(form, 0);
    Term body = Quoted.argument(form, 1);
    List<Term> parameters = Quoted.isVariable(head) ? List.of() : Quoted.arguments(head);
    Term inGuard = unquoting(body, parameters);
    var bindings = new ArrayList<Term>();
    for (Term parameter : parameters) {
      bindings.add(
          Quoted.call(
              Quoted.MATCH, meta, List.of(parameter, Quoted.call("unquote", meta, parameter))));
    }
    bindings.add(body);
    Term note =
        Quoted.remote(
            ATTRIBUTES,
            "put",
            meta,
            ownName(scope),
            Atom.of("doc"),
            ListTerm.of(Tuple.of(Atom.of("guard"), Atom.TRUE)),
            SmallInt.of(0));
    Term quotedGuard = Quoted.call("quote", meta, Quoted.doBlock(inGuard));
    Term quotedPlain = Quoted.call("quote", meta, Quoted.doBlock(Quoted.block(bindings)));
    Term context = Quoted.erlang("map_get", meta, Quoted.CONTEXT, Quoted.call("__CALLER__", meta));
    Term choice =
        Quoted.caseOf(
            meta,
            context,
            Quoted.arrow(meta, Atom.of("guard"), quotedGuard),
            Quoted.arrow(meta, Quoted.variable("_", meta, Atom.NIL), quotedPlain));
    Term definition = Quoted.kernel(definer, meta, head, Quoted.doBlock(choice));
    return definer.equals("defmacro") ? Quoted.block(List.of(note, definition)) : definition;
  }

  private static Term unquoting(Term form, List<Term> parameters) {
    return switch (form) {
      case Tuple tuple when Quoted.isVariable(tuple) ->
          parameters.stream()
                  .anyMatch(
                      parameter ->
                          Quoted.isVariable(parameter)
                              && ((Tuple) parameter).get(0) == tuple.get(0))
              ? Quoted.call("unquote", Quoted.meta(tuple), tuple)
              : tuple;
      case Tuple tuple when tuple.size() == 3 && tuple.get(1) instanceof ListTerm ->
          Tuple.of(
              unquoting(tuple.get(0), parameters),
              tuple.get(1),
              unquoting(tuple.get(2), parameters));
      case Tuple tuple ->
          Tuple.of(
              tuple.elements().stream()
                  .map(part -> unquoting(part, parameters))
                  .toArray(Term[]::new));
      case ListTerm list ->
          ListTerm.of(list.toList().stream().map(part -> unquoting(part, parameters)).toList());
      default -> form;
    };
  }
}
