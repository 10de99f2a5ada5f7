package beamyard.lessons.elixir.core;

import java.util.ArrayList;
import java.util.List;

/** What an expression is made of. */
public final class Parts {
  private Parts() {}

  /** The expressions that stand directly in one, those of clauses with their guards, in the order of the source. */
  public static List<Core> of(Core core) {
    var parts = new ArrayList<Core>();
    switch (core) {
      case Core.Literal _, Core.Use _, Core.CaptureLocal _, Core.Bindings _ -> {}
      case Core.Match(_, _, var value) -> parts.add(value);
      case Core.Block(_, var expressions) -> parts.addAll(expressions);
      case Core.MakeTuple(_, var elements) -> parts.addAll(elements);
      case Core.MakeCons(_, var head, var tail) -> parts.addAll(List.of(head, tail));
      case Core.MakeMap(_, var pairs) -> addPairs(pairs, parts);
      case Core.UpdateMap(_, var map, var pairs) -> {
        parts.add(map);
        addPairs(pairs, parts);
      }
      case Core.MakeBits(_, var segments) ->
          segments.forEach(
              segment -> {
                parts.add(segment.value());
                segment.size().ifPresent(parts::add);
              });
      case Core.CallLocal(_, _, var arguments) -> parts.addAll(arguments);
      case Core.CallRemote(_, var module, _, var arguments) -> {
        parts.add(module);
        parts.addAll(arguments);
      }
      case Core.CallFun(_, var function, var arguments) -> {
        parts.add(function);
        parts.addAll(arguments);
      }
      case Core.CaptureRemote(_, var module, var function, var arity) ->
          parts.addAll(List.of(module, function, arity));
      case Core.DefineModule(_, var name, _) -> parts.add(name);
      case Core.Case(_, var subject, var clauses, _) -> {
        parts.add(subject);
        addClauses(clauses, parts);
      }
      case Core.MakeFun(_, _, var clauses) -> addClauses(clauses, parts);
      case Core.Receive(_, var clauses, var after) -> {
        addClauses(clauses, parts);
        after.ifPresent(it -> parts.addAll(List.of(it.timeout(), it.body())));
      }
      case Core.Try(_, var body, var elses, var catches, var after) -> {
        parts.add(body);
        addClauses(catches, parts);
        addClauses(elses, parts);
        after.ifPresent(parts::add);
      }
    }
    return parts;
  }

  private static void addPairs(List<Core.Pair> pairs, List<Core> into) {
    pairs.forEach(pair -> into.addAll(List.of(pair.key(), pair.value())));
  }

  private static void addClauses(List<Core.Clause> clauses, List<Core> into) {
    clauses.forEach(
        clause -> {
          into.addAll(clause.guards());
          into.add(clause.body());
        });
  }
}
