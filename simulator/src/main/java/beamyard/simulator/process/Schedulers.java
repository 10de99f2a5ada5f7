package beamyard.simulator.process;

import beamyard.simulator.process.Footprint.Access;
import beamyard.simulator.process.Footprint.Thing;
import beamyard.simulator.process.Outcome.ExceptionClass;
import beamyard.simulator.process.ProcessEvent.Arrival;
import beamyard.simulator.process.ProcessEvent.SliceEnded;
import beamyard.simulator.process.ProcessEvent.SliceStarted;
import beamyard.simulator.process.ProcessEvent.WaitEnded;
import beamyard.simulator.process.ProcessEvent.WentOn;
import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The schedulers of a runtime and their run queue: whose turn it is, and what becomes of a process when its time slice ends. A
 * slice is computed at once when it begins; what reaches the process meanwhile is handled when it ends.
 */
final class Schedulers {
  /**
   * So long a scheduler that sleeps takes to wake when a running process has made another runnable; the one that runs it may
   * be free before. Who spawns a process and monitors it at once therefore nearly always finds it alive, as in OTP.
   */
  private static final long WAKING_NANOS = 5_000;

  private final ProcessTable table;
  private final ArrayDeque<LocalProcess> runQueue = new ArrayDeque<>();
  private final @Nullable LocalProcess[] onScheduler;
  private final boolean[] busy;

  /** How many processes are on a scheduler. */
  private int running;

  /** The events of each scheduler, which are the same each time. */
  private final SliceStarted[] started;

  private final SliceEnded[] ended;

  Schedulers(ProcessTable table, int count) {
    this.table = table;
    onScheduler = new LocalProcess[count];
    busy = new boolean[count];
    started = new SliceStarted[count];
    ended = new SliceEnded[count];
    for (int scheduler = 0; scheduler < count; scheduler++) {
      started[scheduler] = new SliceStarted(table.vm, scheduler);
      ended[scheduler] = new SliceEnded(table.vm, scheduler);
    }
  }

  /** Takes over the state of the runtime that this one's table is a copy of. */
  void copyFrom(Schedulers original) {
    for (LocalProcess process : original.runQueue) {
      if (process.status != Status.EXITING) {
        runQueue.add(table.known(process.index));
      }
    }
    for (int i = 0; i < onScheduler.length; i++) {
      LocalProcess process = original.onScheduler[i];
      onScheduler[i] = process == null ? null : table.known(process.index);
      busy[i] = original.busy[i];
    }
    running = original.running;
  }

  /** Nobody runs any more. */
  void clear() {
    runQueue.clear();
  }

  void start(long index) {
    LocalProcess process = table.get(index);
    if (process != null && process.status == Status.RUNNABLE) { // else killed before it ran
      makeRunnable(process);
    }
  }

  void goOnAfterInterruption(long index) {
    LocalProcess process = table.get(index);
    if (process != null && process.status == Status.SUSPENDED) {
      resume(process);
    }
  }

  void endWait(long index) {
    LocalProcess process = table.get(index);
    if (process != null
        && process.status == Status.WAITING) { // else woken while the runtime was paused
      process.waitTicket = LocalProcess.NO_TICKET;
      process.outcome = null;
      makeRunnable(process);
    }
  }

  /** A message came: ends waiting. */
  void wake(LocalProcess process) {
    if (process.status == Status.WAITING) {
      cancelWait(process);
      process.outcome = null;
      makeRunnable(process);
    }
  }

  void cancelWait(LocalProcess process) {
    if (process.waitTicket != LocalProcess.NO_TICKET) {
      table.engine.cancel(process.waitTicket);
      process.waitTicket = LocalProcess.NO_TICKET;
    }
  }

  private void makeRunnable(LocalProcess process) {
    process.status = Status.RUNNABLE;
    runQueue.add(process);
    for (int scheduler = 0; scheduler < busy.length; scheduler++) {
      if (!busy[scheduler]) {
        long start = table.now() + (running > 0 ? WAKING_NANOS : 0);
        busy[scheduler] = true;
        table.engine.schedule(start, ProcessTable.SLICE_PRIORITY, started[scheduler]);
        return;
      }
    }
  }

  void startSlice(int scheduler) {
    LocalProcess process = runQueue.poll();
    while (process != null && process.status != Status.RUNNABLE) {
      process = runQueue.poll();
    }
    if (process == null) {
      busy[scheduler] = false;
      return;
    }
    process.status = Status.RUNNING;
    if (table.footprint != null) {
      table.footprint.used(Access.WRITE, table.vm, new Thing.Work(process.index));
    }
    process.mailbox.clearNews();
    onScheduler[scheduler] = process;
    running++;
    table.slice.begin(process);
    Outcome outcome;
    try {
      outcome = process.body.run(table.slice);
    } catch (SystemLimit reached) {
      outcome = new Outcome.Raised(ExceptionClass.ERROR, Words.SYSTEM_LIMIT, ListTerm.empty());
    } finally {
      table.slice.end();
    }
    process.outcome = outcome;
    process.reductions += table.slice.consumed();
    long used = table.pace.nanosOf(table.slice.consumed());
    table.engine.schedule(table.engine.now() + used, ProcessTable.SLICE_PRIORITY, ended[scheduler]);
  }

  void endSlice(int scheduler) {
    LocalProcess process = onScheduler[scheduler];
    if (process == null || process.outcome == null) {
      throw new AssertionError("nothing ran on scheduler " + scheduler);
    }
    onScheduler[scheduler] = null;
    running--;
    process.status = Status.RUNNABLE; // so that signals are handled, not kept
    if (process.ownExit != null) {
      table.delivery.terminate(process, process.ownExit);
    } else if (process.busyPeer != null) {
      suspend(process, process.busyPeer);
    } else if (process.interrupted && process.outcome instanceof Outcome.Yielded) {
      process.status = Status.SUSPENDED;
      table.engine.schedule(
          table.engine.now(), ProcessTable.SLICE_PRIORITY, new WentOn(table.vm, process.index));
    } else {
      endIfOver(process, process.outcome);
    }
    process.interrupted = false;
    Arrival arrival = process.takeKept();
    while (arrival != null) {
      table.delivery.arrive(arrival.to(), arrival.signal());
      arrival = process.takeKept();
    }
    if (process.status == Status.RUNNABLE) {
      if (process.suspended > 0) {
        process.status = Status.SUSPENDED;
      } else {
        goOn(process);
      }
    }
    table.suspenders.sliceEnded(process);
    if (runQueue.isEmpty()) {
      busy[scheduler] = false;
    } else {
      table.engine.schedule(table.engine.now(), ProcessTable.SLICE_PRIORITY, started[scheduler]);
    }
  }

  private void endIfOver(LocalProcess process, Outcome outcome) {
    if (outcome instanceof Outcome.Returned) {
      table.delivery.terminate(process, Words.NORMAL);
    } else if (outcome instanceof Outcome.Raised raised) {
      table.delivery.terminate(process, exitReason(process, raised));
    }
  }

  private void suspend(LocalProcess process, Atom peer) {
    process.status = Status.SUSPENDED;
    if (table.trace.isOn()) {
      table.record(new ProcessFact.ProcessSuspended(process.pid, peer));
    }
  }

  /** A process is suspended by another: at once, unless it runs; then when its slice ends. */
  void suspend(LocalProcess process) {
    switch (process.status) {
      case RUNNABLE -> runQueue.remove(process);
      case WAITING -> cancelWait(process);
      case RUNNING, SUSPENDED, EXITING -> {
        return;
      }
    }
    process.status = Status.SUSPENDED;
  }

  /**
   * Lets a process that was suspended go on from where its last slice had ended, if only by ending now, unless something
   * else suspends it still.
   */
  void resume(LocalProcess process) {
    if (process.busyPeer != null || process.suspended > 0) {
      return;
    }
    process.status = Status.RUNNABLE;
    if (process.outcome == null) {
      makeRunnable(process); // it waited for its turn
      return;
    }
    endIfOver(process, process.outcome);
    if (process.status == Status.RUNNABLE) {
      goOn(process);
    }
  }

  private void goOn(LocalProcess process) {
    Outcome outcome = process.outcome;
    long deadline = outcome instanceof Outcome.Waiting(var atNanos) ? atNanos : Long.MIN_VALUE;
    if (deadline <= table.engine.now() || process.mailbox.hasNews()) {
      process.outcome = null;
      makeRunnable(process);
      return;
    }
    process.status = Status.WAITING; // with its outcome, for the case that it is suspended
    if (deadline != Long.MAX_VALUE) {
      process.waitTicket =
          table.engine.schedule(
              deadline, ProcessTable.SLICE_PRIORITY, new WaitEnded(table.vm, process.index));
    }
  }

  /** The exit reason after an exception, which is logged unless it is a plain exit. */
  private Term exitReason(LocalProcess process, Outcome.Raised raised) {
    if (raised.exceptionClass() == ExceptionClass.EXIT) {
      return raised.reason();
    }
    Term reason =
        raised.exceptionClass() == ExceptionClass.THROW
            ? Tuple.of(Words.NOCATCH, raised.reason())
            : raised.reason();
    Tuple exit = Tuple.of(reason, raised.stacktrace());
    table.log(
        new LogReport(Atom.ERROR, process.pid, Words.PROCESS_CRASH, exit), process.groupLeader);
    return exit;
  }
}
