package beamyard.simulator.kernel;

import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.Optional;

/** The global locks set on one node, by resource. Each has one requester, and the processes that set it for that requester. */
record GlobalLocks(Table<GlobalLocks.Lock> locks) {
  static final GlobalLocks NONE = new GlobalLocks(Table.empty());

  /** A lock that is set. */
  record Lock(Term requester, List<Holder> holders) {
    Optional<Holder> holder(Pid pid) {
      return holders.stream().filter(holder -> holder.pid.equals(pid)).findFirst();
    }
  }

  /** A process that set a lock, with the monitor that frees it. */
  record Holder(Pid pid, Reference monitor) {}

  Optional<Lock> on(Term resource) {
    return locks.get(resource);
  }

  boolean isSet(Term resource) {
    return locks.has(resource);
  }

  /** Whether a requester may set the lock: nobody has it, or the requester itself. */
  boolean isFreeFor(Term resource, Term requester) {
    return on(resource).map(lock -> lock.requester.equals(requester)).orElse(true);
  }

  GlobalLocks with(Term resource, Lock lock) {
    return new GlobalLocks(locks.with(resource, lock));
  }

  GlobalLocks without(Term resource) {
    return new GlobalLocks(locks.without(resource));
  }
}
