package beamyard.simulator.kernel;

import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What the services of one node let others read. A table is there as long as the process that owns it. */
public final class KernelTables {
  private record Owned(Pid owner, Object table) {}

  private final LinkedHashMap<Atom, Owned> tables;

  public KernelTables() {
    this(new LinkedHashMap<>());
  }

  private KernelTables(LinkedHashMap<Atom, Owned> tables) {
    this.tables = tables;
  }

  /** An independent copy. */
  public KernelTables copy() {
    return new KernelTables(new LinkedHashMap<>(tables));
  }

  void publish(ProcessContext self, Atom name, Object table) {
    self.use(Access.WRITE, new Thing.Shared(name));
    Owned before = tables.get(name);
    if (before == null || before.table != table || !before.owner.equals(self.self())) {
      tables.put(name, new Owned(self.self(), table));
    }
  }

  /** Shows every table whose owner is alive, oldest first. */
  void forEachOfTheLiving(ProcessTable processes, BiConsumer<Atom, Object> viewer) {
    tables.forEach(
        (name, owned) -> {
          if (processes.isAlive(owned.owner)) {
            viewer.accept(name, owned.table);
          }
        });
  }

  /** The table of a name; empty if there is none, or it is something else. */
  <T> Optional<T> read(ProcessContext self, Atom name, Class<T> type) {
    self.use(Access.READ, new Thing.Shared(name));
    Owned owned = tables.get(name);
    return owned != null && type.isInstance(owned.table) && self.isAlive(owned.owner)
        ? Optional.of(type.cast(owned.table))
        : Optional.empty();
  }
}
