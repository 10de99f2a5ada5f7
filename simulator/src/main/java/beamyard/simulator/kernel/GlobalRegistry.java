package beamyard.simulator.kernel;

import beamyard.simulator.kernel.GlobalLocks.Holder;
import beamyard.simulator.kernel.GlobalLocks.Lock;
import beamyard.simulator.process.Address;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.function.Predicate;

/**
 * What happens to names and locks. Whoever has a name or a lock is monitored; both are freed when the process or node
 * goes.
 */
final class GlobalRegistry {
  private final GlobalDraft draft;

  /** Why a lock is freed. */
  private enum Cause {
    ASKED,
    DEATH
  }

  GlobalRegistry(GlobalDraft draft) {
    this.draft = draft;
  }

  /**
   * Gives a name to a process, taking it from whoever had it.
   *
   * @param isHeldByChanger whether the lock {@code global} that is set here is that of who changes the name; if it is
   *     not, the change came too late and the name is free
   */
  void insert(Term name, Pid pid, Term resolver, Predicate<Lock> isHeldByChanger) {
    delete(name);
    Reference monitor = watch(pid);
    draft.names = draft.names.with(name, new GlobalNames.Entry(pid, resolver, monitor));
    boolean inTime =
        draft.locks.on(Words.GLOBAL).map(isHeldByChanger::test).orElse(!draft.globalLockDown);
    if (!inTime) {
      delete(name);
    }
  }

  private Reference watch(Pid pid) {
    Reference monitor = draft.around.makeReference();
    draft.effects.add(new Effect.Monitor(new Address.OfProcess(pid), monitor));
    return monitor;
  }

  void delete(Term name) {
    draft
        .names
        .get(name)
        .ifPresent(
            entry -> {
              draft.effects.add(new Effect.Demonitor(entry.monitor()));
              draft.names = draft.names.without(name);
            });
  }

  /** Does what the resolvers of an exchange decided. */
  void apply(ListTerm operations, Predicate<Lock> isHeldByChanger) {
    for (Term operation : operations) {
      if (operation instanceof Tuple insert
          && insert.isTagged(GlobalResolver.INSERT, 2)
          && insert.get(1) instanceof Tuple entry
          && entry.size() == 3
          && entry.get(1) instanceof Pid pid) {
        insert(entry.get(0), pid, entry.get(2), isHeldByChanger);
      }
    }
    for (Term operation : operations) {
      if (operation instanceof Tuple delete && delete.isTagged(GlobalResolver.DELETE, 2)) {
        delete(delete.get(1));
      }
    }
  }

  /** {@code [{Name, Pid, Resolver}]} of all names. */
  ListTerm everyName() {
    var list = new ArrayList<Term>();
    for (Table.Entry<GlobalNames.Entry> entry : draft.names.names()) {
      list.add(Tuple.of(entry.key(), entry.value().pid(), entry.value().resolver()));
    }
    return ListTerm.of(list);
  }

  boolean setLock(LockId id, Pid pid) {
    if (!draft.locks.isFreeFor(id)) {
      return false;
    }
    boolean hasIt = draft.locks.on(id.resource()).flatMap(lock -> lock.holder(pid)).isPresent();
    if (!hasIt) {
      draft.locks = draft.locks.with(id, new Holder(pid, watch(pid)));
    }
    return true;
  }

  void deleteLock(LockId id, Pid pid) {
    Lock lock = draft.locks.on(id.resource()).orElse(null);
    if (lock == null || !lock.requester().equals(id.requester())) {
      return;
    }
    // Only a process that set the lock can free it, though others may ask in the requester's name.
    lock.holder(pid).ifPresent(holder -> release(id.resource(), holder, Cause.ASKED));
  }

  private void release(Term resource, Holder holder, Cause cause) {
    draft.effects.add(new Effect.Demonitor(holder.monitor()));
    draft.locks = draft.locks.without(resource, holder);
    if (resource == Words.GLOBAL && draft.locks.on(resource).isEmpty()) {
      draft.globalLockDown = cause == Cause.DEATH;
    }
  }

  /** A process with a name or a lock has gone. */
  void down(Reference monitor) {
    draft
        .locks
        .byMonitor()
        .get(monitor)
        .ifPresent(
            resource -> {
              for (Holder holder : draft.locks.on(resource).orElseThrow().holders()) {
                if (holder.monitor().equals(monitor)) {
                  release(resource, holder, Cause.DEATH);
                }
              }
            });
    draft.names.byMonitor().get(monitor).ifPresent(this::delete);
  }

  /** Who holds a lock that an exchange set. */
  static Predicate<Lock> setFor(Term lockId) {
    Atom global = Words.GLOBAL;
    return lock ->
        lockId instanceof Tuple id && id.isTagged(global, 2) && lock.requester().equals(id.get(1));
  }
}
