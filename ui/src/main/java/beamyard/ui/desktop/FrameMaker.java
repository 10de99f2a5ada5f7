package beamyard.ui.desktop;

import beamyard.simulator.Node;
import beamyard.simulator.Simulation;
import beamyard.simulator.distribution.ConnectionPacket;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.distribution.HandshakePacket;
import beamyard.simulator.network.NetworkFact.PacketSent;
import beamyard.simulator.process.Signal;
import beamyard.simulator.trace.Fact;
import beamyard.simulator.trace.Trace;
import beamyard.ui.desktop.ClusterFrame.Kind;
import beamyard.ui.desktop.ClusterFrame.LinkMark;
import beamyard.ui.desktop.ClusterFrame.MessageMark;
import beamyard.ui.desktop.ClusterFrame.NodeMark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes the map's frames from a simulation and its trace. A packet crosses the network in less than a millisecond; on the map
 * it takes long enough to be seen.
 */
final class FrameMaker implements Trace {
  private static final long FLIGHT_NANOS = 700_000_000L;

  /** Packets of one direction follow each other at least so far apart. */
  private static final long GAP_NANOS = 180_000_000L;

  /** Later ones than this are not shown: the map would fall behind. */
  private static final long MOST_DELAY_NANOS = 1_500_000_000L;

  private final Deque<Flight> flights = new ArrayDeque<>();

  private record Flight(String from, String to, String label, long leavesAt) {}

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void record(long atNanos, Fact fact) {
    if (fact instanceof PacketSent sent) {
      String label =
          switch (sent.packet()) {
            case ConnectionPacket.Control control -> label(control.signal());
            case ConnectionPacket.Tick _ -> "tick";
            case HandshakePacket _ -> "handshake";
            default -> "";
          };
      if (!label.isEmpty()) {
        depart(sent.from().name(), sent.to().name(), label);
      }
    }
  }

  private void depart(String from, String to, String label) {
    long now = System.nanoTime();
    long delay = 0;
    for (Flight flight : flights) {
      if (flight.from().equals(from) && flight.to().equals(to)) {
        delay = Math.max(delay, flight.leavesAt() + GAP_NANOS - now);
      }
    }
    if (delay <= MOST_DELAY_NANOS) {
      flights.add(new Flight(from, to, label, now + delay));
    }
  }

  /** {@code SpawnRequest} is a "spawn request". */
  private static String label(Signal signal) {
    return signal
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** Forgets what is on its way. */
  void forget() {
    flights.clear();
  }

  ClusterFrame frame(Simulation simulation) {
    List<Node> nodes = simulation.nodes();
    return new ClusterFrame(
        simulation.now(), nodes.stream().map(FrameMaker::mark).toList(), links(nodes), messages());
  }

  private static NodeMark mark(Node node) {
    ClusterFrame.State state =
        switch (node.state()) {
          case RUNNING, STOPPING -> ClusterFrame.State.UP;
          case PAUSED -> ClusterFrame.State.PAUSED;
          case BOOTING, DOWN, NOT_STARTED -> ClusterFrame.State.DOWN;
        };
    String note =
        switch (node.state()) {
          case STOPPING -> "stopping";
          case BOOTING -> "starting";
          case RUNNING, PAUSED, DOWN, NOT_STARTED -> "";
        };
    return new NodeMark(node.label(), state, note);
  }

  private static List<LinkMark> links(List<Node> nodes) {
    var links = new ArrayList<LinkMark>();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = i + 1; j < nodes.size(); j++) {
        Peer there = peer(nodes.get(i), nodes.get(j));
        Peer back = peer(nodes.get(j), nodes.get(i));
        if (there != null || back != null) {
          boolean both = there != null && back != null;
          Kind kind =
              !both
                  ? Kind.DOUBTFUL
                  : there.visible() && back.visible() ? Kind.VISIBLE : Kind.HIDDEN;
          links.add(new LinkMark(nodes.get(i).label(), nodes.get(j).label(), kind));
        }
      }
    }
    return links;
  }

  private static @Nullable Peer peer(Node node, Node other) {
    if (!node.isUp()) {
      return null;
    }
    return node.distribution().peers().stream()
        .filter(peer -> peer.up() && peer.node().equals(other.name()))
        .findFirst()
        .orElse(null);
  }

  private List<MessageMark> messages() {
    long now = System.nanoTime();
    flights.removeIf(flight -> now - flight.leavesAt() > FLIGHT_NANOS);
    return flights.stream()
        .filter(flight -> flight.leavesAt() - now <= 0)
        .map(
            flight ->
                new MessageMark(
                    flight.from(),
                    flight.to(),
                    (double) (now - flight.leavesAt()) / FLIGHT_NANOS,
                    flight.label()))
        .toList();
  }
}
