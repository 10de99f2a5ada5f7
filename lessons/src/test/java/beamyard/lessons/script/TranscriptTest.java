package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.lessons.script.Transcript.Header;
import beamyard.lessons.script.Transcript.Input;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranscriptTest {
  @Test
  void theHeaderSaysHowTheNodesAreStarted() {
    Header header =
        Transcript.parse(
                "t.iexs",
                """
                # title: Two nodes: one of them hidden
                # a comment
                # nodes: alice, bob carol
                # node bob: hidden cookie=other
                # node carol: nodist
                # kernel: net_ticktime=4 dist_auto_connect=never
                # timeout: 2.5s
                # logger: on
                # normalise: /took (\\d+) ms/ => took \\1 <ms>

                alice> 1
                1
                # timeout: 9s
                """)
            .header();
    assertThat(header.title()).isEqualTo("Two nodes: one of them hidden");
    assertThat(header.nodes()).containsExactly("alice", "bob", "carol");
    assertThat(header.nodeOptions().get("bob"))
        .containsExactly(Map.entry("hidden", "true"), Map.entry("cookie", "other"));
    assertThat(header.nodeOptions().get("carol")).containsExactly(Map.entry("nodist", "true"));
    assertThat(header.kernel())
        .containsExactly(Map.entry("net_ticktime", "4"), Map.entry("dist_auto_connect", "never"));
    assertThat(header.limitMillis()).isEqualTo(2500);
    assertThat(header.logging()).isEqualTo(Transcript.Logging.ON);
    assertThat(ComparableOutput.of("took 12 ms\n", header)).containsExactly("took 12 <ms>");
  }

  @Test
  void anOtpReleaseBefore25LetsPartitionsOverlapUnlessAKernelParameterSaysOtherwise() {
    Map.Entry<String, String> overlap = Map.entry("prevent_overlapping_partitions", "false");
    assertThat(Transcript.parse("t.iexs", "# otp: 24\n").header().kernel())
        .containsExactly(overlap);
    assertThat(Transcript.parse("t.iexs", "# otp: 26\n").header().kernel()).isEmpty();
    String both = "# otp: 23\n# kernel: prevent_overlapping_partitions=true\n";
    assertThat(Transcript.parse("t.iexs", both).header().kernel())
        .containsExactly(Map.entry("prevent_overlapping_partitions", "true"));
    assertThatThrownBy(() -> Transcript.parse("t.iexs", "# otp: soon\n"))
        .hasMessageContaining("t.iexs:1: expected the number of an OTP release");
  }

  @Test
  void withoutAHeaderThereIsAliceAndTenSecondsForEachInput() {
    Header header = Transcript.parse("t.iexs", "alice> 1\n1\n").header();
    assertThat(header.nodes()).containsExactly("alice");
    assertThat(header.limitMillis()).isEqualTo(10_000);
    assertThat(header.logging()).isEqualTo(Transcript.Logging.OFF);
    assertThat(Transcript.parse("t.iexs", "# nodes: none\n").header().nodes()).isEmpty();
  }

  @Test
  void anInputHasItsLinesAndWhatItPrints() {
    Transcript transcript =
        Transcript.parse(
            "t.iexs",
            """
            alice> [1,
              ...>   2]
            [1, 2]
            bob> IO.puts("a\\n\\nb")
            a
            <BLANKLINE>
            b
            \\! wait
            :ok

            alice>
            """);
    assertThat(transcript.steps())
        .containsExactly(
            new Input(1, "alice", "[1,\n  2]", List.of("[1, 2]")),
            new Input(4, "bob", "IO.puts(\"a\\n\\nb\")", List.of("a", "", "b", "! wait", ":ok")),
            new Input(11, "alice", "", List.of()));
  }

  @Test
  void everyDirectiveIsUnderstood() {
    Transcript transcript =
        Transcript.parse(
            "t.iexs",
            """
            ! start carol, dave
            ! stop carol
            ! kill dave
            ! exited dave
            ! pause bob
            ! resume bob
            ! wait 200ms
            ! wait 2s
            ! wait-until alice> Node.list() == []
            ! wait-until 500ms bob> true
            ! partition alice,bob | carol
            ! block alice -> bob
            ! unblock alice -> bob
            ! heal
            """);
    assertThat(transcript.steps())
        .containsExactly(
            new Transcript.Start(1, List.of("carol", "dave")),
            new Transcript.Stop(2, "carol"),
            new Transcript.Kill(3, "dave"),
            new Transcript.AwaitExit(4, "dave"),
            new Transcript.Pause(5, "bob"),
            new Transcript.Resume(6, "bob"),
            new Transcript.Wait(7, 200),
            new Transcript.Wait(8, 2000),
            new Transcript.WaitUntil(9, "alice", "Node.list() == []", 20_000),
            new Transcript.WaitUntil(10, "bob", "true", 500),
            new Transcript.Partition(11, List.of(List.of("alice", "bob"), List.of("carol"))),
            new Transcript.Block(12, "alice", "bob"),
            new Transcript.Unblock(13, "alice", "bob"),
            new Transcript.Heal(14));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "! explode alice ~ unknown directive '! explode'",
        "! start mallory ~ unknown node 'mallory'",
        "! stop ~ unknown node ''",
        "! wait soon ~ expected a duration",
        "! wait 1.2.3s ~ expected a duration",
        "! wait-until alice ~ expected '! wait-until [LIMIT] NODE> EXPRESSION'",
        "! wait-until mallory> true ~ unknown node 'mallory'",
        "! partition alice ~ a partition has at least two groups",
        "! block alice bob ~ expected '! block alice -> bob'",
        "! unblock alice ~ expected '! unblock alice -> bob'",
        "# nodes: mallory ~ unknown node 'mallory'",
        "# node mallory: hidden ~ unknown node 'mallory'",
        "# timeout: long ~ expected a duration",
        "# normalise: nothing ~ expected /regex/ => replacement",
        "# normalise: /(/ => x ~ does not compile"
      })
  void aMistakeIsNamedWithFileAndLine(String line, String problem) {
    assertThatThrownBy(() -> Transcript.parse("t.iexs", "# title: x\n" + line + "\n"))
        .isInstanceOf(ScriptProblem.class)
        .message()
        .startsWith("t.iexs:2: ")
        .contains(problem)
        .doesNotContain("\n");
  }

  private static List<String> comparable(String printed) {
    return ComparableOutput.of(printed, Transcript.parse("t.iexs", "").header());
  }

  @Test
  void identifiersAndPromptNumbersAreNotCompared() {
    assertThat(
            comparable(
                """
                {#PID<0.110.0>, #Reference<0.1.2.3>, #Port<0.4>, #Function<43.3316493/1 in :erl_eval.expr/6>}
                <0.110.0> iex:12 <<1, 2>>
                """))
        .containsExactly(
            "{#PID<...>, #Reference<...>, #Port<...>, #Function<...>}", "<...> iex:N <<1, 2>>");
  }

  @Test
  void stackTracesAreNotCompared() {
    assertThat(
            comparable(
                """
                ** (ArithmeticError) bad argument in arithmetic expression: 1 / 0
                    :erlang./(1, 0)
                    (elixir 1.14.0) lib/enum.ex:1: Enum.map/2
                    iex:1: (file)
                """))
        .containsExactly("** (ArithmeticError) bad argument in arithmetic expression: 1 / 0");
    assertThat(comparable("    iex:1: (file)\n")).containsExactly("    iex:N: (file)");
  }

  @Test
  void aDefinedModuleIsComparedByItsName() {
    assertThat(comparable("{:module, A.B,\n <<70, 79, 82, ...>>,\n {:f, 0}}\n"))
        .containsExactly("{:module, A.B}");
    assertThat(comparable("warning: x\n{:module, A, <<70, ...>>, :ok}\n"))
        .containsExactly("warning: x", "{:module, A}");
  }

  @Test
  void blanksAtTheEndAndTheBannerAreNotCompared() {
    assertThat(comparable("a  \r\n\nb\n\n\n")).containsExactly("a", "", "b");
    assertThat(
            comparable(
                "\nInteractive Elixir (1.14.0) - press Ctrl+C to exit (type h() ENTER for help)\n1\n"))
        .containsExactly("1");
  }

  @Test
  void theTimesOfLoggedLinesAreNotComparedWhereLoggingIsOn() {
    Header logged = Transcript.parse("t.iexs", "# logger: on\n").header();
    assertThat(ComparableOutput.of("\n12:30:01.123 [error] gone\n", logged))
        .containsExactly("<time> [error] gone");
    assertThat(comparable("12:30:01.123 [error] gone\n"))
        .containsExactly("12:30:01.123 [error] gone");
  }
}
