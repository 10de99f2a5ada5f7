package beamyard.simulator.network;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.trace.Trace;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The network between processes of the operating system: hosts, streams between their ports, datagrams, and what can be done
 * to the paths between them. How streams carry what is sent on them is told by {@link Transmission}.
 */
public final class Network {
  private final Engine engine;
  private final Trace trace;
  private final Paths paths;
  private final Listeners listeners;
  private final Buffers buffers;
  private final Transmission transmission;
  private int nextCut = 1;

  public Network(Engine engine, NetworkProfile profile, Trace trace) {
    this.engine = engine;
    this.trace = trace;
    paths = new Paths(profile, engine.choices());
    listeners = new Listeners();
    buffers = new Buffers(profile.bufferBytes());
    transmission = new Transmission(engine, trace, paths, listeners, buffers);
  }

  private Network(Network original, Engine engine, Trace trace) {
    this.engine = engine;
    this.trace = trace;
    paths = original.paths.copy(engine.choices());
    listeners = original.listeners.copy();
    buffers = original.buffers.copy();
    transmission = original.transmission.copy(engine, trace, paths, listeners, buffers);
    nextCut = original.nextCut;
  }

  /** Makes a host known by its name. */
  public void addHost(String name) {
    listeners.addHost(name);
  }

  /** A host is gone, and what listens on it; its name cannot be resolved any more. */
  public void removeHost(String name, Endpoint portMapper, long atNanos) {
    abandon(portMapper, atNanos);
    listeners.removeHost(name);
  }

  /** Whether a host's name can be resolved. */
  public boolean hasHost(String name) {
    return listeners.hasHost(name);
  }

  /** Starts listening at a free port of the owner's host, and answers it. */
  public int listen(Endpoint owner) {
    return listeners.add(owner);
  }

  /** Starts listening at a port of the owner's host, which must be free. */
  public void listen(Endpoint owner, int port) {
    listeners.add(owner, port);
  }

  public void stopListening(Endpoint owner, int port) {
    listeners.remove(owner, port);
  }

  /** Begins to open a stream; what becomes of it the owner learns as {@code Connected} or {@code Closed}, or never. */
  public Socket connect(Endpoint from, String host, int port, long atNanos) {
    return transmission.connect(from, host, port, atNanos);
  }

  /**
   * Sends a packet; without effect on a stream that is over.
   *
   * @return whether the operating systems of the two ends took it; else the sender has to keep it, see {@link #kept}
   */
  public boolean send(Socket from, Packet packet, long atNanos) {
    return transmission.send(from, packet, atNanos);
  }

  /**
   * How many bytes of what it has sent a process has to keep, because its operating system takes no more for now.
   *
   * @param beside what it needs for each packet besides the packet's bytes
   */
  public long kept(Socket from, int beside) {
    return transmission.kept(from, beside);
  }

  /**
   * Tells a process that has to keep what it has sent when it is rid of it. As Linux does, its operating system wakes it when
   * a third of the buffers is free, and then takes what is kept, or as much as there is room for.
   */
  public void tellWhenWritable(Socket from) {
    transmission.tellWhenWritable(from);
  }

  /** A process reads nothing from now on, while its operating system still takes what comes for it. */
  public void stall(Endpoint owner) {
    buffers.stall(owner);
  }

  /** A process reads again what comes; what came meanwhile it reads by {@link #read}. */
  public void goOn(Endpoint owner) {
    buffers.goOn(owner);
  }

  /** A process reads what came while it was stalled. */
  public void read(Socket end, Packet packet) {
    transmission.read(end, packet);
  }

  /** Closes one's end: the other end learns it after all that was sent. Nothing will be received any more. */
  public void close(Socket end, long atNanos) {
    transmission.close(end, atNanos);
  }

  /** A process is gone: its operating system closes all its sockets. */
  public void abandon(Endpoint owner, long atNanos) {
    listeners.removeAll(owner);
    transmission.abandon(owner, atNanos);
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
    return transmission.held();
  }

  /** Lets a held packet arrive now; to be called for the oldest of its direction, since a stream keeps its order. */
  public void release(long id) {
    record(new NetworkFact.PacketReleased(id));
    transmission.release(id);
  }

  /** Loses a held packet; its sender sends it again. */
  public void drop(long id) {
    transmission.drop(id);
  }

  /** Ends all holding, and lets arrive what is held. */
  public void releaseAll() {
    paths.letGo().forEach(path -> record(new NetworkFact.PathLetGo(path.from(), path.to())));
    transmission.heldNumbers().forEach(this::release);
  }

  /** Resets all streams between two endpoints, as a firewall that forgets them does: both ends are told at once. */
  public void reset(Endpoint one, Endpoint other) {
    transmission.reset(one, other);
  }

  /** Lets an event happen; answers what a process gets to know by it, {@code null} if nothing. */
  public @Nullable NetworkOutcome handle(NetworkEvent event) {
    return switch (event) {
      case NetworkEvent.OfStream ofStream -> transmission.handle(ofStream);
      case NetworkEvent.Told(NetworkOutcome outcome) -> outcome;
      case NetworkEvent.CutOver(String name) -> {
        if (paths.hasCut(name)) {
          mend(name);
        }
        yield null;
      }
    };
  }

  private void record(NetworkFact fact) {
    if (trace.isOn()) {
      trace.record(engine.now(), fact);
    }
  }

  /** The streams that are not over, oldest first, as pairs of caller and answerer. */
  public List<List<Endpoint>> openStreams() {
    return transmission.openStreams();
  }

  /** An independent copy in the same state, for a copy of the engine. */
  public Network copy(Engine itsEngine, Trace itsTrace) {
    return new Network(this, itsEngine, itsTrace);
  }
}
