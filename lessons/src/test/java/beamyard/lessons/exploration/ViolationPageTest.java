package beamyard.lessons.exploration;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.LessonReader;
import beamyard.lessons.script.Program;
import beamyard.lessons.script.RecordedPlay;
import beamyard.simulator.FaultSchedule;
import beamyard.simulator.exploration.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViolationPageTest {
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
      wanted = 2

      Sandbox.eventually("both are counted", fn ->
        Agent.get(Counter, & &1) == wanted
      end)

      Node.spawn(:bob@localhost, Counter, :add, [])
      Node.spawn(:carol@localhost, Counter, :add, [])
      Process.sleep(500)
      """;

  private static final String ALL_STAY =
      """
      Sandbox.always("all are there", fn -> length(Node.list()) == 2 end)
      Process.sleep(1000)
      """;

  private static Counterexample found(String text, Beginning beginning, Disturbance disturbance) {
    return Exploration.counterexample(rehearsal(text, beginning), disturbance);
  }

  private static Rehearsal rehearsal(String text, Beginning beginning) {
    var starts =
        Stream.of("alice", "bob", "carol")
            .map(name -> Rehearsal.plainNode(name + "@localhost"))
            .toList();
    return new Rehearsal(Program.parse("program.exs", text), starts, beginning);
  }

  private static Counterexample found(String text, String faults) {
    return found(text, Beginning.CONNECTED, new Disturbance(7, 0, FaultSchedule.parse(faults)));
  }

  private static String shown(Counterexample known) {
    ViolationPage page = known.asPage();
    assertThat(page).isInstanceOf(ViolationPage.Shown.class);
    var shown = (ViolationPage.Shown) page;
    assertThat(LessonReader.read("page.md", shown.text()).problems()).isEmpty();
    LessonPlayer.Result result =
        RecordedPlay.play("page.md", shown.text(), shown.seed(), LessonPlayer.Audience.NOBODY)
            .result();
    assertThat(result.failed() + result.commentsFailed() + result.notRun()).isZero();
    assertThat(result.passed()).isPositive();
    return shown.text();
  }

  private static String untellable(Counterexample known) {
    assertThat(known.asPage()).isInstanceOf(ViolationPage.Untellable.class);
    return ((ViolationPage.Untellable) known.asPage()).why();
  }

  @Test
  void aLostUpdateIsShownByAPageThatAsksWhatWasStated() {
    Counterexample lost =
        new Exploration(rehearsal(LOST_UPDATE, Beginning.CONNECTED), 0)
            .run(1, 20, 1, (_, _, _) -> {}, () -> false)
            .counterexample()
            .orElseThrow();
    assertThat(shown(lost))
        .contains("iex(alice@localhost)> Node.connect(:carol@localhost)\ntrue\n")
        .contains(
            """
            iex(alice@localhost)> Sandbox.advance(90000)
            :ok
            iex(alice@localhost)> holds = fn ->
            ...(alice@localhost)>   Agent.get(Counter, & &1) == wanted
            ...(alice@localhost)> end
            """)
        .endsWith("iex(alice@localhost)> holds.()\nfalse\n{{< /iex >}}\n");
  }

  @Test
  void aCrashIsACallAtItsTime() {
    assertThat(shown(found(ALL_STAY, "300 crash bob@localhost\n")))
        .contains(
            "(alice@localhost)> spawn(fn -> Sandbox.advance(300); Sandbox.crash(:bob@localhost) end)\n")
        .endsWith("iex(alice@localhost)> holds.()\nfalse\n{{< /iex >}}\n");
  }

  @Test
  void packetsThatTakeTheirTimeTakeItOnThePageToo() {
    var late = new Disturbance(3, 50_000, FaultSchedule.parse(""));
    assertThat(shown(found(LOST_UPDATE, Beginning.CONNECTED, late)))
        .contains("Sandbox.latency(:bob@localhost, :carol@localhost, {:uniform, 0, 50})\n");
  }

  @Test
  void nodesThatBeginApartDoSoOnThePage() {
    var calm = Disturbance.none(1);
    assertThat(shown(found(ALL_STAY, Beginning.APART, calm))).doesNotContain("Node.connect(");
  }

  @Test
  void aPropertyThatRaisedRaisesOnThePage() {
    String raises = "Sandbox.always(\"it runs\", fn -> Agent.get(Nobody, & &1) end)\n";
    assertThat(shown(found(raises, "")))
        .endsWith("try do holds.() catch _, _ -> :raised end\n:raised\n{{< /iex >}}\n");
  }

  @Test
  void whatHoldsAgainWhenTheProgramHasEndedCannotBeTold() {
    String healed =
        """
        {:ok, light} = Agent.start(fn -> :green end)
        Sandbox.always("it is green", fn -> Agent.get(light, & &1) == :green end)
        Agent.update(light, fn _ -> :red end)
        Process.sleep(100)
        Agent.update(light, fn _ -> :green end)
        Process.sleep(100)
        """;
    assertThat(untellable(found(healed, ""))).contains("holds").contains("seeds 1 to 20");
  }

  @Test
  void aPropertyThatIsNotInTheTextCannotBeAsked() {
    String hidden =
        """
        defmodule Hidden do
          def state(name), do: Sandbox.always(name, fn -> false end)
        end
        Hidden.state("never")
        """;
    assertThat(untellable(found(hidden, "")))
        .isEqualTo("its text nowhere says Sandbox.always(\"never\", fn -> ... end)");
  }

  @Test
  void anOrderThatWasChosenCannotBeTold() {
    Counterexample free = found(ALL_STAY, "300 crash bob@localhost\n");
    var chosen =
        new Counterexample(
            free.program(),
            free.text(),
            free.nodes(),
            free.beginning(),
            free.disturbance(),
            Optional.of(new Schedule(List.of())),
            free.told(),
            free.violation(),
            free.hash());
    assertThat(untellable(chosen)).contains("the order of its signals was chosen");
  }
}
