package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.MapTerm;

/**
 * What the global name server lets others read.
 *
 * @param known the nodes that share its names, as OTP keeps them: see {@link GlobalNameServer.State}
 */
record GlobalView(GlobalNames names, GlobalLocks locks, MapTerm known) {
  static final GlobalView EMPTY = new GlobalView(GlobalNames.NONE, GlobalLocks.NONE, MapTerm.EMPTY);

  static GlobalView of(ProcessContext self) {
    return self.owned(KernelTables.class).read(self, Words.GLOBAL, GlobalView.class).orElse(EMPTY);
  }
}
