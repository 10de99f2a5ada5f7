package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;

/** What the global name server lets other processes of its node read. */
record GlobalView(GlobalNames names, GlobalLocks locks) {
  static final GlobalView EMPTY = new GlobalView(GlobalNames.NONE, GlobalLocks.NONE);

  static GlobalView of(ProcessContext self) {
    return self.owned(KernelTables.class).read(self, Words.GLOBAL, GlobalView.class).orElse(EMPTY);
  }
}
