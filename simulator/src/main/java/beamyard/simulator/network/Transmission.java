package beamyard.simulator.network;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.NetworkEvent.Segment;
import beamyard.simulator.network.NetworkEvent.Segment.Kind;
import beamyard.simulator.network.NetworkOutcome.Cause;
import beamyard.simulator.network.Socket.Side;
import beamyard.simulator.network.Stream.Direction;
import beamyard.simulator.trace.Trace;
import java.util.List;
import java.util.Optional;

/**
 * The streams, and how what is sent on them gets to their other ends.
 *
 * <p>A stream keeps the order of what is sent and loses nothing while it lasts. A piece that meets a cut path is sent again,
 * after 200 ms (an opening one: 1 s) and then after twice as long each time; until that is acknowledged nothing newer is sent
 * in that direction. So what is in flight survives a short cut, and a cut in one direction soon silences both.
 */
final class Transmission {
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
  private final Listeners listeners;
  private final Buffers buffers;
  private final Streams streams;
  private final HeldPackets held;

  Transmission(Engine engine, Trace trace, Paths paths, Listeners listeners, Buffers buffers) {
    this(engine, trace, paths, listeners, buffers, new Streams(), new HeldPackets());
  }

  private Transmission(
      Engine engine,
      Trace trace,
      Paths paths,
      Listeners listeners,
      Buffers buffers,
      Streams streams,
      HeldPackets held) {
    this.engine = engine;
    this.trace = trace;
    this.paths = paths;
    this.listeners = listeners;
    this.buffers = buffers;
    this.streams = streams;
    this.held = held;
  }

  /** An independent copy in the same state, for copies of what surrounds it. */
  Transmission copy(
      Engine itsEngine,
      Trace itsTrace,
      Paths itsPaths,
      Listeners itsListeners,
      Buffers itsBuffers) {
    return new Transmission(
        itsEngine, itsTrace, itsPaths, itsListeners, itsBuffers, streams.copy(), held.copy());
  }

  /** Begins to open a stream; what becomes of it the owner learns as {@code Connected} or {@code Closed}, or never. */
  Socket connect(Endpoint from, String host, int port, long atNanos) {
    Endpoint listener = listeners.at(host, port);
    Endpoint to = listener != null ? listener : new Endpoint(host, "");
    Stream stream = streams.open(port, from, to);
    if (trace.isOn()) {
      trace.record(atNanos, new NetworkFact.StreamRequested(stream.id, from, to, port));
    }
    enqueue(stream, Side.CALLER, Kind.OPEN, Optional.empty(), atNanos);
    return stream.socket(Side.CALLER);
  }

  /** See {@link Network#send}. */
  boolean send(Socket from, Packet packet, long atNanos) {
    Stream stream = streams.get(from.stream());
    if (stream == null || stream.from(from.side()).closed) {
      return true; // the other end closed it; the owner will be told, or has been
    }
    boolean taken = buffers.add(stream.from(from.side()), packet);
    if (trace.isOn()) {
      trace.record(
          atNanos,
          new NetworkFact.PacketSent(
              stream.id, stream.end(from.side()), stream.end(from.side().other()), packet));
    }
    enqueue(stream, from.side(), Kind.DATA, Optional.of(packet), atNanos);
    return taken;
  }

  /** Closes one's end: the other end learns it after all that was sent. Nothing will be received any more. */
  void close(Socket end, long atNanos) {
    Stream stream = streams.get(end.stream());
    if (stream == null || stream.from(end.side()).closed) {
      return;
    }
    Direction mine = stream.from(end.side());
    mine.closed = true;
    boolean unknownToTheOther = end.side() == Side.CALLER && mine.nextExpected == 0;
    if (stream.from(end.side().other()).closed || unknownToTheOther) {
      remove(stream);
      return;
    }
    enqueue(stream, end.side(), Kind.FINISH, Optional.empty(), atNanos);
  }

  /** A process is gone: its operating system closes all its sockets. */
  void abandon(Endpoint owner, long atNanos) {
    for (Stream stream : streams.all()) {
      if (stream.caller.equals(owner)) {
        close(stream.socket(Side.CALLER), atNanos);
      }
      if (stream.answerer.equals(owner)) {
        close(stream.socket(Side.ANSWERER), atNanos);
      }
    }
  }

  /** Resets all streams between two endpoints, as a firewall that forgets them does: both ends are told at once. */
  void reset(Endpoint one, Endpoint other) {
    for (Stream stream : streams.all()) {
      boolean between =
          stream.caller.equals(one) && stream.answerer.equals(other)
              || stream.caller.equals(other) && stream.answerer.equals(one);
      if (between) {
        for (Side side : Side.values()) {
          boolean knows = side == Side.CALLER || stream.fromCaller.nextExpected > 0;
          if (knows && !stream.from(side).closed) {
            engine.schedule(engine.now(), 0, new NetworkEvent.Told(end(stream, side, Cause.RESET)));
          }
        }
        remove(stream);
      }
    }
  }

  /** Lets an event happen; answers what a process gets to know by it, if anything. */
  Optional<NetworkOutcome> handle(NetworkEvent.OfStream event) {
    return switch (event) {
      case NetworkEvent.Arrival(Socket to, Segment segment) -> arrive(to, segment);
      case NetworkEvent.Retransmission(Socket from) -> retransmit(from);
      case NetworkEvent.ResetArrival(Socket to) -> arriveReset(to);
      case NetworkEvent.WritableAgain(Socket from) -> tellWritable(from);
    };
  }

  // What both ends have room for.

  /** See {@link Network#kept}. */
  long kept(Socket from, int beside) {
    Stream stream = streams.get(from.stream());
    return stream == null ? 0 : buffers.kept(stream.from(from.side()), beside);
  }

  /** See {@link Network#tellWhenWritable}. */
  void tellWhenWritable(Socket from) {
    Stream stream = streams.get(from.stream());
    if (stream != null) {
      buffers.await(stream.from(from.side()));
    }
  }

  /** A process reads what came while it was stalled. */
  void read(Socket end, Packet packet) {
    Stream stream = streams.get(end.stream());
    if (stream != null) {
      Side sender = end.side().other();
      buffers.read(stream.from(sender), packet);
      tellIfWritable(stream, sender);
    }
  }

  /** The sender learns by acknowledgements what was read. */
  private void tellIfWritable(Stream stream, Side sender) {
    if (path(stream, sender.other()).isOpen() && buffers.isWritableAgain(stream.from(sender))) {
      engine.schedule(
          engine.now() + latency(stream, sender.other()),
          0,
          new NetworkEvent.WritableAgain(stream.socket(sender)));
    }
  }

  private Optional<NetworkOutcome> tellWritable(Socket end) {
    Stream stream = streams.get(end.stream());
    return stream == null || stream.from(end.side()).closed
        ? Optional.empty()
        : Optional.of(new NetworkOutcome.Writable(stream.end(end.side()), end));
  }

  // What is held on its way.

  List<HeldPacket> held() {
    return held.all(streams);
  }

  List<Long> heldNumbers() {
    return held.numbers();
  }

  /** Lets a held packet arrive now. */
  void release(long number) {
    HeldPackets.Held released = held.remove(number);
    engine.schedule(engine.now(), 0, new NetworkEvent.Arrival(released.to(), released.segment()));
  }

  /** Loses a held packet; its sender sends it again. */
  void drop(long number) {
    HeldPackets.Held dropped = held.remove(number);
    Stream stream = Optional.ofNullable(streams.get(dropped.to().stream())).orElseThrow();
    lose(stream, dropped.to().side().other(), dropped.segment(), engine.now());
  }

  // Sending.

  private Paths.State path(Stream stream, Side side) {
    Direction direction = stream.from(side);
    Paths.State known = direction.path;
    if (known == null) {
      known = paths.state(stream.end(side), stream.end(side.other()));
      direction.path = known;
    }
    return known;
  }

  private long latency(Stream stream, Side side) {
    return paths.latency(path(stream, side));
  }

  private void enqueue(Stream stream, Side side, Kind kind, Optional<Packet> packet, long atNanos) {
    Direction direction = stream.from(side);
    transmit(stream, side, new Segment(direction.nextNumber++, kind, packet), atNanos);
  }

  private void transmit(Stream stream, Side side, Segment segment, long atNanos) {
    Direction direction = stream.from(side);
    boolean waitsForAcknowledgement =
        !direction.outstanding.isEmpty()
            && (direction.attempts > 0 || direction.outstanding.size() >= INITIAL_WINDOW);
    if (waitsForAcknowledgement) {
      direction.outstanding.put(segment.number(), segment);
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
      Optional<HeldPacket> taken = held.take(stream, side.other(), segment);
      if (taken.isPresent() && trace.isOn()) {
        trace.record(atNanos, new NetworkFact.PacketHeld(taken.get()));
      }
      return;
    }
    int bytes = HEADER_BYTES + segment.packet().map(Packet::size).orElse(0);
    long arrival = Math.max(paths.arrival(path, bytes, atNanos), direction.lastArrivalNanos);
    if (segment.kind() == Kind.FINISH) {
      arrival = Math.max(arrival, direction.lastArrivalNanos + NEXT_READ_NANOS);
    }
    direction.lastArrivalNanos = arrival;
    engine.schedule(arrival, 0, new NetworkEvent.Arrival(stream.socket(side.other()), segment));
  }

  private void lose(Stream stream, Side side, Segment segment, long atNanos) {
    if (trace.isOn()) {
      trace.record(
          atNanos,
          new NetworkFact.SegmentLost(
              stream.id, stream.end(side), stream.end(side.other()), segment.number()));
    }
    awaitAcknowledgement(stream, side, segment, atNanos);
  }

  private void awaitAcknowledgement(Stream stream, Side side, Segment segment, long atNanos) {
    Direction direction = stream.from(side);
    direction.outstanding.put(segment.number(), segment);
    if (direction.retransmission == Direction.NONE) {
      direction.attempts = 0;
      scheduleRetransmission(stream, side, atNanos);
    }
  }

  private void scheduleRetransmission(Stream stream, Side side, long atNanos) {
    Direction direction = stream.from(side);
    boolean opening = isOpening(direction.outstanding.firstEntry().getValue());
    long first = opening ? FIRST_OPEN_TIMEOUT_NANOS : FIRST_DATA_TIMEOUT_NANOS;
    long timeout = Math.min(first << Math.min(direction.attempts, 20), LONGEST_TIMEOUT_NANOS);
    direction.retransmission =
        engine.schedule(atNanos + timeout, 0, new NetworkEvent.Retransmission(stream.socket(side)));
  }

  private static boolean isOpening(Segment segment) {
    return segment.kind() == Kind.OPEN || segment.kind() == Kind.ACCEPT;
  }

  private Optional<NetworkOutcome> retransmit(Socket end) {
    Stream stream = streams.get(end.stream());
    if (stream == null) {
      return Optional.empty();
    }
    Side side = end.side();
    Direction direction = stream.from(side);
    direction.retransmission = Direction.NONE;
    direction.attempts++;
    Segment oldest = direction.outstanding.firstEntry().getValue();
    int limit =
        direction.closed ? ORPHAN_ATTEMPTS : isOpening(oldest) ? OPEN_ATTEMPTS : DATA_ATTEMPTS;
    if (direction.attempts > limit) {
      return giveUp(stream, side);
    }
    Endpoint from = stream.end(side);
    Endpoint to = stream.end(side.other());
    if (trace.isOn()) {
      trace.record(
          engine.now(),
          new NetworkFact.SegmentRepeated(
              stream.id, from, to, oldest.number(), direction.attempts));
    }
    scheduleRetransmission(stream, side, engine.now());
    Paths.State path = path(stream, side);
    if (path.isOpen() && !paths.loses(path)) {
      travel(stream, side, oldest, engine.now());
    }
    return Optional.empty();
  }

  private Optional<NetworkOutcome> giveUp(Stream stream, Side side) {
    if (stream.from(side).closed) {
      // An orphan: nobody is left to be told, and the other end will learn it when it next sends
      // something.
      stream.from(side).outstanding.clear();
      return Optional.empty();
    }
    return Optional.of(end(stream, side, Cause.TIMED_OUT));
  }

  // Arriving.

  private Optional<NetworkOutcome> arrive(Socket end, Segment segment) {
    Stream stream = streams.get(end.stream());
    Side receiver = end.side();
    if (stream == null) {
      return Optional.empty();
    }
    Side sender = receiver.other();
    Direction direction = stream.from(sender);
    if (!path(stream, sender).isOpen() || segment.number() > direction.nextExpected) {
      if (segment.number() >= direction.nextExpected) {
        lose(stream, sender, segment, engine.now());
      }
      return Optional.empty();
    }
    boolean isNew = segment.number() == direction.nextExpected;
    if (stream.from(receiver).closed && segment.kind() != Kind.FINISH) {
      reset(stream, sender);
      return Optional.empty();
    }
    if (isNew) {
      direction.nextExpected++;
    }
    if (path(stream, receiver).isOpen()) {
      acknowledge(stream, sender, segment);
    } else if (isNew) {
      awaitAcknowledgement(stream, sender, segment, engine.now());
    }
    Optional<NetworkOutcome> outcome =
        isNew ? deliver(stream, receiver, segment) : Optional.empty();
    if (direction.writableAt != Direction.NONE) {
      tellIfWritable(stream, sender);
    }
    return outcome;
  }

  private void acknowledge(Stream stream, Side sender, Segment segment) {
    Direction direction = stream.from(sender);
    if (direction.outstanding.isEmpty()) {
      return;
    }
    direction.outstanding.headMap(segment.number(), true).clear();
    var waiting = List.copyOf(direction.outstanding.values());
    if (!waiting.isEmpty() && waiting.getFirst().number() > direction.nextExpected) {
      return; // one before it is still under way and will be acknowledged or lost itself
    }
    direction.outstanding.clear();
    if (direction.retransmission != Direction.NONE) {
      engine.cancel(direction.retransmission);
      direction.retransmission = Direction.NONE;
    }
    long acknowledged = engine.now() + latency(stream, sender.other());
    waiting.forEach(next -> transmit(stream, sender, next, acknowledged));
  }

  private Optional<NetworkOutcome> deliver(Stream stream, Side receiver, Segment segment) {
    var socket = stream.socket(receiver);
    Endpoint owner = stream.end(receiver);
    Endpoint other = stream.end(receiver.other());
    return switch (segment.kind()) {
      case OPEN -> {
        if (!owner.equals(listeners.at(owner.host(), stream.port))) {
          yield refuse(stream);
        }
        if (trace.isOn()) {
          trace.record(
              engine.now(), new NetworkFact.StreamOpened(stream.id, other, owner, stream.port));
        }
        enqueue(stream, receiver, Kind.ACCEPT, Optional.empty(), engine.now());
        yield Optional.of(new NetworkOutcome.Accepted(owner, socket, stream.port, other));
      }
      case ACCEPT -> Optional.of(new NetworkOutcome.Connected(owner, socket));
      case DATA -> {
        Packet packet = segment.packet().orElseThrow();
        buffers.arrived(stream.from(receiver.other()), packet, owner);
        if (trace.isOn()) {
          trace.record(
              engine.now(), new NetworkFact.PacketArrived(stream.id, other, owner, packet));
        }
        yield Optional.of(new NetworkOutcome.Received(owner, socket, packet));
      }
      case FINISH -> {
        if (stream.from(receiver).closed) {
          remove(stream);
          yield Optional.empty();
        }
        yield Optional.of(end(stream, receiver, Cause.FINISHED));
      }
    };
  }

  /** Nobody listens: the answer is a reset, which the caller understands as a refusal. */
  private Optional<NetworkOutcome> refuse(Stream stream) {
    reset(stream, Side.CALLER);
    return Optional.empty();
  }

  private void reset(Stream stream, Side toBeTold) {
    if (path(stream, toBeTold.other()).isOpen()) {
      engine.schedule(
          engine.now() + latency(stream, toBeTold.other()),
          0,
          new NetworkEvent.ResetArrival(stream.socket(toBeTold)));
    }
  }

  private Optional<NetworkOutcome> arriveReset(Socket end) {
    Stream stream = streams.get(end.stream());
    if (stream == null) {
      return Optional.empty();
    }
    Side side = end.side();
    if (!path(stream, side.other()).isOpen()) {
      return Optional.empty(); // it will ask again by sending again
    }
    if (stream.from(side).closed) {
      remove(stream);
      return Optional.empty();
    }
    boolean refused = side == Side.CALLER && stream.fromAnswerer.nextExpected == 0;
    return Optional.of(end(stream, side, refused ? Cause.REFUSED : Cause.RESET));
  }

  // The end.

  private NetworkOutcome end(Stream stream, Side toBeTold, Cause cause) {
    Endpoint owner = stream.end(toBeTold);
    if (trace.isOn()) {
      trace.record(
          engine.now(),
          new NetworkFact.StreamClosed(stream.id, owner, stream.end(toBeTold.other()), cause));
    }
    remove(stream);
    return new NetworkOutcome.Closed(owner, stream.socket(toBeTold), cause);
  }

  private void remove(Stream stream) {
    streams.remove(stream);
    held.removeAllOf(stream);
    for (Side side : Side.values()) {
      Direction direction = stream.from(side);
      if (direction.retransmission != Direction.NONE) {
        engine.cancel(direction.retransmission);
      }
    }
  }

  /** The streams that are not over, oldest first, as pairs of caller and answerer. */
  List<List<Endpoint>> openStreams() {
    return streams.all().stream().map(stream -> List.of(stream.caller, stream.answerer)).toList();
  }
}
