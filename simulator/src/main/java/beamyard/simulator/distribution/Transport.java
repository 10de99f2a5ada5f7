package beamyard.simulator.distribution;

import java.util.Optional;

/**
 * What a node's connections are carried by: {@code -proto_dist} of its command line.
 *
 * @see <a href="https://www.erlang.org/doc/apps/ssl/ssl_distribution.html">Using TLS for Erlang distribution</a>
 */
public sealed interface Transport {
  /** {@code inet_tcp}: everything travels as it is. */
  record Tcp() implements Transport {}

  /**
   * {@code inet_tls}: records that only the two ends can open.
   *
   * @param authority who has signed the node's certificate, and the only one whose signature it trusts
   */
  record Tls(String authority) implements Transport {}

  Transport PLAIN = new Tcp();

  /** TLS with certificates of the authority that all nodes have which are told of none. */
  Transport SECURE = new Tls("");

  /** The one of a name that {@code -proto_dist} takes, TLS also with an authority behind a slash; empty if there is none. */
  static Optional<Transport> named(String name) {
    if (name.equals("inet_tcp")) {
      return Optional.of(PLAIN);
    }
    int slash = name.indexOf('/');
    String kind = slash < 0 ? name : name.substring(0, slash);
    return kind.equals("inet_tls")
        ? Optional.of(new Tls(slash < 0 ? "" : name.substring(slash + 1)))
        : Optional.empty();
  }

  /** The name that {@link #named} understands. */
  default String name() {
    return switch (this) {
      case Tcp _ -> "inet_tcp";
      case Tls(String authority) -> authority.isEmpty() ? "inet_tls" : "inet_tls/" + authority;
    };
  }
}
