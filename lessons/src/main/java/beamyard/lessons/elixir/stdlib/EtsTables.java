package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.YardLimit;
import beamyard.simulator.Node;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of one node, which owns them under this class.
 *
 * <p>Unlike OTP, a table whose owner has died goes, or goes to its heir, when a process next uses any table.
 *
 * @see <a href="https://www.erlang.org/doc/man/ets.html">OTP stdlib, ets</a>
 */
public final class EtsTables {
  private final Map<Reference, EtsTable> byId = new LinkedHashMap<>();
  private final Map<Atom, EtsTable> byName = new LinkedHashMap<>();

  /** The tables of the node of a process. */
  static EtsTables of(ProcessContext self) {
    self.use(Access.WRITE, new Thing.Data(EtsTables.class));
    Node node = self.owned(Node.class);
    if (!node.owns(EtsTables.class)) {
      node.own(EtsTables.class, new EtsTables(), EtsTables::copy);
    }
    return node.owned(EtsTables.class).swept(self);
  }

  /** An independent copy for a copy of the simulation. */
  public EtsTables copy() {
    var copy = new EtsTables();
    byId.forEach((_, table) -> copy.add(table.copy()));
    return copy;
  }

  /** A table as others see it. */
  public record View(
      Atom name, Pid owner, String type, String protection, List<? extends Term> objects) {}

  /** The tables as they are now, oldest first. */
  public List<View> views() {
    var views = new ArrayList<View>();
    for (EtsTable table : byId.values()) {
      views.add(
          new View(
              table.name,
              table.owner,
              Ets.word(table.settings.type()),
              Ets.word(table.settings.protection()),
              table.all()));
    }
    return views;
  }

  void add(EtsTable table) {
    YardLimit.TABLES.check(byId.size() + 1L);
    byId.put(table.id, table);
    if (table.settings.isNamed()) {
      byName.put(table.name, table);
    }
  }

  void remove(EtsTable table) {
    byId.remove(table.id);
    if (table.settings.isNamed()) {
      byName.remove(table.name);
    }
  }

  boolean isTaken(Atom name) {
    return byName.containsKey(name);
  }

  void rename(EtsTable table, Atom name) {
    if (table.settings.isNamed()) {
      byName.remove(table.name);
      byName.put(name, table);
    }
    table.name = name;
  }

  Optional<EtsTable> find(Term identifier) {
    return Optional.ofNullable(
        switch (identifier) {
          case Atom name -> byName.get(name);
          case Reference id -> byId.get(id);
          default -> null;
        });
  }

  List<EtsTable> tables() {
    return List.copyOf(byId.values());
  }

  /** Takes away the tables of the dead. */
  private EtsTables swept(ProcessContext self) {
    for (EtsTable table : tables()) {
      if (self.isAlive(table.owner)) {
        continue;
      }
      Pid former = table.owner;
      if (table.settings.heir() instanceof Tuple heir
          && heir.get(0) instanceof Pid next
          && self.isAlive(next)) {
        table.owner = next;
        self.send(new Address.OfProcess(next), transfer(table, former, heir.get(1)));
      } else {
        remove(table);
      }
    }
    return this;
  }

  static Term transfer(EtsTable table, Pid from, Term data) {
    return Tuple.of(Atom.of("ETS-TRANSFER"), Ets.identifier(table), from, data);
  }

  ListTerm identifiers() {
    return ListTerm.of(tables().stream().map(Ets::identifier).toList());
  }
}
