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

/** What {@code h}, {@code b} and {@code t} tell of the project's own modules is what a real node tells of compiled files. */
class HelpTest {
  private static final String PROJECT =
      """
      defmodule Foo do
        @moduledoc \"""
        Hello, this is the *module* doc, with `code` and a rather long line that must be wrapped somewhere near the end.
        Second line.

        ## Examples

            iex> Foo.a(1)
            1

        * one
        * two that is
          continued here
        \"""
        @doc "adds"
        @spec a(integer) :: integer
        def a(b), do: b
        @doc since: "1.2"
        @doc "x"
        @deprecated "no"
        def e(%{a: 1} = m, {x, _}, [h | t], "s", 3), do: {m, x, h, t}
        @doc false
        def c(b), do: b
        @spec d(integer, any) :: any
        def d(x, y \\\\ 1), do: x + y
        @doc "guarded"
        defguard is_x(a) when a == 1
        @doc "k"
        @spec k(a, b) :: {a, b} when a: integer, b: [atom]
        @spec k(:x, :y) :: nil
        def k(a, b)
        def k(:x, :y), do: nil
        def k(a, b), do: {a, b}
        def under(_a, _), do: 1
        def lit(1, :a, nil, 2.0, "x"), do: 1
        def lit(a, b, c, d, e), do: {a, b, c, d, e}
        def _hid(x), do: x
        @typedoc "my type"
        @type t :: integer
        @type u(a) :: {a, t}
        @typep p :: atom
        @opaque o :: p
        @doc "the callback"
        @callback cb(integer) :: atom
        @callback nodoc(x :: integer, p) :: {:ok, t}
        @optional_callbacks cb: 1
      end

      defmodule Bar do
        def x, do: 1
      end
      """;

  private static String typed(String... lines) {
    var code = (Compiled) ProjectCode.NONE.with(List.of(new SourceFile("foo.ex", PROJECT)));
    var simulation =
        new Simulation(
            SimulationSettings.seed(1), ElixirNodes.shared().withProject(code.code()), Trace.OFF);
    Node node = simulation.bootAndWait(NodeSettings.unnamed("yard"));
    Console console = node.owned(Console.class);
    simulation.runUntil(console::isIdle, simulation.now() + 1_000_000_000L);
    console.takePrinted();
    for (String line : lines) {
      ElixirNodes.type(node, line);
      simulation.runUntil(console::isIdle, simulation.now() + 1_000_000_000L);
    }
    return console.takePrinted();
  }

  @Test
  void aModuleShowsItsDocumentation() {
    assertThat(typed("h Foo"))
        .contains(
            """

                                                  Foo

            Hello, this is the *module* doc, with `code` and a rather long line that must
            be wrapped somewhere near the end. Second line.

            ## Examples

                iex> Foo.a(1)
                1

              * one
              * two that is continued here
            """);
    assertThat(typed("h Bar")).contains("No documentation for Bar was found");
  }

  @Test
  void aFunctionShowsHowItIsCalledAndWhatItIsFor() {
    assertThat(typed("h Foo.a"))
        .contains(
            """
                                                def a(b)

              @spec a(integer()) :: integer()

            adds
            """);
    assertThat(typed("h Foo.e"))
        .contains(
            """
                                    def e(m, arg, list, binary, int)

            deprecated: no
            since: 1.2

            x
            """);
    assertThat(typed("h Foo.d/1")).contains("def d(x, y \\\\ 1)").doesNotContain("@spec");
    assertThat(typed("h Foo.is_x")).contains("defmacro is_x(a)\n\nguard: true\n\nguarded\n");
    assertThat(typed("h Foo.k"))
        .contains(
            "  @spec k(a, b) :: {a, b} when a: integer(), b: [atom()]\n  @spec k(:x, :y) :: nil\n\nk\n");
    assertThat(typed("h Foo.under")).contains("def under(a, _)");
    assertThat(typed("h Foo.lit")).contains("def lit(a, b, c, d, e)");
  }

  @Test
  void whatIsHiddenIsNotFound() {
    assertThat(typed("h Foo.c")).contains("No documentation for Foo.c was found");
    assertThat(typed("h Foo._hid")).contains("No documentation for Foo._hid was found");
    assertThat(typed("h Foo.cb"))
        .contains(
            "No documentation for function Foo.cb was found, but there is a callback with the same name.");
  }

  @Test
  void callbacksAndTypesAreShown() {
    assertThat(typed("b Foo"))
        .contains(
            """
            @callback cb(integer()) :: atom()

            @callback nodoc(x :: integer(), p()) :: {:ok, t()}

            @optional_callbacks cb: 1
            """);
    assertThat(typed("b Foo.cb")).contains("@callback cb(integer()) :: atom()\n\nthe callback\n");
    assertThat(typed("t Foo"))
        .contains(
            "@opaque o()\n\n@typep p() :: atom()\n\n@type t() :: integer()\n\n@type u(a) :: {a, t()}\n");
    assertThat(typed("t Foo.t")).contains("@type t() :: integer()\n\nmy type\n");
    assertThat(typed("t Foo.p"))
        .contains("No type information for Foo.p was found or Foo.p is private");
  }

  @Test
  void aModuleTypedAtThePromptHasNone() {
    String module =
        "defmodule Typed do\n  @moduledoc \"x\"\n  @type t :: atom\n  def a(x), do: x\nend";
    assertThat(typed(module, "h Typed")).contains("Typed was not compiled with docs");
    assertThat(typed(module, "h Typed.a")).contains("Typed was not compiled with docs");
    assertThat(typed(module, "t Typed"))
        .contains(
            "Beam code not available for Typed or debug info is missing, cannot load typespecs");
  }

  @Test
  void aModuleCompiledIntoAFolderHasIts() {
    String write =
        "File.write!(\"foo.ex\", \"defmodule Filed do\\n  @moduledoc \\\"In a file.\\\"\\nend\")";
    assertThat(typed(write, "c(\"foo.ex\")", "h Filed"))
        .contains("Filed was not compiled with docs");
    assertThat(typed(write, "c([\"foo.ex\"], \".\")", "h Filed"))
        .contains("[Filed]")
        .contains("In a file.");
  }

  @Test
  void aFileOfErlangIsNamedAndLeftOut() {
    assertThat(typed("File.write!(\"a.erl\", \"\")", "c(\"a.erl\")"))
        .contains("a.erl is not compiled: the yard knows no Erlang.");
  }
}
