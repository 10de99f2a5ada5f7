package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.Stage.Start;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files of code, as the command {@code elixir} runs them: what it prints was recorded from the real one. */
class ScriptFileTest {
  private final SimulatedStage stage = SimulatedStage.withSeed(1);

  @BeforeEach
  void startANode() {
    stage.start(
        List.of(
            new Start(
                "alice",
                "alice",
                "localhost",
                Stage.Naming.SHORT,
                "secret",
                Stage.Visibility.VISIBLE,
                Map.of(),
                Stage.Logging.OFF)));
  }

  private String printedBy(String path, String script) {
    String literal = script.replace("\\", "\\\\").replace("\"", "\\\"").replace("#", "\\#");
    return stage
        .type("alice", "Beamyard.Script.run(\"" + path + "\", \"" + literal + "\")", 10_000)
        .printed();
  }

  @Test
  void anErrorNamesTheFileAndTheLinesOfIt() {
    String script =
        """
        IO.puts(__ENV__.file)
        IO.puts(__DIR__)
        defmodule A do
          def f(x), do: g(x) + 1
          defp g(_), do: raise "oops"
        end
        h = fn -> A.f(1) end
        h.() + 1
        """;
    assertThat(printedBy("/tmp/a.exs", script))
        .isEqualTo(
            """
            /tmp/a.exs
            /tmp
            ** (RuntimeError) oops
                /tmp/a.exs:5: A.g/1
                /tmp/a.exs:4: A.f/1
                /tmp/a.exs:8: (file)
                (elixir 1.14.0) lib/code.ex:1245: Code.require_file/2
            """);
  }

  @Test
  void whatAFileCannotBeReadForIsSaidWithItsPlace() {
    assertThat(printedBy("g.exs", "1 +\n"))
        .isEqualTo(
            """
            ** (TokenMissingError) g.exs:1:4: syntax error: expression is incomplete
                |
              1 | 1 +
                |    ^
                (elixir 1.14.0) lib/code.ex:1245: Code.require_file/2
            """);
  }

  @Test
  void filesAreRequiredOnceAndCompiledOrEvaluatedAsOftenAsIsAsked() {
    String script =
        """
        File.write!("c.ex", "defmodule CA do\\nend\\ndefmodule CB do\\nend")
        File.write!("d.exs", "y = 1\\ny + 1")
        names = fn modules -> Enum.map(modules, &elem(&1, 0)) end
        IO.inspect(names.(Code.require_file("c.ex")))
        IO.inspect(Code.require_file("c.ex"))
        IO.inspect(names.(Code.compile_file("c.ex")))
        IO.inspect(Code.eval_file("d.exs"))
        IO.inspect(names.(Code.compile_string("defmodule C1 do end; defmodule C2 do end")))
        IO.inspect(names.(Code.compile_quoted(quote do defmodule C3 do end end)))
        Code.require_file("nope.ex", "/tmp")
        """;
    assertThat(printedBy("m.exs", script))
        .startsWith("[CA, CB]\nnil\n[CA, CB]\n{2, [y: 1]}\n[C1, C2]\n[C3]\n")
        .contains("** (Code.LoadError) could not load /tmp/nope.ex. Reason: enoent");
  }
}
