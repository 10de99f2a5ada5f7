package beamyard.simulator.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.exploration.Bites.Remark;
import org.junit.jupiter.api.Test;

/** The races that OTP's {@code :global} loses, each as the smallest scenario that was found for it; nothing else is excused. */
class GlobalRacesTest {
  private static void assertExcused(Remark remark, String scenario) {
    ScenarioRun.Result result = ScenarioRun.of(Scenario.parse(scenario));
    assertThat(result.violations()).isEmpty();
    assertThat(result.bites().count(remark)).as(remark.name()).isPositive();
  }

  @Test
  void aNodeIsForgottenWhenItsTellerIsCutOff() {
    assertExcused(
        Remark.GAP,
        """
        seed 1870
        nodes alice bob dave erin
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> bob
        0 connect alice -> dave
        0 connect alice -> erin
        207 partition erin | bob
        207 partition alice | dave
        3455 partition dave | erin
        """);
  }

  @Test
  void aNodeIsForgottenWhenItsFormerConnectionEnds() {
    assertExcused(
        Remark.FORGOTTEN,
        """
        seed 7155
        nodes alice bob carol
        kernel net_ticktime=4 net_setuptime=2 start_pg=true prevent_overlapping_partitions=false
        0 connect alice -> bob
        0 connect alice -> carol
        3636 register bob red
        3636 partition alice | bob carol
        4754 crash alice
        """);
  }

  @Test
  void twoNodesThatAskEachOtherToLeaveStayConnected() {
    assertExcused(
        Remark.GAP,
        """
        seed 2430
        nodes alice bob carol erin frank
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> bob
        0 connect alice -> carol
        0 connect alice -> erin
        0 connect alice -> frank
        354 block erin -> frank
        354 block carol -> bob
        7109 send bob -> carol 1
        """);
  }

  @Test
  void aRequestToLeaveReachesTheNextIncarnation() {
    assertExcused(
        Remark.GAP,
        """
        seed 6538
        nodes alice bob carol dave
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> bob
        0 connect alice -> carol
        0 connect alice -> dave
        0 partition bob | dave
        305 restart dave
        679 send dave -> carol 1
        """);
  }

  @Test
  void aNameThatIsChangedOverANewConnectionHasTwoHolders() {
    assertExcused(
        Remark.NAME,
        """
        seed 2766
        nodes alice bob carol
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> bob
        0 register bob red
        910 partition alice | bob
        4687 register alice red
        4687 send bob -> carol 1
        6127 partition alice | carol
        """);
  }
}
