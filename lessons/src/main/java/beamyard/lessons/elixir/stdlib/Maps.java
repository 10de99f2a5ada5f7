package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The functions of module {@code maps} that call no functions. */
final class Maps {
  private static final String MAPS = "maps";

  private Maps() {}

  static void define(BuiltinTable table) {
    table.define(MAPS, "new", 0, (_, _) -> MapTerm.EMPTY);
    table.define(MAPS, "get", 2, (_, a) -> required(a[0], Arguments.map(a[1])));
    table.define(
        MAPS,
        "get",
        3,
        (_, a) -> {
          Term value = Arguments.map(a[1]).get(a[0]);
          return value == null ? a[2] : value;
        });
    table.define(
        MAPS,
        "find",
        2,
        (_, a) -> {
          Term value = Arguments.map(a[1]).get(a[0]);
          return value == null ? Atom.ERROR : Tuple.of(Atom.OK, value);
        });
    table.define(MAPS, "put", 3, (_, a) -> Arguments.map(a[2]).put(a[0], a[1]));
    table.define(
        MAPS,
        "update",
        3,
        (_, a) -> {
          MapTerm map = Arguments.map(a[2]);
          required(a[0], map);
          return map.put(a[0], a[1]);
        });
    table.define(MAPS, "remove", 2, (_, a) -> Arguments.map(a[1]).remove(a[0]));
    table.define(
        MAPS,
        "take",
        2,
        (_, a) -> {
          MapTerm map = Arguments.map(a[1]);
          Term value = map.get(a[0]);
          return value == null ? Atom.ERROR : Tuple.of(value, map.remove(a[0]));
        });
    table.define(MAPS, "is_key", 2, (_, a) -> Atom.of(Arguments.map(a[1]).containsKey(a[0])));
    table.define(MAPS, "size", 1, (_, a) -> SmallInt.of(Arguments.map(a[0]).size()));
    table.define(
        MAPS,
        "keys",
        1,
        (self, a) -> {
          MapTerm map = Arguments.map(a[0]);
          self.consume(map.size() / 10);
          return ListTerm.of(map.entries().stream().map(MapTerm.Entry::key).toList());
        });
    table.define(
        MAPS,
        "values",
        1,
        (_, a) ->
            ListTerm.of(Arguments.map(a[0]).entries().stream().map(MapTerm.Entry::value).toList()));
    table.define(
        MAPS,
        "to_list",
        1,
        (self, a) -> {
          MapTerm map = Arguments.map(a[0]);
          self.consume(map.size() / 10);
          return pairs(map.entries());
        });
    table.define(
        MAPS,
        "from_list",
        1,
        (self, a) -> {
          List<Term> pairs = Arguments.list(a[0]);
          self.consume(pairs.size() / 10);
          var builder = MapTerm.builder();
          for (Term pair : pairs) {
            if (!(pair instanceof Tuple tuple && tuple.size() == 2)) {
              throw Raise.badarg();
            }
            builder.put(tuple.get(0), tuple.get(1));
          }
          return builder.build();
        });
    table.define(
        MAPS,
        "from_keys",
        2,
        (_, a) -> {
          var builder = MapTerm.builder();
          Arguments.list(a[0]).forEach(key -> builder.put(key, a[1]));
          return builder.build();
        });
    table.define(
        MAPS,
        "merge",
        2,
        (self, a) -> {
          MapTerm left = Arguments.map(a[0]);
          MapTerm right = Arguments.map(a[1]);
          self.consume((left.size() + right.size()) / 10);
          if (right.size() < 4) {
            MapTerm merged = left;
            for (MapTerm.Entry entry : right) {
              merged = merged.put(entry.key(), entry.value());
            }
            return merged;
          }
          return MapTerm.builder().putAll(left).putAll(right).build();
        });
    table.define(
        MAPS,
        "with",
        2,
        (_, a) -> {
          MapTerm map = Arguments.map(a[1]);
          var builder = MapTerm.builder();
          for (Term key : Arguments.list(a[0])) {
            Term value = map.get(key);
            if (value != null) {
              builder.put(key, value);
            }
          }
          return builder.build();
        });
    table.define(
        MAPS,
        "without",
        2,
        (_, a) -> {
          MapTerm map = Arguments.map(a[1]);
          for (Term key : Arguments.list(a[0])) {
            map = map.remove(key);
          }
          return map;
        });
    table.define(MAPS, "iterator", 1, (_, a) -> iterator(Arguments.map(a[0])));
    table.define(
        MAPS,
        "next",
        1,
        (_, a) ->
            switch (a[0]) {
              case Tuple step when step.size() == 3 -> step;
              case Atom none when none == Atom.of("none") -> none;
              default -> throw Raise.badarg();
            });
  }

  /** The pairs of a map in the order of {@code maps:fold}. */
  static ListTerm foldList(MapTerm map) {
    return pairs(map.foldOrder());
  }

  private static ListTerm pairs(List<MapTerm.Entry> entries) {
    var pairs = new ArrayList<Term>(entries.size());
    for (MapTerm.Entry entry : entries) {
      pairs.add(Tuple.of(entry.key(), entry.value()));
    }
    return ListTerm.of(pairs);
  }

  /** {@code {Key, Value, Iterator}} or {@code none}. */
  private static Term iterator(MapTerm map) {
    Term next = Atom.of("none");
    for (MapTerm.Entry entry : map.foldOrder().reversed()) {
      next = Tuple.of(entry.key(), entry.value(), next);
    }
    return next;
  }

  private static Term required(Term key, MapTerm map) {
    Term value = map.get(key);
    if (value == null) {
      throw Raise.error("badkey", key);
    }
    return value;
  }
}
