package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.stdlib.Ets.Access;
import beamyard.lessons.elixir.stdlib.EtsTable.Type;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The functions of {@code ets} that look for objects by patterns and match specifications, all at once or some at a time. */
final class EtsSelection {
  /** The tag of what is left of a search that was given some at a time; a term that nobody else should look into. */
  private static final Atom CONTINUATION = Atom.of("$continuation");

  private final BuiltinTable functions;
  private final Ets.Definer ets;

  EtsSelection(BuiltinTable functions, Ets.Definer ets) {
    this.functions = functions;
    this.ets = ets;
  }

  /** What a search finds in a table, in the table's order. */
  @FunctionalInterface
  private interface Search {
    List<Term> find(ProcessContext self, EtsTable table, Term pattern);
  }

  void define() {
    search("match_object", EtsSelection::objects);
    search("match", EtsSelection::rows);
    search("select", this::selected);
    search("select_reverse", this::reversed);
    deletions();
    ets.on(
        "select_count",
        2,
        Access.READ,
        (self, table, a) ->
            SmallInt.of(
                selected(self, table, a[1]).stream().filter(it -> it == Atom.TRUE).count()));
    ets.on("select_replace", 2, Access.WRITE, (self, table, a) -> replace(self, table, a));
    functions.define(
        "ets",
        "match_spec_run",
        2,
        (self, a) ->
            ListTerm.of(
                results(Arguments.list(a[0]), compiled(self, Arguments.tuple(a[1]).get(1)))));
    functions.define(
        "ets",
        "test_ms",
        2,
        (self, a) ->
            Tuple.of(
                Atom.OK, compiled(self, a[1]).apply(Arguments.tuple(a[0])).orElse(Atom.FALSE)));
  }

  private void search(String function, Search search) {
    ets.on(
        function, 2, Access.READ, (self, table, a) -> ListTerm.of(search.find(self, table, a[1])));
    ets.on(
        function,
        3,
        Access.READ,
        (self, table, a) -> {
          if (!(a[2] instanceof SmallInt limit) || limit.value() < 1) {
            throw Raise.badarg();
          }
          return some(search.find(self, table, a[1]), (int) limit.value());
        });
    functions.define("ets", function, 1, (_, a) -> goOn(function, a));
  }

  private static Term goOn(String function, Term[] a) {
    if (a[0] == Ets.END) {
      return Ets.END;
    }
    if (a[0] instanceof Tuple left
        && left.isTagged(CONTINUATION, 3)
        && left.get(1) instanceof SmallInt limit) {
      return some(Arguments.list(left.get(2)), (int) limit.value());
    }
    throw Ets.refused(function, a, null);
  }

  private static Term some(List<Term> found, int limit) {
    if (found.isEmpty()) {
      return Ets.END;
    }
    return found.size() < limit
        ? Tuple.of(ListTerm.of(found), Ets.END)
        : Tuple.of(
            ListTerm.of(found.subList(0, limit)),
            Tuple.of(
                CONTINUATION, SmallInt.of(limit), ListTerm.of(found.subList(limit, found.size()))));
  }

  private static List<Term> objects(ProcessContext self, EtsTable table, Term pattern) {
    self.consume(table.size() / 5);
    return candidates(table, pattern).stream()
        .filter(object -> MatchSpecification.matches(pattern, object, new TreeMap<>()))
        .map(object -> (Term) object)
        .toList();
  }

  private static List<Term> rows(ProcessContext self, EtsTable table, Term pattern) {
    self.consume(table.size() / 5);
    var rows = new ArrayList<Term>();
    for (Tuple object : candidates(table, pattern)) {
      var bindings = new TreeMap<Integer, Term>();
      if (MatchSpecification.matches(pattern, object, bindings)) {
        rows.add(ListTerm.of(List.copyOf(bindings.values())));
      }
    }
    return rows;
  }

  private List<Term> selected(ProcessContext self, EtsTable table, Term terms) {
    MatchSpecification specification = compiled(self, terms);
    self.consume(table.size() / 5);
    return results(table.all(), specification);
  }

  private List<Term> reversed(ProcessContext self, EtsTable table, Term terms) {
    List<Term> found = selected(self, table, terms);
    return table.settings.type() == Type.ORDERED_SET ? found.reversed() : found;
  }

  private MatchSpecification compiled(ProcessContext self, Term terms) {
    return new MatchSpecification(terms, functions, self);
  }

  private static List<Term> results(
      List<? extends Term> objects, MatchSpecification specification) {
    var results = new ArrayList<Term>();
    objects.forEach(object -> specification.apply(object).ifPresent(results::add));
    return results;
  }

  private void deletions() {
    ets.on(
        "match_delete",
        2,
        Access.WRITE,
        (self, table, a) -> {
          objects(self, table, a[1]).forEach(object -> table.removeObject((Tuple) object));
          return Atom.TRUE;
        });
    ets.on(
        "select_delete",
        2,
        Access.WRITE,
        (self, table, a) -> {
          MatchSpecification specification = compiled(self, a[1]);
          int count = 0;
          for (Tuple object : table.all()) {
            if (specification.apply(object).filter(it -> it == Atom.TRUE).isPresent()) {
              table.removeObject(object);
              count++;
            }
          }
          return SmallInt.of(count);
        });
  }

  /** Puts what a specification makes of an object in its place; its key stays. */
  private Term replace(ProcessContext self, EtsTable table, Term[] a) {
    if (table.settings.type() == Type.BAG) {
      throw Ets.refused("select_replace", a, "table_type");
    }
    MatchSpecification specification = compiled(self, a[1]);
    int count = 0;
    for (Tuple object : table.all()) {
      Optional<Term> made = specification.apply(object);
      if (made.isPresent()) {
        if (!(made.get() instanceof Tuple replacement)
            || replacement.size() < table.settings.keyPosition()
            || !table.key(replacement).equals(table.key(object))) {
          throw Raise.badarg();
        }
        table.removeObject(object);
        table.insert(replacement);
        count++;
      }
    }
    return SmallInt.of(count);
  }

  /** All objects, or those with the key that a pattern names. */
  private static List<Tuple> candidates(EtsTable table, Term pattern) {
    if (pattern instanceof Tuple tuple && tuple.size() >= table.settings.keyPosition()) {
      Term key = tuple.get(table.settings.keyPosition() - 1);
      boolean isPlain =
          key instanceof IntegerTerm
              || key instanceof Atom atom
                  && atom != Atom.of("_")
                  && MatchSpecification.number(atom) < 0;
      if (isPlain) {
        return table.get(key);
      }
    }
    return table.all();
  }
}
