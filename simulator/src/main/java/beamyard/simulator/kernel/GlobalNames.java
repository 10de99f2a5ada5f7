package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.Optional;

/**
 * The global names that one node knows. Nodes agree on them once they have exchanged names; at one instant they may
 * differ.
 *
 * @param names by name
 * @param byPid the names of each process
 * @param byMonitor the name that a monitor is for
 */
record GlobalNames(Table<GlobalNames.Entry> names, Table<ListTerm> byPid, Table<Term> byMonitor) {
  static final GlobalNames NONE = new GlobalNames(Table.empty(), Table.empty(), Table.empty());

  /** Who has a name, what resolves a conflict over it, and the monitor that frees it. */
  record Entry(Pid pid, Term resolver, Reference monitor) {}

  /** {@code global:whereis_name/1}: the process of a name; not one of this node that has died. */
  static Optional<Pid> whereis(ProcessContext self, Term name) {
    return GlobalView.of(self)
        .names()
        .get(name)
        .map(Entry::pid)
        .filter(pid -> pid.node() != self.node() || self.isAlive(pid));
  }

  Optional<Entry> get(Term name) {
    return names.get(name);
  }

  /** With a name that nobody has. */
  GlobalNames with(Term name, Entry entry) {
    return new GlobalNames(
        names.with(name, entry),
        byPid.with(entry.pid, new Cons(name, byPid.get(entry.pid).orElse(ListTerm.empty()))),
        byMonitor.with(entry.monitor, name));
  }

  GlobalNames without(Term name) {
    Entry entry = names.get(name).orElse(null);
    if (entry == null) {
      return this;
    }
    ListTerm others = Lists.delete(name, byPid.get(entry.pid).orElse(ListTerm.empty()));
    return new GlobalNames(
        names.without(name),
        others.isEmpty() ? byPid.without(entry.pid) : byPid.with(entry.pid, others),
        byMonitor.without(entry.monitor));
  }
}
