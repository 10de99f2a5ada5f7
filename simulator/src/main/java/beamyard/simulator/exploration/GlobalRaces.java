package beamyard.simulator.exploration;

import beamyard.simulator.Beliefs;
import beamyard.simulator.Beliefs.OfNode;
import beamyard.simulator.NodeFact;
import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.process.LogReport;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.FactList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What OTP 25's {@code :global} leaves behind when connections break in the middle of its work, found in a recording. OTP
 * leaves it for good; only ending the connection and connecting again mends it. There are eight such races: {@link Storms} is
 * about one, the others are told here by functions of {@code global.erl} of kernel 8.5.
 *
 * <ol>
 *   <li><b>A node is forgotten by a connected one.</b> Of two connected nodes X and Y, Y does not know X (its name is not in
 *       {@code known}); then {@code sync} on either waits for ever, names do not travel, and neither heeds what the other asks
 *       of it ({@code is_node_potentially_known}). It comes about in four ways.
 *       <ul>
 *         <li>X learns of Y from a third node ({@code resolved}, {@code new_nodes}), and the {@code new_nodes} for Y is lost
 *             with a connection of Y. X begins no exchange with a node it knows ({@code handle_nodeup}), and its {@code
 *             in_sync} ends the one that Y began.
 *         <li>Y learns of X while it still has a connection to X that X has lost, or one that will not come up. The end of
 *             that one ({@code handle_nodedown}) makes Y forget X; over the next X begins no exchange.
 *         <li>X and Y begin an exchange while an {@code in_sync} of X, from before it forgot Y, is under way. It ends Y's side
 *             alone, which then drops X's {@code lock_set}. X's locker waits with both partitions locked, so that none of
 *             their nodes gets to know another.
 *         <li>Two losses cross: X and Y ask each other to be removed ({@code lost_connection}). Each has already forgotten the
 *             other when it gets {@code remove_connection}, and so keeps the connection.
 *       </ul>
 *       A node that meets Y is told to those whom Y knows ({@code new_nodes}), which X is not: the two stay apart, also when Y
 *       is gone.
 *   <li><b>A lock is left on a node.</b> A locker locks the greatest node that it knows, and only then reads that this one is
 *       lost ({@code lock_nodes_safely}); or a registrar locks all nodes that it knew, one of which was lost meanwhile, finds
 *       that it knows another one now, and gives back the lock of the greatest alone ({@code set_lock_known}); the next time
 *       the lost one is not among them. If a new connection carried the lock, nobody gives it back, and the node exchanges
 *       names with nobody for as long as the connection lasts.
 *   <li><b>A node is asked to leave by one without a connection to it.</b> {@code remove_connection}, sent while the connection
 *       is being set up, waits for it and reaches the next incarnation; and the mark {@code removing} that its sender sets
 *       stays, so that the sender tells nobody of the next loss.
 *   <li><b>A request to leave comes late.</b> {@code remove_connection} is under way in a cut that has not been noticed, while the
 *       two nodes come to know each other again by way of others, each finding that it is still connected. It then parts them,
 *       and both have marked the other {@code removing}, so that nobody is told. Those that join one of them later stay apart
 *       from the other, too.
 *   <li><b>A name is changed on a node that was lost meanwhile.</b> The registrar asks which nodes are known, locks them, and
 *       tells them of the change by {@code gen_server:multi_call}, which makes a new connection where one is gone. On the node
 *       at its other end the lock is gone, so that {@code lock_still_set} has the name deleted again; or it was never set, and
 *       the name is overwritten there alone; or it is set anew, but the node is not known yet, and its own partition hears
 *       nothing. Later exchanges pass on only what is new to the node that makes them.
 *   <li><b>A name is passed on by a node that its holder's node has lost, or that loses it</b> before the one told has a
 *       connection there. When the passer notices, it deletes the name ({@code nodedown} ends its monitor); those that it told
 *       keep it, and later exchanges find nothing new.
 * </ol>
 */
final class GlobalRaces {
  private static final Atom DEL_LOCK = Atom.of("del_lock");
  private static final Term DISCONNECTED = Bits.of("disconnected");
  private static final Atom EXCHANGE = Atom.of("exchange");
  private static final Atom GEN_CALL = Atom.of("$gen_call");
  private static final Atom GEN_CAST = Atom.of("$gen_cast");
  private static final Atom GLOBAL = Atom.of("global");
  private static final Atom IN_SYNC = Atom.of("in_sync");
  private static final Atom INIT_CONNECT = Atom.of("init_connect");
  private static final Atom LOCK_SET = Atom.of("lock_set");
  private static final Atom NEW_NODES = Atom.of("new_nodes");
  private static final Atom OVERLAP_DISCONNECT = Atom.of("overlap_disconnect");
  private static final Atom REGISTER = Atom.of("register");
  private static final Atom RESOLVED = Atom.of("resolved");
  private static final Atom SET_LOCK = Atom.of("set_lock");
  private static final Atom TRANS_ALL_KNOWN = Atom.of("trans_all_known");
  private static final Atom UNREGISTER = Atom.of("unregister");

  private record Pair(Atom node, Atom peer) {}

  private record LeftLock(Atom node, Pid locker) {}

  private record PassedOn(Term name, Atom holder, Atom passer, Atom told) {}

  /** By pairs: since when the one has been connected to the other. */
  private final LinkedHashMap<Pair, Long> connected = new LinkedHashMap<>();

  /** By pairs: when the name server of the one was told of the other by a third, first since it last lost it. */
  private final LinkedHashMap<Pair, Long> told = new LinkedHashMap<>();

  /** By pairs: when the one last lost the other, or could not connect to it. */
  private final LinkedHashMap<Pair, Long> lost = new LinkedHashMap<>();

  /** The pairs of which the one was told of the other and then lost it. */
  private final LinkedHashSet<Pair> toldThenLost = new LinkedHashSet<>();

  /** By pairs: when the name server of the one gave the other up. */
  private final LinkedHashMap<Pair, Long> givenUp = new LinkedHashMap<>();

  /** By pairs: that the one has begun an exchange with the other. */
  private final LinkedHashSet<Pair> exchanging = new LinkedHashSet<>();

  /** Exchanges of which the first node's side was ended by {@code in_sync} of the second. */
  private final LinkedHashSet<Pair> cutShort = new LinkedHashSet<>();

  /** Exchanges that were cut short and whose second node waits with its locks set. */
  private final LinkedHashSet<Pair> stuck = new LinkedHashSet<>();

  /** By pairs: that the name server of the one knows the other. */
  private final LinkedHashSet<Pair> knows = new LinkedHashSet<>();

  /**
   * Nodes that stay apart though nothing that is left tells why: the one met a node that had forgotten the other, which knew
   * it; or the one heeded a request to leave from before the other came to know it again.
   */
  private final LinkedHashSet<Pair> apart = new LinkedHashSet<>();

  /** Locks that lockers and registrars have set on nodes which do not know theirs and are no party to the exchange. */
  private final LinkedHashSet<LeftLock> leftLocks = new LinkedHashSet<>();

  private final LinkedHashSet<Atom> askedWithoutConnection = new LinkedHashSet<>();

  /** By registrars: when they began what they are doing. */
  private final LinkedHashMap<Pid, Long> begun = new LinkedHashMap<>();

  /** Names that a node was told without being connected to their holders' nodes; it may come to be so. */
  private final LinkedHashSet<PassedOn> passedOn = new LinkedHashSet<>();

  private final LinkedHashSet<Term> namesAstray = new LinkedHashSet<>();
  private final LinkedHashSet<String> up = new LinkedHashSet<>();
  private boolean livingLost;

  private GlobalRaces() {}

  /** The races of a recording. */
  static GlobalRaces in(List<FactList.Dated> facts) {
    var races = new GlobalRaces();
    var ordered = new ArrayList<>(facts);
    ordered.sort((one, other) -> Long.compare(one.atNanos(), other.atNanos()));
    ordered.forEach(races::take);
    return races;
  }

  /** The names on which nodes may differ for good (the last two races told above). */
  Set<Term> namesAstray() {
    return namesAstray;
  }

  /** Whether a node was asked to leave by one without a connection to it (the third race). */
  boolean wasAskedWithoutConnection(Atom node) {
    return askedWithoutConnection.contains(node);
  }

  /** Whether a connection between two nodes ended that both lived on. */
  boolean livingNodesLostEachOther() {
    return livingLost;
  }

  /** Whether the recording tells how a node came to forget one that it is connected to (the first race). */
  boolean explainsForgetting(Atom node, Atom forgotten) {
    var here = new Pair(node, forgotten);
    boolean removedInVain =
        givenUp.getOrDefault(here, Long.MIN_VALUE) >= connected.getOrDefault(here, Long.MAX_VALUE);
    Long otherTold = told.get(new Pair(forgotten, node));
    return removedInVain
        || !stuck.isEmpty()
        || !leftLocks.isEmpty()
        || otherTold != null && (toldThenLost.contains(here) || lostAnother(here, otherTold));
  }

  /** Whether a node lost a third, or a third lost it, at an instant or later. */
  private boolean lostAnother(Pair pair, long sinceNanos) {
    for (Map.Entry<Pair, Long> loss : lost.entrySet()) {
      Pair ends = loss.getKey();
      boolean isAnother =
          ends.node() == pair.node() && ends.peer() != pair.peer()
              || ends.peer() == pair.node() && ends.node() != pair.peer();
      if (isAnother && loss.getValue() >= sinceNanos) {
        return true;
      }
    }
    return false;
  }

  /** Whether two nodes were parted by what nothing but the recording tells of any more (the first and the fourth race). */
  boolean stayApart(Atom one, Atom other) {
    return apart.contains(new Pair(one, other)) || apart.contains(new Pair(other, one));
  }

  /** The connections of which one end does not know the other: pairs of a node and the one it has forgotten. */
  static List<List<Atom>> forgotten(Beliefs cluster) {
    var forgotten = new ArrayList<List<Atom>>();
    for (OfNode node : cluster.up()) {
      for (Atom peer : node.visible()) {
        if (cluster.up(peer).isPresent() && !node.known().contains(peer)) {
          forgotten.add(List.of(node.name(), peer));
        }
      }
    }
    return forgotten;
  }

  /**
   * Whether a node has joined one that stays apart from another, and so stays apart from it as well: a third sees that one
   * and the other.
   */
  boolean joinedOneApart(Beliefs cluster, Atom node, Atom third, Atom other) {
    for (OfNode each : cluster.up()) {
      if (each.visible().contains(node)
          && each.visible().contains(third)
          && !each.visible().contains(other)
          && stayApart(each.name(), other)) {
        return true;
      }
    }
    return false;
  }

  private void take(FactList.Dated dated) {
    long at = dated.atNanos();
    switch (dated.fact()) {
      case DistributionFact.NodeUp(Atom node, Atom peer, _, _) -> {
        connected.put(new Pair(node, peer), at);
        passedOn.removeIf(each -> each.told() == node && each.holder() == peer);
        apart.remove(new Pair(node, peer));
        apart.remove(new Pair(peer, node));
      }
      case DistributionFact.NodeDown(Atom node, Atom peer, _, _) -> {
        connected.remove(new Pair(node, peer));
        goAstray(node, peer);
        stuck.remove(new Pair(peer, node));
        leftLocks.removeIf(lock -> lock.node() == node && lock.locker().node() == peer);
        exchanging.remove(new Pair(node, peer));
        cutShort.remove(new Pair(node, peer));
        livingLost |= up.contains(labelOf(peer));
        lost(new Pair(node, peer), at);
      }
      case DistributionFact.ConnectionFailed(Atom node, Atom peer, _) ->
          lost(new Pair(node, peer), at);
      case NodeFact.NodeStarted(String label) -> up.add(label);
      case NodeFact.NodeKilled(String label) -> ended(label);
      case NodeFact.NodeExited(String label) -> ended(label);
      case ProcessFact.MessageReceived(Pid by, Tuple message)
          when message.isTagged(GEN_CAST, 2) && message.get(1) instanceof Tuple cast ->
          onCast(by.node(), cast, at);
      case ProcessFact.MessageReceived(Pid by, Tuple message)
          when message.isTagged(GEN_CALL, 3)
              && message.get(1) instanceof Tuple from
              && from.get(0) instanceof Pid registrar
              && message.get(2) instanceof Tuple request ->
          onCall(by.node(), registrar, request, at);
      case ProcessFact.MessageReceived(Pid by, Tuple message)
          when message.isTagged(TRANS_ALL_KNOWN, 3) ->
          begun.put(by, at);
      case ProcessFact.ReportLogged(LogReport report) when report.kind() == OVERLAP_DISCONNECT ->
          givenUp(report, at);
      default -> {}
    }
  }

  private static String labelOf(Atom node) {
    return node.name().substring(0, node.name().indexOf('@'));
  }

  private void lost(Pair pair, long at) {
    lost.put(pair, at);
    knows.remove(pair);
    if (told.remove(pair) != null) {
      toldThenLost.add(pair);
    }
  }

  /** All that a node believed is gone with it. */
  private void ended(String label) {
    up.remove(label);
    String beginning = label + "@";
    stuck.removeIf(pair -> pair.peer().name().startsWith(beginning));
    leftLocks.removeIf(lock -> lock.node().name().startsWith(beginning));
    apart.removeIf(pair -> pair.peer().name().startsWith(beginning));
    for (var pairs : List.of(exchanging, cutShort, knows, apart)) {
      pairs.removeIf(pair -> pair.node().name().startsWith(beginning));
    }
    for (var pairs : List.of(connected, told, lost, givenUp)) {
      pairs.keySet().removeIf(pair -> pair.node().name().startsWith(beginning));
    }
    toldThenLost.removeIf(pair -> pair.node().name().startsWith(beginning));
  }

  /**
   * {@code {exchange, Node, Names, ...}}, {@code {resolved, Node, _, Known, ...}}, {@code {new_nodes, Node, _, _, Nodes, ...}}, {@code {init_connect, _, Node, _}},
   * {@code {in_sync, Node, _}} or {@code {lock_set, Locker, ...}}.
   */
  private void onCast(Atom node, Tuple cast, long at) {
    if (cast.isTagged(EXCHANGE, 5)
        && cast.get(1) instanceof Atom peer
        && cast.get(2) instanceof ListTerm names) {
      passedOn(node, peer, names);
    } else if (cast.isTagged(INIT_CONNECT, 4) && cast.get(2) instanceof Atom peer) {
      exchanging.add(new Pair(node, peer));
      cutShort.remove(new Pair(node, peer));
    } else if (cast.isTagged(IN_SYNC, 3)
        && cast.get(1) instanceof Atom peer
        && exchanging.remove(new Pair(node, peer))) {
      cutShort.add(new Pair(node, peer));
    } else if (cast.isTagged(LOCK_SET, 5)
        && cast.get(1) instanceof Pid locker
        && cutShort.contains(new Pair(node, locker.node()))) {
      stuck.add(new Pair(node, locker.node()));
    }
    Term news =
        cast.isTagged(RESOLVED, 7)
            ? cast.get(3)
            : cast.isTagged(NEW_NODES, 6) ? cast.get(4) : ListTerm.empty();
    if (cast.isTagged(RESOLVED, 7) && cast.get(1) instanceof Atom peer) {
      knows.add(new Pair(node, peer));
      leavesOut(node, peer, cast.get(3));
    }
    for (Atom peer : nodesOf(news)) {
      told.putIfAbsent(new Pair(node, peer), at);
      knows.add(new Pair(node, peer));
    }
  }

  /** A node ends an exchange, and tells those whom it knows: one that it has forgotten hears nothing. */
  private void leavesOut(Atom node, Atom met, Term metWith) {
    for (Pair knowing : knows) {
      Atom out = knowing.node();
      if (knowing.peer() == node
          && out != met
          && told.containsKey(knowing)
          && toldThenLost.contains(new Pair(node, out))
          && !knows.contains(new Pair(node, out))) {
        apart.add(new Pair(out, met));
        nodesOf(metWith).forEach(each -> apart.add(new Pair(out, each)));
      }
    }
    apart.removeIf(connected::containsKey);
  }

  /** The nodes of {@code [{Node, Version}]}. */
  private static List<Atom> nodesOf(Term versioned) {
    var nodes = new ArrayList<Atom>();
    if (versioned instanceof ListTerm list) {
      for (Term each : list) {
        if (each instanceof Tuple pair && pair.get(0) instanceof Atom node) {
          nodes.add(node);
        }
      }
    }
    return nodes;
  }

  /** A node passes on {@code [{Name, Pid, Resolver}]}. */
  private void passedOn(Atom node, Atom passer, ListTerm names) {
    for (Term each : names) {
      if (each instanceof Tuple name
          && name.get(1) instanceof Pid holder
          && holder.node() != passer) {
        if (!connected.containsKey(new Pair(holder.node(), passer))) {
          namesAstray.add(name.get(0));
        } else if (!connected.containsKey(new Pair(node, holder.node()))) {
          passedOn.add(new PassedOn(name.get(0), holder.node(), passer, node));
        }
      }
    }
  }

  /** A node loses another: what it has passed on of the other's names to one that is not connected there, it deletes itself. */
  private void goAstray(Atom passer, Atom holder) {
    for (PassedOn each : passedOn) {
      if (each.passer() == passer && each.holder() == holder) {
        namesAstray.add(each.name());
      }
    }
  }

  /** {@code {register, Name, _, _}}, {@code {unregister, Name}}, {@code {set_lock, Id}} or {@code {del_lock, Id}}. */
  private void onCall(Atom node, Pid from, Tuple request, long at) {
    if (request.isTagged(REGISTER, 4) || request.isTagged(UNREGISTER, 2)) {
      if (haveLostEachOther(node, from.node(), begun.getOrDefault(from, at))) {
        namesAstray.add(request.get(1));
      }
    } else if (request.isTagged(DEL_LOCK, 2)) {
      leftLocks.remove(new LeftLock(node, from));
    } else if (request.isTagged(SET_LOCK, 2)
        && request.get(1) instanceof Tuple id
        && id.isTagged(GLOBAL, 2)
        && isOfAThird(id.get(1), node)
        && !knows.contains(new Pair(node, from.node()))) {
      leftLocks.add(new LeftLock(node, from));
    }
  }

  /** Whether a lock is one of a registrar, or of two lockers neither of which is of a node. */
  private static boolean isOfAThird(Term requester, Atom node) {
    return requester instanceof Pid
        || requester instanceof ListTerm lockers
            && lockers.toList().stream()
                .noneMatch(each -> each instanceof Pid pid && pid.node() == node);
  }

  private boolean haveLostEachOther(Atom one, Atom other, long sinceNanos) {
    return Math.max(
            lost.getOrDefault(new Pair(one, other), Long.MIN_VALUE),
            lost.getOrDefault(new Pair(other, one), Long.MIN_VALUE))
        >= sinceNanos;
  }

  /** {@code {Node, What, Peer}}: a name server has a connection removed. */
  private void givenUp(LogReport report, long at) {
    if (report.details() instanceof Tuple details
        && details.get(0) instanceof Atom node
        && details.get(2) instanceof Atom peer) {
      var pair = new Pair(node, peer);
      if (details.get(1).equals(DISCONNECTED) && knows.contains(new Pair(peer, node))) {
        apart.add(pair);
      }
      givenUp.put(pair, at);
      knows.remove(pair);
      if (!connected.containsKey(pair)) {
        askedWithoutConnection.add(peer);
      }
    }
  }
}
