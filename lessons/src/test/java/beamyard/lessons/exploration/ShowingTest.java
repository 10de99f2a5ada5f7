package beamyard.lessons.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.lessons.exploration.Exhaustive.Options;
import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.Program;
import beamyard.lessons.script.ScriptProblem;
import beamyard.simulator.Simulation;
import beamyard.simulator.exploration.ScheduledRun;
import beamyard.simulator.trace.FactList;
import beamyard.simulator.trace.FactList.Dated;
import beamyard.simulator.trace.Trace;
import beamyard.simulator.trace.TraceHash;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A counterexample that is watched is the run that was found. */
class ShowingTest {
  private static final String BOTH_WRITE =
      """
      {:ok, _} = Agent.start(fn -> 0 end, name: Count)
      Sandbox.eventually("both count", fn -> Agent.get(Count, fn count -> count == 2 end) end)
      add = fn ->
        value = Agent.get({Count, :alice@localhost}, fn count -> count end)
        Agent.update({Count, :alice@localhost}, fn _ -> value + 1 end)
      end
      Node.spawn(:bob@localhost, add)
      Node.spawn(:carol@localhost, add)
      """;

  private static Rehearsal rehearsal(String text) {
    return new Rehearsal(
        Program.parse("count.exs", text),
        Stream.of("alice@localhost", "bob@localhost", "carol@localhost")
            .map(Rehearsal::plainNode)
            .toList(),
        Beginning.CONNECTED);
  }

  private static Counterexample exhaustively(String text) {
    return new Exhaustive(rehearsal(text), Options.DEFAULT)
        .run(() -> false)
        .counterexample()
        .orElseThrow();
  }

  private static Counterexample randomly(String text) {
    return new Exploration(rehearsal(text), 1)
        .run(1, 8, 1, (_, _, _) -> {}, () -> false)
        .counterexample()
        .orElseThrow();
  }

  @Test
  void aRunInTheOrderOfTimeHappensAsItDidUpToTheViolation() {
    Counterexample known = randomly(BOTH_WRITE);
    var showing = (Showing.Timed) Showing.of(known);
    assertThat(showing.shown().violation()).isEqualTo(known.violation());

    var shown = new FactList();
    Simulation simulation = showing.begin(shown);
    for (Showing.Timed.Deed deed : showing.deeds()) {
      simulation.runUntil(deed.atNanos());
      deed.what().accept(simulation);
    }
    simulation.runUntil(showing.endNanos() - 1); // at the end it is asked once more

    var found = new FactList();
    ProgramRun.told(rehearsal(BOTH_WRITE), known.disturbance(), found);
    List<Dated> before =
        found.facts().stream().filter(fact -> fact.atNanos() < showing.endNanos()).toList();
    assertThat(before).hasSizeGreaterThan(100);
    assertThat(shown.facts().toString()).isEqualTo(before.toString());
    assertThat(showing.instants()).hasSameSizeAs(showing.shown().told()).isSorted();
    assertThat(showing.startNanos()).isLessThan(showing.endNanos());
  }

  @Test
  void aRunWhoseStepsAreChosenHappensAsChosenAndItsCopiesToo() {
    Counterexample known = exhaustively(BOTH_WRITE);
    var showing = (Showing.Chosen) Showing.of(known);
    assertThat(showing.stepsOfLines()).hasSameSizeAs(known.told()).isSorted();
    var whole = new TraceHash();
    ScheduledRun run = showing.begin(whole);
    ScheduledRun kept = showing.begin(Trace.OFF);
    for (int taken = 0; taken < showing.steps(); taken++) {
      assertThat(run.next()).isPresent();
      run.take();
      if (taken % 3 == 0) {
        kept = kept.copy(Trace.OFF); // goes on as if nothing had been
      }
      kept.take();
      assertThat(kept.next().map(next -> next.chosen().ticket()))
          .isEqualTo(run.next().map(next -> next.chosen().ticket()));
    }
    assertThat(run.next()).isEmpty();
    assertThat(run.taken()).isEqualTo(showing.steps());

    var again = new TraceHash();
    ScheduledRun second = showing.begin(again);
    while (second.next().isPresent()) {
      second.take();
    }
    assertThat(again.value()).isEqualTo(whole.value());
  }

  @Test
  void whatWasChosenGoesOnByItselfAtEveryStep() {
    var showing = (Showing.Chosen) Showing.of(exhaustively(BOTH_WRITE));
    ScheduledRun run = showing.begin(Trace.OFF);
    while (run.next().isPresent()) {
      Simulation free = run.copy(Trace.OFF).run().letGo();
      free.runFor(10_000_000_000L);
      assertThat(free.nodes()).allMatch(node -> node.distribution().peers().size() == 2);
      assertThat(free.changedPaths()).isEmpty();
      run.take();
    }
  }

  @Test
  void whatViolatesNothingAnyMoreSaysSo() {
    Counterexample known = exhaustively(BOTH_WRITE);
    String mended = known.write().replace("value + 1", "2");
    assertThatThrownBy(() -> Showing.of(Counterexample.read("count.exs.counterexample", mended)))
        .isInstanceOf(ScriptProblem.class)
        .hasMessageContaining("violates nothing any more");
  }
}
