package beamyard.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.KernelParameters;
import beamyard.simulator.term.Atom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What real nodes were recorded to do when connections of a mesh break. */
class MeshTest {
  private static final KernelParameters QUICK = KernelParameters.DEFAULT.withNetTickTime(4);

  private static KernelYard mesh(KernelParameters kernel, String... names) {
    KernelYard yard = KernelYard.of(kernel, names);
    for (int i = 1; i < names.length; i++) {
      yard.connect(names[0], names[i]);
    }
    yard.pass(5000);
    for (String name : names) {
      yard.call(name, "global", "sync");
      assertThat(yard.nodes(name)).as(name).hasSize(names.length - 1);
    }
    return yard;
  }

  @Test
  void aDisconnectInTheMiddleOfTheExchangeIsUndone() {
    int undone = 0;
    for (int micros = 200_000; micros < 200_300; micros += 50) {
      KernelYard yard = KernelYard.of("alice", "bob");
      yard.connect("alice", "bob");
      yard.simulation.runFor(micros * 1000L);
      yard.disconnect("alice", "bob");
      yard.pass(1000);
      undone += yard.nodes("alice").size();
    }
    assertThat(undone).isPositive();
  }

  @Test
  void anEarlyDisconnectIsNotUndone() {
    for (int millis : new int[] {0, 100}) {
      KernelYard yard = KernelYard.of("alice", "bob");
      yard.connect("alice", "bob");
      yard.pass(millis);
      assertThat(yard.disconnect("alice", "bob")).isEqualTo(Atom.TRUE);
      yard.pass(1000);
      assertThat(yard.nodes("alice")).isEmpty();
      assertThat(yard.nodes("bob")).isEmpty();
    }
  }

  @Test
  void oneCutLinkInATriangleCostsAHealthyOneToo() {
    KernelYard yard = mesh(QUICK, "alice", "bob", "carol");
    yard.simulation.partition(List.of(List.of("alice"), List.of("bob")));
    yard.pass(10_000);
    assertThat(yard.nodes("carol")).hasSizeLessThanOrEqualTo(1);
    assertThat(yard.nodes("alice").size() + yard.nodes("bob").size()).isLessThanOrEqualTo(1);
  }

  @Test
  void aCleanPartitionLeavesBothSidesWhole() {
    KernelYard yard = mesh(QUICK, "alice", "bob", "carol", "dave");
    yard.simulation.partition(List.of(List.of("alice", "bob"), List.of("carol", "dave")));
    yard.pass(10_000);
    assertThat(yard.nodes("alice")).containsExactly("bob");
    assertThat(yard.nodes("dave")).containsExactly("carol");
    yard.simulation.heal();
    yard.pass(5000);
    assertThat(yard.nodes("alice")).containsExactly("bob");
    yard.connect("alice", "carol");
    yard.pass(10_000);
    for (String name : new String[] {"alice", "bob", "carol", "dave"}) {
      assertThat(yard.nodes(name)).as(name).hasSize(3);
    }
  }

  @Test
  void globalDisconnectLeavesTheOthersTogether() {
    KernelYard yard = mesh(KernelParameters.DEFAULT, "alice", "bob", "carol");
    yard.call("alice", "global", "disconnect");
    yard.pass(1000);
    assertThat(yard.nodes("alice")).isEmpty();
    assertThat(yard.nodes("bob")).containsExactly("carol");
  }
}
