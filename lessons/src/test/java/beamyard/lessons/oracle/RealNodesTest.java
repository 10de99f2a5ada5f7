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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our lessons on real nodes: they show there what they show in the yard. */
class RealNodesTest {
  @BeforeEach
  void elixirIsNeeded() {
    assumeTrue(RealNodes.missing().isEmpty(), RealNodes.missing().orElse(""));
  }

  private static Result play(Lesson lesson, List<String> differing) {
    try (RealNodes nodes = RealNodes.open()) {
      return LessonPlayer.play(lesson, nodes::freshStage, new Differences(differing));
    }
  }

  @Test
  void theSecondLessonIsTrueOnRealNodes() {
    var differing = new ArrayList<String>();
    Result result = play(Course.find("cookies").orElseThrow().lesson(), differing);
    assertThat(differing).isEmpty();
    assertThat(result.passed()).isGreaterThan(15);
  }

  @Test
  void whatCannotBeDoneHereIsNotComparedAndSaysSo() {
    Lesson lesson =
        LessonReader.read(
            "p.md",
            """
            {{< iex >}}
            iex(alice@localhost)> 1 + 1
            2
            iex(alice@localhost)> Sandbox.partition([[:alice@localhost], [:bob@localhost]])
            :ok
            iex(alice@localhost)> Node.list()
            []
            {{< /iex >}}
            """);
    var differing = new ArrayList<String>();
    assertThat(play(lesson, differing)).isEqualTo(new Result(1, 0, 0, 0, 0, 2));
    assertThat(differing).isEmpty();
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
                      var differing = new ArrayList<String>();
                      Result result = play(entry.lesson(), differing);
                      assertThat(differing).isEmpty();
                      assertThat(result.isWell()).isTrue();
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
