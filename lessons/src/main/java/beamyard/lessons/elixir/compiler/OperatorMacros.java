package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.argumentError;

import beamyard.lessons.elixir.compiler.Environment.Context;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operators that are macros, and the tests that may stand in guards. */
final class OperatorMacros {
  private static final Atom BAD_BOOLEAN = Atom.of("bad_boolean");
  private static final Atom RANGE = Atom.of("Elixir.Range");
  private static final Template IS_STRUCT =
      Template.of(
          ":erlang.is_map(unquote(term)) and :erlang.is_map_key(:__struct__, unquote(term))"
              + " and :erlang.is_atom(:erlang.map_get(:__struct__, unquote(term)))");
  private static final Template IS_STRUCT_OF =
      Template.of(
          ":erlang.is_map(unquote(term)) and :erlang.is_map_key(:__struct__, unquote(term))"
              + " and :erlang.\"=:=\"(:erlang.map_get(:__struct__, unquote(term)), unquote(name))");
  private static final Template IS_EXCEPTION =
      Template.of(
          ":erlang.is_map(unquote(term)) and :erlang.is_map_key(:__struct__, unquote(term))"
              + " and :erlang.is_atom(:erlang.map_get(:__struct__, unquote(term)))"
              + " and :erlang.is_map_key(:__exception__, unquote(term))"
              + " and :erlang.\"=:=\"(:erlang.map_get(:__exception__, unquote(term)), true)");
  private static final Template IS_EXCEPTION_OF =
      Template.of(
          ":erlang.is_map(unquote(term)) and :erlang.is_map_key(:__struct__, unquote(term))"
              + " and :erlang.\"=:=\"(:erlang.map_get(:__struct__, unquote(term)), unquote(name))"
              + " and :erlang.is_map_key(:__exception__, unquote(term))"
              + " and :erlang.\"=:=\"(:erlang.map_get(:__exception__, unquote(term)), true)");
  private static final Template IN_RANGE =
      Template.of(
          ":erlang.is_integer(unquote(x)) and :erlang.>=(unquote(x), unquote(first))"
              + " and :erlang.\"=<\"(unquote(x), unquote(last))");
  private static final Template IN_ANY_RANGE =
      Template.of(
          ":erlang.is_integer(unquote(x)) and ((:erlang.\"=<\"(unquote(first), unquote(last))"
              + " and :erlang.>=(unquote(x), unquote(first)) and :erlang.\"=<\"(unquote(x), unquote(last)))"
              + " or (:erlang.<(unquote(last), unquote(first))"
              + " and :erlang.>=(unquote(x), unquote(last)) and :erlang.\"=<\"(unquote(x), unquote(first))))");
  private static final Template IN_STEPPED_RANGE =
      Template.of(
          ":erlang.is_integer(unquote(x)) and ((:erlang.>(unquote(step), 0)"
              + " and :erlang.>=(unquote(x), unquote(first)) and :erlang.\"=<\"(unquote(x), unquote(last)))"
              + " or (:erlang.<(unquote(step), 0)"
              + " and :erlang.>=(unquote(x), unquote(last)) and :erlang.\"=<\"(unquote(x), unquote(first))))"
              + " and :erlang.\"=:=\"(:erlang.rem(:erlang.-(unquote(x), unquote(first)), unquote(step)), 0)");

  private OperatorMacros() {}

  static void addTo(Map<String, KernelMacro> macros) {
    macros.put(
        "&&/2",
        (expander, scope, meta, arguments) -> {
          Term x = expander.freshVariable("x", meta);
          return Quoted.caseOf(
              meta,
              arguments.get(0),
              Quoted.arrow(meta, ControlMacros.falsy(x, meta), x),
              Quoted.arrow(meta, Quoted.variable("_", meta, Quoted.KERNEL), arguments.get(1)));
        });
    macros.put(
        "||/2",
        (expander, scope, meta, arguments) -> {
          Term x = expander.freshVariable("x", meta);
          return Quoted.caseOf(
              meta,
              arguments.get(0),
              Quoted.arrow(meta, ControlMacros.falsy(x, meta), arguments.get(1)),
              Quoted.arrow(meta, x, x));
        });
    macros.put(
        "!/1",
        (expander, scope, meta, arguments) -> {
          Term x = expander.freshVariable("x", meta);
          return Quoted.caseOf(
              ControlMacros.boolish(meta),
              arguments.get(0),
              Quoted.arrow(meta, ControlMacros.falsy(x, meta), Atom.TRUE),
              Quoted.arrow(meta, Quoted.variable("_", meta, Quoted.KERNEL), Atom.FALSE));
        });
    macros.put(
        "and/2",
        (expander, scope, meta, arguments) -> and(meta, arguments.get(0), arguments.get(1)));
    macros.put(
        "or/2", (expander, scope, meta, arguments) -> or(meta, arguments.get(0), arguments.get(1)));
    macros.put("in/2", OperatorMacros::in);
    macros.put(
        "../0",
        (expander, scope, meta, arguments) ->
            Quoted.escape(rangeValue(SmallInt.of(0), SmallInt.of(-1), SmallInt.of(1))));
    macros.put("../2", OperatorMacros::range);
    macros.put("..///3", OperatorMacros::range);
    macros.put("<>/2", OperatorMacros::concatenation);
    macros.put("|>/2", OperatorMacros::pipe);
    macros.put(
        "is_nil/1",
        (expander, scope, meta, arguments) ->
            Quoted.erlang("==", meta, arguments.getFirst(), Atom.NIL));
    macros.put(
        "is_struct/1",
        (expander, scope, meta, arguments) ->
            once(
                expander,
                scope,
                meta,
                arguments.getFirst(),
                term -> IS_STRUCT.fill(expander, meta, "term", term)));
    macros.put(
        "is_struct/2",
        (expander, scope, meta, arguments) ->
            once(
                expander,
                scope,
                meta,
                arguments.getFirst(),
                term -> IS_STRUCT_OF.fill(expander, meta, "term", term, "name", arguments.get(1))));
    macros.put(
        "is_exception/1",
        (expander, scope, meta, arguments) ->
            once(
                expander,
                scope,
                meta,
                arguments.getFirst(),
                term -> IS_EXCEPTION.fill(expander, meta, "term", term)));
    macros.put(
        "is_exception/2",
        (expander, scope, meta, arguments) ->
            once(
                expander,
                scope,
                meta,
                arguments.getFirst(),
                term ->
                    IS_EXCEPTION_OF.fill(expander, meta, "term", term, "name", arguments.get(1))));
  }

  static Term and(ListTerm meta, Term left, Term right) {
    return Quoted.caseOf(
        Quoted.with(meta, BAD_BOOLEAN, Atom.of("and")),
        left,
        Quoted.arrow(meta, Atom.FALSE, Atom.FALSE),
        Quoted.arrow(meta, Atom.TRUE, right));
  }

  static Term or(ListTerm meta, Term left, Term right) {
    return Quoted.caseOf(
        Quoted.with(meta, BAD_BOOLEAN, Atom.of("or")),
        left,
        Quoted.arrow(meta, Atom.FALSE, right),
        Quoted.arrow(meta, Atom.TRUE, Atom.TRUE));
  }

  /** A form used several times is evaluated once; in guards it has no effects and is repeated. */
  static Term once(
      Expander expander,
      Scope scope,
      ListTerm meta,
      Term form,
      java.util.function.UnaryOperator<Term> body) {
    if (scope.env.context() == Context.GUARD || Quoted.isVariable(form)) {
      return body.apply(form);
    }
    Term variable = expander.freshVariable("term", meta);
    return Quoted.caseOf(meta, form, Quoted.arrow(meta, variable, body.apply(variable)));
  }

  private static Term in(Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    Term left = arguments.get(0);
    Term right = arguments.get(1);
    boolean isGuard = scope.env.context() == Context.GUARD;
    Term expanded = isRange(right) ? right : expander.expandAll(right, scope);
    if (expanded == Nil.NIL) {
      return isGuard ? Atom.FALSE : Quoted.block(left, Atom.FALSE);
    }
    if (expanded instanceof ListTerm list) {
      return once(expander, scope, meta, left, x -> member(expander, meta, x, list.toList()));
    }
    if (isRange(expanded)) {
      List<Term> parts = Quoted.arguments(expanded);
      if (parts.size() == 2
          && parts.get(0) instanceof SmallInt first
          && parts.get(1) instanceof SmallInt last
          && first.value() <= last.value()) {
        return once(
            expander,
            scope,
            meta,
            left,
            x -> IN_RANGE.fill(expander, meta, "x", x, "first", first, "last", last));
      }
      if (isGuard) {
        return parts.size() == 2
            ? IN_ANY_RANGE.fill(
                expander, meta, "x", left, "first", parts.get(0), "last", parts.get(1))
            : IN_STEPPED_RANGE.fill(
                expander,
                meta,
                "x",
                left,
                "first",
                parts.get(0),
                "last",
                parts.get(1),
                "step",
                parts.get(2));
      }
    }
    if (isGuard) {
      throw argumentError(
          "invalid right argument for operator \"in\", it expects a compile-time proper list or"
              + " compile-time range on the right side when used in guard expressions, got: "
              + expander.modules.source(right));
    }
    Term x = expander.freshVariable("x", meta);
    return Quoted.caseOf(
        meta,
        left,
        Quoted.arrow(meta, x, Quoted.remote(Atom.of("Elixir.Enum"), "member?", meta, right, x)));
  }

  private static boolean isRange(Term form) {
    return Quoted.isCall(form, Atom.of(".."), 2) || Quoted.isCall(form, Atom.of("..//"), 3);
  }

  private static Term member(Expander expander, ListTerm meta, Term x, List<Term> elements) {
    Term result = null;
    for (int i = elements.size() - 1; i >= 0; i--) {
      Term element = elements.get(i);
      Term test;
      if (Quoted.isCall(element, Quoted.CONS, 2)) {
        test =
            or(
                meta,
                Quoted.erlang("=:=", meta, x, Quoted.argument(element, 0)),
                Quoted.remote(Atom.of("lists"), "member", meta, x, Quoted.argument(element, 1)));
      } else {
        test = Quoted.erlang("=:=", meta, x, element);
      }
      result = result == null ? test : or(meta, test, result);
    }
    return result;
  }

  static MapTerm rangeValue(Term first, Term last, Term step) {
    return MapTerm.of(
        Atom.of("__struct__"),
        RANGE,
        Atom.of("first"),
        first,
        Atom.of("last"),
        last,
        Atom.of("step"),
        step);
  }

  private static Term range(Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    Term first = arguments.get(0);
    Term last = arguments.get(1);
    if (scope.env.context() == Context.NORMAL) {
      Term plainFirst = number(expander.expandAll(first, scope));
      Term plainLast = number(expander.expandAll(last, scope));
      Term step =
          arguments.size() == 3 ? number(expander.expandAll(arguments.get(2), scope)) : null;
      if (plainFirst instanceof IntegerTerm from
          && plainLast instanceof IntegerTerm to
          && (arguments.size() == 2 || step instanceof IntegerTerm given && given.signum() != 0)) {
        Term by =
            step != null
                ? step
                : SmallInt.of(from.bigValue().compareTo(to.bigValue()) <= 0 ? 1 : -1);
        return Quoted.escape(rangeValue(from, to, by));
      }
      if (isLiteral(plainFirst) && !(plainFirst instanceof IntegerTerm)
          || isLiteral(plainLast) && !(plainLast instanceof IntegerTerm)) {
        throw argumentError(
            "ranges (first..last//step) expect both sides to be integers, got: "
                + expander.modules.source(Quoted.call("..", meta, first, last)));
      }
      if (step != null
          && isLiteral(step)
          && !(step instanceof IntegerTerm given && given.signum() != 0)) {
        throw argumentError(
            "ranges (first..last//step) expect the step to be a non-zero integer, got: "
                + expander.modules.source(step));
      }
      return Quoted.remote(RANGE, Atom.of("new"), meta, arguments);
    }
    Term step =
        arguments.size() == 3 ? arguments.get(2) : Quoted.variable("_", meta, Quoted.KERNEL);
    return Quoted.call(
        Quoted.MAP,
        meta,
        List.of(
            Tuple.of(Atom.of("__struct__"), RANGE), Tuple.of(Atom.of("first"), first),
            Tuple.of(Atom.of("last"), last), Tuple.of(Atom.of("step"), step)));
  }

  /** An integer with its sign. */
  private static boolean isLiteral(Term form) {
    return !(form instanceof Tuple tuple && tuple.size() == 3);
  }

  private static Term number(Term form) {
    if (Quoted.isCall(form, Atom.of("-"), 1)
        && DottedCalls.negated(Quoted.argument(form, 0)) instanceof Term negated) {
      return negated;
    }
    return form;
  }

  private static Term concatenation(
      Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    var parts = new ArrayList<Term>();
    flatten(Quoted.call("<>", meta, arguments.get(0), arguments.get(1)), parts);
    var segments = new ArrayList<Term>();
    for (int i = 0; i < parts.size(); i++) {
      Term part = parts.get(i);
      boolean isMatch = scope.env.context() == Context.MATCH;
      if (isMatch && i < parts.size() - 1) {
        part = expander.expandAll(part, scope);
        if (!isLiteral(part) && !(part instanceof Bits) && !Quoted.isCall(part, Quoted.BITS)) {
          throw argumentError(
              "the left argument of <> operator inside a match should always be a literal binary because"
                  + " its size can't be verified. Got: "
                  + expander.modules.source(part));
        }
      }
      if (isLiteral(part) && !(part instanceof Bits)) {
        throw argumentError(
            "expected binary argument in <> operator but got: " + expander.modules.source(part));
      }
      segments.add(
          part instanceof Bits
              ? part
              : Quoted.call("::", meta, part, Quoted.variable("binary", meta, Atom.NIL)));
    }
    return Quoted.call(Quoted.BITS, meta, segments);
  }

  private static void flatten(Term form, List<Term> into) {
    if (Quoted.isCall(form, Atom.of("<>"), 2)) {
      flatten(Quoted.argument(form, 0), into);
      flatten(Quoted.argument(form, 1), into);
    } else {
      into.add(form);
    }
  }

  private static Term pipe(Expander expander, Scope scope, ListTerm meta, List<Term> arguments) {
    if (Quoted.isCall(arguments.get(1), Atom.of("dbg"), 0)) {
      return Quoted.call(
          "dbg", meta, arguments.get(0)); // which shows the steps of the pipe before it
    }
    var steps = new ArrayList<Term>();
    Term rest = arguments.get(0);
    steps.add(arguments.get(1));
    while (Quoted.isCall(rest, Atom.of("|>"), 2)) {
      steps.add(Quoted.argument(rest, 1));
      rest = Quoted.argument(rest, 0);
    }
    Term value = rest;
    for (int i = steps.size() - 1; i >= 0; i--) {
      value = pipeInto(expander, value, steps.get(i));
    }
    return value;
  }

  private static Term pipeInto(Expander expander, Term value, Term call) {
    Tuple node = Quoted.node(call);
    if (node == null) {
      throw badPipe(expander.modules.source(value), expander.modules.source(call));
    }
    if (Quoted.isCall(call, Quoted.FN)) {
      throw argumentError(
          "cannot pipe "
              + expander.modules.source(value)
              + " into an anonymous function without calling the function; use"
              + " Kernel.then/2 instead or define the anonymous function as a regular private function");
    }
    if (Quoted.isCall(call, Quoted.CAPTURE, 1)
        || Quoted.isAlias(call)
        || Quoted.isCall(call, Quoted.BITS)
        || Quoted.isCall(call, Quoted.BLOCK)
        || Quoted.isCall(call, Quoted.TUPLE)
        || Quoted.isCall(call, Quoted.MAP)) {
      throw badPipe(expander.modules.source(value), expander.modules.source(call));
    }
    ListTerm existing = node.get(2) instanceof ListTerm list ? list : Nil.NIL;
    if (node.get(0) instanceof Atom && isUnaryOrBinaryOperator(node)) {
      throw argumentError(
          "cannot pipe "
              + expander.modules.source(value)
              + " into "
              + expander.modules.source(call)
              + ", the "
              + ((Atom) node.get(0)).name()
              + " operator can only take "
              + existing.length()
              + (existing.length() == 1 ? " argument" : " arguments"));
    }
    var all = new ArrayList<Term>();
    all.add(value);
    all.addAll(existing.toList());
    return Quoted.node(
        node.get(0), Quoted.without(Quoted.meta(node), Atom.of("no_parens")), ListTerm.of(all));
  }

  private static boolean isUnaryOrBinaryOperator(Tuple node) {
    if (!(node.get(2) instanceof ListTerm arguments)) {
      return false;
    }
    return switch (((Atom) node.get(0)).name()) {
      case "+", "-" -> arguments.length() == 1 || arguments.length() == 2;
      case "!", "^", "not" -> arguments.length() == 1;
      case "*",
          "/",
          "==",
          "!=",
          "===",
          "!==",
          "<",
          ">",
          "<=",
          ">=",
          "&&",
          "||",
          "and",
          "or",
          "in",
          "++",
          "--",
          "<>",
          "=",
          "..",
          "::",
          "|" ->
          arguments.length() == 2;
      default -> false;
    };
  }

  private static beamyard.lessons.elixir.machine.Raise badPipe(String left, String right) {
    return argumentError(
        "cannot pipe "
            + left
            + " into "
            + right
            + ", can only pipe into local calls foo(), remote calls Foo.bar() or anonymous function calls foo.()");
  }
}
