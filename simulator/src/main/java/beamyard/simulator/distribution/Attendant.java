package beamyard.simulator.distribution;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Term;

/**
 * A process that OTP's distribution has and the yard's does without: {@code net_sup}, {@code erl_epmd}, {@code auth}. It
 * can be found, monitored and looked at; what it is sent it takes, and does not answer.
 */
record Attendant() implements Routine {
  @Override
  public Outcome run(ProcessContext self) {
    self.setTrapExit(true);
    for (Term message = self.mailbox().next(); message != null; message = self.mailbox().next()) {
      self.mailbox().take();
    }
    return Outcome.WAITING;
  }

  @Override
  public Routine copy() {
    return this;
  }
}
