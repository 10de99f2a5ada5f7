package beamyard.simulator.kernel;

import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import java.util.Optional;

/** Timeouts as terms: milliseconds or {@code infinity}. */
final class Timeout {
  static final long NANOS_A_MILLISECOND = 1_000_000;
  static final long LONGEST_MILLISECONDS = 4_294_967_295L;

  private Timeout() {}

  /**
   * The instant when a timeout that starts now is over, {@link Long#MAX_VALUE} for never; empty if the term is no
   * timeout.
   */
  static Optional<Long> deadline(ProcessContext self, Term timeout) {
    if (timeout == Words.INFINITY) {
      return Optional.of(Long.MAX_VALUE);
    }
    return timeout instanceof SmallInt number
            && number.value() >= 0
            && number.value() <= LONGEST_MILLISECONDS
        ? Optional.of(self.now() + number.value() * NANOS_A_MILLISECOND)
        : Optional.empty();
  }
}
