package beamyard.simulator.network;

/**
 * One operating system process on the network, with an address of its own, so that paths between processes of one host can
 * be cut. It stays the same when the process dies and another takes its place.
 *
 * @param name unique on its host
 */
public record Endpoint(String host, String name) {
  @Override
  public String toString() {
    return name + "/" + host;
  }
}
