package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.argumentError;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code put_in(users["ann"].age, 27)} and its like: paths written as code. */
final class AccessMacros {
  private static final Atom ACCESS = Atom.of("Elixir.Access");
  private static final Atom MAP = Atom.of("Elixir.Map");
  private static final Template CONSTANT = Template.of("fn _ -> unquote(value) end");
  private static final Template REPLACING = Template.of("fn _ -> {nil, unquote(value)} end");
  private static final Template UPDATING = Template.of("fn x -> {nil, unquote(fun).(x)} end");
  private static final Template POP =
      Template.of("fn\n  nil -> :pop\n  x -> Access.pop(x, unquote(key))\nend");
  private static final Template POP_THROUGH =
      Template.of(
          "fn\n  nil -> :pop\n  x -> Access.get_and_update(x, unquote(key), unquote(rest))\nend");
  private static final Template POP_FIELD =
      Template.of("fn x -> Map.get_and_update!(x, unquote(key), unquote(rest)) end");
  private static final Template THROUGH_KEY =
      Template.of("fn x -> Access.get_and_update(x, unquote(key), unquote(rest)) end");
  private static final Template THROUGH_FIELD =
      Template.of("fn x -> Map.get_and_update!(x, unquote(key), unquote(rest)) end");
  private static final Template UPDATE_FIELD =
      Template.of("fn x -> Map.update!(x, unquote(key), unquote(rest)) end");

  private AccessMacros() {}

  /** One step of a path. */
  private record Step(Kind kind, Term key) {
    enum Kind {
      /** {@code value[key]}. */
      ACCESS,
      /** {@code value.key}. */
      FIELD
    }
  }

  private record Path(Term start, List<Step> steps) {
    boolean hasOnlyFields() {
      return steps.stream().allMatch(step -> step.kind() == Step.Kind.FIELD);
    }
  }

  static void addTo(Map<String, KernelMacro> macros) {
    macros.put(
        "put_in/2",
        (expander, scope, meta, arguments) -> {
          Path path = path(expander, arguments.get(0), "put_in/2");
          Term value = arguments.get(1);
          return path.hasOnlyFields()
              ? updateFields(
                  expander,
                  meta,
                  path,
                  0,
                  path.start(),
                  CONSTANT.fill(expander, meta, "value", value))
              : second(
                  meta,
                  getAndUpdate(
                      expander, meta, path, REPLACING.fill(expander, meta, "value", value)));
        });
    macros.put(
        "update_in/2",
        (expander, scope, meta, arguments) -> {
          Path path = path(expander, arguments.get(0), "update_in/2");
          Term fun = arguments.get(1);
          return path.hasOnlyFields()
              ? updateFields(expander, meta, path, 0, path.start(), fun)
              : second(
                  meta,
                  getAndUpdate(expander, meta, path, UPDATING.fill(expander, meta, "fun", fun)));
        });
    macros.put(
        "get_and_update_in/2",
        (expander, scope, meta, arguments) ->
            getAndUpdate(
                expander,
                meta,
                path(expander, arguments.get(0), "get_and_update_in/2"),
                arguments.get(1)));
    macros.put(
        "pop_in/1",
        (expander, scope, meta, arguments) ->
            pop(expander, meta, path(expander, arguments.getFirst(), "pop_in/1")));
  }

  private static Term second(ListTerm meta, Term pair) {
    return Quoted.erlang("element", meta, SmallInt.of(2), pair);
  }

  private static Path path(Expander expander, Term form, String macro) {
    var steps = new ArrayList<Step>();
    Term rest = form;
    while (true) {
      Tuple node = Quoted.node(rest);
      if (node != null && Quoted.isCall(node.get(0), Quoted.DOT, 2)) {
        Term left = Quoted.argument(node.get(0), 0);
        Term right = Quoted.argument(node.get(0), 1);
        List<Term> arguments = Quoted.arguments(node);
        if (left == ACCESS && right == Atom.of("get") && arguments.size() == 2) {
          steps.addFirst(new Step(Step.Kind.ACCESS, arguments.get(1)));
          rest = arguments.get(0);
          continue;
        }
        boolean isValue =
            left instanceof Tuple
                && !Quoted.isAlias(left)
                && !(Quoted.isVariable(left) && ((Tuple) left).get(0) == Atom.of("__MODULE__"));
        if (isValue && arguments.isEmpty()) {
          steps.addFirst(new Step(Step.Kind.FIELD, right));
          rest = left;
          continue;
        }
      }
      break;
    }
    if (steps.isEmpty()) {
      throw argumentError(
          "cannot use "
              + macro
              + " with "
              + expander.modules.source(form)
              + " because it is not a path: expected a path such as map[key] or map.field");
    }
    return new Path(rest, steps);
  }

  private static Term updateFields(
      Expander expander, ListTerm meta, Path path, int index, Term subject, Term fun) {
    return Quoted.remote(
        MAP,
        "update!",
        meta,
        subject,
        path.steps().get(index).key(),
        updateRest(expander, meta, path, index + 1, fun));
  }

  private static Term updateRest(Expander expander, ListTerm meta, Path path, int index, Term fun) {
    return index == path.steps().size()
        ? fun
        : UPDATE_FIELD.fill(
            expander,
            meta,
            "key",
            path.steps().get(index).key(),
            "rest",
            updateRest(expander, meta, path, index + 1, fun));
  }

  private static Term getAndUpdate(Expander expander, ListTerm meta, Path path, Term fun) {
    return apply(meta, path, rest(expander, meta, path, 1, fun));
  }

  private static Term apply(ListTerm meta, Path path, Term rest) {
    Step first = path.steps().getFirst();
    return first.kind() == Step.Kind.ACCESS
        ? Quoted.remote(ACCESS, "get_and_update", meta, path.start(), first.key(), rest)
        : Quoted.remote(MAP, "get_and_update!", meta, path.start(), first.key(), rest);
  }

  private static Term rest(Expander expander, ListTerm meta, Path path, int index, Term fun) {
    if (index == path.steps().size()) {
      return fun;
    }
    Step step = path.steps().get(index);
    return (step.kind() == Step.Kind.ACCESS ? THROUGH_KEY : THROUGH_FIELD)
        .fill(
            expander, meta, "key", step.key(), "rest", rest(expander, meta, path, index + 1, fun));
  }

  private static Term pop(Expander expander, ListTerm meta, Path path) {
    if (path.steps().getLast().kind() == Step.Kind.FIELD) {
      throw argumentError("cannot use pop_in when the last segment is a field");
    }
    if (path.steps().size() == 1) {
      return Quoted.remote(ACCESS, "pop", meta, path.start(), path.steps().getFirst().key());
    }
    return apply(meta, path, popRest(expander, meta, path, 1));
  }

  private static Term popRest(Expander expander, ListTerm meta, Path path, int index) {
    Step step = path.steps().get(index);
    if (index == path.steps().size() - 1) {
      return POP.fill(expander, meta, "key", step.key());
    }
    return (step.kind() == Step.Kind.ACCESS ? POP_THROUGH : POP_FIELD)
        .fill(expander, meta, "key", step.key(), "rest", popRest(expander, meta, path, index + 1));
  }
}
