package beamyard.simulator.exploration;

import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.FactList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Which registrations of global names were cut into. OTP does not promise that nodes agree on the name then, not even when all
 * are connected again: a node that lost the registrar's lock to a nodedown, and gets the registration over a new connection,
 * answers {@code yes} and forgets the name at once ({@code lock_still_set} in OTP 25's {@code global}), while a node that never
 * had the lock keeps it; and a later exchange passes on only what was new to the node that made it. Where partitions may
 * overlap, OTP promises no agreement at all.
 */
final class Registrations {
  private record Begun(Term name, Pid holder, long atNanos) {}

  private record Ended(Begun begun, long atNanos) {}

  private Registrations() {}

  /** The names of which a holder's node was in a connection that ended while the holder registered. */
  static List<Term> disturbed(List<FactList.Dated> facts) {
    var underWay = new LinkedHashMap<Pid, Begun>();
    var ended = new ArrayList<Ended>();
    var downs = new ArrayList<FactList.Dated>();
    for (FactList.Dated dated : facts) {
      switch (dated.fact()) {
        case ProcessFact.MessageSent(Pid from, _, Tuple told)
            when told.size() == 3 && told.get(0) == Workload.REGISTERING ->
            underWay.put(from, new Begun(told.get(1), from, dated.atNanos()));
        case ProcessFact.MessageSent(Pid from, _, Tuple told)
            when told.size() == 3 && told.get(0) == Workload.REGISTERED -> {
          Begun begun = underWay.remove(from);
          if (begun != null) {
            ended.add(new Ended(begun, dated.atNanos()));
          }
        }
        case DistributionFact.NodeDown _ -> downs.add(dated);
        default -> {}
      }
    }
    underWay.values().forEach(begun -> ended.add(new Ended(begun, Long.MAX_VALUE)));
    var disturbed = new ArrayList<Term>();
    for (Ended each : ended) {
      boolean cutInto =
          downs.stream()
              .anyMatch(
                  down ->
                      down.atNanos() >= each.begun.atNanos
                          && down.atNanos() <= each.atNanos
                          && names(down, each.begun.holder.node()));
      if (cutInto) {
        disturbed.add(each.begun.name);
      }
    }
    return disturbed;
  }

  private static boolean names(FactList.Dated down, Atom node) {
    return down.fact() instanceof DistributionFact.NodeDown(Atom one, Atom other, _, _)
        && (one == node || other == node);
  }
}
