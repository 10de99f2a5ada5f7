package beamyard.simulator.exploration;

import beamyard.simulator.distribution.DistributionFact;
import beamyard.simulator.process.ProcessFact;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
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
  private record Begun(Pid holder, long atNanos) {}

  private Registrations() {}

  /** The holders whose node was in a connection that ended while they registered. */
  static List<Pid> disturbed(List<FactList.Dated> facts) {
    var underWay = new LinkedHashMap<Pid, Begun>();
    var ends = new LinkedHashMap<Pid, long[]>();
    var downs = new ArrayList<FactList.Dated>();
    for (FactList.Dated dated : facts) {
      switch (dated.fact()) {
        case ProcessFact.MessageSent(Pid from, _, Tuple told)
            when told.size() == 3 && told.get(0) == Workload.REGISTERING ->
            underWay.put(from, new Begun(from, dated.atNanos()));
        case ProcessFact.MessageSent(Pid from, _, Tuple told)
            when told.size() == 3 && told.get(0) == Workload.REGISTERED -> {
          Begun begun = underWay.remove(from);
          if (begun != null) {
            ends.put(from, new long[] {begun.atNanos, dated.atNanos()});
          }
        }
        case DistributionFact.NodeDown _ -> downs.add(dated);
        default -> {}
      }
    }
    underWay
        .values()
        .forEach(begun -> ends.put(begun.holder, new long[] {begun.atNanos, Long.MAX_VALUE}));
    var disturbed = new ArrayList<Pid>();
    ends.forEach(
        (holder, times) -> {
          boolean cutInto =
              downs.stream()
                  .anyMatch(
                      down ->
                          down.atNanos() >= times[0]
                              && down.atNanos() <= times[1]
                              && names(down, holder.node()));
          if (cutInto) {
            disturbed.add(holder);
          }
        });
    return disturbed;
  }

  private static boolean names(FactList.Dated down, Atom node) {
    return down.fact() instanceof DistributionFact.NodeDown(Atom one, Atom other, _, _)
        && (one == node || other == node);
  }
}
