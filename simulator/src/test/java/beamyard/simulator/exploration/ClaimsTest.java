package beamyard.simulator.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.exploration.Claims.Summary;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final List<String> NODES = List.of("alice", "bob", "carol");

  private static Claims claims() {
    return Claims.of("alice", "bob", "carol");
  }

  @Test
  void whatHoldsWithoutFaultsOnlyIsViolatedByOneFault() {
    Summary summary =
        claims()
            .always("alice sees bob", cluster -> cluster.nodes("alice").contains("bob"))
            .run(1, 20);
    assertThat(summary.runs()).isEqualTo(20);
    assertThat(summary.violations()).isNotEmpty();
    Claims.Violation smallest = summary.smallest().orElseThrow();
    assertThat(smallest.property()).isEqualTo("alice sees bob");
    assertThat(smallest.faults().steps()).hasSizeLessThanOrEqualTo(2);
    assertThat(
            claims()
                .always("alice sees bob", cluster -> cluster.nodes("alice").contains("bob"))
                .again(smallest.seed(), smallest.faults()))
        .contains(smallest);
  }

  @Test
  void withoutFaultsNothingIsViolated() {
    Summary summary =
        claims()
            .faults(0)
            .always("alice sees bob", cluster -> cluster.nodes("alice").contains("bob"))
            .eventually("carol sees all", cluster -> cluster.nodes("carol").size() == 2)
            .run(1, 5);
    assertThat(summary.violations()).isEmpty();
    assertThat(summary.smallest()).isEmpty();
  }

  @Test
  void livenessIsAskedForWhenFaultsHaveEnded() {
    // while the network is split it does not hold; afterwards whoever is up can be reached again
    Summary summary =
        claims()
            .eventually(
                "whoever is up can be reached",
                cluster ->
                    NODES.stream()
                        .filter(cluster::isUp)
                        .allMatch(node -> node.equals("alice") || cluster.ping("alice", node)))
            .run(1, 20);
    assertThat(summary.violations()).isEmpty();
  }

  @Test
  void whatIsSometimesTrueAndNeverWasIsTold() {
    Summary summary =
        claims()
            .sometimes("pigs fly", _ -> false)
            .sometimes(
                "bob is alone", cluster -> cluster.isUp("bob") && cluster.nodes("bob").isEmpty())
            .run(1, 30);
    assertThat(summary.neverTrue()).containsExactly("pigs fly");
  }
}
