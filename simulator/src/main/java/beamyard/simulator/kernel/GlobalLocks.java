package beamyard.simulator.kernel;

import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The global locks set on one node. Each has one requester, and the processes that set it for that requester; a lock
 * set twice by a process is set once.
 *
 * @param locks by resource
 * @param byMonitor the resource that a monitor is for
 */
record GlobalLocks(Table<GlobalLocks.Lock> locks, Table<Term> byMonitor) {
  static final GlobalLocks NONE = new GlobalLocks(Table.empty(), Table.empty());

  /** A lock that is set. */
  record Lock(Term requester, List<Holder> holders) {
    Optional<Holder> holder(Pid pid) {
      for (Holder holder : holders) {
        if (holder.pid.equals(pid)) {
          return Optional.of(holder);
        }
      }
      return Optional.empty();
    }
  }

  /** A process that set a lock, with the monitor that frees it. */
  record Holder(Pid pid, Reference monitor) {}

  Optional<Lock> on(Term resource) {
    return locks.get(resource);
  }

  /** Whether a requester may set the lock: nobody has it, or the requester itself. */
  boolean isFreeFor(LockId id) {
    return on(id.resource()).map(lock -> lock.requester.equals(id.requester())).orElse(true);
  }

  GlobalLocks with(LockId id, Holder holder) {
    List<Holder> others = on(id.resource()).map(Lock::holders).orElse(List.of());
    return new GlobalLocks(
        locks.with(id.resource(), new Lock(id.requester(), ServerCall.before(holder, others))),
        byMonitor.with(holder.monitor, id.resource()));
  }

  GlobalLocks without(Term resource, Holder holder) {
    Lock lock = on(resource).orElse(null);
    if (lock == null) {
      return this;
    }
    var others = new ArrayList<>(lock.holders);
    others.remove(holder);
    return new GlobalLocks(
        others.isEmpty()
            ? locks.without(resource)
            : locks.with(resource, new Lock(lock.requester, others)),
        byMonitor.without(holder.monitor));
  }
}
