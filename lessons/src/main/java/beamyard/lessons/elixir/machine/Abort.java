package beamyard.lessons.elixir.machine;

import beamyard.simulator.kernel.Power;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Signal.ExitCause;
import beamyard.simulator.term.Atom;

/** The end of a node whose emulator cannot go on. */
final class Abort {
  private Abort() {}

  /** Ends the node of a running process; nothing that the process still does has an effect. */
  static void of(ProcessContext self, String slogan) {
    self.owned(Power.class).abort(slogan);
    self.exit(self.self(), Atom.of("kill"), ExitCause.EXIT_CALL);
  }
}
