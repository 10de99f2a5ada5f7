package beamyard.lessons.elixir.compiler;

import static beamyard.lessons.elixir.compiler.CompileProblem.compileError;

import beamyard.lessons.elixir.core.Core;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Maps as they are written: new ones, and updates of others. */
final class MapForms {
  private final Expander expander;

  MapForms(Expander expander) {
    this.expander = expander;
  }

  /** {@code %{key => value}} or {@code %{map | key => value}}. */
  Core expand(int line, ListTerm meta, List<Term> arguments, Scope scope) {
    if (arguments.size() == 1 && Quoted.isCall(arguments.getFirst(), Quoted.CONS, 2)) {
      List<Term> parts = Quoted.arguments(arguments.getFirst());
      var forms = new ArrayList<Term>();
      forms.add(parts.getFirst());
      boolean isSound =
          parts.get(1) instanceof ListTerm pairs
              && pairs.toList().stream()
                  .allMatch(pair -> pair instanceof Tuple tuple && tuple.size() == 2);
      if (!isSound) {
        expander.expand(parts.getFirst(), scope);
      }
      flatten(parts.get(1), forms, meta, scope);
      List<Core> cores = expander.expandArguments(forms, scope);
      warnOfKeys(cores.subList(1, cores.size()), line, scope);
      return new Core.UpdateMap(line, cores.getFirst(), pairs(cores.subList(1, cores.size())));
    }
    var forms = new ArrayList<Term>();
    flatten(ListTerm.of(arguments), forms, meta, scope);
    List<Core> cores = expander.expandArguments(forms, scope);
    warnOfKeys(cores, line, scope);
    if (cores.stream().allMatch(core -> core instanceof Core.Literal)) {
      var map = MapTerm.EMPTY;
      for (int i = 0; i < cores.size(); i += 2) {
        map =
            map.put(
                ((Core.Literal) cores.get(i)).value(), ((Core.Literal) cores.get(i + 1)).value());
      }
      return new Core.Literal(line, map);
    }
    return new Core.MakeMap(line, pairs(cores));
  }

  private void warnOfKeys(List<Core> cores, int line, Scope scope) {
    var keys = new LinkedHashSet<Term>();
    for (int i = 0; i < cores.size(); i += 2) {
      if (cores.get(i) instanceof Core.Literal(_, Term key) && !keys.add(key)) {
        expander.modules.warn(
            Warning.atLine(
                scope.env,
                line,
                "key " + expander.modules.inspect(key) + " will be overridden in map"));
      }
    }
  }

  private void flatten(Term pairs, List<Term> into, ListTerm meta, Scope scope) {
    if (pairs instanceof ListTerm list) {
      for (Term element : list) {
        if (element instanceof Tuple pair && pair.size() == 2) {
          into.add(pair.get(0));
          into.add(pair.get(1));
        } else {
          throw compileError(
              scope,
              meta,
              "expected key-value pairs in a map, got: " + expander.modules.source(element));
        }
      }
    } else {
      throw compileError(
          scope, meta, "expected key-value pairs in a map, got: " + expander.modules.source(pairs));
    }
  }

  private static List<Core.Pair> pairs(List<Core> keysAndValues) {
    var pairs = new ArrayList<Core.Pair>();
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      pairs.add(new Core.Pair(keysAndValues.get(i), keysAndValues.get(i + 1)));
    }
    return pairs;
  }
}
