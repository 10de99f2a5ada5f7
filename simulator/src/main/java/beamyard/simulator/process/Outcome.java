package beamyard.simulator.process;

import beamyard.simulator.term.Term;

/** Why a {@link Routine} stopped. */
public sealed interface Outcome {
  /** The time slice is used up; run me again. */
  Outcome YIELDED = new Yielded();

  /** Run me when a message arrives. */
  Outcome WAITING = new Waiting(Long.MAX_VALUE);

  record Yielded() implements Outcome {}

  /**
   * Run me when a message arrives, or at an instant of virtual time.
   *
   * @param deadlineNanos {@link Long#MAX_VALUE} for never
   */
  record Waiting(long deadlineNanos) implements Outcome {}

  /** It came to its end. As the body of a process: exit reason {@code normal}. */
  record Returned(Term value) implements Outcome {}

  /** It ended by an exception that nobody caught. */
  record Raised(ExceptionClass exceptionClass, Term reason, Term stacktrace) implements Outcome {}

  /** Erlang's three classes of exceptions. */
  enum ExceptionClass {
    ERROR,
    EXIT,
    THROW
  }
}
