package beamyard.simulator.kernel;

import beamyard.simulator.engine.Choices;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Setting and releasing a lock on several nodes, from the process that wants it. All nodes are asked at once; if one
 * refuses, those that agreed are released, and after a while that grows with the tries, up to 8 s, comes the next
 * try.
 */
record LockRequest(LockId id, List<Atom> nodes) {
  static final Atom SET_LOCK = Atom.of("set_lock");
  static final Atom DEL_LOCK = Atom.of("del_lock");
  static final long FOREVER = Long.MAX_VALUE;

  /** Tries once, and {@code retries} times more. */
  Turn set(ProcessContext self, long retries, Turn.Then<Boolean> then) {
    return set(self, retries, 1, then);
  }

  private Turn set(ProcessContext self, long retries, int times, Turn.Then<Boolean> then) {
    return tryOnce(
        self,
        (after, isSet) -> {
          if (isSet || retries == 0) {
            return then.then(after, isSet);
          }
          after.record(
              () -> new KernelFact.LockAwaited(after.self(), id.resource(), id.requester(), times));
          long left = retries == FOREVER ? FOREVER : retries - 1;
          return backOff(after, times, again -> set(again, left, times + 1, then));
        });
  }

  /** Asks every node once. */
  Turn tryOnce(ProcessContext self, Turn.Then<Boolean> then) {
    if (nodes.isEmpty()) {
      return then.then(self, true);
    }
    boolean refusedHere =
        nodes.size() > 1
            && nodes.contains(self.node())
            && !GlobalView.of(self).locks().isFreeFor(id);
    return refusedHere
        ? then.then(self, false)
        : ServerCall.multi(
            self,
            nodes,
            Words.GLOBAL_NAME_SERVER,
            Tuple.of(SET_LOCK, id.term()),
            (after, answers) -> check(after, answers.replies(), then));
  }

  private Turn check(ProcessContext self, List<ServerCall.Reply> replies, Turn.Then<Boolean> then) {
    var agreed = new ArrayList<Atom>(replies.size());
    for (ServerCall.Reply reply : replies) {
      if (reply.value() == Atom.TRUE) {
        agreed.add(reply.node());
      }
    }
    if (agreed.size() == replies.size()) {
      return then.then(self, true);
    }
    if (replies.size() == 1) {
      return then.then(self, false);
    }
    return new LockRequest(id, agreed).release(self, after -> then.then(after, false));
  }

  Turn release(ProcessContext self, Turn.Action then) {
    return ServerCall.multi(
        self,
        nodes,
        Words.GLOBAL_NAME_SERVER,
        Tuple.of(DEL_LOCK, id.term()),
        (after, _) -> then.act(after));
  }

  /** Releases the node that all ask first last. */
  Turn releaseBossLast(ProcessContext self, Turn.Action then) {
    Atom boss = boss(nodes);
    var others = new ArrayList<>(nodes);
    others.remove(boss);
    return new LockRequest(id, others)
        .release(self, after -> new LockRequest(id, List.of(boss)).release(after, then));
  }

  /** The node that is asked first, so that of several requesters one goes ahead: the one with the greatest name. */
  static Atom boss(List<Atom> nodes) {
    return (Atom) Collections.max(nodes, TermOrder.STANDARD);
  }

  /** Waits for a while, chosen anew each time. */
  static Turn backOff(ProcessContext self, int times, Turn.Action then) {
    long longest = times > 5 ? 8000 : (1L << times) * 1000 / 8;
    long chosen =
        self.owned(Choices.class).between(self.node().name() + "/global-back-off", 1, longest);
    return Turn.sleep(self.now() + chosen * Timeout.NANOS_A_MILLISECOND, then);
  }
}
