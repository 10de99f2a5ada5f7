package beamyard.lessons.elixir.compiler;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessContext.InitialCall;
import beamyard.simulator.process.Routine;
import beamyard.simulator.process.SpawnOptions;
import beamyard.simulator.term.Atom;

/**
 * The processes that Elixir's compiler starts beside the one that defines a module, and links to it: one that checks each module, and
 * one that waits for all of them. A process that traps exits sees them end.
 */
final class CompilerProcesses {
  private CompilerProcesses() {}

  /** A module was defined; {@code isOutermost} if it is not the inner module of another. */
  static void ended(ProcessContext self, boolean isOutermost) {
    if (self.trapExit()) {
      spawn(self);
      if (isOutermost) {
        spawn(self);
      }
    }
  }

  private static void spawn(ProcessContext self) {
    self.spawn(
        new EndsAtOnce(),
        SpawnOptions.of(SpawnOptions.Flag.LINK),
        new InitialCall(Atom.of("erlang"), Atom.of("apply"), 2));
  }

  private static final class EndsAtOnce implements Routine {
    @Override
    public Outcome run(ProcessContext self) {
      return new Outcome.Returned(Atom.OK);
    }

    @Override
    public Routine copy() {
      return this;
    }
  }
}
