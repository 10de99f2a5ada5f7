package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Observation.Cut;
import beamyard.simulator.Observation.NodeInside;
import beamyard.simulator.kernel.KernelFact;
import beamyard.simulator.kernel.KernelView;
import beamyard.simulator.kernel.KernelView.GlobalLock;
import beamyard.simulator.kernel.KernelView.GlobalName;
import beamyard.simulator.network.Latency;
import beamyard.simulator.process.JavaHandler;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationTest {
  private static final JavaHandler<Integer> IDLE = (state, _, _) -> JavaHandler.Step.next(state);

  private static Cluster recorded(String... names) {
    return Cluster.of(ClusterSettings.seed(1).recorded(), names);
  }

  private static String label(Cluster cluster, int node) {
    return cluster.simulation().nodes().get(node).label();
  }

  private static KernelView kernel(Cluster cluster, int node) {
    return Observation.inside(cluster.simulation(), label(cluster, node)).orElseThrow().kernel();
  }

  @Test
  void showsNodesConnectionsAndCuts() {
    Cluster cluster = Cluster.of("alice", "bob");
    cluster.connect("alice", "bob");
    cluster.block("alice", "bob");
    Observation seen = Observation.of(cluster.simulation());
    assertThat(seen.nodes()).hasSize(2).allMatch(Observation.NodeSeen::isUp);
    assertThat(seen.nodes().getFirst().peers()).hasSize(1);
    String alice = seen.nodes().getFirst().label();
    String bob = seen.nodes().getLast().label();
    assertThat(seen.cuts()).containsExactly(new Cut(alice, bob));
  }

  @Test
  void pathsThatSomebodyChangedAreToldAndNoOthers() {
    Cluster cluster = Cluster.of("alice", "bob", "carol");
    Simulation simulation = cluster.simulation();
    cluster.connect("alice", "bob");
    assertThat(simulation.changedPaths()).isEmpty();
    simulation.setLatency(label(cluster, 0), label(cluster, 1), 5_000_000);
    simulation.apply(new Fault.Hold(label(cluster, 1), label(cluster, 2)));
    assertThat(simulation.copy(Trace.OFF).changedPaths())
        .isEqualTo(simulation.changedPaths())
        .hasSize(3)
        .anySatisfy(path -> assertThat(path.latency()).contains(new Latency.Constant(5_000_000)))
        .anyMatch(path -> path.holding() && path.to().name().equals(label(cluster, 2)));
    simulation.apply(new Fault.ReleaseAll());
    assertThat(simulation.changedPaths()).hasSize(2);
  }

  @Test
  void staysTheSameWhenTheSimulationGoesOn() {
    Cluster cluster = Cluster.of("alice", "bob");
    Observation before = Observation.of(cluster.simulation());
    Observation again = Observation.of(cluster.simulation());
    cluster.connect("alice", "bob");
    cluster.crash("bob");
    assertThat(before).isEqualTo(again);
    assertThat(before.nodes().getFirst().peers()).isEmpty();
    assertThat(Observation.of(cluster.simulation())).isNotEqualTo(before);
  }

  @Test
  void askingWhatIsCutChangesNothing() {
    Cluster asked = recorded("alice", "bob", "carol");
    Cluster other = recorded("alice", "bob", "carol");
    for (Cluster each : List.of(asked, other)) {
      each.partition(List.of(List.of("alice"), List.of("bob", "carol")));
    }
    Observation.of(asked.simulation());
    for (Cluster each : List.of(asked, other)) {
      each.connect("bob", "carol");
      each.heal();
      each.connect("alice", "carol");
    }
    assertThat(Observation.of(asked.simulation())).isEqualTo(Observation.of(other.simulation()));
    assertThat(asked.facts()).isEqualTo(other.facts());
  }

  @Test
  void showsWhatANodeBelievesOfGlobalNamesAndLocks() {
    Cluster cluster = Cluster.of("alice", "bob");
    cluster.mesh();
    Pid boss = cluster.spawn("alice", IDLE, 0);
    cluster.call("alice", "global", "register_name", Atom.of("boss"), boss);
    Term id = Tuple.of(Atom.of("printer"), boss);
    cluster.call("alice", "global", "set_lock", id);
    assertThat(kernel(cluster, 1).names()).containsExactly(new GlobalName(Atom.of("boss"), boss));
    assertThat(kernel(cluster, 1).locks())
        .extracting(GlobalLock::resource)
        .containsExactly(Atom.of("printer"));
    cluster.crash("bob");
    assertThat(Observation.inside(cluster.simulation(), label(cluster, 1)).map(NodeInside::label))
        .isEmpty();
  }

  @Test
  void aProcessThatDoesNotGetALockTellsSo() {
    Cluster cluster = recorded("alice", "bob");
    cluster.mesh();
    Term printer = Atom.of("printer");
    cluster.call("alice", "global", "set_lock", Tuple.of(printer, Atom.of("first")));
    cluster.begin("bob", "global", "set_lock", Tuple.of(printer, Atom.of("second")));
    cluster.run(Duration.ofSeconds(3));
    assertThat(cluster.facts())
        .filteredOn(dated -> dated.fact() instanceof KernelFact.LockAwaited)
        .isNotEmpty()
        .allMatch(
            dated ->
                dated.fact() instanceof KernelFact.LockAwaited(_, var resource, var requester, _)
                    && resource.equals(printer)
                    && requester.equals(Atom.of("second")));
  }
}
