package beamyard.simulator.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import beamyard.simulator.Cluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class YardExtensionTest {
  /** Run by the tests below only. */
  static class Failing {
    @Test
    @Yard(
        nodes = {"alice", "bob"},
        seed = 7)
    void fails(Cluster cluster) {
      cluster.partition(List.of(List.of("alice"), List.of("bob")));
      cluster.run(Duration.ofSeconds(1));
      cluster.crash("bob");
      assertThat(cluster.nodes("alice")).isEmpty();
    }
  }

  @Test
  void aFailureTellsSeedAndFaults() {
    var request = LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Failing.class));
    var listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request.build(), listener);
    List<TestExecutionSummary.Failure> failures = listener.getSummary().getFailures();
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst().getException().getMessage())
        .contains("seed 7, at ")
        .containsPattern("\n\\d+ partition alice \\| bob\n\\d+ crash bob\n");
  }

  @Test
  @Yard(nodes = {"alice", "bob"})
  void theNodesAreConnectedUnlessToldOtherwise(Cluster cluster) {
    assertThat(cluster.nodes("alice")).containsExactly("bob");
  }

  @Test
  @Yard(connected = Yard.Connected.APART)
  void nodesThatBeginApartSeeNobody(Cluster cluster) {
    assertThat(cluster.nodes("alice")).isEmpty();
  }
}
