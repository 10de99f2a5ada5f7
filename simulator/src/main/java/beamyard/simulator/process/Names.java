package beamyard.simulator.process;

import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registered names of a runtime, oldest first.
 *
 * @see <a href="https://www.erlang.org/doc/reference_manual/processes.html#registered-processes">Registered processes</a>
 */
final class Names {
  private final ProcessTable table;
  private final LinkedHashMap<Atom, LocalProcess> names = new LinkedHashMap<>();

  Names(ProcessTable table) {
    this.table = table;
  }

  /** Takes over those of the runtime that this one's table is a copy of. */
  void copyFrom(Names original) {
    original.names.forEach((name, process) -> names.put(name, table.known(process.index)));
  }

  @Nullable LocalProcess get(Atom name) {
    return names.get(name);
  }

  /** See {@link ProcessContext#register}. */
  boolean register(Atom name, Pid pid) {
    LocalProcess process = table.find(pid);
    if (process == null || process.registeredName.isPresent() || names.containsKey(name)) {
      return false;
    }
    names.put(name, process);
    process.registeredName = Optional.of(name);
    table.use(Access.WRITE, new Thing.Name(name));
    if (table.trace.isOn()) {
      table.record(new ProcessFact.NameRegistered(name, process.pid));
    }
    return true;
  }

  /** See {@link ProcessContext#unregister}. */
  boolean unregister(Atom name) {
    LocalProcess process = names.remove(name);
    if (process == null) {
      return false;
    }
    process.registeredName = Optional.empty();
    table.use(Access.WRITE, new Thing.Name(name));
    if (table.trace.isOn()) {
      table.record(new ProcessFact.NameFreed(name, process.pid));
    }
    return true;
  }

  Optional<Pid> whereis(Atom name) {
    return Optional.ofNullable(names.get(name)).map(process -> process.pid);
  }

  List<Atom> all() {
    return List.copyOf(names.keySet());
  }

  void clear() {
    names.clear();
  }
}
