package beamyard.simulator.network;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/** The hosts whose names can be resolved, and who listens at which of their ports. */
final class Listeners {
  private static final int FIRST_EPHEMERAL_PORT = 32_768;

  private final LinkedHashSet<String> hosts = new LinkedHashSet<>();
  private final LinkedHashMap<Port, Endpoint> byPort = new LinkedHashMap<>();
  private final LinkedHashMap<String, Integer> nextPorts = new LinkedHashMap<>();

  private record Port(String host, int number) {}

  void addHost(String name) {
    hosts.add(name);
  }

  void removeHost(String name) {
    hosts.remove(name);
  }

  boolean hasHost(String name) {
    return hosts.contains(name);
  }

  /** Listens at a free port, and answers it. */
  int add(Endpoint owner) {
    int port = nextPorts.merge(owner.host(), FIRST_EPHEMERAL_PORT, (before, _) -> before + 1);
    add(owner, port);
    return port;
  }

  void add(Endpoint owner, int port) {
    Endpoint before = byPort.putIfAbsent(new Port(owner.host(), port), owner);
    if (before != null) {
      throw new AssertionError("port " + port + " of " + owner.host() + " is taken by " + before);
    }
  }

  void remove(Endpoint owner, int port) {
    byPort.remove(new Port(owner.host(), port), owner);
  }

  void removeAll(Endpoint owner) {
    byPort.values().removeIf(owner::equals);
  }

  /** {@code null} if nobody listens there. */
  @Nullable Endpoint at(String host, int port) {
    return byPort.get(new Port(host, port));
  }

  Listeners copy() {
    var copy = new Listeners();
    copy.hosts.addAll(hosts);
    copy.byPort.putAll(byPort);
    copy.nextPorts.putAll(nextPorts);
    return copy;
  }
}
