package beamyard.simulator.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.simulator.BadSetup;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

/**
 * Whatever happens to a cluster of two to six nodes: what has to hold holds. A slice of it runs with all tests; {@code
 * -Pcampaign} runs 100,000 scenarios.
 */
class ScenarioProperties {
  private static final long RUNS = Long.getLong("campaign.runs", 150);
  private static final long RUNS_WITH_EVERY_FAULT = 100;
  private static final long FIRST_SEED = Long.getLong("campaign.first", 1);

  /** Figures of the run are printed: how many scenarios, and how often each kind of fault bit. */
  @Tag("slice")
  @Example
  void noScenarioOfManySeedsBreaksWhatHasToHold() {
    Campaign campaign = Campaign.run(FIRST_SEED, FIRST_SEED + RUNS - 1, WorkerPool.allCores());
    System.out.print(campaign);
    assertThat(campaign.failures()).as(campaign.toString()).isEmpty();
    if (RUNS >= RUNS_WITH_EVERY_FAULT) {
      for (String kind :
          List.of("Partition", "Block", "Blip", "Crash", "Restart", "Pause", "Reset")) {
        assertThat(campaign.bites().byKind().get(kind)[1]).as(kind + " bit").isPositive();
      }
    }
  }

  @Property(
      tries = 25,
      seed = "42",
      shrinking = ShrinkingMode.OFF) // scenarios have a shrinking of their own
  void noScenarioBreaksWhatHasToHold(@ForAll @LongRange(min = 1_000_000) long seed) {
    ScenarioRun.Result result = ScenarioRun.of(ScenarioMaker.of(seed));
    if (!result.isClean()) {
      throw new AssertionError(
          result.violations()
              + "\nthe smallest scenario that does so:\n"
              + Campaign.shrink(result));
    }
  }

  @Property(tries = 200)
  void theTextOfAScenarioIsReadAsTheSameScenario(@ForAll long seed) {
    Scenario scenario = ScenarioMaker.of(seed);
    assertThat(Scenario.parse(scenario.toString())).isEqualTo(scenario);
  }

  @Example
  void aScenarioRunsTheSameWayTwice() {
    for (long seed = 1; seed <= 5; seed++) {
      ScenarioRun.Result one = ScenarioRun.of(ScenarioMaker.of(seed));
      ScenarioRun.Result other = ScenarioRun.of(ScenarioMaker.of(seed));
      assertThat(other.bites().toString()).isEqualTo(one.bites().toString());
      assertThat(other.violations()).isEqualTo(one.violations());
    }
  }

  @Example
  void shrinkingLeavesWhatIsNeededOnly() {
    Scenario large =
        Scenario.parse(
            """
            seed 3
            nodes alice bob carol dave
            0 connect alice -> bob
            20 register carol red
            40 partition alice | bob carol | dave
            300 send alice -> bob 5
            400 crash carol
            900 heal
            """);
    Scenario small =
        Shrinker.shrink(
            large,
            scenario ->
                scenario.steps().stream()
                        .anyMatch(
                            step ->
                                step.action() instanceof Action.Send(_, String to, _)
                                    && to.equals("bob"))
                    && scenario.steps().stream()
                        .anyMatch(step -> step.action().text().startsWith("partition")),
            500);
    assertThat(small.toString())
        .isEqualTo(
            """
            seed 3
            nodes alice bob
            0 partition alice | bob
            0 send alice -> bob 1
            """);
  }

  @Example
  void aTextThatIsNoScenarioSaysWhere() {
    assertThatThrownBy(() -> Scenario.parse("nodes alice\n0 connect alice -> bob"))
        .isInstanceOf(BadSetup.class)
        .hasMessage("step '0 connect alice -> bob': names node bob; needs nodes of [alice]");
    assertThatThrownBy(() -> Scenario.parse("nodes alice\nsoon crash alice"))
        .hasMessage(
            "line 2: begins with 'soon'; needs seed, nodes, kernel or the milliseconds of a step");
    assertThatThrownBy(() -> Scenario.parse("nodes alice\n0 explode alice"))
        .hasMessageStartingWith("line 2: is 'explode alice'; needs partition,");
    assertThatThrownBy(() -> Scenario.parse("nodes alice bob\n5 crash bob\n4 crash alice"))
        .hasMessageContaining("needs steps in the order of time");
  }
}
