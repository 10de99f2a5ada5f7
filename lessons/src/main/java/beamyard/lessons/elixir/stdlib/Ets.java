package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.stdlib.EtsTable.Protection;
import beamyard.lessons.elixir.stdlib.EtsTable.Type;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.IntegerTerm;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Module {@code ets}, except the functions that call functions. */
final class Ets {
  private static final String ETS = "ets";
  static final Atom END = Atom.of("$end_of_table");

  private final BuiltinTable functions;

  private Ets(BuiltinTable functions) {
    this.functions = functions;
  }

  static void define(BuiltinTable table) {
    new Ets(table).define();
  }

  /** What a function does with a table. */
  @FunctionalInterface
  interface OnTable {
    Term call(ProcessContext self, EtsTable table, Term[] arguments);
  }

  /** How a function that works on a table is defined. */
  @FunctionalInterface
  interface Definer {
    void on(String function, int arity, Access access, OnTable body);
  }

  enum Access {
    NONE,
    READ,
    WRITE,
    OWN
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static Term identifier(EtsTable table) {
    return table.settings.isNamed() ? table.name : table.id;
  }

  /** An error that tells its cause, so that its text can be found. */
  static Raise refused(String function, Term[] arguments, @Nullable String cause) {
    return Raise.badarg().in(EtsErrors.entry(function, arguments, cause));
  }

  private void on(String function, int arity, Access access, OnTable body) {
    functions.define(
        ETS,
        function,
        arity,
        (self, a) -> {
          EtsTable table = EtsTables.of(self).find(a[0]).orElse(null);
          if (table == null) {
            boolean isIdentifier = a[0] instanceof Atom || a[0] instanceof Reference;
            throw refused(function, a, isIdentifier ? "id" : "type");
          }
          Protection protection = table.settings.protection();
          boolean allowed =
              table.owner.equals(self.self())
                  || switch (access) {
                    case NONE -> true;
                    case READ -> protection != Protection.PRIVATE;
                    case WRITE -> protection == Protection.PUBLIC;
                    case OWN -> false;
                  };
          if (!allowed) {
            throw refused(function, a, access == Access.OWN ? "not_owner" : "access");
          }
          try {
            return body.call(self, table, a);
          } catch (Raise raise) {
            throw raise.reason() == Atom.of("badarg") && !raise.isLocated()
                ? refused(function, a, null)
                : raise;
          }
        });
  }

  private void define() {
    functions.define(ETS, "new", 2, Ets::create);
    functions.define(ETS, "all", 0, (self, _) -> EtsTables.of(self).identifiers());
    functions.define(
        ETS,
        "whereis",
        1,
        (self, a) -> {
          if (!(a[0] instanceof Atom)) {
            throw refused("whereis", a, null);
          }
          return EtsTables.of(self).find(a[0]).<Term>map(table -> table.id).orElse(Atom.UNDEFINED);
        });
    functions.define(ETS, "info", 1, (self, a) -> tableInfo(self, a[0]));
    functions.define(
        ETS,
        "info",
        2,
        (self, a) -> {
          EtsTable table = EtsTables.of(self).find(a[0]).orElse(null);
          if (table == null) {
            return Atom.UNDEFINED;
          }
          if (a[1] == Atom.of("fixed")) {
            return Atom.FALSE;
          }
          Term value =
              Arguments.option(
                  tableInfo(self, a[0]), a[1] instanceof Atom item ? item.name() : "", END);
          if (value == END) {
            throw refused("info", a, null);
          }
          return value;
        });
    functions.define("erl_stdlib_errors", "format_error", 2, (_, a) -> EtsErrors.explain(a[1]));
    functions.define("beamyard", "explain_table_error", 1, (_, a) -> EtsErrors.text(a[0]));
    reading();
    writing();
    updating();
    new EtsSelection(functions, this::on).define();
  }

  private void reading() {
    on("lookup", 2, Access.READ, (_, table, a) -> ListTerm.of(table.get(a[1])));
    on(
        "lookup_element",
        3,
        Access.READ,
        (_, table, a) -> {
          List<Tuple> found = table.get(a[1]);
          if (found.isEmpty()) {
            throw refused("lookup_element", a, "badkey");
          }
          int position = Arguments.size(a[2]);
          var values = new ArrayList<Term>();
          for (Tuple object : found) {
            if (position < 1 || position > object.size()) {
              throw Raise.badarg();
            }
            values.add(object.get(position - 1));
          }
          return table.settings.type().isBag() ? ListTerm.of(values) : values.getFirst();
        });
    on("member", 2, Access.READ, (_, table, a) -> Atom.of(table.contains(a[1])));
    on(
        "tab2list",
        1,
        Access.READ,
        (self, table, _) -> {
          self.consume(table.size() / 10);
          return ListTerm.of(table.all());
        });
    on(
        "first",
        1,
        Access.READ,
        (_, table, _) -> table.keys().isEmpty() ? END : table.keys().getFirst());
    on(
        "last",
        1,
        Access.READ,
        (_, table, _) ->
            table.keys().isEmpty()
                ? END
                : table.settings.type() == Type.ORDERED_SET
                    ? table.keys().getLast()
                    : table.keys().getFirst());
    on(
        "next",
        2,
        Access.READ,
        (_, table, a) -> neighbour(table, a[1], table.settings.type(), true));
    on(
        "prev",
        2,
        Access.READ,
        (_, table, a) -> neighbour(table, a[1], table.settings.type(), false));
    on("safe_fixtable", 2, Access.READ, (_, _, _) -> Atom.TRUE);
    on(
        "slot",
        2,
        Access.READ,
        (_, table, a) -> {
          List<Tuple> objects = table.slot(Arguments.size(a[1]));
          return objects == null ? END : ListTerm.of(objects);
        });
  }

  private static Term neighbour(EtsTable table, Term key, Type type, boolean forwards) {
    if (type != Type.ORDERED_SET && !table.contains(key)) {
      throw Raise.badarg();
    }
    Term found = forwards ? table.next(key) : table.previous(key);
    return found == null ? END : found;
  }

  private void writing() {
    on(
        "insert",
        2,
        Access.WRITE,
        (_, table, a) -> {
          objects(table, a[1]).forEach(table::insert);
          return Atom.TRUE;
        });
    on(
        "insert_new",
        2,
        Access.WRITE,
        (_, table, a) -> {
          List<Tuple> objects = objects(table, a[1]);
          if (objects.stream().anyMatch(object -> table.contains(table.key(object)))) {
            return Atom.FALSE;
          }
          objects.forEach(table::insert);
          return Atom.TRUE;
        });
    on(
        "delete",
        1,
        Access.WRITE,
        (self, table, _) -> {
          EtsTables.of(self).remove(table);
          return Atom.TRUE;
        });
    on(
        "delete",
        2,
        Access.WRITE,
        (_, table, a) -> {
          table.remove(a[1]);
          return Atom.TRUE;
        });
    on(
        "delete_object",
        2,
        Access.WRITE,
        (_, table, a) -> {
          table.removeObject(Arguments.tuple(a[1]));
          return Atom.TRUE;
        });
    on(
        "delete_all_objects",
        1,
        Access.WRITE,
        (_, table, _) -> {
          table.clear();
          return Atom.TRUE;
        });
    on(
        "take",
        2,
        Access.WRITE,
        (_, table, a) -> {
          List<Tuple> taken = table.get(a[1]);
          table.remove(a[1]);
          return ListTerm.of(taken);
        });
    on(
        "rename",
        2,
        Access.WRITE,
        (self, table, a) -> {
          Atom name = Arguments.atom(a[1]);
          EtsTables tables = EtsTables.of(self);
          if (table.settings.isNamed() && tables.isTaken(name)) {
            throw Raise.badarg();
          }
          tables.rename(table, name);
          return identifier(table);
        });
    EtsOwnership.define(this::on);
  }

  private static List<Tuple> objects(EtsTable table, Term objects) {
    var tuples = new ArrayList<Tuple>();
    for (Term object : objects instanceof ListTerm ? Arguments.list(objects) : List.of(objects)) {
      if (!(object instanceof Tuple tuple) || tuple.size() < table.settings.keyPosition()) {
        throw Raise.badarg();
      }
      tuples.add(tuple);
    }
    return tuples;
  }

  private void updating() {
    on("update_counter", 3, Access.WRITE, (_, table, a) -> updateCounter(table, a));
    on("update_counter", 4, Access.WRITE, (_, table, a) -> updateCounter(table, a));
    on(
        "update_element",
        3,
        Access.WRITE,
        (_, table, a) -> {
          onlySets("update_element", table, a);
          if (!table.contains(a[1])) {
            return Atom.FALSE;
          }
          Tuple object = table.get(a[1]).getFirst();
          for (Term change : a[2] instanceof ListTerm ? Arguments.list(a[2]) : List.of(a[2])) {
            Tuple pair = Arguments.tuple(change);
            object =
                object.with(position("update_element", table, object, pair.get(0), a), pair.get(1));
          }
          table.insert(object);
          return Atom.TRUE;
        });
  }

  private static void onlySets(String function, EtsTable table, Term[] a) {
    if (table.settings.type().isBag()) {
      throw refused(function, a, "table_type");
    }
  }

  /** An index into an object that may be changed. */
  private static int position(
      String function, EtsTable table, Tuple object, Term position, Term[] a) {
    int index = Arguments.size(position) - 1;
    if (index == table.settings.keyPosition() - 1) {
      throw refused(function, a, "keypos");
    }
    if (index < 0 || index >= object.size()) {
      throw refused(function, a, "position");
    }
    return index;
  }

  private static Term updateCounter(EtsTable table, Term[] a) {
    onlySets("update_counter", table, a);
    Tuple object;
    if (table.contains(a[1])) {
      object = table.get(a[1]).getFirst();
    } else if (a.length == 4) {
      object = Arguments.tuple(a[3]).with(table.settings.keyPosition() - 1, a[1]);
    } else {
      throw refused("update_counter", a, "badkey");
    }
    boolean many = a[2] instanceof ListTerm;
    var results = new ArrayList<Term>();
    for (Term operation : many ? Arguments.list(a[2]) : List.of(a[2])) {
      Tuple parts =
          operation instanceof IntegerTerm
              ? Tuple.of(SmallInt.of(table.settings.keyPosition() + 1), operation)
              : Arguments.tuple(operation);
      int index = position("update_counter", table, object, parts.get(0), a);
      IntegerTerm sum =
          (IntegerTerm)
              Arithmetic.add(Arguments.integer(object.get(index)), Arguments.integer(parts.get(1)));
      if (parts.size() == 4) {
        int beyond = sum.bigValue().compareTo(Arguments.integer(parts.get(2)).bigValue());
        boolean upwards = Arguments.integer(parts.get(1)).signum() >= 0;
        if (upwards && beyond > 0 || !upwards && beyond < 0) {
          sum = Arguments.integer(parts.get(3));
        }
      }
      object = object.with(index, sum);
      results.add(sum);
    }
    table.insert(object);
    return many ? ListTerm.of(results) : results.getFirst();
  }

  private static Term create(ProcessContext self, Term[] a) {
    if (!(a[0] instanceof Atom name)) {
      throw refused("new", a, null);
    }
    Type type = Type.SET;
    Protection protection = Protection.PROTECTED;
    boolean isNamed = false;
    int keyPosition = 1;
    Term heir = Atom.of("none");
    Term readConcurrency = Atom.FALSE;
    Term writeConcurrency = Atom.FALSE;
    Term decentralized = Atom.FALSE;
    Term compressed = Atom.FALSE;
    for (Term option :
        a[1] instanceof ListTerm list && list.isProper()
            ? Arguments.list(a[1])
            : List.of(Nil.NIL)) {
      String word =
          option instanceof Atom atom
              ? atom.name()
              : option instanceof Tuple tuple
                      && tuple.size() >= 2
                      && tuple.get(0) instanceof Atom key
                  ? key.name() + "="
                  : "";
      Term value = option instanceof Tuple tuple && tuple.size() >= 2 ? tuple.get(1) : Nil.NIL;
      switch (word) {
        case "set", "ordered_set", "bag", "duplicate_bag" ->
            type = Type.valueOf(word.toUpperCase(Locale.ROOT));
        case "public", "protected", "private" ->
            protection = Protection.valueOf(word.toUpperCase(Locale.ROOT));
        case "named_table" -> isNamed = true;
        case "compressed" -> compressed = Atom.TRUE;
        case "read_concurrency=" -> readConcurrency = value;
        case "write_concurrency=" -> {
          writeConcurrency = value;
          decentralized = Atom.of(value == Atom.of("auto"));
        }
        case "decentralized_counters=" -> decentralized = value;
        case "heir=" ->
            heir = value instanceof Pid pid ? Tuple.of(pid, ((Tuple) option).get(2)) : value;
        case "keypos=" -> {
          if (!(value instanceof SmallInt position) || position.value() < 1) {
            throw refused("new", a, null);
          }
          keyPosition = (int) position.value();
        }
        default -> throw refused("new", a, null);
      }
    }
    EtsTables tables = EtsTables.of(self);
    if (isNamed && tables.isTaken(name)) {
      throw refused("new", a, "taken");
    }
    var settings =
        new EtsTable.Settings(
            type,
            protection,
            keyPosition,
            isNamed,
            heir,
            readConcurrency,
            writeConcurrency,
            decentralized,
            compressed);
    var table = new EtsTable(self.makeReference(), name, self.self(), settings);
    tables.add(table);
    return identifier(table);
  }

  private static Term tableInfo(ProcessContext self, Term identifier) {
    EtsTable table = EtsTables.of(self).find(identifier).orElse(null);
    if (table == null) {
      return Atom.UNDEFINED;
    }
    EtsTable.Settings settings = table.settings;
    long words = (settings.type() == Type.ORDERED_SET ? 139 : 305) + 9L * table.size();
    return ListTerm.of(
        pair("id", table.id),
        pair("decentralized_counters", settings.decentralizedCounters()),
        pair("read_concurrency", settings.readConcurrency()),
        pair("write_concurrency", settings.writeConcurrency()),
        pair("compressed", settings.compressed()),
        pair("memory", SmallInt.of(words)),
        pair("owner", table.owner),
        pair("heir", settings.heir() instanceof Tuple heir ? heir.get(0) : settings.heir()),
        pair("name", table.name),
        pair("size", SmallInt.of(table.size())),
        pair("node", self.node()),
        pair("named_table", Atom.of(settings.isNamed())),
        pair("type", Atom.of(word(settings.type()))),
        pair("keypos", SmallInt.of(settings.keyPosition())),
        pair("protection", Atom.of(word(settings.protection()))));
  }

  private static Term pair(String name, Term value) {
    return Tuple.of(Atom.of(name), value);
  }
}
