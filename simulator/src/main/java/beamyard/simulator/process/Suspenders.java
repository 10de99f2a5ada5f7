package beamyard.simulator.process;

import beamyard.simulator.process.ProcessView.Status;
import beamyard.simulator.process.Signal.Message;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The processes of a runtime that others have suspended, and how often each has done so. Such a process does nothing until it
 * was resumed as often; what comes for it waits in its mailbox, and an exit signal ends it. Who dies resumes what it has
 * suspended.
 *
 * @see <a href="https://www.erlang.org/doc/man/erlang.html#suspend_process-2">erlang:suspend_process/2</a>
 */
final class Suspenders {
  private static final Atom EXITED = Atom.of("exited");
  private static final Atom NOT_SUSPENDED = Atom.of("not_suspended");
  private static final Atom SUSPENDED = Atom.of("suspended");

  /** Who asked to be told, and by what, when a process that is running is suspended. */
  private record Reply(Pid to, Term tag) {}

  private final ProcessTable table;

  /** By numbers of processes: whom they have suspended, and how often. */
  private final LinkedHashMap<Long, LinkedHashMap<Long, Integer>> bySuspender =
      new LinkedHashMap<>();

  /** By numbers of processes: who waits for the end of their slice. */
  private final LinkedHashMap<Long, ArrayList<Reply>> awaited = new LinkedHashMap<>();

  Suspenders(ProcessTable table) {
    this.table = table;
  }

  void copyFrom(Suspenders original) {
    original.bySuspender.forEach(
        (suspender, counts) -> bySuspender.put(suspender, new LinkedHashMap<>(counts)));
    original.awaited.forEach((process, replies) -> awaited.put(process, new ArrayList<>(replies)));
  }

  void clear() {
    bySuspender.clear();
    awaited.clear();
  }

  /** How often a process has suspended another and not resumed it. */
  int count(LocalProcess suspender, LocalProcess suspendee) {
    LinkedHashMap<Long, Integer> counts = bySuspender.get(suspender.index);
    return counts == null ? 0 : counts.getOrDefault(suspendee.index, 0);
  }

  void suspend(LocalProcess suspender, LocalProcess suspendee) {
    bySuspender
        .computeIfAbsent(suspender.index, _ -> new LinkedHashMap<>())
        .merge(suspendee.index, 1, Integer::sum);
    suspendee.suspended++;
    table.schedulers.suspend(suspendee);
  }

  /** Tells a process once another is suspended, or will not be: {@code {Tag, State}}. */
  void tellOnce(LocalProcess suspendee, Pid to, Term tag) {
    if (suspendee.status == Status.RUNNING) {
      awaited.computeIfAbsent(suspendee.index, _ -> new ArrayList<>()).add(new Reply(to, tag));
    } else {
      tell(suspendee, new Reply(to, tag), suspendee.suspended > 0 ? SUSPENDED : NOT_SUSPENDED);
    }
  }

  /** The slice of a process is over. */
  void sliceEnded(LocalProcess process) {
    List<Reply> replies = awaited.isEmpty() ? null : awaited.remove(process.index);
    if (replies != null) {
      Atom state =
          process.status == Status.EXITING
              ? EXITED
              : process.suspended > 0 ? SUSPENDED : NOT_SUSPENDED;
      replies.forEach(reply -> tell(process, reply, state));
    }
  }

  private void tell(LocalProcess about, Reply reply, Atom state) {
    table.delivery.dispatch(
        new Address.OfProcess(reply.to()), new Message(about.pid, Tuple.of(reply.tag(), state)));
  }

  /** Takes back one suspension. */
  void resume(LocalProcess suspender, LocalProcess suspendee) {
    LinkedHashMap<Long, Integer> counts = bySuspender.get(suspender.index);
    if (counts != null) {
      counts.computeIfPresent(suspendee.index, (_, times) -> times == 1 ? null : times - 1);
      takeBack(suspendee, 1);
    }
  }

  private void takeBack(LocalProcess suspendee, int times) {
    suspendee.suspended -= times;
    if (suspendee.suspended == 0 && suspendee.status == Status.SUSPENDED) {
      table.schedulers.resume(suspendee);
    }
  }

  /** A process is gone: what it has suspended goes on, and nobody suspends it any more. */
  void remove(LocalProcess process) {
    LinkedHashMap<Long, Integer> counts = bySuspender.remove(process.index);
    if (counts != null) {
      counts.forEach(
          (index, times) -> {
            LocalProcess suspendee = table.get(index);
            if (suspendee != null) {
              takeBack(suspendee, times);
            }
          });
    }
    if (process.suspended > 0) {
      bySuspender.values().forEach(each -> each.remove(process.index));
    }
  }

  /** {@code {Pid, ActiveSuspendCount, OutstandingSuspendCount}} of each process that another has suspended. */
  List<Term> of(LocalProcess suspender) {
    LinkedHashMap<Long, Integer> counts = bySuspender.get(suspender.index);
    if (counts == null) {
      return List.of();
    }
    var told = new ArrayList<Term>();
    counts.forEach(
        (index, times) -> {
          LocalProcess suspendee = table.known(index);
          boolean active = suspendee.status == Status.SUSPENDED;
          told.add(
              Tuple.of(
                  suspendee.pid, SmallInt.of(active ? times : 0), SmallInt.of(active ? 0 : times)));
        });
    return told;
  }
}
