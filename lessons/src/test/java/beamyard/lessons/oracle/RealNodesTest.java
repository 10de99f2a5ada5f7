package beamyard.lessons.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import beamyard.lessons.script.Course;
import beamyard.lessons.script.Lesson;
import beamyard.lessons.script.LessonPlayer;
import beamyard.lessons.script.LessonPlayer.Result;
import beamyard.lessons.script.LessonPlayer.Verdict;
import beamyard.lessons.script.LessonReader;
import beamyard.lessons.script.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Our lessons on real nodes: they show there what they show in the yard. One lesson in every build; all of them, which takes
 * minutes, with {@code ./mvnw -Pcampaign test -Dtest=RealNodesTest}.
 */
class RealNodesTest {
  private static final int TRIES = 3;

  /** What real nodes of one machine cannot have, beside cuts, which some can: slow paths and libraries. */
  private static final Pattern NEEDS_MORE =
      Pattern.compile("Sandbox\\.(latency|loss|hold)|(?m)^deps:");

  private static final Pattern NEEDS_CUTS = Pattern.compile("Sandbox\\.(partition|block|blip)");

  @BeforeEach
  void elixirIsNeeded() {
    assumeTrue(RealNodes.missing().isEmpty(), RealNodes.missing().orElse(""));
  }

  /**
   * What became of a page, and where it was otherwise than it says.
   *
   * @param withCuts whether cuts were possible
   */
  private record Played(Result result, List<String> differing, boolean withCuts) {}

  private static Played play(Lesson lesson) {
    var differing = new ArrayList<String>();
    try (RealNodes nodes = RealNodes.open()) {
      return new Played(
          LessonPlayer.play(lesson, nodes::freshStage, new Differences(differing)),
          differing,
          nodes.canBeCut());
    }
  }

  /** Pages wait as long as an idle machine needs. On a busy one a difference counts only if it is there every time. */
  private static Played playPatiently(Lesson lesson) {
    Played played = play(lesson);
    for (int again = 1; again < TRIES && !played.differing().isEmpty(); again++) {
      played = play(lesson);
    }
    return played;
  }

  private static Lesson page(String text) {
    Lesson lesson = LessonReader.read("p.md", text);
    assertThat(lesson.problems()).isEmpty();
    return lesson;
  }

  @Test
  void theLessonOnRemoteCallsIsTrueOnRealNodes() {
    Played played = playPatiently(Course.find("rpc").orElseThrow().lesson());
    assertThat(played.differing()).isEmpty();
    assertThat(played.result().passed()).isGreaterThan(15);
    assertThat(played.result().notCompared()).isZero();
  }

  @Test
  void faultsOfSingleNodesAreDoneToProcesses() {
    Played played =
        playPatiently(
            page(
                """
                ---
                absent: [dave@localhost, nobody@localhost]
                ---

                {{< iex >}}
                iex(alice@localhost)> Node.connect(:bob@localhost)
                true
                iex(alice@localhost)> Sandbox.pause(:bob@localhost); Sandbox.nodes()
                [alice@localhost: :running, bob@localhost: :paused]
                iex(alice@localhost)> Sandbox.resume(:bob@localhost); :rpc.call(:bob@localhost, Kernel, :node, [])
                :bob@localhost
                iex(alice@localhost)> for how <- [:stop, :start, :restart], do: apply(Sandbox, how, [:bob@localhost])
                [:ok, :ok, :ok]
                iex(alice@localhost)> Sandbox.crash(:bob@localhost); {Node.list(), Sandbox.nodes()}
                {[], [alice@localhost: :running, bob@localhost: :down]}
                iex(alice@localhost)> Sandbox.start(:dave); Node.ping(:dave@localhost)
                :pong
                iex(alice@localhost)> Sandbox.crash(:nobody@localhost)
                ** (ArgumentError) node nobody@localhost is not there; needs one of ...
                iex(alice@localhost)> Sandbox.cuts()
                []
                {{< /iex >}}
                """));
    assertThat(played.differing()).isEmpty();
    assertThat(played.result()).isEqualTo(new Result(8, 0, 0, 0, 0, 0));
  }

  @Test
  void aNetworkThatCanBeCutIsCutAsTheYardIs() {
    Played played =
        playPatiently(
            page(
                """
                ---
                kernel:
                  net_ticktime: 4
                  net_setuptime: 2
                ---

                {{< iex >}}
                iex(alice@localhost)> Node.connect(:bob@localhost)
                true
                iex(alice@localhost)> Sandbox.partition([[:alice@localhost], [:bob@localhost]], name: :rack)
                :ok
                iex(bob@localhost)> Sandbox.cuts()
                [:rack]
                iex(bob@localhost)> Process.sleep(5500); {Node.list(), Node.ping(:alice@localhost)}
                {[], :pang}
                iex(alice@localhost)> Sandbox.heal(:no_rack)
                ** (ArgumentError) cut no_rack: is not there; needs ...
                iex(alice@localhost)> Sandbox.heal(:rack); Node.ping(:bob@localhost)
                :pong
                iex(alice@localhost)> Sandbox.block(:alice@localhost, :bob@localhost)
                :ok
                iex(alice@localhost)> Process.sleep(6500); Node.list()
                []
                iex(bob@localhost)> Sandbox.unblock(:alice@localhost, :bob@localhost); Node.ping(:alice@localhost)
                :pong
                iex(bob@localhost)> Sandbox.blip([[:alice@localhost], [:bob@localhost]], 100); Process.sleep(1000); Node.list()
                [:alice@localhost]
                {{< /iex >}}
                """));
    assumeTrue(played.withCuts(), "this machine lets us have no network of our own");
    assertThat(played.differing()).isEmpty();
    assertThat(played.result()).isEqualTo(new Result(10, 0, 0, 0, 0, 0));
  }

  @Test
  void whatCannotBeDoneHereIsNotComparedAndSaysSo() {
    Played played =
        playPatiently(
            LessonReader.read(
                "p.md", // whose library is told to be unknown to the yard; the rest is played
                """
                ---
                deps: [no_such_library]
                ---

                {{< iex >}}
                iex(alice@localhost)> 1 + 1
                2
                iex(alice@localhost)> x = 5; Sandbox.latency(:alice@localhost, :bob@localhost, 5)
                :ok
                iex(alice@localhost)> Node.list()
                []
                {{< /iex >}}

                ## Another section

                {{< iex >}}
                iex(alice@localhost)> 1 + 1
                2
                iex(alice@localhost)> NoSuchLibrary.Thing.start()
                :ok
                {{< /iex >}}
                """));
    assertThat(played.differing()).isEmpty();
    assertThat(played.result()).isEqualTo(new Result(2, 0, 0, 0, 0, 3));
  }

  @Tag("campaign")
  @TestFactory
  Stream<DynamicTest> everyLessonIsTrueOnRealNodes() {
    return Course.entries().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.name(),
                    () -> {
                      Played played = playPatiently(entry.lesson());
                      assertThat(played.differing()).isEmpty();
                      assertThat(played.result().isWell()).isTrue();
                      assertThat(played.result().notCompared() > 0)
                          .isEqualTo(
                              NEEDS_MORE.matcher(entry.text()).find()
                                  || !played.withCuts() && NEEDS_CUTS.matcher(entry.text()).find());
                    }));
  }

  /** Keeps what is otherwise than the page says. */
  private record Differences(List<String> found) implements LessonPlayer.Audience {
    @Override
    public void section(Lesson.Section section, List<String> nodes) {}

    @Override
    public void prose(Lesson.Prose prose) {}

    @Override
    public void frame(Lesson.Frame frame) {}

    @Override
    public void shown(Lesson.Code code) {}

    @Override
    public void defined(int line, String code, List<String> problems) {
      problems.forEach(problem -> found.add(line + ": " + problem));
    }

    @Override
    public void prompt(String node, Lesson.Prompt prompt, List<String> printed, Verdict verdict) {
      keep(prompt.line(), printed, verdict);
    }

    @Override
    public void expression(
        String node, int line, String code, List<String> printed, Verdict verdict, String note) {
      keep(line, printed, verdict);
    }

    @Override
    public void checked(String node, Task.Check check, Verdict verdict) {
      keep(check.line(), List.of(check.code()), verdict);
    }

    private void keep(int line, List<String> printed, Verdict verdict) {
      if (verdict == Verdict.DIFFERS) {
        found.add(line + ": " + printed);
      }
    }
  }
}
