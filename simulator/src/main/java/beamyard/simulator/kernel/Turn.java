package beamyard.simulator.kernel;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Conversation} does next. Turns are immutable and shared by copies of a simulation: they hold terms
 * and functions that get the process each time they run, and never keep it.
 */
public sealed interface Turn {
  /** The end. */
  record Done(Outcome outcome) implements Turn {}

  /** Goes on at once. */
  record Act(Action action) implements Turn {}

  /**
   * A selective receive.
   *
   * @param deadlineNanos an instant of virtual time; {@link Long#MAX_VALUE} for never
   * @param late what to do when no message came until then
   */
  record Await(Reader reader, long deadlineNanos, Action late) implements Turn {}

  /** Runs another routine, made for this turn, to its end. */
  record Run(Routine routine, Then<Outcome> then) implements Turn {}

  /** Something done in the process. */
  @FunctionalInterface
  interface Action {
    Turn act(ProcessContext self);
  }

  /** What is done with a result. */
  @FunctionalInterface
  interface Then<T> {
    Turn then(ProcessContext self, T value);
  }

  /** One clause list of a receive. */
  @FunctionalInterface
  interface Reader {
    /** What to do with a message; {@code null} leaves it in the mailbox. */
    @Nullable Action read(Term message);
  }

  static Turn value(Term value) {
    return new Done(new Outcome.Returned(value));
  }

  static Turn done(Outcome outcome) {
    return new Done(outcome);
  }

  static Turn act(Action action) {
    return new Act(action);
  }

  static Turn await(Reader reader) {
    return new Await(
        reader,
        Long.MAX_VALUE,
        _ -> {
          throw new AssertionError("a receive without end has ended");
        });
  }

  static Turn await(Reader reader, long deadlineNanos, Action late) {
    return new Await(reader, deadlineNanos, late);
  }

  /** Waits until an instant. */
  static Turn sleep(long untilNanos, Action then) {
    return new Await(_ -> null, untilNanos, then);
  }

  static Turn run(Routine routine, Then<Outcome> then) {
    return new Run(routine, then);
  }

  /** Runs a turn to its end inside this one, as {@code try} does. */
  static Turn attempt(Turn turn, Then<Outcome> then) {
    return new Run(new Conversation(turn), then);
  }

  /** Runs a turn to its end and goes on with its value; what it raises goes through. */
  static Turn value(Turn turn, Then<Term> then) {
    return attempt(
        turn,
        (self, outcome) ->
            outcome instanceof Outcome.Returned(Term value)
                ? then.then(self, value)
                : done(outcome));
  }

  static Turn error(Term reason) {
    return error(reason, ListTerm.empty());
  }

  static Turn error(Term reason, Term stacktrace) {
    return new Done(new Outcome.Raised(ExceptionClass.ERROR, reason, stacktrace));
  }

  static Turn exit(Term reason) {
    return new Done(new Outcome.Raised(ExceptionClass.EXIT, reason, ListTerm.empty()));
  }

  static Turn thrown(Term value) {
    return new Done(new Outcome.Raised(ExceptionClass.THROW, value, ListTerm.empty()));
  }

  /** No clause of a function takes these arguments. */
  static Turn functionClause(Atom module, Atom function, List<Term> arguments) {
    return error(Words.FUNCTION_CLAUSE, calledWith(module, function, arguments));
  }

  /** An argument is not what a function takes. */
  static Turn badArgument(Atom module, Atom function, List<Term> arguments) {
    return error(Words.BADARG, calledWith(module, function, arguments));
  }

  /** A function of {@code ets} was called with a table that does not exist. */
  static Turn noTable(Atom function, List<Term> arguments) {
    Term info =
        MapTerm.of(
            Atom.of("cause"), Atom.of("id"), Atom.of("module"), Atom.of("erl_stdlib_errors"));
    Term location = ListTerm.of(Tuple.of(Atom.of("error_info"), info));
    return error(
        Words.BADARG,
        ListTerm.of(Tuple.of(Atom.of("ets"), function, ListTerm.of(arguments), location)));
  }

  private static Term calledWith(Atom module, Atom function, List<Term> arguments) {
    return ListTerm.of(Tuple.of(module, function, ListTerm.of(arguments), ListTerm.empty()));
  }
}
