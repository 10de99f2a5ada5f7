package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LessonLintTest {
  private static List<String> lint(String page) {
    return LessonLint.of(
        LessonReader.read("p.md", page),
        link -> link.equals("other.md"),
        () -> SimulatedStage.withSeed(1));
  }

  @Test
  void everythingThatIsWrongIsToldWithItsLine() {
    assertThat(
            lint(
                """
                See [this](other.md), [that](missing.md#part) and [there](https://example.com).

                ## One

                {{< iex >}}
                iex(alice@localhost)> 1 + 1
                3
                {{< /iex >}}

                {{< task title="Nothing can do it" >}}
                ```check
                1 == 2
                ```
                {{< /task >}}

                ## Two

                {{< task title="Too easy" >}}
                ```check
                node() == :alice@localhost
                ```

                {{< solution >}}
                {{< iex >}}
                iex(alice@localhost)> 5
                5
                {{< /iex >}}
                {{< /solution >}}
                {{< /task >}}
                """))
        .containsExactly(
            "p.md:1: the link to 'missing.md#part' leads nowhere: there is no such lesson",
            "p.md:6: the page shows '3' and alice@localhost prints '2'",
            "p.md:10: this task shows no way to do it: add {{< solution >}} with the prompts that do",
            "p.md:12: nothing on this page makes this check hold: 1 == 2",
            "p.md:20: this check holds before anything was done: ask for a change");
  }

  @Test
  void whatCannotBeMeantIsToldByTheReader() {
    Lesson lesson =
        LessonReader.read(
            "p.md",
            """
            ---
            nodes: alice
            stage: later
            timeout: soon
            kernel:
              net_ticktime: 0
            ---
            {{< task title="Broken" >}}
            ```check
            Node.list( == []
            ```
            {{< /task >}}

            {{< task title="Unchecked" >}}
            Do something.
            {{< /task >}}

            {{< question >}}
            - [ ] one
            - [ ] two
            {{< /question >}}
            """);
    assertThat(lesson.problems())
        .anyMatch(problem -> problem.startsWith("p.md:2: nodes must be a list"))
        .anyMatch(problem -> problem.startsWith("p.md:3: stage must be 'continue' or 'fresh'"))
        .anyMatch(problem -> problem.startsWith("p.md:4: timeout must be like 30s"))
        .anyMatch(problem -> problem.startsWith("p.md:6: kernel parameter net_ticktime: is 0"))
        .anyMatch(problem -> problem.startsWith("p.md:11: this check is no Elixir expression"))
        .anyMatch(problem -> problem.startsWith("p.md:14: this task has no check"))
        .anyMatch(problem -> problem.startsWith("p.md:18: no choice of this question is right"))
        .hasSize(7);
    assertThat(lesson.sections()).hasSize(1);
  }
}
