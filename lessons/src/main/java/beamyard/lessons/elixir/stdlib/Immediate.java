package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Term;

/** A routine that has its value already. */
record Immediate(Term value) implements Routine {
  @Override
  public Outcome run(ProcessContext self) {
    return new Outcome.Returned(value);
  }

  @Override
  public Routine copy() {
    return this;
  }
}
