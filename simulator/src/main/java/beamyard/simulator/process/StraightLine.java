package beamyard.simulator.process;

import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.time.Duration;
import java.util.Objects;
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
 * refuses {@link #copy} by {@link NotCopied}.
 *
 * <p>As a call ({@link #call}) it is a part of a process instead: a function written in Java that whatever else the process
 * runs has called, and to which it gives a value.
 */
public final class StraightLine implements Routine {
  /** A gone body that goes on and on, whatever is thrown at it, is left standing after so many times. */
  private static final int UNWINDINGS_MAX = 1_000;

  private static final long STACK_BYTES = 8L << 20;

  private final Call body;
  private final Optional<Patience> patience;
  private @Nullable Thread worker;
  private @Nullable Thread engine;
  private @Nullable ProcessContext context;
  private @Nullable Outcome outcome;
  private @Nullable Error failure;
  private volatile boolean ended;
  private volatile Turn turn = Turn.ENGINE;
  private volatile boolean gone;
  private int unwindings;
  private boolean endedEarly;

  private enum Turn {
    ENGINE,
    PROCESS
  }

  /** What the process does. It ends normally when this returns; a {@link RuntimeException} is a crash. */
  @FunctionalInterface
  public interface Body {
    void run(Self self);
  }

  /** A function that runs inside a process; a {@link RuntimeException} is an error of its caller. */
  @FunctionalInterface
  public interface Call {
    Term run(Self self);
  }

  /**
   * How long a body may keep its thread at a stretch.
   *
   * @param most time of the wall, not virtual time
   * @param late how the call ends otherwise
   */
  public record Patience(Duration most, Outcome.Raised late) {}

  /** The process for its own body. To be used by the body's thread only. */
  public final class Self {
    private Self() {}

    /** Everything else a process can do. Fetch it anew after each receive or sleep. */
    public ProcessContext context() {
      if (gone) {
        throw unwind();
      }
      if (context == null) {
        throw new AssertionError(
            "a process is used by its own body alone, while that runs: not from a test or another body");
      }
      return context;
    }

    public Pid pid() {
      return context().self();
    }

    public void send(Pid to, Term message) {
      context().send(new Address.OfProcess(to), Objects.requireNonNull(message, "null is sent"));
      compute(1);
    }

    /** Sends to whoever has a name on a node. */
    public void send(Atom name, Atom node, Term message) {
      context()
          .send(new Address.OfName(name, node), Objects.requireNonNull(message, "null is sent"));
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

    /** Runs a routine to its end inside this process, as if it was written here, and tells how it ended. */
    public Outcome run(Routine routine) {
      try {
        while (true) {
          Outcome reached = routine.run(context());
          if (!(reached instanceof Outcome.Yielded || reached instanceof Outcome.Waiting)) {
            return reached;
          }
          pause(reached);
        }
      } catch (Gone unwound) {
        routine.abandon();
        throw unwound;
      }
    }

    /** Whether nobody waits any more for what the body does, so that it is to come to its end. */
    public boolean isGone() {
      return gone;
    }

    /** Ends the body here, whatever it would catch: this is what came of it. */
    public Error end(Outcome.Raised reached) {
      if (!gone) {
        endedEarly = true;
        pause(reached);
      }
      throw unwind();
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
    this(
        self -> {
          body.run(self);
          return Atom.OK;
        },
        Optional.empty());
  }

  private StraightLine(Call body, Optional<Patience> patience) {
    this.body = body;
    this.patience = patience;
  }

  /**
   * A call of a function that nobody can vouch for. It has a thread of the machine for itself, and one that keeps it for longer
   * than the engine is patient is left alone.
   */
  public static StraightLine call(Call body, Patience patience) {
    return new StraightLine(body, Optional.of(patience));
  }

  @Override
  public Outcome run(ProcessContext self) {
    context = self;
    if (worker == null) {
      worker =
          patience.isEmpty()
              ? Thread.ofVirtual().unstarted(this::work)
              : Thread.ofPlatform()
                  .name("solution")
                  .daemon()
                  .stackSize(STACK_BYTES)
                  .unstarted(this::work);
    }
    letWorkerRun(worker);
    context = null;
    if (failure != null) {
      throw failure;
    }
    Outcome reached = outcome;
    if (reached == null) {
      throw new AssertionError("stopped without an outcome");
    }
    if (endedEarly) {
      abandon();
    }
    return reached;
  }

  private void letWorkerRun(Thread thread) {
    engine = Thread.currentThread();
    turn = Turn.PROCESS;
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
    if (patience.isEmpty()) {
      while (turn == Turn.PROCESS) {
        LockSupport.park(this);
      }
    } else {
      await(patience.get());
    }
  }

  /** Waits for the worker, but not for ever: then it is on its own, and can do nothing to the process any more. */
  private void await(Patience engines) {
    long most = engines.most().toNanos();
    long end = System.nanoTime() + most;
    while (turn == Turn.PROCESS) {
      LockSupport.parkNanos(this, most);
      if (turn == Turn.PROCESS && System.nanoTime() - end >= 0) {
        gone = true;
        ended = true;
        turn = Turn.ENGINE;
        outcome = engines.late();
        return;
      }
    }
  }

  private void work() {
    Outcome end;
    try {
      end = new Outcome.Returned(body.run(new Self()));
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
      failure =
          gone ? null : e; // broken invariants and failed assertions end the run, not the process
      end = Outcome.YIELDED;
    }
    if (!ended) {
      outcome = end;
    }
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
      throw unwind();
    }
  }

  /** What unwinds the body's thread, again and again if it catches it; in the end the thread stands still for ever. */
  private Gone unwind() {
    unwindings++;
    if (unwindings > UNWINDINGS_MAX) {
      turn = Turn.ENGINE;
      LockSupport.unpark(engine);
      while (true) {
        LockSupport.park(this);
      }
    }
    return new Gone();
  }

  /** The process is gone, maybe before its body came to its end; then its thread is unwound. */
  @Override
  public void abandon() {
    gone = true;
    if (worker != null && !ended && turn == Turn.ENGINE) {
      letWorkerRun(worker);
    }
  }

  /** A process that cannot be copied; nothing has been changed by the attempt. */
  public static final class NotCopied extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private NotCopied() {
      super(
          "a straight-line process lives, and its stack cannot be copied; write it as a JavaHandler, end it first, or run the"
              + " simulation again from its start");
    }
  }

  /**
   * Never copies.
   *
   * @throws NotCopied always
   */
  @Override
  public Routine copy() {
    throw new NotCopied();
  }
}
