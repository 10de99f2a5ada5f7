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

  /** Virtual time is what reductions have cost, so it tells how much was done before the limit was met. */
  private long millisSpentOn(String code) {
    printedBy("before = System.monotonic_time(:millisecond)");
    printedBy("{_, monitor} = spawn_monitor(fn -> " + code + " end)");
    printedBy("receive do {:DOWN, ^monitor, _, _, reason} -> reason end");
    return Long.parseLong(printedBy("System.monotonic_time(:millisecond) - before").strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Runaway.loop(0) | 50_000_000 reductions | 550",
        "Enum.each(Stream.cycle([1]), fn _ -> :ok end) | 50_000_000 reductions | 550",
        "Runaway.list([]) | two words an element | 130",
        "Runaway.map(%{}, 0) | two words an element | 200",
        "Runaway.tuples({}) | a few words an element | 130",
        "Runaway.binaries([], 0) | 128 MB | 20",
        "Runaway.atoms(0) | 500_000 atoms | 100",
        "Runaway.deep(0) | 16_777_216 words of stack | 150",
        "Runaway.integers(2) | 8_388_608 bits | 20",
        "Runaway.bomb() | 262_144 processes | 100",
        "Runaway.chain() | 262_144 processes | 100",
        "Runaway.mailbox(self()) | a million messages | 100",
      })
  void whatRunsAwayMeetsItsLimitAfterNoMoreWorkThanTheLimitAllows(
      String code, String allowed, long most) {
    printedBy(
        """
        defmodule Runaway do
          def loop(n), do: loop(n + 1)
          def list(l), do: list([1 | l])
          def map(m, n), do: map(Map.put(m, n, n), n + 1)
          def tuples(t), do: tuples({1, 2, 3, t})
          def binaries(l, n), do: binaries([String.duplicate("x", 1_000 + n) | l], n + 1)
          def atoms(n), do: (String.to_atom("a" <> Integer.to_string(n)); atoms(n + 1))
          def deep(n), do: 1 + deep(n + 1)
          def integers(n), do: integers(n * n)
          def bomb(), do: (spawn(fn -> bomb() end); bomb())
          def chain(), do: (spawn(&chain/0); spawn(&chain/0); Process.sleep(:infinity))
          def mailbox(pid), do: (send(pid, :more); mailbox(pid))
        end
        """);
    assertThat(millisSpentOn(code)).as("%s: at most %s", code, allowed).isLessThan(most);
    assertThat(printedBy("Enum.count(Process.list()) < 100")).isEqualTo("true\n");
  }

  @Test
  void processesThatSpawnWithoutEndAreKilledTogetherAndTheLogSaysSo() {
    printedBy("defmodule Bomb do\ndef go, do: (spawn(&go/0); go())\nend");
    printedBy("keep = spawn(fn -> Process.sleep(:infinity) end)");
    printedBy("Logger.configure(level: :error); Logger.add_backend(:console)");
    assertThat(printedBy("spawn(&Bomb.go/0); Process.sleep(100)"))
        .contains("more than 262144 processes on one node")
        .contains("were killed");
    assertThat(printedBy("Process.alive?(keep)")).isEqualTo("true\n");
  }

  @Test
  void aShellThatSpawnsTooMuchGetsOtpsErrorAndGoesOn() {
    assertThat(printedBy("for _ <- 1..300_000, do: spawn(fn -> Process.sleep(:infinity) end)"))
        .contains("** (SystemLimitError) a system limit has been reached");
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
