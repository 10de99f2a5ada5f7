package beamyard.simulator.exploration;

import beamyard.simulator.Beliefs;
import beamyard.simulator.Cluster;
import beamyard.simulator.Node;
import beamyard.simulator.PendingCall;
import beamyard.simulator.process.NodeLink.NodeKind;
import beamyard.simulator.term.Atom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All nodes of a cluster without faults connecting to all, and synchronising, until they are one mesh. Connections that
 * {@code :global} has forgotten at one of their ends are ended on the way, if a race explains them ({@link GlobalRaces}):
 * nothing else brings such nodes together.
 */
final class Reconnection {
  private static final int ROUNDS = 5;
  private static final Duration LONGEST_SYNC = Duration.ofSeconds(60);
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Storms storms;
  private final Bites bites;
  private final List<String> wrong = new ArrayList<>();

  Reconnection(Cluster cluster, Storms storms, Bites bites) {
    this.cluster = cluster;
    this.storms = storms;
    this.bites = bites;
  }

  /** Connects; answers what is wrong, which is nothing if all nodes end up in one mesh whose nodes know each other. */
  List<String> run() {
    for (int round = 0; round < ROUNDS && wrong.isEmpty(); round++) {
      connectAll();
      List<String> waiting = synchronise();
      cluster.run(SETTLING);
      List<List<Atom>> forgotten = GlobalRaces.forgotten(cluster.beliefs());
      if (waiting.isEmpty() && forgotten.isEmpty() && isWhole()) {
        return List.of();
      }
      bites.remark(Bites.Remark.IN_VAIN);
      if (forgotten.isEmpty()) {
        waiting.forEach(node -> wrong.add("global:sync on " + node + " never ends"));
      } else {
        disconnect(forgotten);
      }
    }
    if (wrong.isEmpty()) {
      wrong.add("connecting and synchronising " + ROUNDS + " times gives no mesh");
    }
    return wrong;
  }

  private List<String> up() {
    return cluster.simulation().nodes().stream().filter(Node::isUp).map(Node::label).toList();
  }

  private void connectAll() {
    for (String node : up()) {
      for (String other : up()) {
        if (!node.equals(other)) {
          cluster.connect(node, other);
        }
      }
    }
  }

  /** The nodes on which {@code global:sync} does not end. */
  private List<String> synchronise() {
    var under = new LinkedHashMap<String, PendingCall>();
    up().forEach(node -> under.put(node, cluster.begin(node, "global", "sync")));
    long latest = cluster.simulation().now() + LONGEST_SYNC.toNanos();
    while (cluster.simulation().now() < latest && !haveEnded(under)) {
      cluster.simulation().runUntil(() -> haveEnded(under) || storms.isDue(), latest);
      storms.end();
    }
    return under.entrySet().stream()
        .filter(sync -> sync.getValue().outcome().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean haveEnded(Map<String, PendingCall> calls) {
    return calls.values().stream().allMatch(call -> call.outcome().isPresent());
  }

  private boolean isWhole() {
    int others = up().size() - 1;
    return cluster.simulation().nodes().stream()
        .filter(Node::isUp)
        .allMatch(node -> node.distribution().nodes(List.of(NodeKind.VISIBLE)).size() == others);
  }

  private void disconnect(List<List<Atom>> forgotten) {
    GlobalRaces races = GlobalRaces.in(cluster.facts());
    Beliefs now = cluster.beliefs();
    for (List<Atom> pair : forgotten) {
      if (races.explainsForgetting(pair.get(0), pair.get(1))) {
        String node = now.up(pair.get(0)).orElseThrow().label();
        String other = now.up(pair.get(1)).orElseThrow().label();
        cluster.disconnect(node, other);
        bites.remark(Bites.Remark.FORGOTTEN);
      } else {
        wrong.add(
            pair.get(0) + " is connected to " + pair.get(1) + ", which its global does not know");
      }
    }
    cluster.run(SETTLING);
  }
}
