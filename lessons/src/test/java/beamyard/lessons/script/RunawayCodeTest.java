package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Start;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Code that asks for more than the yard allows ends with an error that names the limit; its shell goes on. */
class RunawayCodeTest {
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

  private String printedBy(String code) {
    return stage.type("alice", code, 10_000).printed();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Enum.each(Stream.cycle([1]), fn _ -> :ok end) | reductions",
        "(fn f, l -> f.(f, l ++ l) end).(fn f, l -> f.(f, l ++ l) end, [1, 2]) | words of memory",
        "Enum.reduce(1..100, \"aaaaaaaa\", fn _, s -> s <> s end) | bytes in one binary",
        "String.duplicate(\"ab\", 9_000_000_000) | bytes in one binary",
        "Integer.pow(10, 100_000_000) | bits in one integer",
        ":lists.seq(1, 10_000_000_000) | words of memory",
        ":lists.duplicate(2_000_000_000, :a) | words of memory",
        "for _ <- 1..100_000, do: :ets.new(:t, []) | ETS tables",
      })
  void runawayCodeMeetsALimitThatItsErrorNames(String code, String limit) {
    assertThat(printedBy(code)).contains("Beamyard.LimitError").contains(limit);
    assertThat(printedBy("1 + 1")).isEqualTo("2\n");
  }

  @Test
  void endlessRecursionMeetsTheLimitOfTheStack() {
    printedBy("defmodule Deep do\ndef down(n), do: 1 + down(n + 1)\nend");
    assertThat(printedBy("Deep.down(0)")).contains("words of stack");
    assertThat(printedBy("1 + 1")).isEqualTo("2\n");
  }

  @Test
  void aLimitCannotBeRescuedByTheCodeThatMetIt() {
    printedBy(
        "defmodule Stubborn do\ndef loop do\ntry do\nspin()\nrescue\n_ -> loop()\nend\nend\ndef spin, do: spin()\nend");
    assertThat(printedBy("Stubborn.loop()")).contains("reductions");
  }

  @Test
  void aMailboxThatFillsUpEndsItsProcessAndNotTheNode() {
    Answer answer =
        stage.type(
            "alice",
            "p = self(); spawn(fn -> Enum.each(Stream.cycle([1]), &send(p, &1)) end); Process.sleep(9000)",
            10_000);
    assertThat(answer.printed()).contains("killed");
    assertThat(printedBy("1 + 1")).isEqualTo("2\n");
  }
}
