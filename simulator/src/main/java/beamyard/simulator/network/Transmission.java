package beamyard.simulator.network;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.NetworkEvent.Segment;
import beamyard.simulator.network.NetworkEvent.Segment.Kind;
import beamyard.simulator.network.NetworkOutcome.Cause;
import beamyard.simulator.network.Socket.Side;
import beamyard.simulator.network.Stream.Direction;
import beamyard.simulator.trace.Trace;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The streams, and how what is sent on them gets to their other ends.
 *
 * <p>A stream keeps the order of what is sent and loses nothing while it lasts. A piece that meets a cut path is sent again,
 * after 200 ms (an opening one: 1 s) and then after twice as long each time; until that is acknowledged nothing newer is sent
 * in that direction. So what is in flight survives a short cut, and a cut in one direction soon silences both.
 */
final class Transmission {
  private final Engine engine;
  private final Trace trace;
  private final Listeners listeners;
  private final Buffers buffers;
  private final Streams streams;
  private final HeldPackets held;
  private final StreamSender sending;

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
    this.listeners = listeners;
    this.buffers = buffers;
    this.streams = streams;
    this.held = held;
    this.sending = new StreamSender(engine, trace, paths, held);
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
    sending.enqueue(stream, Side.CALLER, Kind.OPEN, null, atNanos);
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
    sending.enqueue(stream, from.side(), Kind.DATA, packet, atNanos);
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
    sending.enqueue(stream, end.side(), Kind.FINISH, null, atNanos);
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

  /** Lets an event happen; answers what a process gets to know by it, {@code null} if nothing. */
  @Nullable NetworkOutcome handle(NetworkEvent.OfStream event) {
    return switch (event) {
      case Segment segment -> arrive(segment);
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
    if (sending.isOpen(stream, sender.other()) && buffers.isWritableAgain(stream.from(sender))) {
      engine.schedule(
          engine.now() + sending.latency(stream, sender.other()),
          0,
          new NetworkEvent.WritableAgain(stream.socket(sender)));
    }
  }

  private @Nullable NetworkOutcome tellWritable(Socket end) {
    Stream stream = streams.get(end.stream());
    return stream == null || stream.from(end.side()).closed
        ? null
        : new NetworkOutcome.Writable(stream.end(end.side()), end);
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
    engine.schedule(engine.now(), 0, held.remove(number));
  }

  /** Loses a held packet; its sender sends it again. */
  void drop(long number) {
    Segment dropped = held.remove(number);
    Stream stream = Optional.ofNullable(streams.get(dropped.to().stream())).orElseThrow();
    sending.lose(stream, dropped.to().side().other(), dropped, engine.now());
  }

  private @Nullable NetworkOutcome retransmit(Socket end) {
    Stream stream = streams.get(end.stream());
    return stream == null || sending.repeat(stream, end.side()) ? null : giveUp(stream, end.side());
  }

  private @Nullable NetworkOutcome giveUp(Stream stream, Side side) {
    if (stream.from(side).closed) {
      // An orphan: nobody is left to be told, and the other end will learn it when it next sends
      // something.
      stream.from(side).clearOutstanding();
      return null;
    }
    return end(stream, side, Cause.TIMED_OUT);
  }

  // Arriving.

  private @Nullable NetworkOutcome arrive(Segment segment) {
    Stream stream = streams.get(segment.to().stream());
    Side receiver = segment.to().side();
    if (stream == null) {
      return null;
    }
    Side sender = receiver.other();
    Direction direction = stream.from(sender);
    if (!sending.isOpen(stream, sender) || segment.number() > direction.nextExpected) {
      if (segment.number() >= direction.nextExpected) {
        sending.lose(stream, sender, segment, engine.now());
      }
      return null;
    }
    boolean isNew = segment.number() == direction.nextExpected;
    if (stream.from(receiver).closed && segment.kind() != Kind.FINISH) {
      reset(stream, sender);
      return null;
    }
    if (isNew) {
      direction.nextExpected++;
    }
    if (sending.isOpen(stream, receiver)) {
      sending.acknowledge(stream, sender, segment);
    } else if (isNew) {
      sending.awaitAcknowledgement(stream, sender, segment, engine.now());
    }
    NetworkOutcome outcome = isNew ? deliver(stream, receiver, segment) : null;
    if (direction.writableAt != Direction.NONE) {
      tellIfWritable(stream, sender);
    }
    return outcome;
  }

  private @Nullable NetworkOutcome deliver(Stream stream, Side receiver, Segment segment) {
    Socket socket = segment.to();
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
        sending.enqueue(stream, receiver, Kind.ACCEPT, null, engine.now());
        yield new NetworkOutcome.Accepted(owner, socket, stream.port, other);
      }
      case ACCEPT -> new NetworkOutcome.Connected(owner, socket);
      case DATA -> {
        Packet packet = Objects.requireNonNull(segment.packet());
        buffers.arrived(stream.from(receiver.other()), packet, owner);
        if (trace.isOn()) {
          trace.record(
              engine.now(), new NetworkFact.PacketArrived(stream.id, other, owner, packet));
        }
        yield new NetworkOutcome.Received(owner, socket, packet);
      }
      case FINISH -> {
        if (stream.from(receiver).closed) {
          remove(stream);
          yield null;
        }
        yield end(stream, receiver, Cause.FINISHED);
      }
    };
  }

  /** Nobody listens: the answer is a reset, which the caller understands as a refusal. */
  private @Nullable NetworkOutcome refuse(Stream stream) {
    reset(stream, Side.CALLER);
    return null;
  }

  private void reset(Stream stream, Side toBeTold) {
    if (sending.isOpen(stream, toBeTold.other())) {
      engine.schedule(
          engine.now() + sending.latency(stream, toBeTold.other()),
          0,
          new NetworkEvent.ResetArrival(stream.socket(toBeTold)));
    }
  }

  private @Nullable NetworkOutcome arriveReset(Socket end) {
    Stream stream = streams.get(end.stream());
    if (stream == null) {
      return null;
    }
    Side side = end.side();
    if (!sending.isOpen(stream, side.other())) {
      return null; // it will ask again by sending again
    }
    if (stream.from(side).closed) {
      remove(stream);
      return null;
    }
    boolean refused = side == Side.CALLER && stream.fromAnswerer.nextExpected == 0;
    return end(stream, side, refused ? Cause.REFUSED : Cause.RESET);
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
    sending.cancel(stream);
  }

  /** The streams that are not over, oldest first, as pairs of caller and answerer. */
  List<List<Endpoint>> openStreams() {
    return streams.all().stream().map(stream -> List.of(stream.caller, stream.answerer)).toList();
  }
}
