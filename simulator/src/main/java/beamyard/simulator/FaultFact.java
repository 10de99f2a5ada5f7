package beamyard.simulator;

import beamyard.simulator.trace.Fact;

/** What became of faults that were to happen later. */
public sealed interface FaultFact extends Fact {
  /** When its time came the fault was no longer possible; nothing happened. */
  record FaultRefused(Fault fault, String why) implements FaultFact {}
}
