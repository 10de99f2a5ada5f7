package beamyard.simulator.network;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.NetworkEvent.Segment;
import beamyard.simulator.network.NetworkEvent.Segment.Kind;
import beamyard.simulator.network.NetworkOutcome.Cause;
import beamyard.simulator.network.Socket.Side;
import beamyard.simulator.network.Stream.Direction;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * All paths between endpoints and all streams on them.
 *
 * <p>A stream keeps the order of what is sent and loses nothing while it lasts. A piece that meets a cut path is sent again,
 * after 200 ms (an opening one: 1 s) and then after twice as long each time; until that is acknowledged nothing newer is sent
 * in that direction. So what is in flight survives a short cut, and a cut in one direction soon silences both.
 */
public final class Network {
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
  private static final int FIRST_EPHEMERAL_PORT = 32_768;

  private final Engine engine;
  private final Trace trace;
  private final LinkedHashMap<Long, Stream> streams = new LinkedHashMap<>();
  private final LinkedHashMap<Port, Endpoint> listeners = new LinkedHashMap<>();
  private final Paths paths;
  private final LinkedHashMap<Long, Held> held = new LinkedHashMap<>();
  private final LinkedHashSet<String> hosts = new LinkedHashSet<>();
  private final LinkedHashMap<String, Integer> nextPorts = new LinkedHashMap<>();

  /** Processes that read nothing of what arrives, until they say so. */
  private final LinkedHashSet<Endpoint> stalled = new LinkedHashSet<>();

  private final long bufferBytes;
  private long nextStream;
  private long nextHeld = 1;
  private int nextCut = 1;

  private record Port(String host, int number) {}

  /** A segment that a holding path has taken. */
  private record Held(Socket to, Segment segment) {}

  public Network(Engine engine, NetworkProfile profile, Trace trace) {
    this(engine, trace, new Paths(profile, engine.choices()), profile.bufferBytes());
  }

  private Network(Engine engine, Trace trace, Paths paths, long bufferBytes) {
    this.engine = engine;
    this.trace = trace;
    this.paths = paths;
    this.bufferBytes = bufferBytes;
  }

  /** Makes a host known by its name. */
  public void addHost(String name) {
    hosts.add(name);
  }

  /** A host is gone, and what listens on it; its name cannot be resolved any more. */
  public void removeHost(String name, Endpoint portMapper, long atNanos) {
    abandon(portMapper, atNanos);
    hosts.remove(name);
  }

  /** Whether a host's name can be resolved. */
  public boolean hasHost(String name) {
    return hosts.contains(name);
  }

  /** Starts listening at a free port of the owner's host, and answers it. */
  public int listen(Endpoint owner) {
    int port = nextPorts.merge(owner.host(), FIRST_EPHEMERAL_PORT, (before, _) -> before + 1);
    listen(owner, port);
    return port;
  }

  /** Starts listening at a port of the owner's host, which must be free. */
  public void listen(Endpoint owner, int port) {
    Endpoint before = listeners.putIfAbsent(new Port(owner.host(), port), owner);
    if (before != null) {
      throw new AssertionError("port " + port + " of " + owner.host() + " is taken by " + before);
    }
  }

  public void stopListening(Endpoint owner, int port) {
    listeners.remove(new Port(owner.host(), port), owner);
  }

  /** Begins to open a stream; what becomes of it the owner learns as {@code Connected} or {@code Closed}, or never. */
  public Socket connect(Endpoint from, String host, int port, long atNanos) {
    Endpoint listener = listeners.get(new Port(host, port));
    Endpoint to = listener != null ? listener : new Endpoint(host, "");
    var stream = new Stream(nextStream++, port, from, to);
    streams.put(stream.id, stream);
    if (trace.isOn()) {
      trace.record(atNanos, new NetworkFact.StreamRequested(stream.id, from, to, port));
    }
    enqueue(stream, Side.CALLER, Kind.OPEN, Optional.empty(), atNanos);
    return stream.socket(Side.CALLER);
  }

  /**
   * Sends a packet; without effect on a stream that is over.
   *
   * @return whether the operating systems of the two ends took it; else the sender has to keep it, see {@link #kept}
   */
  public boolean send(Socket from, Packet packet, long atNanos) {
    Stream stream = streams.get(from.stream());
    if (stream == null || stream.from(from.side()).closed) {
      return true; // the other end closed it; the owner will be told, or has been
    }
    Direction direction = stream.from(from.side());
    direction.unread += packet.size();
    direction.unreadPackets++;
    if (trace.isOn()) {
      trace.record(
          atNanos,
          new NetworkFact.PacketSent(
              stream.id, stream.end(from.side()), stream.end(from.side().other()), packet));
    }
    enqueue(stream, from.side(), Kind.DATA, Optional.of(packet), atNanos);
    return direction.unread <= bufferBytes;
  }

  /**
   * How many bytes of what it has sent a process has to keep, because its operating system takes no more for now.
   *
   * @param beside what it needs for each packet besides the packet's bytes
   */
  public long kept(Socket from, int beside) {
    Stream stream = streams.get(from.stream());
    if (stream == null) {
      return 0;
    }
    Direction direction = stream.from(from.side());
    if (direction.unread <= bufferBytes) {
      return 0;
    }
    double besideEachByte = (double) direction.unreadPackets * beside / direction.unread;
    return (long) ((direction.unread - bufferBytes) * (1 + besideEachByte));
  }

  /**
   * Tells a process that has to keep what it has sent when it is rid of it. As Linux does, its operating system wakes it when
   * a third of the buffers is free, and then takes what is kept, or as much as there is room for.
   */
  public void tellWhenWritable(Socket from) {
    Stream stream = streams.get(from.stream());
    if (stream != null) {
      Direction direction = stream.from(from.side());
      direction.writableAt = Math.min(bufferBytes, direction.unread - bufferBytes / 3);
    }
  }

  /** A process reads nothing from now on, while its operating system still takes what comes for it. */
  public void stall(Endpoint owner) {
    stalled.add(owner);
  }

  /** A process reads again what comes; what came meanwhile it reads by {@link #read}. */
  public void goOn(Endpoint owner) {
    stalled.remove(owner);
  }

  /** A process reads what came while it was stalled. */
  public void read(Socket end, Packet packet) {
    Stream stream = streams.get(end.stream());
    if (stream != null) {
      Side sender = end.side().other();
      countRead(stream.from(sender), packet);
      tellIfWritable(stream, sender);
    }
  }

  private static void countRead(Direction direction, Packet packet) {
    direction.unread -= packet.size();
    direction.unreadPackets--;
  }

  /** The sender learns by acknowledgements what was read. */
  private void tellIfWritable(Stream stream, Side sender) {
    Direction direction = stream.from(sender);
    if (direction.writableAt == Direction.NONE
        || direction.unread > direction.writableAt
        || !path(stream, sender.other()).isOpen()) {
      return;
    }
    direction.writableAt = Direction.NONE;
    engine.schedule(
        engine.now() + latency(stream, sender.other()),
        0,
        new NetworkEvent.WritableAgain(stream.socket(sender)));
  }

  private Optional<NetworkOutcome> tellWritable(Socket end) {
    Stream stream = streams.get(end.stream());
    return stream == null || stream.from(end.side()).closed
        ? Optional.empty()
        : Optional.of(new NetworkOutcome.Writable(stream.end(end.side()), end));
  }

  /** Closes one's end: the other end learns it after all that was sent. Nothing will be received any more. */
  public void close(Socket end, long atNanos) {
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
  public void abandon(Endpoint owner, long atNanos) {
    listeners.values().removeIf(owner::equals);
    for (Stream stream : List.copyOf(streams.values())) {
      if (stream.caller.equals(owner)) {
        close(stream.socket(Side.CALLER), atNanos);
      }
      if (stream.answerer.equals(owner)) {
        close(stream.socket(Side.ANSWERER), atNanos);
      }
    }
  }

  // Faults. The arguments are checked by whoever offers them to people.

  /** Cuts all paths between processes of different groups, besides those cut already, under a name that is free. */
  public void partition(String name, List<List<Endpoint>> groups) {
    paths.cut(name, new Cut.OfEndpoints(groups));
    record(new NetworkFact.NetworkPartitioned(groups));
  }

  /** Cuts all paths between hosts of different groups, port mappers and all, under a name that is free. */
  public void partitionHosts(String name, List<List<String>> groups) {
    paths.cut(name, new Cut.OfHosts(groups));
    record(new NetworkFact.HostsPartitioned(groups));
  }

  /** A name for a cut that has none of its own. */
  public String nameForCut() {
    String name = "cut " + nextCut++;
    return paths.hasCut(name) ? nameForCut() : name;
  }

  /** The cuts that last, oldest first; blocks of single paths have no names. */
  public List<String> cuts() {
    return paths.cutNames();
  }

  /** Ends one cut at an instant, if it still lasts then. */
  public void mendAt(long atNanos, String name) {
    engine.schedule(atNanos, 0, new NetworkEvent.CutOver(name));
  }

  /** Ends one cut; the paths on which no other lies are open again. */
  public void mend(String name) {
    paths.mend(name);
    record(new NetworkFact.CutMended(name));
  }

  /** Drops what goes one way from now on. */
  public void block(Endpoint from, Endpoint to) {
    paths.block(from, to);
    record(new NetworkFact.PathBlocked(from, to));
  }

  /** Ends a block; a cut on the path stays. */
  public void unblock(Endpoint from, Endpoint to) {
    paths.unblock(from, to);
    record(new NetworkFact.PathUnblocked(from, to));
  }

  /** Opens all paths: ends every cut and block. */
  public void heal() {
    paths.mendAll();
    record(new NetworkFact.NetworkHealed());
  }

  /** Whether any path is cut in any direction. */
  public boolean hasCuts() {
    return paths.hasCuts();
  }

  /** When a datagram sent now arrives; empty if it does not, for a cut or a loss. */
  public Optional<Long> datagram(Endpoint from, Endpoint to, long atNanos) {
    Paths.State path = paths.state(from, to);
    return isOpen(from, to) && !paths.loses(path)
        ? Optional.of(atNanos + paths.latency(path))
        : Optional.empty();
  }

  public boolean isOpen(Endpoint from, Endpoint to) {
    return paths.isOpen(from, to);
  }

  /** Says how long packets take from now on. */
  public void travel(Travel how) {
    paths.travel(how);
  }

  /** Sets how long packets take one way from now on; what is under way is not overtaken. */
  public void setLatency(Endpoint from, Endpoint to, Latency latency) {
    paths.setLatency(from, to, latency);
    record(new NetworkFact.LatencyChanged(from, to, latency));
  }

  /** Sets how many bytes a path carries in a second, all streams on it together; empty for no limit. */
  public void setBandwidth(Endpoint from, Endpoint to, Optional<Long> bytesPerSecond) {
    paths.setBandwidth(from, to, bytesPerSecond);
    record(new NetworkFact.BandwidthChanged(from, to, bytesPerSecond));
  }

  /** Sets how many of a thousand packets get lost one way; their senders send them again. */
  public void setLoss(Endpoint from, Endpoint to, int perMille) {
    paths.setLoss(from, to, perMille);
    record(new NetworkFact.LossChanged(from, to, perMille));
  }

  /** Holds on its way what is sent one way from now on. */
  public void hold(Endpoint from, Endpoint to) {
    paths.hold(from, to);
    record(new NetworkFact.PathHeld(from, to));
  }

  /** The paths that somebody made other than they began. */
  public List<PathView> changedPaths() {
    return paths.changed();
  }

  /** What is held, in the order of sending. */
  public List<HeldPacket> held() {
    var packets = new ArrayList<HeldPacket>();
    held.forEach((id, each) -> packets.add(shown(id, each)));
    return packets;
  }

  private HeldPacket shown(long id, Held each) {
    Stream stream = Optional.ofNullable(streams.get(each.to.stream())).orElseThrow();
    Side receiver = each.to.side();
    return new HeldPacket(
        id,
        stream.id,
        stream.end(receiver.other()),
        stream.end(receiver),
        each.segment.kind(),
        each.segment.packet());
  }

  /** Lets a held packet arrive now; to be called for the oldest of its direction, since a stream keeps its order. */
  public void release(long id) {
    Held released = Optional.ofNullable(held.remove(id)).orElseThrow();
    record(new NetworkFact.PacketReleased(id));
    engine.schedule(engine.now(), 0, new NetworkEvent.Arrival(released.to, released.segment));
  }

  /** Loses a held packet; its sender sends it again. */
  public void drop(long id) {
    Held dropped = Optional.ofNullable(held.remove(id)).orElseThrow();
    Stream stream = Optional.ofNullable(streams.get(dropped.to.stream())).orElseThrow();
    lose(stream, dropped.to.side().other(), dropped.segment, engine.now());
  }

  /** Ends all holding, and lets arrive what is held. */
  public void releaseAll() {
    paths.letGo().forEach(path -> record(new NetworkFact.PathLetGo(path.from(), path.to())));
    List.copyOf(held.keySet()).forEach(this::release);
  }

  /** Resets all streams between two endpoints, as a firewall that forgets them does: both ends are told at once. */
  public void reset(Endpoint one, Endpoint other) {
    for (Stream stream : List.copyOf(streams.values())) {
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
  public Optional<NetworkOutcome> handle(NetworkEvent event) {
    return switch (event) {
      case NetworkEvent.Arrival(Socket to, Segment segment) -> arrive(to, segment);
      case NetworkEvent.Retransmission(Socket from) -> retransmit(from);
      case NetworkEvent.ResetArrival(Socket to) -> arriveReset(to);
      case NetworkEvent.WritableAgain(Socket end) -> tellWritable(end);
      case NetworkEvent.Told(NetworkOutcome outcome) -> Optional.of(outcome);
      case NetworkEvent.CutOver(String name) -> {
        if (paths.hasCut(name)) {
          mend(name);
        }
        yield Optional.empty();
      }
    };
  }

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
    var receiver = stream.socket(side.other());
    if (path.isHolding()) {
      var taken = new Held(receiver, segment);
      if (held.containsValue(taken)) {
        return; // sent again while the first one is held
      }
      long id = nextHeld++;
      held.put(id, taken);
      if (trace.isOn()) {
        trace.record(atNanos, new NetworkFact.PacketHeld(shown(id, taken)));
      }
      return;
    }
    int bytes = HEADER_BYTES + segment.packet().map(Packet::size).orElse(0);
    long arrival = Math.max(paths.arrival(path, bytes, atNanos), direction.lastArrivalNanos);
    if (segment.kind() == Kind.FINISH) {
      arrival = Math.max(arrival, direction.lastArrivalNanos + NEXT_READ_NANOS);
    }
    direction.lastArrivalNanos = arrival;
    engine.schedule(arrival, 0, new NetworkEvent.Arrival(receiver, segment));
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
        Endpoint listener = listeners.get(new Port(owner.host(), stream.port));
        if (!owner.equals(listener)) {
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
        if (stalled.isEmpty() || !stalled.contains(owner)) {
          countRead(stream.from(receiver.other()), segment.packet().orElseThrow());
        }
        if (trace.isOn()) {
          trace.record(
              engine.now(),
              new NetworkFact.PacketArrived(
                  stream.id, other, owner, segment.packet().orElseThrow()));
        }
        yield Optional.of(
            new NetworkOutcome.Received(owner, socket, segment.packet().orElseThrow()));
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
    streams.remove(stream.id);
    if (!held.isEmpty()) {
      held.values().removeIf(each -> each.to.stream() == stream.id);
    }
    for (Side side : Side.values()) {
      Direction direction = stream.from(side);
      if (direction.retransmission != Direction.NONE) {
        engine.cancel(direction.retransmission);
      }
    }
  }

  private void record(NetworkFact fact) {
    if (trace.isOn()) {
      trace.record(engine.now(), fact);
    }
  }

  /** The streams that are not over, oldest first, as pairs of caller and answerer. */
  public List<List<Endpoint>> openStreams() {
    var pairs = new ArrayList<List<Endpoint>>();
    streams.values().forEach(stream -> pairs.add(List.of(stream.caller, stream.answerer)));
    return pairs;
  }

  /** An independent copy in the same state, for a copy of the engine. */
  public Network copy(Engine engine, Trace trace) {
    var copy = new Network(engine, trace, paths.copy(engine.choices()), bufferBytes);
    copy.stalled.addAll(stalled);
    streams.forEach((id, stream) -> copy.streams.put(id, stream.copy()));
    copy.listeners.putAll(listeners);
    copy.held.putAll(held);
    copy.hosts.addAll(hosts);
    copy.nextPorts.putAll(nextPorts);
    copy.nextStream = nextStream;
    copy.nextHeld = nextHeld;
    copy.nextCut = nextCut;
    return copy;
  }
}
