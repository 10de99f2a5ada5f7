package beamyard.lessons.shell;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.shell.ProjectCode.Compiled;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import beamyard.simulator.Node;
import beamyard.simulator.NodeSettings;
import beamyard.simulator.Simulation;
import beamyard.simulator.SimulationSettings;
import beamyard.simulator.trace.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports as a real Elixir gave them for the same module, compiled to a file. */
class DoctestTest {
  private static final String PROJECT =
      """
      defmodule Calc do
        @moduledoc \"""
        A calculator.

            iex> Calc.add(1, 2)
            3
        \"""
        @doc \"""
        Adds.

            iex> Calc.add(1, 2)
            3

            iex> x = 1
            iex> Calc.add(x, 2)
            4

        And more

            iex> Calc.add(
            ...>   1,
            ...>   5
            ...> )
            6
            iex> Calc.add(1, 1)
            2
        \"""
        def add(a, b), do: a + b

        @doc \"""
            iex> Calc.div(1, 0)
            ** (ArithmeticError) bad argument in arithmetic expression

            iex> Calc.div(1, 0)
            ** (ArgumentError) other
        \"""
        def div(a, b), do: a / b

        @doc \"""
            iex> Calc.set()
            #MapSet<[1, 2]>
        \"""
        def set, do: MapSet.new([1, 2])
      end
      """;

  private static String report(String options) {
    var code = (Compiled) ProjectCode.NONE.with(List.of(new SourceFile("calc.ex", PROJECT)));
    var simulation =
        new Simulation(
            SimulationSettings.seed(1), ElixirNodes.shared().withProject(code.code()), Trace.OFF);
    Node node = simulation.bootAndWait(NodeSettings.unnamed("yard"));
    Console console = node.owned(Console.class);
    simulation.runUntil(console::isIdle, simulation.now() + 1_000_000_000L);
    ElixirNodes.type(node, "ExUnit.start(autorun: false)");
    ElixirNodes.type(
        node, "defmodule CalcTest do\n  use ExUnit.Case\n  doctest Calc" + options + "\nend\n");
    ElixirNodes.type(node, "ExUnit.run()");
    simulation.runUntil(console::isIdle, simulation.now() + 10_000_000_000L);
    return console.takePrinted();
  }

  @Test
  void anExampleThatDoesNotHoldIsShownWithItsValues() {
    assertThat(report(""))
        .contains(
            """
              1) doctest Calc.add/2 (3) (CalcTest)
                 iex:4
                 Doctest failed
                 doctest:
                   iex> x = 1
                   iex> Calc.add(x, 2)
                   4
                 code:  Calc.add(x, 2) === 4
                 left:  3
                 right: 4
                 stacktrace:
                   calc.ex:14: Calc (module)
            """);
  }

  @Test
  void anExceptionIsComparedByNameAndMessage() {
    assertThat(report(""))
        .contains(
            """
                 Doctest failed: expected exception ArgumentError but got ArithmeticError with message "bad argument in arithmetic expression"
                 doctest:
                   iex> Calc.div(1, 0)
                   ** (ArgumentError) "other"
                 stacktrace:
            """);
  }

  @Test
  void whatIsNoCodeIsComparedAsItIsInspected() {
    assertThat(report(""))
        .contains(
            """
                 code:  inspect(Calc.set()) === "#MapSet<[1, 2]>"
                 left:  "MapSet.new([1, 2])"
                 right: "#MapSet<[1, 2]>"
            """)
        .contains("7 doctests, 3 failures");
  }

  @Test
  void onlySomeFunctionsAreTestedIfSoAsked() {
    assertThat(report(", only: [add: 2], import: true")).contains("3 doctests, 1 failure\n");
    assertThat(report(", except: [:moduledoc, add: 2]")).contains("3 doctests, 2 failures\n");
  }
}
