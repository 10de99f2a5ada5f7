package beamyard.simulator.distribution;

import beamyard.simulator.distribution.EpmdPacket.NameAtPort;
import beamyard.simulator.engine.Engine;
import beamyard.simulator.network.Endpoint;
import beamyard.simulator.network.Network;
import beamyard.simulator.network.NetworkOutcome;
import beamyard.simulator.network.Socket;
import beamyard.simulator.trace.Trace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * The port mapper of one host: which node names are taken, and at which port each listens. It outlives the nodes.
 *
 * @see <a href="https://www.erlang.org/doc/man/epmd.html">epmd</a>
 */
public final class Epmd {
  public static final int PORT = 4369;
  private static final String NAME = "epmd";

  private final Endpoint self;
  private final LinkedHashMap<String, Registered> names = new LinkedHashMap<>();
  private int nextCreation;

  private record Registered(int port, Socket socket) {}

  private Epmd(Endpoint self) {
    this.self = self;
  }

  /** The address of a host's port mapper. */
  public static Endpoint endpoint(String host) {
    return new Endpoint(host, NAME);
  }

  public static boolean isOne(Endpoint endpoint) {
    return endpoint.name().equals(NAME);
  }

  /** Starts the port mapper of a host. */
  public static Epmd start(String host, Engine engine, Network network) {
    var epmd = new Epmd(endpoint(host));
    epmd.nextCreation =
        Math.toIntExact(
            engine.choices().between(epmd.self + "/creation", 4, Integer.MAX_VALUE / 2));
    network.listen(epmd.self, PORT);
    return epmd;
  }

  /** Takes what the network has for this port mapper. */
  public void accept(NetworkOutcome outcome, Network network, long atNanos, Trace trace) {
    switch (outcome) {
      case NetworkOutcome.Received(_, Socket socket, EpmdPacket packet) -> {
        switch (packet) {
          case EpmdPacket.Register register ->
              network.send(socket, register(register, socket, trace, atNanos), atNanos);
          case EpmdPacket.PortPlease(String name) -> {
            Optional<Integer> port = Optional.ofNullable(names.get(name)).map(Registered::port);
            network.send(socket, new EpmdPacket.PortAnswer(name, port), atNanos);
            network.close(socket, atNanos);
          }
          case EpmdPacket.NamesRequest _ -> {
            List<NameAtPort> answer =
                names().entrySet().stream()
                    .map(each -> new NameAtPort(each.getKey(), each.getValue()))
                    .toList();
            network.send(socket, new EpmdPacket.NamesAnswer(answer), atNanos);
            network.close(socket, atNanos);
          }
          case EpmdPacket.Registration _, EpmdPacket.PortAnswer _, EpmdPacket.NamesAnswer _ ->
              throw new AssertionError("an answer sent to a port mapper: " + packet);
        }
      }
      case NetworkOutcome.Closed(_, Socket socket, _) -> {
        for (var entry : names.entrySet()) {
          if (entry.getValue().socket().equals(socket)) {
            names.remove(entry.getKey());
            if (trace.isOn()) {
              trace.record(atNanos, new DistributionFact.NameFreed(self.host(), entry.getKey()));
            }
            return;
          }
        }
      }
      case NetworkOutcome.Accepted _ -> {}
      case NetworkOutcome.Received _, NetworkOutcome.Connected _, NetworkOutcome.Writable _ ->
          throw new AssertionError("not for a port mapper: " + outcome);
    }
  }

  private EpmdPacket register(
      EpmdPacket.Register register, Socket socket, Trace trace, long atNanos) {
    if (names.containsKey(register.name())) {
      if (trace.isOn()) {
        trace.record(atNanos, new DistributionFact.NameRefused(self.host(), register.name()));
      }
      return new EpmdPacket.Registration(Optional.empty());
    }
    names.put(register.name(), new Registered(register.port(), socket));
    int creation = nextCreation++;
    if (trace.isOn()) {
      trace.record(
          atNanos,
          new DistributionFact.NameRegistered(
              self.host(), register.name(), register.port(), creation));
    }
    return new EpmdPacket.Registration(Optional.of(creation));
  }

  /** The names and ports of a host, as {@code epmd -names} lists them, newest first. */
  public java.util.SequencedMap<String, Integer> names() {
    var ports = new LinkedHashMap<String, Integer>();
    names.reversed().forEach((name, registered) -> ports.put(name, registered.port()));
    return ports;
  }

  public Epmd copy() {
    var copy = new Epmd(self);
    copy.names.putAll(names);
    copy.nextCreation = nextCreation;
    return copy;
  }
}
