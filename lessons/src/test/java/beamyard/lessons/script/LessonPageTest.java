package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import beamyard.lessons.script.LessonPlayer.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Whole pages, played from top to bottom. */
class LessonPageTest {
  private static final Path SEED_PAGE =
      Path.of("..", "..", "shared", "seed", "000_fdc1dcdf4428544e.txt");

  @Test
  void theFirstPageOfTheCourseShowsWhatItSays() throws IOException {
    var watching = new HashOfARun.Watching();
    Result result = HashOfARun.play(1, watching).result();
    assertThat(watching.differing.toString()).isEmpty();
    assertThat(result).isEqualTo(new Result(19, 0, 1, 0, 0, 0));
  }

  @Test
  void aPageMadeForRealNodesShowsWhatItSays() throws IOException {
    assumeTrue(Files.exists(SEED_PAGE), "the page is not beside this checkout");
    var watching = new HashOfARun.Watching();
    Result result =
        RecordedPlay.play(SEED_PAGE.toString(), Files.readString(SEED_PAGE), 1, watching).result();
    assertThat(watching.differing.toString()).isEmpty();
    assertThat(result.passed()).isEqualTo(11);
    assertThat(result.failed()).isZero();
    assertThat(result.commentsPassed()).isEqualTo(3);
    assertThat(result.commentsFailed()).isZero();
    assertThat(watching.printed.toString()).contains("Got reply from bob@localhost");
  }
}
