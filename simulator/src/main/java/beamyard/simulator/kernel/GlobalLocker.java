package beamyard.simulator.kernel;

import beamyard.simulator.engine.Choices;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process that locks two partitions before they exchange names. When two nodes meet, each waits a while, longer
 * the more nodes it knows, then locks its own partition and the other node and says {@code lock_set}; the other locks
 * its partition and answers. When both are locked the name servers exchange names, and the lock stays until they are
 * done ({@code cancel}).
 */
final class GlobalLocker {
  static final Atom ADD_TO_KNOWN = Atom.of("add_to_known");
  static final Atom REMOVE_FROM_KNOWN = Atom.of("remove_from_known");
  static final Atom HIS_THE_LOCKER = Atom.of("his_the_locker");
  static final Atom CANCEL = Atom.of("cancel");
  static final Atom NO_FUN = Atom.of("no_fun");
  static final Atom LOCK_SET = Atom.of("lock_set");
  static final Atom LOCK_IS_SET = Atom.of("lock_is_set");
  private static final int TELLING_FUN = 3;
  private static final long MILLISECOND = Timeout.NANOS_A_MILLISECOND;
  private static final long ALONE_WAIT_MILLIS = 200;
  private static final long LONGEST_WAIT_MILLIS = 3000;

  /** A node to exchange names with: its locker and both sides' tags of this attempt. */
  private record Him(Atom node, Pid locker, Term myTag, Term hisTag) {}

  private final List<Him> local;
  private final List<Him> remote;
  private final List<Atom> known;
  private final boolean justSynced;
  private final String hostName;

  private GlobalLocker(
      List<Him> local, List<Him> remote, List<Atom> known, boolean justSynced, String hostName) {
    this.local = local;
    this.remote = remote;
    this.known = known;
    this.justSynced = justSynced;
    this.hostName = hostName;
  }

  /** The locker of a node on a host. */
  static Conversation body(String hostName) {
    return new Conversation(
        Turn.act(
            self -> {
              self.setTrapExit(true);
              return GlobalRegistrar.known(
                  self,
                  (_, known) ->
                      new GlobalLocker(List.of(), List.of(), known, false, hostName).loop());
            }));
  }

  /**
   * What the locker does when an exchange is done, before it unlocks: sends a message to the name servers of some
   * nodes.
   */
  static Term telling(List<Atom> nodes, Term message) {
    return new Closure(
        Words.GLOBAL, TELLING_FUN, 0, 0, List.of(ListTerm.of(nodes), message), Optional.empty());
  }

  private GlobalLocker knowing(List<Atom> nodes) {
    return new GlobalLocker(local, remote, nodes, justSynced, hostName);
  }

  private GlobalLocker synced(boolean just) {
    return new GlobalLocker(local, remote, known, just, hostName);
  }

  private GlobalLocker meeting(List<Him> local, List<Him> remote) {
    return new GlobalLocker(local, remote, known, justSynced, hostName);
  }

  private Turn loop() {
    return Turn.await(message -> self -> take(self, message), 0, this::idle);
  }

  /** Nothing to read: waits for messages, and then tries to lock for one of those who want to exchange names. */
  private Turn idle(ProcessContext self) {
    boolean nobodyWaits = local.isEmpty() && remote.isEmpty();
    long millis =
        justSynced
            ? 0
            : known.isEmpty()
                ? ALONE_WAIT_MILLIS
                : Math.min(1000 + 100L * known.size(), LONGEST_WAIT_MILLIS);
    GlobalLocker waiting = synced(false);
    return Turn.await(
        message -> again -> waiting.take(again, message),
        nobodyWaits ? Long.MAX_VALUE : self.now() + millis * MILLISECOND,
        late ->
            GlobalView.of(late).locks().on(Words.GLOBAL).isPresent()
                ? waiting.loop()
                : waiting.selectNode(late));
  }

  private Turn take(ProcessContext self, Term message) {
    if (message instanceof Tuple tuple && tuple.size() > 0) {
      if (tuple.isTagged(HIS_THE_LOCKER, 5) && tuple.get(1) instanceof Pid locker) {
        return add(new Him(locker.node(), locker, tuple.get(4), tuple.get(3))).loop();
      }
      if (tuple.isTagged(CANCEL, 4)) {
        return tuple.get(2) == Atom.UNDEFINED ? loop() : without(tuple.get(1), tuple.get(2)).loop();
      }
      if (tuple.isTagged(LOCK_SET, 5) && tuple.get(1) instanceof Pid locker) {
        return tuple.get(2) == Atom.TRUE ? otherHasLocked(self, locker, tuple.get(4)) : loop();
      }
      GlobalLocker updated = updated(tuple);
      if (updated != null) {
        return updated.loop();
      }
    }
    return loop(); // OTP warns of messages it does not know
  }

  private @Nullable GlobalLocker updated(Tuple message) {
    if (message.isTagged(ADD_TO_KNOWN, 2) && message.get(1) instanceof ListTerm nodes) {
      List<Term> added = nodes.toList();
      var more = new ArrayList<Atom>(added.size() + known.size());
      added.forEach(node -> more.add(Shape.atom(node)));
      more.addAll(known);
      return knowing(more);
    }
    if (message.isTagged(REMOVE_FROM_KNOWN, 2)) {
      var fewer = new ArrayList<>(known);
      fewer.remove(message.get(1));
      return knowing(fewer);
    }
    return null;
  }

  private GlobalLocker add(Him him) {
    String name = him.node.name();
    return name.substring(name.indexOf('@') + 1).equals(hostName)
        ? meeting(ServerCall.before(him, local), remote)
        : meeting(local, ServerCall.before(him, remote));
  }

  private GlobalLocker without(Term node, Term tag) {
    return meeting(removed(local, node, tag), removed(remote, node, tag));
  }

  private static List<Him> removed(List<Him> nodes, Term node, Term tag) {
    var rest = new ArrayList<>(nodes);
    nodes.stream()
        .filter(him -> him.node == node && him.myTag.equals(tag))
        .findFirst()
        .ifPresent(rest::remove);
    return rest;
  }

  private Optional<Him> find(Atom node) {
    return local.stream()
        .filter(him -> him.node == node)
        .findFirst()
        .or(() -> remote.stream().filter(him -> him.node == node).findFirst());
  }

  /** The other side has locked its partition and this node: locks this partition, or refuses. */
  private Turn otherHasLocked(ProcessContext self, Pid locker, Term myTag) {
    Him him = find(locker.node()).filter(known -> known.myTag.equals(myTag)).orElse(null);
    if (him == null) {
      say(self, locker, Atom.FALSE, SmallInt.of(0));
      return loop();
    }
    LockId id = lockId(self, locker);
    return lockSafely(
        self,
        id,
        List.of(),
        (after, isLocked, now) -> {
          now.say(after, locker, Atom.of(isLocked), him.hisTag);
          if (!isLocked) {
            return now.synced(false).loop();
          }
          List<Atom> nodes = ServerCall.before(after.node(), now.known);
          announce(after, him, id);
          return waitForCancel(
              him, id, nodes, () -> now.synced(true).without(him.node, him.myTag).loop());
        });
  }

  private void say(ProcessContext self, Pid locker, Atom isLocked, Term hisTag) {
    Term message = Tuple.of(LOCK_SET, self.self(), isLocked, ListTerm.of(known), hisTag);
    cast(self, locker.node(), message);
  }

  private static void cast(ProcessContext self, Atom node, Term message) {
    self.send(new Address.OfName(Words.GLOBAL_NAME_SERVER, node), Tuple.of(Words.CAST, message));
  }

  private static void announce(ProcessContext self, Him him, LockId id) {
    cast(self, self.node(), Tuple.of(LOCK_IS_SET, him.node, him.myTag, id.term()));
  }

  private static LockId lockId(ProcessContext self, Pid other) {
    boolean first = TermOrder.STANDARD.compare(self.self(), other) <= 0;
    return new LockId(
        Words.GLOBAL, first ? ListTerm.of(self.self(), other) : ListTerm.of(other, self.self()));
  }

  private Turn selectNode(ProcessContext self) {
    boolean useRemote = local.isEmpty();
    List<Him> others =
        (useRemote ? remote : local).stream().filter(him -> !known.contains(him.node)).toList();
    GlobalLocker rest = useRemote ? meeting(local, others) : meeting(others, remote);
    if (others.isEmpty()) {
      return rest.loop();
    }
    String stream = self.node().name() + "/global-exchange";
    int last = others.size() - 1;
    Him him = others.get(last == 0 ? 0 : (int) self.owned(Choices.class).between(stream, 0, last));
    LockId id = lockId(self, him.locker);
    return rest.lockSafely(
        self,
        id,
        List.of(him.node),
        (after, isLocked, now) -> {
          if (!isLocked) {
            return now.loop();
          }
          var nodes = new ArrayList<Atom>(List.of(after.node(), him.node));
          nodes.addAll(now.known);
          now.say(after, him.locker, Atom.TRUE, him.hisTag);
          return now.waitForAnswer(him, id, nodes);
        });
  }

  /** This partition is locked: waits until the other side has locked its own, or will not. */
  private Turn waitForAnswer(Him him, LockId id, List<Atom> nodes) {
    return Turn.await(
        message -> {
          if (message instanceof Tuple answer
              && answer.isTagged(LOCK_SET, 5)
              && answer.get(1) instanceof Pid locker
              && locker.node() == him.node) {
            if (!answer.get(4).equals(him.myTag)) {
              return _ -> waitForAnswer(him, id, nodes); // of an earlier attempt
            }
            return answer.get(2) == Atom.TRUE
                ? self -> bothLocked(self, him, id, nodes)
                : self -> new LockRequest(id, nodes).releaseBossLast(self, _ -> loop());
          }
          if (isCancel(message, him)) {
            return self -> {
              perform(self, ((Tuple) message).get(3));
              return new LockRequest(id, nodes)
                  .releaseBossLast(self, _ -> without(him.node, him.myTag).loop());
            };
          }
          return null;
        });
  }

  private Turn bothLocked(ProcessContext self, Him him, LockId id, List<Atom> nodes) {
    announce(self, him, id);
    return waitForCancel(
        him,
        id,
        nodes,
        () -> {
          var locals = new ArrayList<>(local);
          var remotes = new ArrayList<>(remote);
          locals.remove(him);
          remotes.remove(him);
          return meeting(locals, remotes).synced(true).loop();
        });
  }

  private interface Next {
    Turn go();
  }

  /** Keeps the lock until the name servers have exchanged their names. */
  private static Turn waitForCancel(Him him, LockId id, List<Atom> nodes, Next then) {
    return Turn.await(
        message ->
            isCancel(message, him)
                ? self -> {
                  perform(self, ((Tuple) message).get(3));
                  return new LockRequest(id, nodes).releaseBossLast(self, _ -> then.go());
                }
                : null);
  }

  private static boolean isCancel(Term message, Him him) {
    return message instanceof Tuple cancel
        && cancel.isTagged(CANCEL, 4)
        && cancel.get(1) == him.node
        && cancel.get(2).equals(him.myTag);
  }

  private static void perform(ProcessContext self, Term function) {
    if (function instanceof Closure telling && telling.index() == TELLING_FUN) {
      for (Term node : Shape.list(telling.free().get(0))) {
        cast(self, Shape.atom(node), telling.free().get(1));
      }
    }
  }

  private interface Locked {
    Turn then(ProcessContext self, boolean isLocked, GlobalLocker now);
  }

  /** Locks the boss of the partition, then this node and some others, then all the rest; all or nothing. */
  private Turn lockSafely(ProcessContext self, LockId id, List<Atom> extra, Locked then) {
    List<Atom> first = named(List.of(LockRequest.boss(ServerCall.before(self.node(), known))));
    if (!first.equals(List.of(self.node())) && !GlobalView.of(self).locks().isFreeFor(id)) {
      return then.then(self, false, this);
    }
    return new LockRequest(id, first)
        .set(
            self,
            0,
            (after, bossAgrees) ->
                bossAgrees
                    ? update(rest -> rest.lockOthers(id, first, extra, then))
                    : then.then(after, false, this));
  }

  private Turn lockOthers(LockId id, List<Atom> first, List<Atom> extra, Locked then) {
    return Turn.act(
        self -> {
          List<Atom> second = named(without(ServerCall.before(self.node(), extra), first));
          return new LockRequest(id, second)
              .set(
                  self,
                  0,
                  (after, secondAgrees) ->
                      secondAgrees
                          ? lockRest(after, id, first, second, then)
                          : new LockRequest(id, first)
                              .release(after, end -> then.then(end, false, this)));
        });
  }

  private Turn lockRest(
      ProcessContext self, LockId id, List<Atom> first, List<Atom> second, Locked then) {
    return new LockRequest(id, without(known, first))
        .set(
            self,
            0,
            (after, restAgrees) -> {
              if (restAgrees) {
                return then.then(after, true, this);
              }
              var soFar = new ArrayList<>(first);
              soFar.addAll(second);
              return new LockRequest(id, soFar).release(after, end -> then.then(end, false, this));
            });
  }

  private interface Updated {
    Turn then(GlobalLocker now);
  }

  /** Takes the news about known nodes that have come meanwhile. */
  private Turn update(Updated then) {
    return Turn.await(
        message -> {
          GlobalLocker updated =
              message instanceof Tuple tuple && tuple.size() > 0 ? updated(tuple) : null;
          return updated == null ? null : _ -> updated.update(then);
        },
        0,
        _ -> then.then(this));
  }

  private static List<Atom> without(List<Atom> nodes, List<Atom> removed) {
    var rest = new ArrayList<>(nodes);
    removed.forEach(rest::remove);
    return rest;
  }

  /** Nodes without the name of a node that has none. */
  private static List<Atom> named(List<Atom> nodes) {
    return nodes.stream().filter(node -> node != Words.NONODE).toList();
  }
}
