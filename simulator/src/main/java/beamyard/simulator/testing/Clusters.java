package beamyard.simulator.testing;

import beamyard.simulator.Fault;
import beamyard.simulator.FaultSchedule;
import beamyard.simulator.network.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Generators for jqwik. Everything shrinks: to fewer nodes, fewer and earlier faults, simpler ones. */
public final class Clusters {
  private static final List<String> NAMES =
      List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi");
  private static final long NANOS_A_MILLI = 1_000_000;

  private Clusters() {}

  /** The names of so many nodes, two at least and eight at most. */
  public static Arbitrary<List<String>> names(int least, int most) {
    if (least < 2 || most > NAMES.size() || least > most) {
      throw new IllegalArgumentException(
          "names of "
              + least
              + " to "
              + most
              + " nodes: needs 2 <= least <= most <= "
              + NAMES.size());
    }
    return Arbitraries.integers().between(least, most).map(count -> NAMES.subList(0, count));
  }

  /** Two groups or more of some nodes, all nodes in one of them. */
  public static Arbitrary<List<List<String>>> partitions(List<String> nodes) {
    return Arbitraries.integers()
        .between(0, nodes.size() - 1)
        .list()
        .ofSize(nodes.size())
        .filter(groups -> groups.stream().distinct().count() > 1)
        .map(groups -> grouped(nodes, groups));
  }

  private static List<List<String>> grouped(List<String> nodes, List<Integer> groupOf) {
    var groups = new ArrayList<List<String>>();
    for (int group : groupOf.stream().distinct().sorted().toList()) {
      var members = new ArrayList<String>();
      for (int i = 0; i < nodes.size(); i++) {
        if (groupOf.get(i) == group) {
          members.add(nodes.get(i));
        }
      }
      groups.add(List.copyOf(members));
    }
    return List.copyOf(groups);
  }

  /** Two different nodes. */
  private static Arbitrary<List<String>> pairs(List<String> nodes) {
    return Arbitraries.of(nodes).list().uniqueElements().ofSize(2);
  }

  /** Any fault of nodes that are known from the start; some will be impossible when their time comes. */
  public static Arbitrary<Fault> faults(List<String> nodes) {
    Arbitrary<String> node = Arbitraries.of(nodes);
    Arbitrary<List<String>> pair = pairs(nodes);
    return Arbitraries.oneOf(
        Arbitraries.just(new Fault.Heal(Optional.empty())),
        partitions(nodes).map(groups -> new Fault.Partition(Optional.empty(), groups)),
        Combinators.combine(partitions(nodes), Arbitraries.longs().between(1, 400))
            .as((groups, millis) -> new Fault.Blip(groups, millis * NANOS_A_MILLI)),
        pair.map(ends -> new Fault.Block(ends.get(0), ends.get(1))),
        pair.map(ends -> new Fault.Unblock(ends.get(0), ends.get(1))),
        pair.map(ends -> new Fault.Reset(ends.get(0), ends.get(1))),
        pair.map(ends -> new Fault.Hold(ends.get(0), ends.get(1))),
        Arbitraries.just(new Fault.ReleaseAll()),
        Combinators.combine(pair, latencies())
            .as((ends, latency) -> new Fault.Delay(ends.get(0), ends.get(1), latency)),
        node.map(Fault.Crash::new),
        node.map(Fault.Restart::new),
        node.map(Fault.Start::new),
        node.map(Fault.Stop::new),
        node.map(Fault.Pause::new),
        node.map(Fault.Resume::new));
  }

  /** Latencies of all four shapes, up to some tens of milliseconds mostly. */
  public static Arbitrary<Latency> latencies() {
    Arbitrary<Long> millis = Arbitraries.longs().between(1, 50);
    return Arbitraries.oneOf(
        millis.map(each -> new Latency.Constant(each * NANOS_A_MILLI)),
        millis.map(each -> new Latency.Uniform(0, each * NANOS_A_MILLI)),
        millis.map(each -> new Latency.Exponential(0, each * NANOS_A_MILLI)),
        millis.map(each -> new Latency.LongTail(each * NANOS_A_MILLI)));
  }

  /** Faults of some nodes over some seconds. */
  public static Arbitrary<FaultSchedule> schedules(
      List<String> nodes, int mostFaults, int seconds) {
    return Combinators.combine(Arbitraries.longs().between(0, seconds * 1000L), faults(nodes))
        .as(FaultSchedule.Step::new)
        .list()
        .ofMaxSize(mostFaults)
        .map(Clusters::inOrder);
  }

  private static FaultSchedule inOrder(List<FaultSchedule.Step> steps) {
    var sorted = new ArrayList<>(steps);
    sorted.sort((one, other) -> Long.compare(one.atMillis(), other.atMillis()));
    return new FaultSchedule(sorted);
  }
}
