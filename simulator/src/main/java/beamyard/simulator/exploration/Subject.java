package beamyard.simulator.exploration;

import beamyard.simulator.Fault;
import beamyard.simulator.Simulation;
import java.util.List;
import java.util.Optional;

/** What is searched for a schedule that does something wrong. */
public interface Subject {
  /**
   * Whether a step that used some things may change what is wrong. Of two such steps both orders are tried; of others that
   * commute only one.
   */
  boolean sees(Uses uses);

  /** A number that grows whenever more is {@linkplain #sees seen} than before: then the search begins anew. */
  default int knowledge() {
    return 0;
  }

  /** What is wrong after a step that it sees; the run must not be changed. */
  Optional<String> wrong(SteppedRun run);

  /** What is wrong when nothing more happens by itself; the run must not be changed. */
  Optional<String> wrongAtEnd(SteppedRun run);

  /** The faults that are possible in a state. */
  default List<Fault> faults(Simulation simulation) {
    return List.of();
  }

  /** Whether a run has gone on for long enough, although more would happen. */
  default boolean isOver(Simulation simulation) {
    return false;
  }
}
