package beamyard.simulator.distribution;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;

/** {@code net_kernel:stop/0}: answers at once; the node loses its name a moment later. */
record StopCall() implements Routine {
  @Override
  public Outcome run(ProcessContext self) {
    return new Outcome.Returned(self.owned(Distribution.class).naming().stop(self.now()));
  }

  @Override
  public Routine copy() {
    return this;
  }
}
