package beamyard.simulator.testing;

import beamyard.simulator.Beliefs;
import beamyard.simulator.Beliefs.OfNode;
import beamyard.simulator.Node;
import beamyard.simulator.distribution.Distribution.Peer;
import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.kernel.KernelView;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.TermOrder;
import beamyard.simulator.trace.FactList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What always holds of a cluster, or holds once it is quiet, as plain methods over an observation or a recording. Each
 * answers what is wrong, in sentences; an empty list if nothing is.
 */
public final class Invariants {
  private Invariants() {}

  // Of a quiet cluster: faults over, 1.25 tick times passed.

  /** If one node sees another, that one sees it. */
  public static List<String> listsAreSymmetric(Beliefs cluster) {
    var wrong = new ArrayList<String>();
    for (OfNode node : cluster.up()) {
      for (Atom other : node.visible()) {
        cluster
            .up(other)
            .filter(peer -> !peer.visible().contains(node.name()))
            .ifPresent(
                _ -> wrong.add(node.name() + " lists " + other + ", which does not list it"));
      }
    }
    return wrong;
  }

  /** Every node that is listed lives, in the incarnation that is listed, with the other end of an open connection. */
  public static List<String> listedNodesAreConnected(Beliefs cluster) {
    var wrong = new ArrayList<String>();
    for (OfNode node : cluster.up()) {
      for (Peer peer : node.connections()) {
        OfNode other = cluster.up(peer.node()).orElse(null);
        if (other == null) {
          wrong.add(node.name() + " is connected to " + peer.node() + ", which is not up");
        } else if (other.creation() != peer.creation()) {
          wrong.add(node.name() + " is connected to a former " + peer.node());
        } else if (other.connections().stream().noneMatch(back -> back.node() == node.name())) {
          wrong.add(node.name() + " is connected to " + peer.node() + ", but not the other way");
        }
      }
    }
    return wrong;
  }

  /** Nodes that see each other through others see each other; for visible nodes that prevent overlap. */
  public static List<String> componentsAreCliques(Beliefs cluster) {
    var wrong = new ArrayList<String>();
    forGaps(
        cluster,
        (node, middle, far) ->
            wrong.add(node + " sees " + middle + ", which sees " + far + ", which it does not"));
    return wrong;
  }

  /** Takes what is missing in a clique. */
  @FunctionalInterface
  public interface GapConsumer {
    /** A node sees another, which sees a third, which the first does not see. */
    void accept(Atom node, Atom middle, Atom far);
  }

  /** Finds what keeps components from being cliques. */
  public static void forGaps(Beliefs cluster, GapConsumer gaps) {
    for (OfNode node : cluster.up()) {
      for (Atom middle : node.visible()) {
        for (Atom far : cluster.up(middle).map(OfNode::visible).orElse(List.of())) {
          if (far != node.name() && !node.visible().contains(far)) {
            gaps.accept(node.name(), middle, far);
          }
        }
      }
    }
  }

  /** All nodes of one cookie and kind of name see each other. */
  public static List<String> isOneMesh(Beliefs cluster) {
    var wrong = new ArrayList<String>();
    for (OfNode node : cluster.up()) {
      for (OfNode other : cluster.up()) {
        if (node != other
            && belongTogether(node, other)
            && !node.visible().contains(other.name())) {
          wrong.add(node.name() + " does not see " + other.name());
        }
      }
    }
    return wrong;
  }

  private static boolean belongTogether(OfNode one, OfNode other) {
    return one.settings().cookie().equals(other.settings().cookie())
        && one.settings().name().isPresent()
        && other.settings().name().isPresent()
        && one.settings().name().get().kind() == other.settings().name().get().kind();
  }

  /** Nodes that see each other know the same global names. */
  public static List<String> namesAgree(Beliefs cluster) {
    return namesAgree(cluster, _ -> true);
  }

  /** The same for some names only. */
  public static List<String> namesAgree(Beliefs cluster, Predicate<Term> which) {
    var wrong = new ArrayList<String>();
    forPairs(
        cluster,
        (one, other) -> {
          List<KernelView.GlobalName> mine = some(one, which);
          List<KernelView.GlobalName> theirs = some(other, which);
          if (!mine.equals(theirs)) {
            wrong.add("different names: " + mine + " and " + theirs);
          }
        });
    return wrong;
  }

  private static List<KernelView.GlobalName> some(KernelView kernel, Predicate<Term> which) {
    return kernel.names().stream().filter(name -> which.test(name.name())).toList();
  }

  /** Nodes that see each other know the same members of every group, in whatever order. */
  public static List<String> groupsAgree(Beliefs cluster) {
    var wrong = new ArrayList<String>();
    forPairs(
        cluster,
        (one, other) -> {
          Map<List<Term>, List<Pid>> mine = sorted(one.groups());
          Map<List<Term>, List<Pid>> theirs = sorted(other.groups());
          if (!mine.equals(theirs)) {
            wrong.add("different groups: " + mine + " and " + theirs);
          }
        });
    return wrong;
  }

  /** No lock is left. */
  public static List<String> nothingIsLocked(Beliefs cluster) {
    var wrong = new ArrayList<String>();
    for (OfNode node : cluster.up()) {
      node.kernel()
          .filter(kernel -> !kernel.locks().isEmpty())
          .ifPresent(kernel -> wrong.add("locks on " + node.name() + ": " + kernel.locks()));
    }
    return wrong;
  }

  private interface Pair {
    void compare(KernelView one, KernelView other);
  }

  private static void forPairs(Beliefs cluster, Pair pair) {
    for (OfNode node : cluster.up()) {
      for (Atom name : node.visible()) {
        OfNode other = cluster.up(name).orElse(null);
        if (other != null && node.label().compareTo(other.label()) < 0) {
          pair.compare(node.kernel().orElseThrow(), other.kernel().orElseThrow());
        }
      }
    }
  }

  /** Members by scope and group, in term order. */
  private static Map<List<Term>, List<Pid>> sorted(List<KernelView.Group> groups) {
    var sorted = new LinkedHashMap<List<Term>, List<Pid>>();
    for (KernelView.Group group : groups) {
      var members = new ArrayList<>(group.members());
      members.sort(TermOrder.STANDARD);
      sorted.put(List.of(group.scope(), group.name()), members);
    }
    return sorted;
  }

  // Of a recording.

  /** Every connection that came up was asked for by one of its ends since the last one of the two ended. */
  public static List<String> connectionsHaveACause(List<FactList.Dated> facts) {
    var wrong = new ArrayList<String>();
    var asked = new LinkedHashSet<List<Atom>>();
    for (FactList.Dated dated : facts) {
      switch (dated.fact()) {
        case DistributionFact.ConnectionStarted(Atom node, Atom peer) ->
            asked.add(List.of(node, peer));
        case DistributionFact.NodeUp(Atom node, Atom peer, _, _) -> {
          if (!asked.contains(List.of(node, peer)) && !asked.contains(List.of(peer, node))) {
            wrong.add(node + " and " + peer + " are connected and nobody asked for it");
          }
        }
        default -> {}
      }
    }
    return wrong;
  }

  /**
   * Messages from one process to another arrive in the order of sending, none twice; and of those that were sent on one
   * connection at most the last ones are lost.
   *
   * @param which the messages that are looked at; all different, as those of a workload that numbers them
   */
  public static List<String> messagesKeepTheirOrder(
      List<FactList.Dated> facts, Predicate<Term> which) {
    var wrong = new ArrayList<String>();
    var downs = new LinkedHashMap<List<Atom>, List<Long>>();
    for (FactList.Dated dated : facts) {
      switch (dated.fact()) {
        case DistributionFact.NodeDown(Atom node, Atom peer, _, _) ->
            downs.computeIfAbsent(List.of(node, peer), _ -> new ArrayList<>()).add(dated.atNanos());
        case DistributionFact.ConnectionFailed(Atom node, Atom peer, _) ->
            downs.computeIfAbsent(List.of(node, peer), _ -> new ArrayList<>()).add(dated.atNanos());
        default -> {}
      }
    }
    var sent = new LinkedHashMap<List<Pid>, List<SentMessage>>();
    var next = new LinkedHashMap<List<Pid>, Integer>();
    for (FactList.Dated dated : facts) {
      switch (dated.fact()) {
        case ProcessFact.MessageSent(Pid from, Address.OfProcess(Pid to), Term message)
            when which.test(message) -> {
          List<Long> ends = downs.getOrDefault(List.of(from.node(), to.node()), List.of());
          long connection = ends.stream().filter(at -> at <= dated.atNanos()).count();
          sent.computeIfAbsent(List.of(from, to), _ -> new ArrayList<>())
              .add(new SentMessage(message, connection));
        }
        case ProcessFact.MessageDelivered(Pid to, Pid from, Term message)
            when which.test(message) -> {
          List<Pid> pair = List.of(from, to);
          int after = next.getOrDefault(pair, 0);
          List<SentMessage> rest = sent.getOrDefault(pair, List.of());
          rest = rest.subList(after, rest.size());
          int skipped = 0;
          while (skipped < rest.size() && !rest.get(skipped).message.equals(message)) {
            skipped++;
          }
          if (skipped == rest.size()) {
            wrong.add(
                message + " of " + from + " reached " + to + " twice, out of order or unsent");
          } else {
            long connection = rest.get(skipped).connection;
            for (SentMessage lost : rest.subList(0, skipped)) {
              if (lost.connection == connection) {
                wrong.add(
                    lost.message + " of " + from + " to " + to + " is lost, a later one is not");
              }
            }
            next.put(pair, after + skipped + 1);
          }
        }
        default -> {}
      }
    }
    return wrong;
  }

  /** A message, with the number of connections that had ended when it was sent. */
  private record SentMessage(Term message, long connection) {}

  /** All that has to hold of a quiet cluster whose faults are over, whether or not anybody connected again. */
  public static List<String> ofAQuietCluster(Beliefs cluster) {
    var wrong = new ArrayList<String>();
    wrong.addAll(listsAreSymmetric(cluster));
    wrong.addAll(listedNodesAreConnected(cluster));
    boolean overlapPrevented =
        cluster.up().stream()
            .map(node -> node.settings().kernel())
            .allMatch(kernel -> kernel.connectAll() && kernel.preventOverlappingPartitions());
    if (overlapPrevented) {
      wrong.addAll(componentsAreCliques(cluster));
    }
    return wrong;
  }

  /** All that has to hold once all nodes are connected again and have synchronised. */
  public static List<String> ofAWholeCluster(Beliefs cluster) {
    return ofAWholeCluster(cluster, _ -> true);
  }

  /** The same, with some names only looked at. */
  public static List<String> ofAWholeCluster(Beliefs cluster, Predicate<Term> which) {
    var wrong = new ArrayList<>(ofAQuietCluster(cluster));
    for (OfNode node : cluster.nodes()) {
      if (node.state() == Node.State.PAUSED) {
        wrong.add(node.label() + " is still paused");
      }
    }
    wrong.addAll(isOneMesh(cluster));
    wrong.addAll(namesAgree(cluster, which));
    wrong.addAll(groupsAgree(cluster));
    wrong.addAll(nothingIsLocked(cluster));
    return wrong;
  }
}
