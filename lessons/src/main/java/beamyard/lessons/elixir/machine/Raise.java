package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** An exception of Elixir code, on its way through Java; has no Java stack trace. */
public final class Raise extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ExceptionClass exceptionClass;
  private final transient Term reason;

  public Raise(ExceptionClass exceptionClass, Term reason) {
    super(null, null, false, false);
    this.exceptionClass = exceptionClass;
    this.reason = reason;
  }

  /** An Erlang error such as {@code badarg}, or an Elixir exception struct. */
  public static Raise error(Term reason) {
    return new Raise(ExceptionClass.ERROR, reason);
  }

  public static Raise badarg() {
    return error(Atom.of("badarg"));
  }

  public static Raise badarith() {
    return error(Atom.of("badarith"));
  }

  /** {@code {Tag, Value}}. */
  public static Raise error(String tag, Term value) {
    return error(Tuple.of(Atom.of(tag), value));
  }

  public static Raise exit(Term reason) {
    return new Raise(ExceptionClass.EXIT, reason);
  }

  public ExceptionClass exceptionClass() {
    return exceptionClass;
  }

  public Term reason() {
    return reason;
  }
}
