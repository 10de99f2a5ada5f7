package beamyard.simulator.network;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.NetworkEvent.Segment;
import beamyard.simulator.network.NetworkEvent.Segment.Kind;
import beamyard.simulator.network.Socket.Side;
import beamyard.simulator.network.Stream.Direction;
import beamyard.simulator.trace.Trace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sending halves of streams: segments on their way, those that wait for an acknowledgement, and the timers by which the
 * lost ones are sent again.
 */
final class StreamSender {
  /*
   * Acknowledgements are not events: a piece counts as acknowledged when it arrives while the way back is open. Only a
   * direction that lost something pays for more (RFC 6298: the timer doubles; RFC 6928: ten segments may be unacknowledged
   * at first; RFC 5681: one after a timeout). The limits on attempts are those of Linux: tcp_syn_retries, tcp_retries2, tcp_orphan_retries.
   */
  private static final long FIRST_OPEN_TIMEOUT_NANOS = 1_000_000_000L;
  private static final long FIRST_DATA_TIMEOUT_NANOS = 200_000_000L;
  private static final long LONGEST_TIMEOUT_NANOS = 120_000_000_000L;
  private static final int OPEN_ATTEMPTS = 6;
  private static final int DATA_ATTEMPTS = 15;
  private static final int ORPHAN_ATTEMPTS = 8;

  /** The end of a stream is found by the read after the one that got the last data. */
  private static final long NEXT_READ_NANOS = 10_000;

  /** Of IPv4 and TCP. */
  private static final int HEADER_BYTES = 40;

  private static final int INITIAL_WINDOW = 10;

  private final Engine engine;
  private final Trace trace;
  private final Paths paths;
  private final HeldPackets held;

  StreamSender(Engine engine, Trace trace, Paths paths, HeldPackets held) {
    this.engine = engine;
    this.trace = trace;
    this.paths = paths;
    this.held = held;
  }

  /** The way in which a side sends. */
  Paths.State path(Stream stream, Side side) {
    Direction direction = stream.from(side);
    Paths.State known = direction.path;
    if (known == null) {
      known = paths.state(stream.end(side), stream.end(side.other()));
      direction.path = known;
    }
    return known;
  }

  /** Whether what a side sends gets to the other end now. */
  boolean isOpen(Stream stream, Side side) {
    return !paths.hasCuts() || path(stream, side).isOpen();
  }

  long latency(Stream stream, Side side) {
    return paths.latency(path(stream, side));
  }

  /** Sends what is next in a direction. */
  void enqueue(Stream stream, Side side, Kind kind, @Nullable Packet packet, long atNanos) {
    Direction direction = stream.from(side);
    var segment = new Segment(stream.socket(side.other()), direction.nextNumber++, kind, packet);
    transmit(stream, side, segment, atNanos);
  }

  private void transmit(Stream stream, Side side, Segment segment, long atNanos) {
    Direction direction = stream.from(side);
    boolean waitsForAcknowledgement =
        direction.outstanding() > 0
            && (direction.attempts > 0 || direction.outstanding() >= INITIAL_WINDOW);
    if (waitsForAcknowledgement) {
      direction.putOutstanding(segment);
      return;
    }
    Paths.State path = path(stream, side);
    if (path.isOpen() && !paths.loses(path)) {
      travel(stream, side, segment, atNanos);
    } else {
      lose(stream, side, segment, atNanos);
    }
  }

  private void travel(Stream stream, Side side, Segment segment, long atNanos) {
    Direction direction = stream.from(side);
    Paths.State path = path(stream, side);
    if (path.isHolding()) {
      Optional<HeldPacket> taken = held.take(stream, segment);
      if (taken.isPresent() && trace.isOn()) {
        trace.record(atNanos, new NetworkFact.PacketHeld(taken.get()));
      }
      return;
    }
    Packet packet = segment.packet();
    int bytes = HEADER_BYTES + (packet == null ? 0 : packet.size());
    long arrival = Math.max(paths.arrival(path, bytes, atNanos), direction.lastArrivalNanos);
    if (segment.kind() == Kind.FINISH) {
      arrival = Math.max(arrival, direction.lastArrivalNanos + NEXT_READ_NANOS);
    }
    direction.lastArrivalNanos = arrival;
    engine.schedule(arrival, 0, segment);
  }

  /** A segment got lost on its way: it is sent again. */
  void lose(Stream stream, Side side, Segment segment, long atNanos) {
    if (trace.isOn()) {
      trace.record(
          atNanos,
          new NetworkFact.SegmentLost(
              stream.id, stream.end(side), stream.end(side.other()), segment.number()));
    }
    awaitAcknowledgement(stream, side, segment, atNanos);
  }

  /** A segment is sent again unless it is acknowledged in time. */
  void awaitAcknowledgement(Stream stream, Side side, Segment segment, long atNanos) {
    Direction direction = stream.from(side);
    direction.putOutstanding(segment);
    if (direction.retransmission == Direction.NONE) {
      direction.attempts = 0;
      scheduleRetransmission(stream, side, atNanos);
    }
  }

  private void scheduleRetransmission(Stream stream, Side side, long atNanos) {
    Direction direction = stream.from(side);
    boolean opening = isOpening(direction.oldestOutstanding());
    long first = opening ? FIRST_OPEN_TIMEOUT_NANOS : FIRST_DATA_TIMEOUT_NANOS;
    long timeout = Math.min(first << Math.min(direction.attempts, 20), LONGEST_TIMEOUT_NANOS);
    direction.retransmission =
        engine.schedule(atNanos + timeout, 0, new NetworkEvent.Retransmission(stream.socket(side)));
  }

  private static boolean isOpening(Segment segment) {
    return segment.kind() == Kind.OPEN || segment.kind() == Kind.ACCEPT;
  }

  /** The timer of a direction has run out: its oldest segment is sent again. False if it was sent often enough. */
  boolean repeat(Stream stream, Side side) {
    Direction direction = stream.from(side);
    direction.retransmission = Direction.NONE;
    direction.attempts++;
    Segment oldest = direction.oldestOutstanding();
    int limit =
        direction.closed ? ORPHAN_ATTEMPTS : isOpening(oldest) ? OPEN_ATTEMPTS : DATA_ATTEMPTS;
    if (direction.attempts > limit) {
      return false;
    }
    if (trace.isOn()) {
      trace.record(
          engine.now(),
          new NetworkFact.SegmentRepeated(
              stream.id,
              stream.end(side),
              stream.end(side.other()),
              oldest.number(),
              direction.attempts));
    }
    scheduleRetransmission(stream, side, engine.now());
    Paths.State path = path(stream, side);
    if (path.isOpen() && !paths.loses(path)) {
      travel(stream, side, oldest, engine.now());
    }
    return true;
  }

  /** A segment arrived, and its sender will know: what waited for that is sent. */
  void acknowledge(Stream stream, Side sender, Segment segment) {
    Direction direction = stream.from(sender);
    if (direction.outstanding() == 0) {
      return;
    }
    List<Segment> waiting = direction.outstandingAfter(segment.number());
    if (!waiting.isEmpty() && waiting.getFirst().number() > direction.nextExpected) {
      return; // one before it is still under way and will be acknowledged or lost itself
    }
    direction.clearOutstanding();
    cancel(direction);
    long acknowledged = engine.now() + latency(stream, sender.other());
    waiting.forEach(next -> transmit(stream, sender, next, acknowledged));
  }

  /** A stream is over: its timers are. */
  void cancel(Stream stream) {
    for (Side side : Side.values()) {
      cancel(stream.from(side));
    }
  }

  private void cancel(Direction direction) {
    if (direction.retransmission != Direction.NONE) {
      engine.cancel(direction.retransmission);
      direction.retransmission = Direction.NONE;
    }
  }
}
