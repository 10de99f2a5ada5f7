package beamyard.simulator.exploration;

import beamyard.simulator.NodeFact;
import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.FactList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * No global lock is held by two at a time, as far as {@code :global} promises it: of two holders whose times overlap there is
 * no node on which both set the lock and that stayed connected to both, each way, from when they asked for it.
 */
public final class LockExclusion {
  private static final long NEVER = Long.MAX_VALUE;

  private record Holding(Pid holder, Term resource, List<Term> nodes, long asked, long got) {}

  /** When a node was connected to another, by pairs of instants. */
  private final LinkedHashMap<List<Atom>, List<long[]>> connected = new LinkedHashMap<>();

  private final LinkedHashMap<Pid, Long> asked = new LinkedHashMap<>();
  private final LinkedHashMap<Pid, Holding> holding = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();

  private LockExclusion() {}

  /** What is wrong in a recording of a workload's lockers; empty if nothing is. */
  public static List<String> check(List<FactList.Dated> facts) {
    var check = new LockExclusion();
    var ordered = new ArrayList<>(facts);
    ordered.sort((one, other) -> Long.compare(one.atNanos(), other.atNanos()));
    ordered.forEach(check::take);
    return check.wrong;
  }

  private void take(FactList.Dated dated) {
    switch (dated.fact()) {
      case DistributionFact.NodeUp(Atom node, Atom peer, _, _) ->
          connected
              .computeIfAbsent(List.of(node, peer), _ -> new ArrayList<>())
              .add(new long[] {dated.atNanos(), NEVER});
      case DistributionFact.NodeDown(Atom node, Atom peer, _, _) ->
          end(node, peer, dated.atNanos());
      case NodeFact.NodeKilled(String label) -> died(label, dated.atNanos());
      case NodeFact.NodeExited(String label) -> died(label, dated.atNanos());
      case ProcessFact.ProcessExited(Pid pid, _) -> holding.remove(pid);
      case ProcessFact.MessageSent(Pid from, _, Tuple told) when told.size() == 3 -> {
        if (told.get(0) == Workload.LOCKING) {
          asked.put(from, dated.atNanos());
        } else if (told.get(0) == Workload.LOCKED && told.get(2) instanceof ListTerm nodes) {
          got(
              new Holding(
                  from,
                  told.get(1),
                  nodes.toList(),
                  asked.getOrDefault(from, dated.atNanos()),
                  dated.atNanos()));
        } else if (told.get(0) == Workload.UNLOCKED) {
          holding.remove(from);
        }
      }
      default -> {}
    }
  }

  /** A node is dead: it holds nothing, and keeps nobody's lock. */
  private void died(String label, long atNanos) {
    String beginning = label + "@";
    holding.keySet().removeIf(holder -> holder.node().name().startsWith(beginning));
    for (List<Atom> pair : connected.keySet()) {
      if (pair.getFirst().name().startsWith(beginning)) {
        end(pair.getFirst(), pair.getLast(), atNanos);
      }
    }
  }

  private void end(Atom node, Atom peer, long atNanos) {
    List<long[]> times = connected.get(List.of(node, peer));
    if (times != null && times.getLast()[1] == NEVER) {
      times.getLast()[1] = atNanos;
    }
  }

  private void got(Holding mine) {
    for (Holding other : holding.values()) {
      if (other.resource.equals(mine.resource)) {
        for (Term node : mine.nodes) {
          if (node instanceof Atom name
              && other.nodes.contains(node)
              && keptFor(name, other, mine.got)
              && keptFor(name, mine, mine.got)) {
            wrong.add(
                mine.resource
                    + " is locked on "
                    + name
                    + " by "
                    + other.holder
                    + " and "
                    + mine.holder);
          }
        }
      }
    }
    holding.put(mine.holder, mine);
  }

  /** Whether a node must have kept a holder's lock from when it was asked for. */
  private boolean keptFor(Atom node, Holding holding, long until) {
    if (node == holding.holder.node()) {
      return true;
    }
    Atom holders = holding.holder.node();
    return wereConnected(node, holders, holding.asked, until)
        && wereConnected(holders, node, holding.asked, until);
  }

  /** Whether a node saw another, without a break, from one instant to another. */
  private boolean wereConnected(Atom node, Atom peer, long from, long until) {
    for (long[] time : connected.getOrDefault(List.of(node, peer), List.of())) {
      if (time[0] <= from && time[1] > until) {
        return true;
      }
    }
    return false;
  }
}
