package beamyard.ui.desktop.run;

import beamyard.simulator.kernel.KernelFact;
import beamyard.simulator.process.Address;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.ui.desktop.run.Happening.LockTurn;
import beamyard.ui.desktop.run.Happening.Turn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Overhears how {@code :global} asks for locks: requests to name servers, and their answers.
 *
 * @see <a href="https://www.erlang.org/doc/man/global.html#set_lock-1">OTP kernel, global</a>
 */
final class LockTalk {
  private static final Atom CALL = Atom.of("$gen_call");
  private static final Atom GLOBAL_NAME_SERVER = Atom.of("global_name_server");
  private static final Atom SET_LOCK = Atom.of("set_lock");
  private static final Atom DEL_LOCK = Atom.of("del_lock");

  /** Requests that wait for an answer. */
  private final Map<Asked, Lock> asked = new LinkedHashMap<>();

  /** A request by the tag of its call and the node that was asked. */
  private record Asked(Term tag, String node) {}

  private record Lock(String resource, String requester) {
    LockTurn turn(String node, Turn turn) {
      return new LockTurn(node, resource, requester, turn);
    }
  }

  /** The turn of a process that waits, as its own node tells it. */
  static LockTurn refused(KernelFact.LockAwaited awaited) {
    return new Lock(
            TermText.fromOutside(awaited.resource()), TermText.fromOutside(awaited.requester()))
        .turn(awaited.process().node().name(), Turn.REFUSED);
  }

  /** What a message is for a lock: {@code {'$gen_call', {Pid, Tag}, {set_lock, {Resource, Requester}}}}, or an answer. */
  Optional<LockTurn> hear(Pid from, Address to, Term message) {
    if (!(message instanceof Tuple tuple)) {
      return Optional.empty();
    }
    if (tuple.isTagged(CALL, 3)
        && to instanceof Address.OfName(Atom name, Atom node)
        && name == GLOBAL_NAME_SERVER) {
      return request(tuple, node.name());
    }
    if (tuple.size() == 2 && !asked.isEmpty() && tuple.get(1) instanceof Atom answer) {
      String node = from.node().name();
      return Optional.ofNullable(asked.remove(new Asked(tuple.get(0), node)))
          .map(lock -> lock.turn(node, answer == Atom.TRUE ? Turn.GRANTED : Turn.REFUSED));
    }
    return Optional.empty();
  }

  private Optional<LockTurn> request(Tuple call, String node) {
    if (!(call.get(1) instanceof Tuple caller)
        || caller.size() != 2
        || !(call.get(2) instanceof Tuple request)
        || request.size() < 2
        || !(request.get(1) instanceof Tuple id)
        || id.size() != 2) {
      return Optional.empty();
    }
    var lock = new Lock(TermText.fromOutside(id.get(0)), TermText.fromOutside(id.get(1)));
    if (request.get(0) == SET_LOCK) {
      asked.put(new Asked(caller.get(1), node), lock);
      return Optional.of(lock.turn(node, Turn.ASKED));
    }
    return request.get(0) == DEL_LOCK ? Optional.of(lock.turn(node, Turn.FREED)) : Optional.empty();
  }
}
