package beamyard.simulator.kernel;

import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;

/** A function call made on behalf of somebody else: where it runs and how its outcome travels. */
record Execution(Atom module, Atom function, ListTerm arguments) {
  private static final Atom RAISE = Atom.of("raise");
  static final Atom RETURN = Atom.of("return");
  static final Atom THROW = Atom.of("throw");
  static final Atom EXCEPTION = Atom.of("exception");

  /** Runs the call in this process. */
  Turn run(ProcessContext self, Turn.Then<Outcome> then) {
    if (!arguments.isProper()) {
      Term info =
          Tuple.of(
              Atom.of("error_info"), MapTerm.of(Atom.of("module"), Atom.of("erl_erts_errors")));
      return Turn.attempt(
          Turn.error(
              Words.BADARG,
              ListTerm.of(
                  Tuple.of(
                      Words.ERLANG,
                      Atom.of("apply"),
                      ListTerm.of(module, function, arguments),
                      ListTerm.of(info)))),
          then);
    }
    return Turn.run(self.call(module, function, arguments.toList()), then);
  }

  /**
   * The body of the process that runs the call: ends with an exit that carries the outcome, marked with a reference.
   */
  Turn runAndExit(ProcessContext self, Term mark) {
    return run(
        self,
        (_, outcome) ->
            Turn.exit(
                switch (outcome) {
                  case Outcome.Returned(Term value) -> Tuple.of(mark, RETURN, value);
                  case Outcome.Raised(ExceptionClass kind, Term reason, Term stack) ->
                      switch (kind) {
                        case THROW -> Tuple.of(mark, THROW, reason);
                        case EXIT -> Tuple.of(mark, Words.EXIT, reason);
                        case ERROR -> Tuple.of(mark, Atom.ERROR, reason, ownFrames(stack));
                      };
                  case Outcome.Yielded _, Outcome.Waiting _ ->
                      throw new AssertionError("not an end: " + outcome);
                }));
  }

  /** A stack trace without the frames of who made the call for somebody else. */
  Term ownFrames(Term stacktrace) {
    var own = new ArrayList<Term>();
    Term rest = stacktrace;
    while (rest instanceof Cons cell) {
      Term frame = cell.head();
      if (frame instanceof Tuple call && call.size() >= 2 && call.get(0) == Words.ERPC) {
        break;
      }
      own.add(frame);
      rest = cell.tail();
    }
    if (!arguments.isProper()) {
      return ListTerm.of(own);
    }
    if (module == Words.ERLANG && function == RAISE) {
      return ListTerm.of(own); // whoever raises so has said where
    }
    if (own.isEmpty() && module == Words.ERLANG) {
      own.add(Tuple.of(module, function, arguments, ListTerm.empty())); // as erlang:error is shown
    } else if (own.isEmpty() || !isOfCall(own.getLast())) {
      Term arity = SmallInt.of(arguments.length());
      own.add(Tuple.of(module, function, arity, ListTerm.empty()));
    }
    return ListTerm.of(own);
  }

  /** Whether a frame is of the function that was to be called. */
  private boolean isOfCall(Term frame) {
    return frame instanceof Tuple entry
        && entry.size() == 4
        && entry.get(0) == module
        && entry.get(1) == function
        && (entry.get(2) instanceof ListTerm given && given.length() == arguments.length()
            || entry.get(2).equals(SmallInt.of(arguments.length())));
  }
}
