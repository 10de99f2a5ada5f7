package beamyard.simulator.distribution;

import beamyard.simulator.network.Socket;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Reference;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node knows of its connection to another: being made, or up. */
final class Connection {
  enum State {
    PENDING,
    UP,
    /** Up, but the other node, having lost it, has called again. */
    UP_PENDING
  }

  /** Somebody who asked for the connection: how OTP's {@code gen} marks a caller. */
  record Caller(Pid pid, Term tag) {
    /** Where the answer goes: to the alias {@code [alias | Reference]} if the tag is one. */
    Address address() {
      return tag instanceof Cons cons && cons.tail() instanceof Reference alias
          ? new Address.OfAlias(alias)
          : new Address.OfProcess(pid);
    }
  }

  record Waiting(Address to, Signal signal) {}

  final Atom peer;
  final long id;
  State state = State.PENDING;

  /** The attempt that is making it. */
  long owner;

  @Nullable Socket socket;
  boolean visible;
  int peerCreation;
  private List<Caller> callers = List.of();

  /** Signals sent before the connection was up, in order. */
  private List<Waiting> buffered = List.of();

  /** How much they are. */
  long bufferedBytes;

  /** Whether who sends by it is suspended: see {@link FlowControl}. */
  boolean busy;

  /** Signals of suspended processes for which there was no room, in order. */
  private List<Waiting> withheld = List.of();

  long sent;
  long received;
  /* Ticks, as they were seen last: see Distribution.tick. */
  long sentAtTick;
  long receivedAtTick;
  int silentTicks;

  Connection(Atom peer, long id, long owner) {
    this.peer = peer;
    this.id = id;
    this.owner = owner;
  }

  /** What is empty, as it nearly always is, is shared by all. */
  private static <T> List<T> changeable(List<T> elements) {
    return elements.isEmpty() ? List.of() : new ArrayList<>(elements);
  }

  /** Adds to what was made here, or to what is empty. */
  private static <T> List<T> withOneMore(List<T> elements, T last) {
    List<T> more = elements.isEmpty() ? new ArrayList<>(2) : elements;
    more.add(last);
    return more;
  }

  void addCaller(Caller caller) {
    callers = withOneMore(callers, caller);
  }

  /** Who waits for the connection, the last first; nobody does from here on. */
  List<Caller> takeCallers() {
    List<Caller> taken = callers.reversed();
    callers = List.of();
    return taken;
  }

  void addBuffered(Waiting waiting) {
    buffered = withOneMore(buffered, waiting);
  }

  int buffered() {
    return buffered.size();
  }

  /** What waits for the connection, the first first; nothing does from here on. */
  List<Waiting> takeBuffered() {
    List<Waiting> taken = buffered;
    buffered = List.of();
    bufferedBytes = 0;
    return taken;
  }

  void addWithheld(Waiting waiting) {
    withheld = withOneMore(withheld, waiting);
  }

  List<Waiting> withheld() {
    return withheld;
  }

  List<Waiting> takeWithheld() {
    List<Waiting> taken = withheld;
    withheld = List.of();
    return taken;
  }

  boolean isUp() {
    return state != State.PENDING;
  }

  Socket openSocket() {
    if (socket == null) {
      throw new AssertionError("the connection to " + peer + " is not up");
    }
    return socket;
  }

  Connection copy() {
    var copy = new Connection(peer, id, owner);
    copy.state = state;
    copy.socket = socket;
    copy.visible = visible;
    copy.peerCreation = peerCreation;
    copy.callers = changeable(callers);
    copy.buffered = changeable(buffered);
    copy.bufferedBytes = bufferedBytes;
    copy.busy = busy;
    copy.withheld = changeable(withheld);
    copy.sent = sent;
    copy.received = received;
    copy.sentAtTick = sentAtTick;
    copy.receivedAtTick = receivedAtTick;
    copy.silentTicks = silentTicks;
    return copy;
  }
}
