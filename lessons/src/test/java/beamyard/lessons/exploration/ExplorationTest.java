package beamyard.lessons.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.lessons.exploration.Exploration.Summary;
import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.Program;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExplorationTest {
  /** Two nodes read a counter, add one, and write it: one of the two may get lost. */
  private static final String LOST_UPDATE =
      """
      defmodule Counter do
        def start, do: {:ok, _} = Agent.start(fn -> 0 end, name: __MODULE__)
        def add do
          value = Agent.get({__MODULE__, :alice@localhost}, & &1)
          Agent.update({__MODULE__, :alice@localhost}, fn _ -> value + 1 end)
        end
      end

      Counter.start()
      Sandbox.eventually("both are counted", fn -> Agent.get(Counter, & &1) == 2 end)
      Sandbox.always("never more than two", fn -> Agent.get(Counter, & &1) <= 2 end)
      Node.spawn(:bob@localhost, Counter, :add, [])
      Node.spawn(:carol@localhost, Counter, :add, [])
      Process.sleep(500)
      """;

  private static final String COUNTED_AT_ONCE =
      LOST_UPDATE
          .replace("value = Agent.get({__MODULE__, :alice@localhost}, & &1)", ":ok")
          .replace("fn _ -> value + 1 end", "fn value -> value + 1 end");

  private static Rehearsal rehearsal(String text) {
    List<Start> starts =
        Stream.of("alice", "bob", "carol")
            .map(
                name ->
                    new Start(
                        name + "@localhost",
                        name,
                        "localhost",
                        Naming.SHORT,
                        "secret",
                        Visibility.VISIBLE,
                        new LinkedHashMap<>(),
                        Logging.OFF))
            .toList();
    return new Rehearsal(Program.parse("counter.exs", text), starts, Beginning.CONNECTED);
  }

  private static Summary explore(Rehearsal rehearsal, int faults, List<Long> violated) {
    return new Exploration(rehearsal, faults)
        .run(1, 8, 2, (seed, _, _) -> violated.add(seed), () -> false);
  }

  @Test
  void aLostUpdateIsFoundMadeSmallToldAndSaved() {
    Rehearsal rehearsal = rehearsal(LOST_UPDATE);
    var violated = new ArrayList<Long>();
    Summary summary = explore(rehearsal, 1, violated);
    assertThat(summary.runs()).isEqualTo(8);
    assertThat(summary.violated()).isEqualTo(violated.size()).isPositive();
    Counterexample found = summary.counterexample().orElseThrow();
    assertThat(found.violation()).startsWith("eventually \"both are counted\" was false");
    assertThat(found.story())
        .startsWith("1. alice@localhost, bob@localhost, carol@localhost are up.")
        .contains("eventually \"both are counted\" was false");
    Counterexample read = Counterexample.read("f", found.write());
    assertThat(read).isEqualTo(found);
    assertThat(Exploration.again(read, rehearsal)).contains(found);
  }

  @Test
  void theMendedProgramViolatesNothing() {
    Summary summary = explore(rehearsal(COUNTED_AT_ONCE), 0, new ArrayList<>());
    assertThat(summary.violated()).isZero();
    assertThat(summary.counterexample()).isEmpty();
  }

  @Test
  void whatIsSometimesTrueAndNeverWasIsTold() {
    Summary summary =
        explore(
            rehearsal(
                """
                Sandbox.sometimes("pigs fly", fn -> false end)
                Sandbox.sometimes("the sun shines", fn -> true end)
                Process.sleep(50)
                """),
            0,
            new ArrayList<>());
    assertThat(summary.neverTrue()).containsExactly("sometimes \"pigs fly\"");
  }

  @Test
  void aProgramThatCannotBeExploredSaysWhy() {
    assertThatThrownBy(() -> new Exploration(rehearsal("1 + 1"), 1))
        .isInstanceOf(ScriptProblem.class)
        .hasMessageContaining("states no property");
    assertThatThrownBy(() -> new Exploration(rehearsal("raise \"oh\""), 1))
        .isInstanceOf(ScriptProblem.class)
        .hasMessageContaining("fails without any fault: ** (RuntimeError) oh");
    assertThatThrownBy(() -> rehearsal("defmodule A do\n def f, do: nowhere()\nend"))
        .isInstanceOf(ScriptProblem.class)
        .hasMessageContaining("does not compile");
    assertThatThrownBy(() -> Counterexample.read("f", "beamyard counterexample 2\n\n"))
        .hasMessageContaining("expected 'beamyard counterexample 1'");
  }
}
