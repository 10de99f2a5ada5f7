package beamyard.lessons.shell;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples in the help give at a prompt of the yard what they show. */
class HelpExamplesTest {
  private static final long TEN_SECONDS = 10_000_000_000L;

  /** The input, and what follows it. */
  private record Example(String input, String output) {}

  static Stream<String> modules() {
    return Stream.concat(LibraryNames.modules().stream(), Stream.of("Kernel.SpecialForms"))
        .filter(module -> !examples(module).isEmpty());
  }

  private static List<Example> examples(String module) {
    var examples = new ArrayList<Example>();
    String input = null;
    var output = new StringBuilder();
    for (String line : beamyard.lessons.elixir.stdlib.LibraryHelp.examples(module)) {
      if (line.startsWith("iex> ")) {
        if (input != null) {
          examples.add(new Example(input, output.toString().strip()));
        }
        input = line.substring("iex> ".length());
        output.setLength(0);
      } else {
        output.append(line).append('\n');
      }
    }
    if (input != null) {
      examples.add(new Example(input, output.toString().strip()));
    }
    return examples;
  }

  @ParameterizedTest
  @MethodSource("modules")
  void examplesGiveWhatTheyShow(String module) {
    var simulation = new Simulation(SimulationSettings.seed(1), ElixirNodes.shared(), Trace.OFF);
    Node node = simulation.bootAndWait(NodeSettings.shortName("alice@localhost"));
    Console console = node.owned(Console.class);
    simulation.runUntil(console::isIdle, simulation.now() + TEN_SECONDS);
    var wrong = new ArrayList<String>();
    for (Example example : examples(module)) {
      console.takePrinted();
      ElixirNodes.type(node, example.input());
      simulation.runUntil(console::isIdle, simulation.now() + TEN_SECONDS);
      String printed = console.takePrinted().strip();
      boolean isRight =
          example.output().isEmpty()
              ? !printed.startsWith("** (")
              : printed.equals(example.output());
      if (!isRight) {
        wrong.add(example.input() + "\n  shows " + example.output() + "\n  gives " + printed);
      }
    }
    assertThat(wrong).isEmpty();
  }
}
