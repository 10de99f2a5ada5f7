package beamyard.simulator.distribution;

import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.Network;
import beamyard.simulator.network.Packet;
import beamyard.simulator.network.Socket;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.process.ProcessTable;
import beamyard.simulator.process.Signal;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who a node is at present, and what its distribution is surrounded by: time, the network, its processes. */
final class Site {
  static final long SECOND = 1_000_000_000L;
  static final Atom NET_KERNEL = Atom.of("net_kernel");

  final int vm;
  final String label;
  final Endpoint endpoint;
  final DistributionSettings settings;
  final Network network;
  private final boolean isSecure;
  private final Engine engine;
  private final Trace trace;
  private @Nullable ProcessTable processes;

  Atom name = NodeName.NONODE;
  int creation;
  NodeName.Kind nameKind = NodeName.Kind.SHORT;
  Visibility visibility;

  Site(
      int vm,
      String label,
      Endpoint endpoint,
      DistributionSettings settings,
      Engine engine,
      Network network,
      Trace trace) {
    this.vm = vm;
    this.label = label;
    this.endpoint = endpoint;
    this.settings = settings;
    this.engine = engine;
    this.network = network;
    this.trace = trace;
    this.visibility = settings.visibility();
    this.isSecure = settings.transport() instanceof Transport.Tls;
  }

  /** How many records this node has locked. */
  private long sealed;

  Site copy(Engine itsEngine, Network itsNetwork, Trace itsTrace) {
    var copy = new Site(vm, label, endpoint, settings, itsEngine, itsNetwork, itsTrace);
    copy.name = name;
    copy.creation = creation;
    copy.nameKind = nameKind;
    copy.visibility = visibility;
    copy.sealed = sealed;
    return copy;
  }

  void serve(ProcessTable table) {
    processes = table;
  }

  ProcessTable processes() {
    if (processes == null) {
      throw new AssertionError("the distribution of " + label + " has no processes to serve");
    }
    return processes;
  }

  /** The instant inside the time slice if a process of this node is running, else the engine's. */
  long now() {
    return processes == null ? engine.now() : processes.now();
  }

  long schedule(long atNanos, DistributionEvent event) {
    return engine.schedule(atNanos, 0, event);
  }

  void cancel(long ticket) {
    engine.cancel(ticket);
  }

  Socket open(String host, int port) {
    return network.connect(endpoint, host, port, now());
  }

  void send(Socket socket, Packet packet) {
    send(socket, packet, now());
  }

  /**
   * Sends a packet; in a record that is locked, if it is for another node and connections are carried by TLS. Answers whether
   * the operating system took it.
   */
  boolean send(Socket socket, Packet packet, long atNanos) {
    boolean sealing = isSecure && !(packet instanceof TlsPacket || packet instanceof EpmdPacket);
    return network.send(
        socket,
        sealing ? new TlsPacket.Sealed(packet, ((long) vm << 40) + sealed++) : packet,
        atNanos);
  }

  void close(Socket socket) {
    network.close(socket, now());
  }

  int drawChallenge() {
    return (int)
        engine.choices().between(label + "/challenge", Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  boolean isTraced() {
    return trace.isOn();
  }

  void record(DistributionFact fact) {
    if (trace.isOn()) {
      trace.record(now(), fact);
    }
  }

  /** The {@code net_kernel} process; empty while distribution is off. */
  Optional<Pid> kernel() {
    return processes().whereis(NET_KERNEL);
  }

  void deliver(Address to, Signal signal) {
    processes().deliver(to, signal, now());
  }

  /** Sends a message from {@code net_kernel}. */
  void tell(Pid pid, Term message) {
    deliver(new Address.OfProcess(pid), new Signal.Message(kernel().orElse(pid), message));
  }

  void tell(NodeWatchers.Notice notice) {
    tell(notice.watcher(), notice.message());
  }

  /** Answers a call of {@code net_kernel}, or of what starts it. */
  void answer(Connection.Caller caller, Term answer) {
    Term message = Tuple.of(caller.tag(), answer);
    deliver(caller.address(), new Signal.Message(kernel().orElse(caller.pid()), message));
  }

  /** Logs an error of {@code net_kernel}, with the directives of {@code io:format}. */
  void logError(String format, Term... arguments) {
    log(Atom.ERROR, format, arguments);
  }

  /** Logs a notice of the processes that carry its connections. */
  void logNotice(String format, Term... arguments) {
    log(Atom.of("notice"), format, arguments);
  }

  private void log(Atom level, String format, Term... arguments) {
    Pid source = kernel().orElseThrow(() -> new AssertionError("no net_kernel on " + label));
    processes().log(LogReport.format(level, source, format, arguments), source);
  }
}
