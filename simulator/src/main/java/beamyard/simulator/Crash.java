package beamyard.simulator;

import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import java.time.Duration;

/**
 * A process that ended by an exception.
 *
 * @param at virtual time since the start
 * @param reason as its exit reason has it; of an exception of Java, the class and the message
 */
public record Crash(Duration at, Pid process, Term reason) {
  @Override
  public String toString() {
    return at.toMillis() + " ms, " + process.node() + ": a process ended by " + reason;
  }
}
