package beamyard.exercises.straight;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;

/** An error, an exit or a throw of Erlang: what a called function raised, or what this function raises. */
public final class Raised extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExceptionClass exceptionClass;
  private final transient Term reason;

  Raised(ExceptionClass exceptionClass, Term reason) {
    super(Inspector.inspect(reason, InspectOptions.ONE_LINE));
    this.exceptionClass = exceptionClass;
    this.reason = reason;
  }

  /** {@code error}, {@code exit} or {@code throw}. */
  public String kind() {
    return switch (exceptionClass) {
      case ERROR -> "error";
      case EXIT -> "exit";
      case THROW -> "throw";
    };
  }

  /** What was raised. */
  public Term reason() {
    return reason;
  }

  Outcome.Raised outcome() {
    return new Outcome.Raised(exceptionClass, reason, ListTerm.empty());
  }
}
