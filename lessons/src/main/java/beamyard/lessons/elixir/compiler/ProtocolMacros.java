package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.argumentError;

import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Map;

/** {@code defprotocol} and {@code defimpl}. */
final class ProtocolMacros {
  private static final Template PROTOCOL =
      Template.of(
          """
      Module.register_attribute(__MODULE__, :__functions__, accumulate: true)
      @fallback_to_any false
      unquote(body)
      @__functions__names :lists.sort(@__functions__)
      def impl_for(data), do: :elixir_protocol.impl_for(__MODULE__, data, @fallback_to_any)
      def impl_for!(data) do
        case impl_for(data) do
          nil -> :erlang.error(Protocol.UndefinedError.exception(protocol: __MODULE__, value: data))
          module -> module
        end
      end
      def behaviour_info(:callbacks), do: @__functions__
      def behaviour_info(:optional_callbacks), do: []
      def __protocol__(:module), do: __MODULE__
      def __protocol__(:functions), do: @__functions__names
      def __protocol__(:consolidated?), do: false
      def __protocol__(:impls), do: :not_consolidated
      """);
  private static final Template FUNCTION =
      Template.of(
          """
      @__functions__ {unquote(name), unquote(arity)}
      def unquote(head), do: unquote(call)
      """);
  private static final Template IMPLEMENTATION =
      Template.of(
          """
      :elixir_protocol.assert(unquote(protocol))
      @behaviour unquote(protocol)
      @protocol unquote(protocol)
      @for unquote(target)
      def __impl__(:for), do: unquote(target)
      def __impl__(:target), do: __MODULE__
      def __impl__(:protocol), do: unquote(protocol)
      unquote(body)
      """);
  private static final Template IMPL_FOR = Template.of("impl_for!(unquote(first))");

  private ProtocolMacros() {}

  static void addTo(Map<String, KernelMacro> macros) {
    macros.put(
        "defprotocol/2",
        (expander, scope, meta, arguments) -> {
          Term body = Quoted.get(arguments.get(1), Quoted.DO);
          return DefinitionMacros.module(
              expander,
              scope,
              meta,
              arguments.get(0),
              PROTOCOL.fill(expander, meta, "body", body == null ? Atom.NIL : body),
              "protocol");
        });
    macros.put(
        "defimpl/2",
        (expander, scope, meta, arguments) ->
            implementation(expander, scope, meta, arguments.get(0), arguments.get(1), Nil.NIL));
    macros.put(
        "defimpl/3",
        (expander, scope, meta, arguments) ->
            implementation(
                expander, scope, meta, arguments.get(0), arguments.get(1), arguments.get(2)));
  }

  /** A function of a protocol: it calls the implementation for its first argument. */
  static Term function(Expander expander, Scope scope, ListTerm meta, Term head) {
    Tuple node = Quoted.node(head);
    if (node == null || !(node.get(0) instanceof Atom name)) {
      throw argumentError("protocol functions expect at least one argument");
    }
    int arity = node.get(2) instanceof ListTerm list ? list.length() : 0;
    if (arity == 0) {
      throw argumentError("protocol functions expect at least one argument");
    }
    var variables = new ArrayList<Term>();
    for (int i = 0; i < arity; i++) {
      variables.add(expander.freshVariable("arg" + i, meta));
    }
    Term module = IMPL_FOR.fill(expander, meta, "first", variables.getFirst());
    return FUNCTION.fill(
        expander,
        meta,
        "name",
        name,
        "arity",
        SmallInt.of(arity),
        "head",
        Quoted.call(name, meta, variables),
        "call",
        Quoted.remote(module, name, meta, variables));
  }

  private static Term implementation(
      Expander expander, Scope scope, ListTerm meta, Term protocolForm, Term first, Term second) {
    ListTerm all = merged(first, second);
    Atom protocol = expander.expandToAtom(protocolForm, scope);
    if (protocol == null) {
      throw argumentError(
          "expected a protocol in defimpl, got: " + expander.modules.source(protocolForm));
    }
    Term body = Quoted.get(all, Quoted.DO);
    if (body == null) {
      throw argumentError("defimpl expects a do-end block");
    }
    Term target = Quoted.get(all, Atom.of("for"));
    if (target == null) {
      target =
          scope
              .env
              .module()
              .<Term>map(module -> module)
              .orElseThrow(
                  () ->
                      argumentError(
                          "defimpl/3 expects a :for option when declared outside a module"));
    }
    Term expanded = expander.expandAll(target, scope);
    if (expanded instanceof ListTerm list) {
      var each = new ArrayList<Term>();
      for (Term element : list) {
        each.add(one(expander, scope, meta, protocol, element, body));
      }
      return ListTerm.of(each);
    }
    return one(expander, scope, meta, protocol, expanded, body);
  }

  /** The options before the block, and those in it; what is none fails where these are put together. */
  private static ListTerm merged(Term options, Term block) {
    if (options instanceof ListTerm before && block instanceof ListTerm in) {
      var all = new ArrayList<>(before.toList());
      all.addAll(in.toList());
      return ListTerm.of(all);
    }
    ListTerm given = ListTerm.of(options, block);
    throw new KernelFailure(
        Raise.error(Atom.of("function_clause")),
        ExpansionTrace.library(Atom.of("Elixir.Keyword"), "merge", given, "lib/keyword.ex", 979),
        ExpansionTrace.library(
            Atom.of("Elixir.Protocol"), "__impl__", SmallInt.of(4), "lib/protocol.ex", 926));
  }

  private static Term one(
      Expander expander, Scope scope, ListTerm meta, Atom protocol, Term target, Term body) {
    Atom module = expander.expandToAtom(target, scope);
    if (module == null) {
      throw argumentError(
          "expected a module after for: in defimpl, got: " + expander.modules.source(target));
    }
    Term code =
        IMPLEMENTATION.fill(
            expander,
            meta,
            "protocol",
            protocol,
            "target",
            module,
            "body",
            body == null ? Atom.NIL : body);
    return Quoted.call(
        "%module",
        meta, implementationOf(protocol, module), Expander.value(code), Atom.of("module"));
  }

  /** The name of the module that implements a protocol for a type. */
  static Atom implementationOf(Atom protocol, Atom target) {
    String name = target.name();
    return Atom.of(protocol.name() + "." + (name.startsWith("Elixir.") ? name.substring(7) : name));
  }
}
