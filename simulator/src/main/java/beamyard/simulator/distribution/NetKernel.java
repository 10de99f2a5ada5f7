package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Connection.Caller;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** The body of the {@code net_kernel} process: takes requests of this node and of others for {@link Distribution}. */
final class NetKernel implements Routine {
  private static final Atom GEN_CALL = Atom.of("$gen_call");

  @Override
  public Outcome run(ProcessContext self) {
    self.setTrapExit(true);
    for (Term message = self.mailbox().next(); message != null; message = self.mailbox().next()) {
      self.mailbox().take();
      if (message instanceof Tuple call
          && call.isTagged(GEN_CALL, 3)
          && call.get(1) instanceof Tuple mark
          && mark.size() == 2
          && mark.get(0) instanceof Pid caller) {
        var from = new Caller(caller, mark.get(1));
        self.owned(Distribution.class)
            .request(call.get(2), from, self.now())
            .ifPresent(answer -> self.send(from.address(), Tuple.of(from.tag(), answer)));
      }
      // Anything else OTP only logs.
    }
    return Outcome.WAITING;
  }

  @Override
  public Routine copy() {
    return this; // its state is the distribution's
  }
}
