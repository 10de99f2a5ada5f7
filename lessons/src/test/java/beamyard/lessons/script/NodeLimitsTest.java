package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.lessons.script.Stage.Answer;
import beamyard.lessons.script.Stage.Ending;
import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import beamyard.simulator.BadSetup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not in a transcript because it goes to the terminal, or needs a machine with little memory. */
class NodeLimitsTest {
  private static final String ALICE = "alice@localhost";
  private static final String BOB = "bob@localhost";

  private final SimulatedStage stage = SimulatedStage.withSeed(1);

  private static Start node(String name, Map<String, String> options) {
    return new Start(
        name + "@localhost",
        name,
        "localhost",
        Naming.SHORT,
        "secret",
        Visibility.VISIBLE,
        options,
        Logging.ON);
  }

  private void start(Map<String, String> ofAlice) {
    stage.start(List.of(node("alice", ofAlice), node("bob", Map.of())));
    at(BOB, "Node.connect(:alice@localhost); Node.monitor(:alice@localhost, true)");
  }

  private Answer answer(String node, String code) {
    return stage.type(node, code, 60_000);
  }

  private String at(String node, String code) {
    return answer(node, code).printed().stripTrailing();
  }

  @Test
  void anAtomTooManyEndsTheNodeWithACrashDumpAndItsPeersSeeItGo() {
    start(Map.of("+t", "20000"));
    assertThat(at(ALICE, ":erlang.system_info(:atom_limit)")).isEqualTo("20000");
    Answer last =
        answer(ALICE, "for n <- 1..100_000, do: String.to_atom(\"number_#{n}\"); IO.puts(\"on\")");
    assertThat(last.ending()).isEqualTo(Ending.DIED);
    assertThat(last.printed())
        .isEqualTo(
            """

            no more index entries in atom_tab (max=20000)

            Crash dump is being written to: erl_crash.dump...done
            """);
    assertThat(at(BOB, "flush()")).isEqualTo("{:nodedown, :alice@localhost}\n:ok");
  }

  @Test
  void aHeapThatOutgrowsTheMemoryOfTheMachineEndsTheNode() {
    start(Map.of("memory", "80000000"));
    Answer last = answer(ALICE, "f = fn f, l -> f.(f, [1, 2, 3 | l]) end; f.(f, [])");
    assertThat(last.ending()).isEqualTo(Ending.DIED);
    assertThat(last.printed())
        .matches(
            "(?s)\neheap_alloc: Cannot allocate \\d+ bytes of memory \\(of type \"heap\"\\)\\.\n.*");
    assertThat(at(BOB, "flush()")).isEqualTo("{:nodedown, :alice@localhost}\n:ok");
  }

  @Test
  void messagesThatNobodyTakesFillTheMemoryOfTheMachine() {
    start(Map.of("memory", "80000000"));
    Answer last =
        answer(
            ALICE,
            "p = spawn(fn -> receive do :never -> 1 end end); f = fn f -> send(p, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]); f.(f) end; f.(f)");
    assertThat(last.ending()).isEqualTo(Ending.DIED);
    assertThat(last.printed()).contains("eheap_alloc");
  }

  @Test
  void whatFitsIntoTheMemoryDoesNoHarm() {
    start(Map.of("memory", "80000000"));
    assertThat(at(ALICE, "Enum.sum(Enum.to_list(1..1_000_000))")).isEqualTo("500000500000");
    assertThat(at(ALICE, "for(_ <- 1..20, do: length(Enum.to_list(1..300_000))) |> Enum.sum()"))
        .isEqualTo("6000000");
  }

  @Test
  void theHeapOfEveryProcessCanBeLimitedAtTheStartOfTheNode() {
    start(Map.of("+hmax", "3000000", "+hmaxel", "false"));
    assertThat(at(ALICE, "Process.info(self(), :max_heap_size)"))
        .isEqualTo("{:max_heap_size, %{error_logger: false, kill: true, size: 3000000}}");
    assertThat(
            at(
                ALICE,
                "{_, r} = spawn_monitor(fn -> length(Enum.to_list(1..5_000_000)) end); receive do {:DOWN, ^r, _, _, why} -> why end"))
        .isEqualTo(":killed");
  }

  @Test
  void aNodeStartedByTheSandboxWithABusyLimitHasIt() {
    start(Map.of());
    assertThat(
            at(
                BOB,
                "Sandbox.start(:dave, busy_limit: 8); :rpc.call(:dave@localhost, :erlang, :system_info, [:dist_buf_busy_limit])"))
        .isEqualTo("8192");
  }

  @Test
  void limitsThatNoNodeCanHaveAreRefused() {
    assertThatThrownBy(() -> start(Map.of("+P", "100")))
        .isInstanceOf(BadSetup.class)
        .hasMessageContaining("emulator flag +P")
        .hasMessageContaining("1024 to 134217727");
    assertThatThrownBy(() -> start(Map.of("+hmax", "12"))).hasMessageContaining("233");
    assertThatThrownBy(() -> start(Map.of("memory", "1"))).hasMessageContaining("64000000");
    assertThatThrownBy(() -> start(Map.of("+zdbbl", "0"))).hasMessageContaining("1 to 2097151");
    assertThatThrownBy(() -> start(Map.of("+Q", "4096"))).hasMessageContaining("+Q");
  }
}
