package beamyard.simulator;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.Term;
import java.util.Locale;

/** A call on a node raised, exited or threw, or never came to its end. */
public final class CallFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Outcome.Raised raised;

  CallFailed(String call, Outcome.Raised raised) {
    super(
        call
            + ": "
            + raised.exceptionClass().name().toLowerCase(Locale.ROOT)
            + " "
            + raised.reason());
    this.raised = raised;
  }

  /** Whether it is an error, an exit or a throw. */
  public Outcome.ExceptionClass exceptionClass() {
    return raised.exceptionClass();
  }

  public Term reason() {
    return raised.reason();
  }
}
