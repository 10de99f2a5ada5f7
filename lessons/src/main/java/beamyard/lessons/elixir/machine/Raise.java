package beamyard.lessons.elixir.machine;

import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An exception of Elixir code, on its way through Java; has no Java stack trace. */
public final class Raise extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ExceptionClass exceptionClass;
  private final transient Term reason;
  private final transient @Nullable Term innermost;
  private final transient @Nullable ListTerm location;
  private final transient @Nullable Term trace;
  private final transient @Nullable ListTerm arguments;

  public Raise(ExceptionClass exceptionClass, Term reason) {
    this(exceptionClass, reason, null, null, null, null);
  }

  private Raise(
      ExceptionClass exceptionClass,
      Term reason,
      @Nullable Term innermost,
      @Nullable ListTerm location,
      @Nullable Term trace,
      @Nullable ListTerm arguments) {
    super(null, null, false, false);
    this.location = location;
    this.arguments = arguments;
    this.exceptionClass = exceptionClass;
    this.reason = reason;
    this.innermost = innermost;
    this.trace = trace;
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

  /** The same exception with the innermost entry of its stack trace: the function that failed, seldom code of ours. */
  public Raise in(Term entry) {
    return new Raise(exceptionClass, reason, entry, null, null, null);
  }

  /** The same exception as that of another function written in Java, which the failing one calls on a real node. */
  public Raise of(String module, String function, Term... given) {
    return in(Stacktrace.builtin(Atom.of(module), Atom.of(function), given));
  }

  /** The same exception with the arguments of the function that was running, in place of its arity. */
  Raise withArguments(ListTerm ofFunction) {
    return new Raise(exceptionClass, reason, null, location, null, ofFunction);
  }

  /** The same exception with more to say about the place in the code that was running. */
  Raise inLocation(ListTerm details) {
    return new Raise(exceptionClass, reason, null, details, null, arguments);
  }

  /** The same exception with a stack trace of its own, to which nothing is added. */
  public Raise withTrace(Term stacktrace) {
    return new Raise(exceptionClass, reason, null, null, stacktrace, null);
  }

  public ExceptionClass exceptionClass() {
    return exceptionClass;
  }

  public Term reason() {
    return reason;
  }

  /** Whether it says itself which function failed. */
  public boolean isLocated() {
    return innermost != null;
  }

  /** The entry of the function that failed, if it is not the one whose code was running. */
  Optional<Term> innermost() {
    return Optional.ofNullable(innermost);
  }

  /** The entries of a stack trace, the first with the arguments that this exception tells of. */
  ListTerm shownAt(ListTerm frames) {
    return arguments != null && frames instanceof Cons cons && cons.head() instanceof Tuple entry
        ? new Cons(entry.with(2, arguments), cons.tail())
        : frames;
  }

  /** Details for the location of the innermost function of ours; empty if there are none. */
  ListTerm location() {
    return location == null ? Nil.NIL : location;
  }

  /** The whole stack trace, if it is known already. */
  public Optional<Term> trace() {
    return Optional.ofNullable(trace);
  }
}
