package beamyard.simulator.process;

import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A process written as plain Java that waits where it receives: {@code self -> { Term message = self.receive(); ... }}.
 *
 * <p>It runs on a virtual thread of its own, which is parked except while it is this process's turn; so exactly one thread
 * of a simulation runs at any time, and the run stays deterministic. Switching is cheap if the simulation itself runs on a
 * virtual thread. The state of the process is the thread's stack, which cannot be copied: a simulation with a living one
 * refuses {@link #copy}.
 */
public final class StraightLine implements Routine {
  private final Body body;
  private @Nullable Thread worker;
  private @Nullable Thread engine;
  private @Nullable ProcessContext context;
  private @Nullable Outcome outcome;
  private @Nullable Error failure;
  private volatile boolean ended;
  private volatile Turn turn = Turn.ENGINE;
  private volatile boolean gone;

  private enum Turn {
    ENGINE,
    PROCESS
  }

  /** What the process does. It ends normally when this returns; a {@link RuntimeException} is a crash. */
  @FunctionalInterface
  public interface Body {
    void run(Self self);
  }

  /** The process for its own body. To be used by the body's thread only. */
  public final class Self {
    private Self() {}

    /** Everything else a process can do. Fetch it anew after each receive or sleep. */
    public ProcessContext context() {
      if (context == null) {
        throw new AssertionError("not running");
      }
      return context;
    }

    public Pid pid() {
      return context().self();
    }

    public void send(Pid to, Term message) {
      context().send(new Address.OfProcess(to), message);
      compute(1);
    }

    /** Sends to whoever has a name on a node. */
    public void send(Atom name, Atom node, Term message) {
      context().send(new Address.OfName(name, node), message);
      compute(1);
    }

    /** Waits for the first message. */
    public Term receive() {
      return receive(_ -> true);
    }

    /** Waits for the first message that matches; the others stay in the mailbox. */
    public Term receive(Predicate<Term> matches) {
      return receive(matches, Long.MAX_VALUE).orElseThrow();
    }

    /** Waits for the first message that matches; empty if none came in time. */
    public Optional<Term> receive(Predicate<Term> matches, Duration timeout) {
      return receive(matches, context().now() + timeout.toNanos());
    }

    private Optional<Term> receive(Predicate<Term> matches, long deadlineNanos) {
      while (true) {
        Mailbox mailbox = context().mailbox();
        for (Term message = mailbox.next(); message != null; message = mailbox.next()) {
          compute(1);
          if (matches.test(message)) {
            mailbox.take();
            return Optional.of(message);
          }
        }
        if (context().now() >= deadlineNanos) {
          mailbox.restart();
          return Optional.empty();
        }
        pause(new Outcome.Waiting(deadlineNanos));
      }
    }

    /** Lets virtual time pass. */
    public void sleep(Duration duration) {
      long end = context().now() + duration.toNanos();
      while (context().now() < end) {
        pause(new Outcome.Waiting(end));
      }
    }

    /** Spends the virtual time of some reductions, letting others run when the time slice is used up. */
    public void compute(int reductions) {
      int left = reductions;
      while (left > 0) {
        int now = Math.min(left, Math.max(1, context().reductionsLeft()));
        context().consume(now);
        left -= now;
        if (context().reductionsLeft() <= 0) {
          pause(Outcome.YIELDED);
        }
      }
    }

    /** Ends the process with a reason. */
    public RuntimeException exit(Term reason) {
      throw new Exit(reason);
    }
  }

  private static final class Exit extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Term reason;

    Exit(Term reason) {
      super(reason.toString(), null, false, false);
      this.reason = reason;
    }
  }

  /** Unwinds the thread of a process that is gone. */
  private static final class Gone extends Error {
    private static final long serialVersionUID = 1;

    Gone() {
      super("the process is gone", null, false, false);
    }
  }

  public StraightLine(Body body) {
    this.body = body;
  }

  @Override
  public Outcome run(ProcessContext self) {
    context = self;
    if (worker == null) {
      worker = Thread.ofVirtual().unstarted(this::work);
    }
    letWorkerRun(worker);
    context = null;
    if (failure != null) {
      throw failure;
    }
    if (outcome == null) {
      throw new AssertionError("stopped without an outcome");
    }
    return outcome;
  }

  private void letWorkerRun(Thread thread) {
    engine = Thread.currentThread();
    turn = Turn.PROCESS;
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
    while (turn == Turn.PROCESS) {
      LockSupport.park(this);
    }
  }

  private void work() {
    Outcome end;
    try {
      body.run(new Self());
      end = new Outcome.Returned(Atom.OK);
    } catch (Gone unwound) {
      end = Outcome.YIELDED;
    } catch (Exit exit) {
      end = new Outcome.Raised(ExceptionClass.EXIT, exit.reason, ListTerm.empty());
    } catch (SystemLimit limit) {
      end = new Outcome.Raised(ExceptionClass.ERROR, Words.SYSTEM_LIMIT, ListTerm.empty());
    } catch (RuntimeException e) {
      Term text = Bits.of(String.valueOf(e.getMessage()));
      end =
          new Outcome.Raised(
              ExceptionClass.ERROR,
              Tuple.of(Atom.of(e.getClass().getName()), text),
              ListTerm.empty());
    } catch (Error e) {
      failure = e; // broken invariants and failed assertions end the run, not the process
      end = Outcome.YIELDED;
    }
    outcome = end;
    ended = true; // before the turn changes: the thread itself may live a moment longer
    turn = Turn.ENGINE;
    LockSupport.unpark(engine);
  }

  private void pause(Outcome why) {
    if (!gone) {
      outcome = why;
      turn = Turn.ENGINE;
      LockSupport.unpark(engine);
      while (turn == Turn.ENGINE) {
        LockSupport.park(this);
      }
    }
    if (gone) {
      throw new Gone();
    }
  }

  /** The process is gone, maybe before its body came to its end; then its thread is unwound. */
  void abandon() {
    gone = true;
    if (worker != null && !ended && turn == Turn.ENGINE) {
      letWorkerRun(worker);
    }
  }

  @Override
  public Routine copy() {
    throw new UnsupportedOperationException(
        "a straight-line process lives, and its stack cannot be copied; run the simulation again from its start instead");
  }
}
