package beamyard.exercises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import beamyard.exercises.Report.Result;
import beamyard.exercises.ReportFormat.Judged;
import beamyard.lessons.shell.ProjectCode.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the grader says of solutions that cannot be judged, or that do harm. */
class GraderTest {
  private static final Exercise HELLO =
      ExerciseFolder.catalog().stream()
          .filter(exercise -> exercise.name().equals("hello"))
          .findFirst()
          .orElseThrow();

  private static Report grade(String body) {
    return Grader.grade(
        HELLO,
        new SourceFile(
            "hello.ex",
            "defmodule Hello do\n  def greeting(node) do\n    " + body + "\n  end\nend\n"),
        _ -> {});
  }

  /** A report on code that one check calls, on one node. */
  private static Report gradeOnce(String code) {
    var checks =
        new SourceFile(
            "checks.ex",
            """
            defmodule Checks do
              use Exercise.Checks
              check "it ends", nodes: [1], seeds: 1 do
                answer("run/0", fn -> Once.run() end)
              end
            end
            """);
    var solution = new SourceFile("once.ex", "defmodule Once do\n" + code + "\nend");
    var once =
        new Exercise(
            "once",
            "Once",
            1,
            "",
            List.of(),
            solution,
            Optional.of(solution),
            List.of(),
            checks,
            List.of(),
            List.of());
    return Grader.grade(once, solution, _ -> {});
  }

  private static List<String> messages(Report report) {
    assertThat(report.refusal()).isEmpty();
    return report.results().stream()
        .flatMap(result -> result.counterexample().stream())
        .map(Report.Counterexample::message)
        .toList();
  }

  @Test
  void aSolutionThatDoesNotCompileIsToldWhereAndWhy() {
    Report report =
        Grader.grade(
            HELLO,
            new SourceFile("hello.ex", "defmodule Hello do\n  def x do y end\nend"),
            _ -> {});
    assertThat(report.refusal().orElseThrow())
        .contains("does not compile", "hello.ex:2", "undefined function y/0");
    assertThat(report.passed()).isFalse();
  }

  @Test
  void aSolutionOfAnotherModuleIsToldWhatIsMissing() {
    Report report =
        Grader.grade(
            HELLO,
            new SourceFile("hello.ex", "defmodule Hallo do\n  def greeting(_), do: 1\nend"),
            _ -> {});
    assertThat(report.refusal().orElseThrow()).contains("Hello.greeting/1").contains("Hallo");
  }

  @Test
  void aSolutionThatReplacesTheChecksIsRefused() {
    for (String name : List.of("Exercise.Checks", "Checks", "Enum")) {
      String text =
          "defmodule Hello do\n  def greeting(_), do: :ok\nend\ndefmodule "
              + name
              + " do\n  def expect(_, _), do: :ok\nend";
      assertThat(Grader.grade(HELLO, new SourceFile("hello.ex", text), _ -> {}).refusal())
          .hasValueSatisfying(why -> assertThat(why).contains("it defines " + name));
    }
  }

  @Test
  void aSolutionCannotGiveItsOwnVerdict() {
    assertThat(
            grade("send(:exercise_grader, {:verdict, :passed})\n    Process.sleep(:infinity)")
                .points())
        .isZero();
    Report replacing =
        grade(
            "Code.compile_string(\"defmodule Exercise.Checks do\\n def expect_equal(_, _, _), do: :ok\\nend\")\n    node");
    assertThat(messages(replacing))
        .isNotEmpty()
        .anyMatch(message -> message.contains("other code"));
  }

  @Test
  void aSolutionThatLoopsForEverIsToldSo() {
    assertThat(messages(gradeOnce("  def run, do: run()")))
        .hasSize(1)
        .first()
        .asString()
        .contains("reductions");
  }

  @Test
  void aSolutionThatWaitsForEverIsToldSo() {
    Report report = grade("receive do {:never, ^node} -> :ok end");
    assertThat(messages(report)).isNotEmpty().allMatch(message -> message.contains("no answer"));
  }

  @Test
  void aSolutionThatFloodsMemoryIsStopped() {
    Report report =
        gradeOnce("  def run, do: grow([1, 2])\n  defp grow(list), do: grow(list ++ list)");
    assertThat(messages(report)).hasSize(1).first().asString().contains("memory");
  }

  @Test
  void aSolutionCannotReachTheMachine() {
    Report report =
        grade("System.cmd(\"touch\", [\"/tmp/escaped\"])\n    File.read(\"/etc/passwd\")");
    assertThat(report.passed()).isFalse();
    assertThat(report.toString()).doesNotContain("root:");
  }

  @Test
  void theSameSolutionGetsTheSameReport() {
    SourceFile bad = HELLO.mistakes().get(1).solution();
    assertThat(Grader.grade(HELLO, bad, _ -> {})).isEqualTo(Grader.grade(HELLO, bad, _ -> {}));
  }

  @Test
  void reportsAreWrittenForOtherPrograms() {
    Report report = Grader.grade(HELLO, HELLO.mistakes().getFirst().solution(), _ -> {});
    var judged = List.of(new Judged("a \"b\" <c>.ex", report));
    long failed = report.results().stream().filter(result -> !result.passed()).count();
    assertThat(ReportFormat.JUNIT.write(judged))
        .contains("<testsuite name=\"hello: a &quot;b&quot; &lt;c&gt;.ex\"")
        .contains("failures=\"" + failed + "\"");
    assertThat(ReportFormat.JSON_ARRAY.write(judged))
        .contains("\"exercise\" : \"hello\"")
        .contains("\\\"b\\\"")
        .contains("\"points_max\" : " + report.pointsMax());
  }

  @Test
  void aCancelledCheckEndsWithinASecond() {
    Exercise counter =
        ExerciseFolder.catalog().stream()
            .filter(exercise -> exercise.name().equals("word-counter"))
            .findFirst()
            .orElseThrow();
    var cancelledAt = new AtomicLong();
    var first = new AtomicLong();
    assertThatThrownBy(
            () ->
                Grader.grade(
                    counter,
                    counter.solutions().getFirst(),
                    _ -> first.compareAndSet(0, System.nanoTime()),
                    () -> {
                      // in the midst of a check, a while after the first result
                      boolean now =
                          first.get() != 0 && System.nanoTime() - first.get() > 100_000_000;
                      if (now) {
                        cancelledAt.compareAndSet(0, System.nanoTime());
                      }
                      return now;
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - cancelledAt.get()))
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void anEndlessLoopIsCancelledWithinASecond() {
    var begun = new AtomicBoolean();
    long[] cancelledAt = {0};
    assertThatThrownBy(
            () ->
                Grader.grade(
                    HELLO,
                    new SourceFile(
                        "hello.ex",
                        "defmodule Hello do\n  def greeting(node), do: greeting(node)\nend"),
                    _ -> {},
                    () -> {
                      boolean now = begun.getAndSet(true);
                      cancelledAt[0] =
                          now && cancelledAt[0] == 0 ? System.nanoTime() : cancelledAt[0];
                      return now;
                    }))
        .isInstanceOf(CancellationException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - cancelledAt[0]))
        .isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aFailedTrialIsRecordedAndFailsTheSameWayAgain() {
    SourceFile linked =
        HELLO.mistakes().stream()
            .map(Exercise.Mistake::solution)
            .filter(solution -> solution.name().endsWith("linked.ex"))
            .findFirst()
            .orElseThrow();
    Result failed =
        Grader.grade(HELLO, linked, _ -> {}).results().stream()
            .filter(result -> !result.passed())
            .findFirst()
            .orElseThrow();
    RecordedTrial recorded = RecordedTrial.of("hello", HELLO, linked, failed);
    RecordedTrial read = RecordedTrial.read("f", recorded.write());
    assertThat(read).isEqualTo(recorded);
    RecordedTrial.Again again = read.again(HELLO);
    assertThat(again.hash()).isEqualTo(recorded.hash());
    assertThat(again.message()).contains(recorded.message());
    assertThat(again.story()).isEqualTo(failed.counterexample().orElseThrow().story());
    String source = recorded.asJavaTest();
    assertThat(source).contains("void passes()").contains("RecordedTrial.read(");
    int block = source.indexOf("\"\"\"");
    String text = source.substring(block + 4, source.indexOf("\"\"\"", block + 3));
    assertThat(text.stripIndent().translateEscapes()).isEqualTo(recorded.write());
    assertThatThrownBy(() -> RecordedTrial.read("f", "beamyard trial 2\n\n"))
        .isInstanceOf(ExerciseProblem.class)
        .hasMessageContaining("beamyard trial 1");
    assertThatThrownBy(
            () -> RecordedTrial.read("f", recorded.write().replace("seed: 1", "seed: x")))
        .hasMessageContaining("'x' should be a number");
  }

  @Test
  void resultsAreToldAsTheyCome() {
    var told = new java.util.ArrayList<Result>();
    Report report = Grader.grade(HELLO, HELLO.starter(), told::add);
    assertThat(told).isEqualTo(report.results());
  }

  @Test
  void aFolderOfSomebodysOwnIsJudgedTheSameWay(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("exercise.yaml"), "title: Two\nlevel: 1\nrequires: [Two.two/0]\n");
    Files.writeString(folder.resolve("statement.md"), "Give two.");
    Files.writeString(folder.resolve("hints.md"), "One and one.");
    Files.writeString(folder.resolve("starter.ex"), "defmodule Two do\nend");
    Files.writeString(
        folder.resolve("checks.ex"),
        """
        defmodule Checks do
          use Exercise.Checks
          check "it is two", nodes: [1], points: 5 do
            expect_equal(Two.two(), 2, "two/0")
          end
        end
        """);
    Exercise exercise = ExerciseFolder.read(folder);
    Report good =
        Grader.grade(
            exercise, new SourceFile("two.ex", "defmodule Two do\n def two, do: 2\nend"), _ -> {});
    assertThat(good.passed()).isTrue();
    assertThat(good.points()).isEqualTo(5);
    Report bad =
        Grader.grade(
            exercise, new SourceFile("two.ex", "defmodule Two do\n def two, do: 3\nend"), _ -> {});
    assertThat(messages(bad)).containsExactly("two/0 is 3, but should be 2");
  }

  @Test
  void aFolderWithAMistakeIsToldWhatAndWhere(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> ExerciseFolder.read(folder))
        .isInstanceOf(ExerciseProblem.class)
        .hasMessageContaining("exercise.yaml: is missing");
    Files.writeString(folder.resolve("exercise.yaml"), "title: Two\nrequires: [two]\n");
    assertThatThrownBy(() -> ExerciseFolder.read(folder)).hasMessageContaining("level");
    Files.writeString(folder.resolve("exercise.yaml"), "title: [");
    assertThatThrownBy(() -> ExerciseFolder.read(folder)).hasMessageContaining("is no YAML");
  }
}
