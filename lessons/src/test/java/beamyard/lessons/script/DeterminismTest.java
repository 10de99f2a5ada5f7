package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same page and seed give the same run, wherever and however often it is played. */
class DeterminismTest {
  private static final String CODE = "IO.puts(\"a\\n\\\\n\")\r\nx = ?\\\\\n\\n";

  @Test
  void theSamePageAndSeedGiveTheSameRecordingTwiceInOneJava() throws IOException {
    String first = HashOfARun.play(7, new HashOfARun.Watching()).recording().write();
    String second = HashOfARun.play(7, new HashOfARun.Watching()).recording().write();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void theSamePageAndSeedGiveTheSameRecordingInOtherJavas()
      throws IOException, InterruptedException {
    Recording here = HashOfARun.play(7, new HashOfARun.Watching()).recording();
    List<Process> others = List.of(otherJava(), otherJava());
    for (Process other : others) {
      String printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(other.waitFor()).as(printed).isZero();
      assertThat(printed.strip()).isEqualTo(here.hash() + " " + HashOfARun.digest(here.write()));
    }
  }

  private static Process otherJava() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xss4m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            HashOfARun.class.getName(),
            "7")
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void anotherSeedGivesAnotherHashAndTheSameResults() throws IOException {
    var watchingOne = new HashOfARun.Watching();
    var watchingOther = new HashOfARun.Watching();
    RecordedPlay.Outcome one = HashOfARun.play(7, watchingOne);
    RecordedPlay.Outcome other = HashOfARun.play(8, watchingOther);
    assertThat(other.recording().hash()).isNotEqualTo(one.recording().hash());
    assertThat(other.result()).isEqualTo(one.result());
    assertThat(watchingOther.printed.toString()).isEqualTo(watchingOne.printed.toString());
  }

  @Test
  void aRecordingIsReadAsItWasWritten() {
    var recording =
        new Recording(
            "a\\n page: x.md",
            "# A page\n\nwith: text\ninput: none\n",
            -3,
            List.of(
                new Recording.Input(1, 4_000_000, "alice@localhost", CODE),
                new Recording.Input(2, 9, "bob", "")),
            "00ff");
    String written = recording.write();
    assertThat(Recording.read("r", written)).isEqualTo(recording);
    assertThat(Recording.read("r", written).write()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello\n\n",
        "beamyard recording 2\n\n",
        "beamyard recording 1\nnonsense\n\n",
        "beamyard recording 1\npage: p\n\n",
        "beamyard recording 1\npage: p\nseed: x\nhash: 0\nlines: 0\n\n",
        "beamyard recording 1\npage: p\nseed: 1\nhash: 0\nlines: 3\n\nonly one line",
        "beamyard recording 1\npage: p\nseed: 1\nhash: 0\nlines: 0\ninput: 1 2\n\n",
        "beamyard recording 1\npage: p\nseed: 1\nhash: 0\nlines: 0\ninput: 1 soon bob 1\n\n",
        "beamyard recording 1\npage: p\nseed: 1\nhash: 0\nlines: 0\ninput: 4294967297 0 bob 1\n\n"
      })
  void aBrokenRecordingIsToldInOneLine(String content) {
    assertThatThrownBy(() -> Recording.read("broken.beamyard", content))
        .isInstanceOf(ScriptProblem.class)
        .message()
        .startsWith("broken.beamyard:")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({"nonsense, 2", "input: 1 2, 2", "input: 1 soon bob code, 2"})
  void aBrokenLineIsNamed(String line, int number) {
    assertThatThrownBy(() -> Recording.read("r", "beamyard recording 1\n" + line + "\n\n"))
        .isInstanceOf(ScriptProblem.class)
        .message()
        .startsWith("r:" + number + ": ");
  }
}
