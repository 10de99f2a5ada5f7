package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Pages of an Elixir course, with what real IEx answers at each prompt: they play from top to bottom. */
class CoursePagesTest {
  private static final Path PAGES = Path.of("src", "test", "resources", "pages-of-a-course");

  @TestFactory
  Stream<DynamicTest> everyPromptAnswersAsThePageShows() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(), () -> everyPromptMatches(file)));
    }
  }

  private static void everyPromptMatches(Path file) throws IOException {
    var watching = new HashOfARun.Watching();
    var result = RecordedPlay.play(file.toString(), Files.readString(file), 1, watching).result();
    assertThat(watching.differing.toString()).isEmpty();
    assertThat(result.failed()).isZero();
    assertThat(result.commentsFailed()).isZero();
    assertThat(result.passed()).isPositive();
  }
}
