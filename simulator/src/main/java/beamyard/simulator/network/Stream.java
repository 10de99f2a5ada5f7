package beamyard.simulator.network;

import beamyard.simulator.network.NetworkEvent.Segment;
import beamyard.simulator.network.Socket.Side;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream between two endpoints: two directions, each with its own sender and receiver. */
final class Stream {
  final long id;
  final int port;
  final Endpoint caller;
  final Endpoint answerer;
  final Direction fromCaller;
  final Direction fromAnswerer;
  private final Socket callersEnd;
  private final Socket answerersEnd;

  Stream(long id, int port, Endpoint caller, Endpoint answerer) {
    this(id, port, caller, answerer, new Direction(), new Direction());
  }

  private Stream(
      long id,
      int port,
      Endpoint caller,
      Endpoint answerer,
      Direction fromCaller,
      Direction fromAnswerer) {
    this.id = id;
    this.port = port;
    this.caller = caller;
    this.answerer = answerer;
    this.fromCaller = fromCaller;
    this.fromAnswerer = fromAnswerer;
    callersEnd = new Socket(id, Side.CALLER);
    answerersEnd = new Socket(id, Side.ANSWERER);
  }

  Socket socket(Side side) {
    return side == Side.CALLER ? callersEnd : answerersEnd;
  }

  Endpoint end(Side side) {
    return side == Side.CALLER ? caller : answerer;
  }

  /** What that side sends. */
  Direction from(Side side) {
    return side == Side.CALLER ? fromCaller : fromAnswerer;
  }

  Stream copy() {
    return new Stream(id, port, caller, answerer, fromCaller.copy(), fromAnswerer.copy());
  }

  /** One direction, with the state of its sender and of its receiver. */
  static final class Direction {
    /** Whether the process at the sending end has closed its socket. */
    boolean closed;

    long nextNumber;
    long nextExpected;
    long lastArrivalNanos;

    /** What lies between; looked up when it is first needed. */
    Paths.@Nullable State path;

    /**
     * Not acknowledged and known or feared to be lost, by number; while it is not empty only the oldest is sent, again and again. Made for
     * the first: most directions never lose anything.
     */
    private @Nullable TreeMap<Long, Segment> outstanding;

    int attempts;
    long retransmission = NONE;

    /** Bytes that were sent and that the process at the other end has not read, and the packets they are in. */
    long unread;

    long unreadPackets;

    /** The sender is told when no more than this is unread; {@link #NONE} if it does not wait for that. */
    long writableAt = NONE;

    static final long NONE = -1;

    int outstanding() {
      return outstanding == null ? 0 : outstanding.size();
    }

    void putOutstanding(Segment segment) {
      if (outstanding == null) {
        outstanding = new TreeMap<>();
      }
      outstanding.put(segment.number(), segment);
    }

    Segment oldestOutstanding() {
      if (outstanding == null) {
        throw new AssertionError("nothing is outstanding");
      }
      return outstanding.firstEntry().getValue();
    }

    /** Those after a number, oldest first; the others are outstanding no longer. */
    List<Segment> outstandingAfter(long number) {
      if (outstanding == null) {
        return List.of();
      }
      outstanding.headMap(number, true).clear();
      return List.copyOf(outstanding.values());
    }

    void clearOutstanding() {
      outstanding = null;
    }

    Direction copy() {
      var copy = new Direction();
      copy.closed = closed;
      copy.nextNumber = nextNumber;
      copy.nextExpected = nextExpected;
      copy.lastArrivalNanos = lastArrivalNanos;
      copy.outstanding = outstanding == null ? null : new TreeMap<>(outstanding);
      copy.attempts = attempts;
      copy.retransmission = retransmission;
      copy.unread = unread;
      copy.unreadPackets = unreadPackets;
      copy.writableAt = writableAt;
      return copy;
    }
  }
}
