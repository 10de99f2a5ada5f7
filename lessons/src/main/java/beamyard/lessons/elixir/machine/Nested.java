package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.Routine;
import java.util.Optional;

/** A routine of our own that runs another, code most often. */
public interface Nested {
  /** What it runs; empty when that is nothing. */
  Optional<Routine> running();
}
