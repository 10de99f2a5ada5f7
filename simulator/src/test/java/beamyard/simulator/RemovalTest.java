package beamyard.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.simulator.process.NodeLink.Visibility;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import beamyard.simulator.trace.Trace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nodes and hosts that are taken away for good. */
class RemovalTest {
  private static final String HOST = "attic";

  private static NodeSettings onTheAttic(String name) {
    return NodeSettings.shortName(name + "@" + HOST).withLabel(name).withCookie("secret");
  }

  private static Yard withABobOnTheAttic() {
    Yard yard = Yard.of("alice");
    yard.start(onTheAttic("bob"));
    yard.simulation.runFor(Yard.SECOND);
    return yard;
  }

  private static @Nullable Term connectToBob(Yard yard) {
    return yard.value(
        "alice",
        yard.simulation
            .node("alice")
            .distribution()
            .connect(Atom.of("bob@attic"), Visibility.VISIBLE));
  }

  @Test
  void aNodeIsTakenAwayWhetherItIsUpOrNot() {
    Yard yard = withABobOnTheAttic();
    Simulation simulation = yard.simulation;
    assertThat(connectToBob(yard)).isEqualTo(Atom.TRUE);
    simulation.remove("bob");
    assertThat(simulation.nodes()).extracting(Node::label).containsExactly("alice");
    assertThatThrownBy(() -> simulation.remove("bob")).isInstanceOf(BadSetup.class);
    simulation.runFor(Yard.SECOND);
    assertThat(yard.nodes("alice")).isEmpty();
    simulation.kill("alice");
    simulation.runFor(Yard.SECOND);
    simulation.remove("alice");
    assertThat(simulation.nodes()).isEmpty();
  }

  @Test
  void itsNameIsFreeForAnother() {
    Yard yard = withABobOnTheAttic();
    assertThat(connectToBob(yard)).isEqualTo(Atom.TRUE);
    yard.simulation.remove("bob");
    yard.simulation.runFor(Yard.SECOND);
    assertThat(connectToBob(yard)).isEqualTo(Atom.FALSE);
    yard.start(onTheAttic("bob"));
    yard.simulation.runFor(Yard.SECOND);
    assertThat(connectToBob(yard)).isEqualTo(Atom.TRUE);
  }

  @Test
  void aHostIsTakenAwayOnceItIsEmptyAndItsNameIsForgotten() {
    Yard yard = withABobOnTheAttic();
    Simulation simulation = yard.simulation;
    assertThatThrownBy(() -> simulation.removeHost(HOST)).hasMessageContaining("has nodes");
    simulation.remove("bob");
    simulation.removeHost(HOST);
    assertThat(simulation.hosts()).extracting(Host::name).doesNotContain(HOST);
    assertThatThrownBy(() -> simulation.removeHost(HOST)).hasMessageContaining("is not there");
    assertThat(connectToBob(yard)).isEqualTo(Atom.FALSE);
    assertThat(simulation.copy(Trace.OFF).hosts()).extracting(Host::name).doesNotContain(HOST);
    yard.start(onTheAttic("carol"));
    simulation.runFor(Yard.SECOND);
    assertThat(simulation.node("carol").isUp()).isTrue();
  }
}
