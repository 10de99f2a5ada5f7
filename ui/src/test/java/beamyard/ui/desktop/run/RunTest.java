package beamyard.ui.desktop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.simulator.BadSetup;
import beamyard.simulator.Fault;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Observation;
import beamyard.ui.desktop.run.Command.Inflict;
import beamyard.ui.desktop.run.Command.StartNode;
import beamyard.ui.desktop.run.Command.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunTest {
  private static final long MILLI = 1_000_000;

  private final Run run = Run.withSeed(7);
  private final List<Position> places = new ArrayList<>();
  private final List<Observation> seen = new ArrayList<>();

  /** One run with inputs and faults, looked at now and then. */
  @BeforeAll
  void live() {
    run.obey(new StartNode(NodeSettings.shortName("alice@localhost").withCookie("c")));
    run.obey(new StartNode(NodeSettings.shortName("bob@localhost").withCookie("c")));
    pass(400);
    run.obey(new Type("alice@localhost", "Node.connect(:bob@localhost)"));
    pass(300);
    run.obey(new Type("bob@localhost", "Node.list()"));
    pass(50);
    run.obey(
        new Inflict(
            new Fault.Partition(
                Optional.empty(), List.of(List.of("alice@localhost"), List.of("bob@localhost")))));
    run.obey(new Type("alice@localhost", "send({:x, :bob@localhost}, :hi)"));
    pass(500);
    run.obey(new Inflict(new Fault.Heal(Optional.empty())));
    run.obey(new Inflict(new Fault.Pause("bob@localhost")));
    pass(1000);
    run.obey(new Inflict(new Fault.Resume("bob@localhost")));
    run.obey(new Inflict(new Fault.Restart("bob@localhost")));
    pass(6000);
  }

  private void pass(long millis) {
    long end = run.position().atNanos() + millis * MILLI;
    while (run.position().atNanos() < end) {
      long next = Math.min(end, run.position().atNanos() + 37 * MILLI);
      run.advance(next, () -> false, () -> false);
      if (run.position().atNanos() < end) { // where something is done next, the place is after that
        places.add(run.position());
        seen.add(Observation.of(run.simulation()));
      }
    }
  }

  @Test
  void everyPastMomentIsFoundAgainInAnyOrder() {
    for (int i = places.size() - 1; i >= 0; i -= 3) {
      assertThat(Observation.of(run.at(places.get(i)))).isEqualTo(seen.get(i));
    }
    for (int i = 0; i < places.size(); i += 5) {
      assertThat(Observation.of(run.at(places.get(i)))).isEqualTo(seen.get(i));
    }
  }

  @Test
  void anInstantIsAfterAllThatHappenedUpToIt() {
    Position place = run.placeAt(places.get(20).atNanos());
    assertThat(place).isEqualTo(places.get(20));
    assertThat(run.placeAt(Long.MAX_VALUE)).isEqualTo(run.position());
    assertThat(run.placeAt(-1).atNanos()).isZero();
  }

  @Test
  void aBranchThatIsDoneTheSameGoesTheSameWay() {
    int from = 12;
    Run branch = run.branch(places.get(from));
    assertThat(branch.position()).isEqualTo(places.get(from));
    assertThat(branch.chronicle().all())
        .allMatch(happening -> !happening.place().isAfter(places.get(from)));
    List<Run.Dated> rest = run.inputs().subList(branch.inputs().size(), run.inputs().size());
    for (Run.Dated input : rest) {
      branch.advance(
          input.at().atNanos(), () -> branch.position().step() == input.at().step(), () -> false);
      branch.advance(input.at().atNanos(), () -> false, () -> false);
      branch.obey(input.command());
    }
    branch.advance(run.position().atNanos(), () -> false, () -> false);
    assertThat(branch.position()).isEqualTo(run.position());
    assertThat(Observation.of(branch.simulation())).isEqualTo(Observation.of(run.simulation()));
    assertThat(branch.chronicle().all()).hasSameSizeAs(run.chronicle().all());
  }

  @Test
  void aBranchDoesNotDisturbTheRunItCameFrom() {
    Observation before = Observation.of(run.simulation());
    Run branch = run.branch(places.get(5));
    branch.obey(new Inflict(new Fault.Crash("alice@localhost")));
    branch.advance(branch.position().atNanos() + 2000 * MILLI, () -> false, () -> false);
    assertThat(Observation.of(run.simulation())).isEqualTo(before);
    assertThat(branch.simulation().node("alice@localhost").isUp()).isFalse();
  }

  @Test
  void aRestartedNodeIsUpAgain() {
    assertThat(run.simulation().node("bob@localhost").isUp()).isTrue();
    assertThat(run.simulation().node("bob@localhost").incarnation()).isGreaterThan(2);
  }

  @Test
  void theTerminalsShowPromptsInputsAndOutput() {
    String alice =
        String.join(
            "",
            run.printedSince(0).stream()
                .filter(each -> each.node().equals("alice@localhost"))
                .map(Printed::text)
                .toList());
    assertThat(alice)
        .contains("iex(alice@localhost)1> Node.connect(:bob@localhost)\ntrue\n")
        .contains("iex(alice@localhost)2> send({:x, :bob@localhost}, :hi)\n:hi\n");
  }

  @Test
  void whatCannotBeDoneChangesNothing() {
    int inputs = run.inputs().size();
    assertThatThrownBy(() -> run.obey(new Type("nobody@localhost", "1")))
        .isInstanceOf(BadSetup.class);
    assertThat(run.inputs()).hasSize(inputs);
  }
}
