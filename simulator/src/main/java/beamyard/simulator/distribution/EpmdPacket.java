package beamyard.simulator.distribution;

import beamyard.simulator.network.Packet;
import java.util.List;
import java.util.Optional;

/**
 * What nodes and EPMD, the port mapper of a host, say to each other.
 *
 * @see <a href="https://www.erlang.org/doc/apps/erts/erl_dist_protocol.html">Distribution protocol</a>
 */
public sealed interface EpmdPacket extends Packet {
  /** {@code ALIVE2_REQ}: a node tells its name and port; it stays registered while the stream lasts. */
  record Register(String name, int port, boolean hidden) implements EpmdPacket {
    @Override
    public int size() {
      return 2 + 13 + name.length();
    }
  }

  /** {@code ALIVE2_X_RESP}: the creation of this incarnation, or empty if the name is taken. */
  record Registration(Optional<Integer> creation) implements EpmdPacket {
    @Override
    public int size() {
      return 6;
    }
  }

  /** {@code PORT_PLEASE2_REQ}. */
  record PortPlease(String name) implements EpmdPacket {
    @Override
    public int size() {
      return 2 + 1 + name.length();
    }
  }

  /** {@code PORT2_RESP}: empty if no node has the name. */
  record PortAnswer(String name, Optional<Integer> port) implements EpmdPacket {
    @Override
    public int size() {
      return port.isEmpty() ? 2 : 14 + name.length();
    }
  }

  /** {@code NAMES_REQ}: which names are registered. */
  record NamesRequest() implements EpmdPacket {
    @Override
    public int size() {
      return 2 + 1;
    }
  }

  /** {@code NAMES_RESP}: the names, newest first; the port mapper closes the stream after it. */
  record NamesAnswer(List<NameAtPort> names) implements EpmdPacket {
    private static final String LINE = "name %s at port %d\n";

    public NamesAnswer {
      names = List.copyOf(names);
    }

    @Override
    public int size() {
      return 4
          + names.stream()
              .mapToInt(each -> LINE.formatted(each.name(), each.port()).length())
              .sum();
    }
  }

  /** A name and where its node listens. */
  record NameAtPort(String name, int port) {}
}
