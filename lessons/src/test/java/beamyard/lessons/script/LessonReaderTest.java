package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.Lesson.Code;
import beamyard.lessons.script.Lesson.Frame;
import beamyard.lessons.script.Lesson.Kind;
import beamyard.lessons.script.Lesson.Prose;
import beamyard.lessons.script.Lesson.Session;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LessonReaderTest {
  @Test
  void aPageIsReadInSectionsAndBlocks() {
    Lesson lesson =
        LessonReader.read(
            "page.md",
            """
            ---
            title: "First steps"
            tags:
              - nodes
            ---

            Hello.

            ## Names

            {{< iex >}}
            iex(alice@localhost)> Node.self()
            :alice@localhost
            iex(alice@localhost)> [1,
            ...(alice@localhost)>  2]
            [1, 2]
            {{< /iex >}}

            {{< concept title="Cookies" >}}
            Text.

            ```elixir
            1 + 1
            ```
            {{< /concept >}}
            """);
    assertThat(lesson.problems()).isEmpty();
    assertThat(lesson.front().text("title")).contains("First steps");
    assertThat(lesson.front().texts("tags")).containsExactly("nodes");
    assertThat(lesson.sections()).hasSize(2);
    assertThat(lesson.sections().getFirst().blocks()).containsExactly(new Prose(6, "Hello."));
    var names = lesson.sections().getLast();
    assertThat(names.title()).isEqualTo("Names");
    Session session = (Session) names.blocks().getFirst();
    assertThat(session.prompts()).hasSize(2);
    assertThat(session.prompts().getFirst().node()).isEqualTo(Optional.of("alice@localhost"));
    assertThat(session.prompts().getLast().code()).isEqualTo("[1,\n 2]");
    assertThat(session.prompts().getLast().expected()).isEqualTo(List.of("[1, 2]"));
    Frame concept = (Frame) names.blocks().getLast();
    assertThat(concept.kind()).isEqualTo(Kind.CONCEPT);
    assertThat(concept.attributes()).containsEntry("title", "Cookies");
    assertThat(concept.blocks().getLast()).isEqualTo(new Code(23, "elixir", "1 + 1\n"));
  }

  @Test
  void everyMistakeIsNamedWithItsLineAndTheRestStillStands() {
    Lesson lesson =
        LessonReader.read(
            "page.md",
            """
            ---
            title: [
            ---
            {{< video >}}
            ## One
            {{< concept title="Never closed" >}}
            ```elixir
            1
            """);
    assertThat(lesson.problems()).hasSize(4);
    assertThat(lesson.problems())
        .anyMatch(problem -> problem.startsWith("page.md:4: unknown shortcode 'video'"));
    assertThat(lesson.problems())
        .anyMatch(problem -> problem.startsWith("page.md:7: this code block is never closed"));
    assertThat(lesson.problems())
        .anyMatch(problem -> problem.startsWith("page.md:6: {{< concept >}} is never closed"));
    assertThat(lesson.sections().getLast().title()).isEqualTo("One");
  }
}
