package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.Node;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the processes of a node share beside tables: {@code persistent_term}, {@code counters} and {@code atomics}. */
final class SharedTerms {
  private static final String PERSISTENT = "persistent_term";

  private MapTerm persistent = MapTerm.EMPTY;
  private final Map<Reference, long[]> arrays = new LinkedHashMap<>();

  private SharedTerms() {}

  private SharedTerms copy() {
    var copy = new SharedTerms();
    copy.persistent = persistent;
    arrays.forEach((reference, array) -> copy.arrays.put(reference, array.clone()));
    return copy;
  }

  private static SharedTerms of(ProcessContext self) {
    self.use(Access.WRITE, new Thing.Data(SharedTerms.class));
    Node node = self.owned(Node.class);
    if (!node.owns(SharedTerms.class)) {
      node.own(SharedTerms.class, new SharedTerms(), SharedTerms::copy);
    }
    return node.owned(SharedTerms.class);
  }

  static void define(BuiltinTable table) {
    table.define(
        PERSISTENT,
        "get",
        0,
        (self, _) -> {
          var pairs = new ArrayList<Term>();
          of(self).persistent.forEach(entry -> pairs.add(Tuple.of(entry.key(), entry.value())));
          return ListTerm.of(pairs);
        });
    table.define(
        PERSISTENT,
        "get",
        1,
        (self, a) -> {
          Term value = of(self).persistent.get(a[0]);
          if (value == null) {
            throw Raise.badarg();
          }
          return value;
        });
    table.define(
        PERSISTENT,
        "get",
        2,
        (self, a) -> {
          Term value = of(self).persistent.get(a[0]);
          return value == null ? a[1] : value;
        });
    table.define(
        PERSISTENT,
        "put",
        2,
        (self, a) -> {
          SharedTerms shared = of(self);
          shared.persistent = shared.persistent.put(a[0], a[1]);
          return Atom.OK;
        });
    table.define(
        PERSISTENT,
        "erase",
        1,
        (self, a) -> {
          SharedTerms shared = of(self);
          boolean had = shared.persistent.containsKey(a[0]);
          shared.persistent = shared.persistent.remove(a[0]);
          return Atom.of(had);
        });
    for (String module : List.of("counters", "atomics")) {
      arrays(table, module);
    }
    exchanging(table);
  }

  private static void arrays(BuiltinTable table, String module) {
    boolean plain = module.equals("counters");
    table.define(
        module,
        "new",
        2,
        (self, a) -> {
          int size = Arguments.size(a[0]);
          if (size == 0) {
            throw Raise.badarg();
          }
          Reference reference = self.makeReference();
          of(self).arrays.put(reference, new long[size]);
          return plain
              ? Tuple.of(
                  Atom.of(
                      Arguments.list(a[1]).contains(Atom.of("write_concurrency"))
                          ? "write_concurrency"
                          : "atomics"),
                  reference)
              : reference;
        });
    table.define(module, "get", 2, (self, a) -> SmallInt.of(array(self, a[0])[index(self, a)]));
    table.define(
        module,
        "put",
        3,
        (self, a) -> {
          array(self, a[0])[index(self, a)] = Arguments.number(a[2]);
          return Atom.OK;
        });
    table.define(
        module,
        "add",
        3,
        (self, a) -> {
          array(self, a[0])[index(self, a)] += Arguments.number(a[2]);
          return Atom.OK;
        });
    table.define(
        module,
        "sub",
        3,
        (self, a) -> {
          array(self, a[0])[index(self, a)] -= Arguments.number(a[2]);
          return Atom.OK;
        });
    table.define(
        module,
        "info",
        1,
        (self, a) -> {
          int size = array(self, a[0]).length;
          MapTerm info =
              MapTerm.of(
                  Atom.of("memory"),
                  SmallInt.of(8L * size + 40),
                  Atom.of("size"),
                  SmallInt.of(size));
          return plain
              ? info
              : info.put(Atom.of("max"), SmallInt.of(Long.MAX_VALUE))
                  .put(Atom.of("min"), SmallInt.of(Long.MIN_VALUE));
        });
  }

  private static void exchanging(BuiltinTable table) {
    table.define(
        "atomics",
        "add_get",
        3,
        (self, a) -> SmallInt.of(array(self, a[0])[index(self, a)] += Arguments.number(a[2])));
    table.define(
        "atomics",
        "sub_get",
        3,
        (self, a) -> SmallInt.of(array(self, a[0])[index(self, a)] -= Arguments.number(a[2])));
    table.define(
        "atomics",
        "exchange",
        3,
        (self, a) -> {
          long[] array = array(self, a[0]);
          long before = array[index(self, a)];
          array[index(self, a)] = Arguments.number(a[2]);
          return SmallInt.of(before);
        });
    table.define(
        "atomics",
        "compare_exchange",
        4,
        (self, a) -> {
          long[] array = array(self, a[0]);
          long before = array[index(self, a)];
          if (before != Arguments.number(a[2])) {
            return SmallInt.of(before);
          }
          array[index(self, a)] = Arguments.number(a[3]);
          return Atom.OK;
        });
  }

  private static long[] array(ProcessContext self, Term identifier) {
    Term reference =
        identifier instanceof Tuple pair && pair.size() == 2 ? pair.get(1) : identifier;
    long[] array = reference instanceof Reference known ? of(self).arrays.get(known) : null;
    if (array == null) {
      throw Raise.badarg();
    }
    return array;
  }

  private static int index(ProcessContext self, Term[] a) {
    int index = Arguments.size(a[1]) - 1;
    if (index < 0 || index >= array(self, a[0]).length) {
      throw Raise.badarg();
    }
    return index;
  }
}
