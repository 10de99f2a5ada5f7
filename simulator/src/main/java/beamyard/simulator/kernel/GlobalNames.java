package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.Optional;

/**
 * The global names that one node knows, as other processes of the node read them. Nodes agree on them once they have exchanged
 * names; at one instant they may differ.
 */
record GlobalNames(Table<GlobalNames.Entry> names) {
  /** Who has a name, what resolves a conflict over it, and the monitor that frees it. */
  record Entry(Pid pid, Term resolver, Reference monitor) {}

  /** The process of a name; not one of this node that has died. */
  static Optional<Pid> whereis(ProcessContext self, Term name) {
    return self.owned(KernelTables.class)
        .read(self, Words.GLOBAL, GlobalView.class)
        .flatMap(view -> view.names().names().get(name))
        .map(Entry::pid)
        .filter(pid -> pid.node() != self.node() || self.isAlive(pid));
  }
}
