package beamyard.lessons.shell;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.shell.NodeInsight.Call;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.trace.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeInsightTest {
  private static final long SECOND = 1_000_000_000L;

  private static Node typed(String... lines) {
    var simulation = new Simulation(SimulationSettings.seed(1), ElixirNodes.shared(), Trace.OFF);
    Node node = simulation.bootAndWait(NodeSettings.shortName("alice@localhost"));
    for (String line : lines) {
      ElixirNodes.type(node, line);
      simulation.runUntil(() -> node.owned(Console.class).isIdle(), simulation.now() + SECOND);
    }
    return node;
  }

  @Test
  void aProcessShowsWhereItIsWithItsVariables() {
    Node node =
        typed(
            "defmodule Waiter do\n  def wait(guests) do\n    seats = guests * 2\n    receive do\n      :go -> {guests, seats}\n    end\n  end\nend",
            "spawn(Waiter, :wait, [21])");
    NodeInsight insight = NodeInsight.of(node);
    Call innermost =
        insight.stacks().values().stream()
            .map(List::getFirst)
            .filter(call -> call.module() == Atom.of("Elixir.Waiter"))
            .findFirst()
            .orElseThrow();
    assertThat(innermost.function()).isEqualTo(Atom.of("wait"));
    assertThat(innermost.line()).isBetween(3, 5);
    assertThat(innermost.variables())
        .containsEntry("guests", SmallInt.of(21))
        .containsEntry("seats", SmallInt.of(42));
    assertThat(insight.modules())
        .containsExactly(new NodeInsight.Module(Atom.of("Elixir.Waiter"), "iex"));
  }

  @Test
  void whatIsTypedAtThePromptShowsWhereItWaits() {
    Node node = typed("x = 7", "receive do: (:never -> x)");
    assertThat(NodeInsight.of(node).stacks().values())
        .anyMatch(
            calls ->
                calls.stream().anyMatch(call -> SmallInt.of(7).equals(call.variables().get("x"))));
  }

  @Test
  void tablesAndFilesAreThoseOfTheNodeAndOfItsHost() {
    Node node =
        typed(
            ":ets.new(:cache, [:named_table])",
            ":ets.insert(:cache, {:a, 1})",
            "File.write!(\"note.txt\", \"hello\")");
    NodeInsight insight = NodeInsight.of(node);
    assertThat(insight.tables())
        .anySatisfy(
            table -> {
              assertThat(table.name()).isEqualTo(Atom.of("cache"));
              assertThat(table.objects()).hasSize(1);
            });
    assertThat(insight.files()).contains(new NodeInsight.File("/home/learner/note.txt", 5));
  }

  @Test
  void aNodeThatIsDownHoldsNothing() {
    Node node = typed("1 + 1");
    node.simulation().kill("alice@localhost");
    node.simulation().runFor(SECOND);
    assertThat(NodeInsight.of(node)).isEqualTo(NodeInsight.NONE);
  }
}
