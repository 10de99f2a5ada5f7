package beamyard.lessons.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.lessons.exploration.Exhaustive.Kind;
import beamyard.lessons.exploration.Exhaustive.Options;
import beamyard.lessons.exploration.Exhaustive.Outcome;
import beamyard.lessons.exploration.Rehearsal.Beginning;
import beamyard.lessons.script.Program;
import beamyard.lessons.script.ScriptProblem;
import beamyard.lessons.script.Stage.Logging;
import beamyard.lessons.script.Stage.Naming;
import beamyard.lessons.script.Stage.Start;
import beamyard.lessons.script.Stage.Visibility;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExhaustiveTest {
  private static final List<String> TWO = List.of("alice", "bob");
  private static final List<String> THREE = List.of("alice", "bob", "carol");

  private static String file(String name) throws IOException {
    try (InputStream in = ExhaustiveTest.class.getResourceAsStream(name + ".exs")) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Rehearsal rehearsal(String name, String text, List<String> nodes) {
    List<Start> starts = nodes.stream().map(ExhaustiveTest::start).toList();
    Beginning beginning =
        name.startsWith("double_singleton") ? Beginning.APART : Beginning.CONNECTED;
    return new Rehearsal(Program.parse(name + ".exs", text), starts, beginning);
  }

  private static Start start(String name) {
    return new Start(
        name + "@localhost",
        name,
        "localhost",
        Naming.SHORT,
        "secret",
        Visibility.VISIBLE,
        new LinkedHashMap<>(),
        Logging.OFF);
  }

  private static Outcome explore(Rehearsal rehearsal, int faults, Kind... kinds) {
    return new Exhaustive(rehearsal, new Options(faults, List.of(kinds), 200_000, 120))
        .run(() -> false);
  }

  private static List<String> nodesOf(String name) {
    return switch (name) {
      case "lost_update" -> THREE;
      case "agent", "cache", "philosophers" -> List.of("alice");
      default -> TWO;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "lost_update, eventually \"both are counted\" was false",
    "abba, eventually \"both are done\" was false",
    "read_your_write, always \"what is read is what was written\" was false",
    "double_singleton, eventually \"there is one\" was false",
    "agent, always \"nothing is sold that is not there\" was false",
    "bank, always \"nobody owes the bank\" was false",
    "cache, always \"it is computed once at most\" was false",
    "leader, always \"one leader at most\" was false"
  })
  void theKnownErrorOfAClassicProgramIsFoundAndOfTheMendedOneNothingIsLeftToTry(
      String name, String violation) throws IOException {
    Rehearsal wrong = rehearsal(name, file(name), nodesOf(name));
    Outcome outcome = explore(wrong, 0);
    assertThat(outcome.search().exhausted()).isFalse();
    Counterexample found = outcome.counterexample().orElseThrow();
    assertThat(found.violation()).startsWith(violation);
    assertThat(found.told()).isNotEmpty();
    Counterexample read = Counterexample.read("f", found.write());
    assertThat(read).isEqualTo(found);
    assertThat(Exploration.again(read, wrong)).contains(found);

    Outcome mended = explore(rehearsal(name + "_mended", file(name + "_mended"), nodesOf(name)), 0);
    assertThat(mended.search().exhausted()).isTrue();
    assertThat(mended.counterexample()).isEmpty();
    assertThat(mended.neverTrue()).isEmpty();
  }

  /** Of the mended one some 350,000 steps are tried until nothing is left. */
  @Test
  void threePhilosophersStarve() throws IOException {
    Outcome outcome = explore(rehearsal("philosophers", file("philosophers"), List.of("alice")), 0);
    assertThat(outcome.counterexample().orElseThrow().violation())
        .startsWith("eventually \"all have eaten\" was false");
  }

  @Test
  void aRaceOfTwoProcessesOnATableIsSeenThoughNeitherWaits() throws IOException {
    Outcome outcome = explore(rehearsal("cache", file("cache"), List.of("alice")), 0);
    assertThat(outcome.counterexample().orElseThrow().story())
        .contains("goes on after it has used a table");
    String alone = file("cache").replace("for _ <- 1..2, do: spawn", "for _ <- 1..1, do: spawn");
    assertThat(explore(rehearsal("alone", alone, List.of("alice")), 0).search().exhausted())
        .isTrue();
  }

  private static final String ASKED_ONCE =
      """
      defmodule Server do
        def start do
          Process.register(self(), Server)
          receive do: ({:ask, from} -> send(from, :answer))
        end
      end

      Node.spawn(:bob@localhost, Server, :start, [])
      Process.sleep(100)
      {:ok, _} = Agent.start(fn -> :none end, name: Result)
      Sandbox.eventually("there is a result", fn -> Agent.get(Result, fn result -> result != :none end) end)
      send({Server, :bob@localhost}, {:ask, self()})
      receive do: (:answer -> Agent.update(Result, fn _ -> :answer end))
      """;

  private static final String MONITORED =
      ASKED_ONCE
          .replace(
              "send({Server,", "ref = Process.monitor({Server, :bob@localhost})\nsend({Server,")
          .replace(
              "receive do: (:answer -> Agent.update(Result, fn _ -> :answer end))",
              """
              receive do
                :answer -> Agent.update(Result, fn _ -> :answer end)
                {:DOWN, ^ref, _, _, _} -> Agent.update(Result, fn _ -> :down end)
              end
              """);

  @Test
  void aCrashIsTriedAtEveryInstantThatMatters() {
    assertThat(explore(rehearsal("asked", ASKED_ONCE, TWO), 0).search().exhausted()).isTrue();
    Outcome outcome = explore(rehearsal("asked", ASKED_ONCE, TWO), 1, Kind.CRASH);
    Counterexample found = outcome.counterexample().orElseThrow();
    assertThat(found.story()).contains("bob@localhost crashes.");
    Outcome mended = explore(rehearsal("monitored", MONITORED, TWO), 1, Kind.CRASH);
    assertThat(mended.search().exhausted()).isTrue();
  }

  @Test
  void aCounterexampleIsATestInJavaToo() throws IOException {
    Counterexample found =
        explore(rehearsal("lost_update", file("lost_update"), THREE), 0)
            .counterexample()
            .orElseThrow();
    String source = found.asJavaTest();
    assertThat(source).contains("class LostUpdateTest {").contains("Exploration.again(known)");
    int block = source.indexOf("\"\"\"");
    String text = source.substring(block + 4, source.indexOf("\"\"\"", block + 3));
    assertThat(text.stripIndent().translateEscapes()).isEqualTo(found.write());
  }

  @Test
  void aProgramThatStatesNothingSaysSo() {
    assertThatThrownBy(() -> explore(rehearsal("one", "1 + 1", TWO), 0))
        .isInstanceOf(ScriptProblem.class)
        .hasMessageContaining("states no property");
  }
}
