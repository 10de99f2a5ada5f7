package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.LessonPlayer.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages as other people write them. */
class OddPagesTest {
  private static final Path PAGES = Path.of("src", "test", "resources", "pages");

  private static Result play(String name, HashOfARun.Watching watching) throws IOException {
    Path page = PAGES.resolve(name);
    return RecordedPlay.play(name, Files.readString(page), 1, watching).result();
  }

  @ParameterizedTest
  @CsvSource({
    "options.md, 23, 0, 0, 0, 0, 0",
    "outputs.md, 15, 0, 7, 0, 4, 0",
    "nested.md, 4, 0, 3, 0, 0, 0"
  })
  void everyWayToWriteAPageIsUnderstood(
      String page, int passed, int failed, int asSaid, int notAsSaid, int notRun, int notCompared)
      throws IOException {
    var watching = new HashOfARun.Watching();
    Result result = play(page, watching);
    assertThat(watching.differing.toString()).isEmpty();
    assertThat(result)
        .isEqualTo(new Result(passed, failed, asSaid, notAsSaid, notRun, notCompared));
  }

  @Test
  void aPageWithMistakesIsPlayedAsFarAsItGoes() throws IOException {
    Lesson lesson = LessonReader.read("broken.md", Files.readString(PAGES.resolve("broken.md")));
    assertThat(lesson.problems())
        .containsExactly(
            "broken.md:3: the front matter is not YAML: expected ',' or ']', but got :; write 'name:"
                + " value' lines, and texts with a colon or a bracket between quotation marks",
            "broken.md:8: unknown shortcode 'video': remove it or use one of iex, concept, callout,"
                + " compare, exercise, task, question, reveal, hint, solution, summary",
            "broken.md:15: {{< iex >}} is never closed: add {{< /iex >}} after it",
            "broken.md:12: {{< concept >}} is never closed: add {{< /concept >}} after it",
            "broken.md:25: {{< /callout >}} closes nothing: remove it, or add {{< callout >}} before it",
            "broken.md:27: this code block is never closed: add a line ``` after it");
    Result result = play("broken.md", new HashOfARun.Watching());
    assertThat(result).isEqualTo(new Result(2, 1, 1, 0, 0, 0));
  }

  @Test
  void everythingThatCannotBeMeantIsToldWithItsLineAndHowToMendIt() {
    Lesson lesson =
        LessonReader.read(
            "p.md",
            """
            ---
            hexdocsLinks: "https://hexdocs.pm"
            nodes: ["b c", dan]
            kernel: {net_ticktime: soon}
            deps: [phoenix]
            start_pg: maybe
            ---

            {{< concept title="open >}}
            Text.
            {{< /concept >}}

            {{< callout type=tip

            {{< iex >}}
            iex(dan@local host)> 1 + 1
            2
            {{< /iex >}}
            """);
    assertThat(lesson.problems())
        .containsExactlyInAnyOrder(
            "p.md:2: hexdocsLinks must be a list: write hexdocsLinks: [first, second]",
            "p.md:3: 'b c' is no node name: write alice@localhost, or alice",
            "p.md:4: kernel parameter net_ticktime: is \"soon\"; needs a whole number",
            "p.md:5: the yard has no library 'phoenix': it has libcluster",
            "p.md:6: start_pg must be true or false, not 'maybe'",
            "p.md:9: a text in this shortcode has no closing quotation mark: add \"",
            "p.md:13: this shortcode has no end: close it on the same line with >}} or %}}",
            "p.md:16: the prompt of 'dan@local host' names no node: write iex(alice@localhost)> or iex>");
    Result result =
        LessonPlayer.play(lesson, () -> SimulatedStage.withSeed(1), LessonPlayer.Audience.NOBODY);
    assertThat(result).isEqualTo(new Result(1, 0, 0, 0, 0, 0));
  }

  @Test
  void shortcodesThatNeverCloseDoNotNestForEver() {
    Lesson lesson = LessonReader.read("p.md", "{{< concept >}}\n".repeat(3000));
    assertThat(lesson.problems())
        .contains("p.md:21: more than 20 shortcodes within each other: close some of them");
    assertThat(
            LessonPlayer.play(
                lesson, () -> SimulatedStage.withSeed(1), LessonPlayer.Audience.NOBODY))
        .isEqualTo(new Result(0, 0, 0, 0, 0, 0));
  }

  @Test
  void anInputThatIsNeverCompletedDoesNotSwallowTheNext() {
    var watching = new HashOfARun.Watching();
    Result result =
        RecordedPlay.play(
                "p.md",
                "{{< iex >}}\niex(alice@localhost)> [1,\niex(alice@localhost)> 2\n2\n{{< /iex >}}\n",
                1,
                watching)
            .result();
    assertThat(result.passed()).isEqualTo(1);
    assertThat(result.failed()).isEqualTo(1);
  }

  @Test
  void aModuleTypedAtAPromptIsKnownThereInLaterSectionsAndNowhereElse() {
    var watching = new HashOfARun.Watching();
    Result result =
        RecordedPlay.play(
                "p.md",
                """
                ## One

                {{< iex >}}
                iex(alice@localhost)> defmodule Here do
                ...(alice@localhost)>   def where, do: node()
                ...(alice@localhost)> end
                {:module, Here, ...}
                {{< /iex >}}

                ## Two

                {{< iex >}}
                iex(alice@localhost)> Here.where()
                :alice@localhost
                iex(bob@localhost)> Here.where()
                ** (UndefinedFunctionError) function Here.where/0 is undefined (module Here is not available)
                {{< /iex >}}
                """,
                1,
                watching)
            .result();
    assertThat(watching.differing.toString()).isEmpty();
    assertThat(result.passed()).isEqualTo(3);
  }

  @Test
  void aPageMayKeepItsNodesFromSectionToSection() {
    var watching = new HashOfARun.Watching();
    String text =
        """
        ## One

        {{< iex >}}
        iex(alice@localhost)> x = 1
        1
        {{< /iex >}}

        ## Two

        {{< iex >}}
        iex(alice@localhost)> x + 1
        2
        iex(bob@localhost)> Node.list()
        [:alice@localhost]
        {{< /iex >}}
        """;
    Result result =
        RecordedPlay.play("p.md", "---\nstage: continue\n---\n" + text, 1, watching).result();
    assertThat(watching.differing.toString()).isEmpty();
    assertThat(result.passed()).isEqualTo(3);
    Result fresh = RecordedPlay.play("p.md", text, 1, new HashOfARun.Watching()).result();
    assertThat(fresh.failed()).isEqualTo(1);
  }
}
