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

  @Test
  void anExchangeThatInSyncCutsShortKeepsItsLocks() {
    assertExcused(
        Remark.GAP,
        """
        seed 16523
        nodes alice carol dave frank
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> carol
        0 connect alice -> dave
        3374 partition dave | alice carol
        3374 lock dave red 1ms
        3374 block alice -> carol
        8623 connect frank -> carol
        9142 send dave -> frank 1
        10245 send dave -> alice 1
        """);
  }

  @Test
  void aLockIsLeftOnANodeThatWasLockedOverANewConnection() {
    assertExcused(
        Remark.FORGOTTEN,
        """
        seed 28262
        nodes alice bob carol
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> bob
        0 connect alice -> carol
        337 block alice -> carol
        6382 partition bob | carol
        6382 send bob -> alice 1
        7369 restart alice
        8415 connect bob -> alice
        """);
  }

  @Test
  void aNameIsPassedOnByANodeThatItsHoldersNodeHasLost() {
    assertExcused(
        Remark.NAME,
        """
        seed 25343
        nodes alice carol erin frank
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> erin
        0 connect alice -> frank
        0 register alice red
        218 block erin -> alice
        6038 send erin -> carol 1
        """);
  }

  @Test
  void aNodeIsLeftOutByOneThatForgotItAndIsGone() {
    assertExcused(
        Remark.GAP,
        """
        seed 203906
        nodes alice bob dave erin
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> dave
        0 connect alice -> erin
        422 partition dave | erin
        422 lock alice red 1ms
        422 disconnect dave -> erin
        798 connect bob -> erin
        798 heal
        1175 crash erin
        """);
  }

  @Test
  void aRequestToLeaveComesLateAndPartsTwoThatKnowEachOtherAgain() {
    assertExcused(
        Remark.GAP,
        """
        seed 203906
        nodes alice bob carol dave erin
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> dave
        0 connect alice -> erin
        0 connect erin -> bob
        0 send carol -> dave 1
        961 lock carol blue 1ms
        961 partition dave | bob erin
        961 reset erin -> bob
        962 disconnect dave -> erin
        1732 heal
        1732 connect dave -> erin
        """);
  }

  @Test
  void aLockIsLeftByARegistrarOnANodeThatWasRestartedMeanwhile() {
    assertExcused(
        Remark.FORGOTTEN,
        """
        seed 413264
        nodes alice carol dave erin frank
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> carol
        0 connect alice -> dave
        0 connect alice -> frank
        210 partition carol | frank
        210 send alice -> erin 1
        210 register carol red
        552 crash dave
        """);
  }

  @Test
  void oneThatJoinsANodeWhichStaysApartStaysApartToo() {
    assertExcused(
        Remark.GAP,
        """
        seed 503318
        nodes alice bob carol dave
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> bob
        0 connect alice -> carol
        3690 partition alice | bob
        8266 lock bob red 1464ms
        8266 heal
        8308 connect bob -> alice
        10011 pause bob
        10011 partition alice | bob carol
        13245 send carol -> dave 1
        14499 heal
        """);
  }

  @Test
  void aNameIsPassedOnByANodeThatThenLosesItsHoldersNode() {
    assertExcused(
        Remark.NAME,
        """
        seed 529462
        nodes alice bob carol
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        0 connect alice -> carol
        0 send carol -> bob 1
        0 register alice red
        2829 blip 692000us: alice | bob
        3058 partition alice | bob carol
        3058 pause bob
        3058 block bob -> carol
        3058 register carol red
        9581 block carol -> alice
        """);
  }

  @Test
  void anExchangeBegunAnewForEverIsEndedByADisconnect() {
    assertExcused(
        Remark.STORM,
        """
        seed 18848
        nodes alice bob
        kernel net_ticktime=4 net_setuptime=2 start_pg=true
        237 send alice -> bob 4
        423 pause alice
        1502 pause bob
        1665 heal
        1669 restart alice
        1681 register bob blue
        1698 partition alice | bob
        1985 block alice -> bob
        1985 reset bob -> alice
        1998 partition alice | bob
        3190 partition alice | bob
        """);
  }
}
