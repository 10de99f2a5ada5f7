package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.ProcessView;
import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code suspend_process/1,2}: what the process has done to the other before arrives there first; unless it is asynchronous it
 * returns when the other has stopped.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#suspend_process-2">erlang:suspend_process/2</a>
 */
final class Suspension implements Routine {
  private static final String ERLANG = "erlang";
  private static final String SUSPEND = "suspend_process";
  private static final Atom ASYNCHRONOUS = Atom.of("asynchronous");
  private static final Atom BADARG = Atom.of("badarg");
  private static final Atom UNLESS_SUSPENDING = Atom.of("unless_suspending");

  /** How often it is looked whether the other has stopped. */
  private static final long BETWEEN_LOOKS_NANOS = 1_000;

  private enum Stage {
    ASKED,
    ARRIVED,
    SUSPENDING
  }

  /** What is asked for; the tag of the answer is absent where none is. */
  private record Options(boolean asynchronous, boolean once, Optional<Term> tag) {
    /** Options in any order; of several {@code asynchronous} the last counts. */
    static Options of(Term list) {
      boolean asynchronous = false;
      boolean once = false;
      Optional<Term> tag = Optional.empty();
      for (Term option : Arguments.list(list)) {
        if (option == UNLESS_SUSPENDING) {
          once = true;
        } else if (option == ASYNCHRONOUS) {
          asynchronous = true;
        } else if (option instanceof Tuple pair && pair.isTagged(ASYNCHRONOUS, 2)) {
          asynchronous = true;
          tag = Optional.of(pair.get(1));
        } else {
          throw Raise.badarg();
        }
      }
      return new Options(asynchronous, once, tag);
    }
  }

  private final Pid other;
  private final Options options;
  private final List<Term> arguments;
  private Stage stage = Stage.ASKED;

  private Suspension(Pid other, Options options, List<Term> arguments) {
    this.other = other;
    this.options = options;
    this.arguments = arguments;
  }

  static void define(BuiltinTable table) {
    table.defineBlocking(ERLANG, SUSPEND, 1, (self, a) -> begin(self, a[0], Nil.NIL, List.of(a)));
    table.defineBlocking(ERLANG, SUSPEND, 2, (self, a) -> begin(self, a[0], a[1], List.of(a)));
    table.define(
        ERLANG,
        "resume_process",
        1,
        (self, a) -> {
          if (!self.suspending().resume(ErlangProcesses.pid(a[0]))) {
            throw Raise.badarg();
          }
          return Atom.TRUE;
        });
  }

  private static Suspension begin(
      ProcessContext self, Term pid, Term options, List<Term> arguments) {
    Pid other = ErlangProcesses.pid(pid);
    if (other.equals(self.self()) || other.node() != self.node()) {
      throw Raise.badarg();
    }
    return new Suspension(other, Options.of(options), arguments);
  }

  /** What is wrong with an argument, in OTP's words; {@code null} if nothing is. */
  static @Nullable String fault(ProcessContext self, int position, List<Term> arguments) {
    String pidFault = pidFault(self, arguments.get(0));
    String optionFault = arguments.size() == 1 ? null : optionFault(arguments.get(1));
    if (position == 2) {
      return pidFault == null ? optionFault : null; // the first one is looked at first
    }
    return pidFault == null && optionFault == null
        ? "the pid does not refer to an existing process"
        : pidFault;
  }

  private static @Nullable String pidFault(ProcessContext self, Term it) {
    if (!(it instanceof Pid pid)) {
      return "not a pid";
    }
    if (pid.node() != self.node()) {
      return "not a local pid";
    }
    return pid.equals(self.self()) ? "the pid refers to the current process" : null;
  }

  /** What is wrong with the argument of {@code resume_process/1}. */
  static String resumeFault(ProcessContext self, Term it) {
    String fault = it.equals(self.self()) ? null : pidFault(self, it);
    return fault == null ? "process is not suspended or is not alive" : fault;
  }

  private static @Nullable String optionFault(Term options) {
    if (!(options instanceof ListTerm list)) {
      return "not a list";
    }
    if (!list.isProper()) {
      return "not a proper list";
    }
    try {
      Options.of(options);
      return null;
    } catch (Raise _) {
      return "invalid option in list";
    }
  }

  @Override
  public Outcome run(ProcessContext self) {
    return switch (stage) {
      case ASKED -> {
        stage = Stage.ARRIVED;
        yield new Outcome.Waiting(self.now());
      }
      case ARRIVED -> arrive(self);
      case SUSPENDING -> untilSuspended(self);
    };
  }

  private Outcome arrive(ProcessContext self) {
    boolean suspends = !options.once() || self.suspending().times(other) == 0;
    boolean alive = suspends ? self.suspending().suspend(other) : self.isAlive(other);
    if (!alive) {
      return options.asynchronous() ? tellOfTheDead(self) : dead();
    }
    if (options.asynchronous()) {
      options.tag().ifPresent(tag -> self.suspending().tellOnceSuspended(other, tag));
      return new Outcome.Returned(Atom.of(suspends));
    }
    if (!suspends) {
      return new Outcome.Returned(Atom.FALSE);
    }
    stage = Stage.SUSPENDING;
    return untilSuspended(self);
  }

  private Outcome tellOfTheDead(ProcessContext self) {
    var here = new Address.OfProcess(self.self());
    options.tag().ifPresent(tag -> self.send(here, Tuple.of(tag, BADARG)));
    return new Outcome.Returned(Atom.TRUE);
  }

  private Outcome untilSuspended(ProcessContext self) {
    Optional<ProcessView> view = self.view(other);
    if (view.isEmpty()) {
      return dead();
    }
    return view.get().status() == Status.RUNNING
        ? new Outcome.Waiting(self.now() + BETWEEN_LOOKS_NANOS)
        : new Outcome.Returned(Atom.TRUE);
  }

  private Outcome dead() {
    Tuple here = Tuple.of(Atom.of(ERLANG), Atom.of(SUSPEND), ListTerm.of(arguments), Nil.NIL);
    return new Outcome.Raised(ExceptionClass.ERROR, BADARG, ListTerm.of(here));
  }

  @Override
  public Routine copy() {
    var copy = new Suspension(other, options, arguments);
    copy.stage = stage;
    return copy;
  }
}
