package beamyard.lessons.shell;

import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.machine.YardLimit;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.term.ListTerm;

/** What a call of a {@link ForeignModule} may use at most: the same as one in Elixir. */
public enum ForeignLimit {
  /** Reductions without waiting for a message in between. */
  REDUCTIONS(YardLimit.REDUCTIONS),
  /** Words of memory. */
  HEAP(YardLimit.HEAP),
  /** Words of the stack. */
  STACK(YardLimit.STACK);

  private final YardLimit limit;

  ForeignLimit(YardLimit limit) {
    this.limit = limit;
  }

  public long most() {
    return limit.most();
  }

  /** How a call ends that asked for more: with the error that Elixir shows as {@code Beamyard.LimitError}. */
  public Outcome.Raised reached() {
    Raise raise = limit.reached();
    return new Outcome.Raised(raise.exceptionClass(), raise.reason(), ListTerm.empty());
  }
}
