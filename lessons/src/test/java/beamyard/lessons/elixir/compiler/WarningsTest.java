package beamyard.lessons.elixir.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.SimulatedStage;
import beamyard.lessons.script.Stage;
import beamyard.lessons.script.Stage.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Sources with the warnings that real Elixir 1.14 gave for them: {@code warnings.txt}, recorded by {@code warnings.exs}. */
class WarningsTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/beamyard/lessons/elixir/compiler/warnings.txt");

  /** What stands between a source and its warnings. */
  private static final String SEPARATOR = "--- warns\n";

  @TestFactory
  List<DynamicTest> everySourceGivesTheWarningsThatRealElixirGives() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (String block : Files.readString(GOLDEN).split("(?m)^### ")) {
      int end = block.indexOf('\n');
      int separator = block.indexOf(SEPARATOR);
      if (separator > 0) {
        String source = block.substring(end + 1, separator);
        String expected = block.substring(separator + SEPARATOR.length());
        tests.add(
            DynamicTest.dynamicTest(
                block.substring(0, end),
                () -> assertThat(warnings(source)).as(source).isEqualTo(expected)));
      }
    }
    return tests;
  }

  @Test
  void atAPromptInnerScopesAndModulesAreWarnedOfAndWhatProgramsReadIsAsBefore() {
    SimulatedStage stage = stage();
    assertThat(stage.type("alice", "x = 1; alias Foo.Bar; import List", 1_000).shown())
        .isEqualTo("List\n");
    Stage.Answer answer =
        stage.type(
            "alice",
            "case 1 do\n  y -> IO.puts(\"in\")\n  defmodule Inner do\n    alias Foo.Baz\n    def f, do: Nowhere.go()\n  end\n  2\nend",
            1_000);
    assertThat(answer.printed()).isEqualTo("in\n2\n");
    assertThat(answer.shown())
        .isEqualTo(
            """
            in
            warning: unused alias Baz
              iex:5

            warning: Nowhere.go/0 is undefined (module Nowhere is not available or is yet to be defined)
              iex:6: Inner.f/0

            2
            """);
  }

  private static String warnings(String source) {
    SimulatedStage stage = stage();
    String literal = source.replace("\\", "\\\\").replace("\"", "\\\"").replace("#", "\\#");
    String code = "Code.compile_string(\"" + literal + "\", \"code.exs\"); :done";
    Stage.Answer answer = stage.type("alice", code, 10_000);
    assertThat(answer.printed()).isEqualTo(":done\n");
    return answer.shown().replaceFirst(":done\n$", "");
  }

  private static SimulatedStage stage() {
    SimulatedStage stage = SimulatedStage.withSeed(1);
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
    return stage;
  }
}
