package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.FaultSchedule.Step;
import beamyard.simulator.network.HeldPacket;
import beamyard.simulator.testing.Clusters;
import beamyard.simulator.testing.Invariants;
import beamyard.simulator.trace.FactList;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FaultProperties {
  private static final List<String> NODES = List.of("alice", "bob", "carol");
  private static final KernelParameters QUICK =
      KernelParameters.DEFAULT.withNetTickTime(4).withNetSetupTime(2).withStartPg(true);

  @Provide
  Arbitrary<FaultSchedule> schedules() {
    return Clusters.schedules(NODES, 12, 20);
  }

  /** Faults of nodes that are there and of one that is not, with values that are and are not legal. */
  @Provide
  Arbitrary<List<Fault>> careless() {
    List<String> names = List.of("alice", "bob", "carol", "nobody");
    Arbitrary<String> name = Arbitraries.of(names);
    Arbitrary<Fault> odd =
        Arbitraries.oneOf(
            name.map(node -> new Fault.Block(node, "alice")),
            Combinators.combine(name, Arbitraries.integers().between(-5, 1010))
                .as((node, loss) -> new Fault.Lose(node, "bob", loss)),
            Combinators.combine(name, Arbitraries.of(-1.0, 0.0, 0.5, 3.0, 1e9)).as(Fault.Slow::new),
            Combinators.combine(name, Arbitraries.longs().between(-100, 100)).as(Fault.Skew::new),
            Arbitraries.longs().between(0, 4).map(Fault.Release::new),
            Arbitraries.longs().between(0, 4).map(Fault.Drop::new),
            Arbitraries.of("a", "b").map(cut -> new Fault.Heal(java.util.Optional.of(cut))),
            Arbitraries.of("a", "b")
                .map(
                    cut ->
                        new Fault.Partition(
                            java.util.Optional.of(cut),
                            List.of(List.of("alice"), List.of("bob", "carol")))));
    return Arbitraries.oneOf(odd, Clusters.faults(names)).list().ofMaxSize(15);
  }

  private static Cluster quick() {
    Cluster cluster =
        Cluster.of(
            ClusterSettings.seed(1).withKernel(QUICK).recorded(), NODES.toArray(String[]::new));
    cluster.mesh();
    return cluster;
  }

  @Property(tries = 200)
  void theTextOfAScheduleIsReadAsTheSameSchedule(@ForAll("schedules") FaultSchedule schedule) {
    assertThat(FaultSchedule.parse(schedule.toString())).isEqualTo(schedule);
  }

  @Property(tries = 40)
  void aScheduleRunsTheSameWayTwiceAndInACopy(@ForAll("schedules") FaultSchedule schedule) {
    Cluster first = quick();
    Cluster second = quick();
    Cluster copy = first.copy();
    int before = first.facts().size();
    for (Cluster each : List.of(first, second, copy)) {
      schedule.run(each.simulation());
      each.run(Duration.ofSeconds(5));
    }
    assertThat(second.facts()).isEqualTo(first.facts());
    List<FactList.Dated> since = first.facts().subList(before, first.facts().size());
    assertThat(copy.facts()).isEqualTo(since);
  }

  /** Whatever is asked, in whatever order: it happens whole, or not at all and says why; and the cluster can be mended. */
  @Property(tries = 60)
  void noSequenceOfCallsSpoilsTheSimulation(@ForAll("careless") List<Fault> faults) {
    Cluster cluster = quick();
    for (Fault fault : faults) {
      int facts = cluster.facts().size();
      try {
        cluster.apply(fault);
      } catch (BadSetup impossible) {
        assertThat(impossible.legal()).isNotEmpty();
        assertThat(cluster.facts()).hasSize(facts);
      }
      cluster.run(Duration.ofMillis(300));
    }
    for (Node node : cluster.simulation().nodes()) {
      if (node.state() == Node.State.PAUSED) {
        cluster.resume(node.label());
      }
    }
    cluster.releaseAll();
    cluster.heal();
    for (String node : NODES) {
      for (String other : NODES) {
        if (!node.equals(other)) {
          cluster.apply(new Fault.Lose(node, other, 0));
        }
      }
    }
    cluster.run(Duration.ofSeconds(200));
    for (String node : NODES) {
      if (!cluster.isUp(node)) {
        cluster.restart(node);
      }
      cluster.slow(node, 1);
    }
    cluster.run(Duration.ofSeconds(5));
    for (int round = 0; round < 3; round++) {
      cluster.mesh();
      cluster.run(Duration.ofSeconds(10));
    }
    assertThat(Invariants.ofAWholeCluster(cluster.beliefs())).isEmpty();
    List<HeldPacket> held = cluster.held();
    assertThat(held).isEmpty();
  }

  @Property(tries = 100)
  void aStepInTheWrongOrderIsRefused(@ForAll("schedules") FaultSchedule schedule) {
    if (schedule.steps().size() > 1
        && schedule.steps().getFirst().atMillis() < schedule.steps().getLast().atMillis()) {
      List<Step> reversed = schedule.steps().reversed();
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> new FaultSchedule(reversed))
          .isInstanceOf(BadSetup.class);
    }
  }
}
