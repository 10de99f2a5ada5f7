package beamyard.simulator.network;

/**
 * One operating system process on the network, with an address of its own, so that paths between processes of one host can
 * be cut. It stays the same when the process dies and another takes its place.
 *
 * @param name unique on its host
 */
public record Endpoint(String host, String name) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Endpoint that && name.equals(that.name) && host.equals(that.host);
  }

  @Override
  public int hashCode() {
    return host.hashCode() * 31 + name.hashCode();
  }

  @Override
  public String toString() {
    return name + "/" + host;
  }
}
