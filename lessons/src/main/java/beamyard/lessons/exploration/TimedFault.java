package beamyard.lessons.exploration;

import beamyard.simulator.Fault;

/**
 * One thing that goes wrong in a run, right after all that happens at an instant.
 *
 * @param atNanos virtual nanoseconds since the start of the simulation
 */
public record TimedFault(long atNanos, Fault fault) {
  /** What happens, in words. */
  public String told() {
    return FaultStory.told(fault);
  }
}
