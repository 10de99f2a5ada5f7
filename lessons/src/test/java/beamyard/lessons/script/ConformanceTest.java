package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import beamyard.lessons.script.TranscriptPlayer.Mismatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The transcripts recorded from real nodes. {@code not-yet.txt} lists those that do not pass yet: one that is listed and
 * passes must leave the list, one that is not and fails breaks the build.
 */
class ConformanceTest {
  private static final Path COPIES = Path.of("src", "test", "resources", "conformance");
  private static final Path RECORDED = Path.of("..", "..", "shared", "conformance");

  @TestFactory
  Stream<DynamicTest> everyTranscriptPassesUnlessItIsListed() throws IOException {
    List<String> notYet = Files.readAllLines(COPIES.resolve("not-yet.txt"));
    return transcripts(COPIES)
        .map(
            file -> {
              String name = COPIES.relativize(file).toString().replace('\\', '/');
              return DynamicTest.dynamicTest(
                  name,
                  () -> {
                    List<Mismatch> mismatches = play(file);
                    if (notYet.contains(name)) {
                      assertThat(mismatches).as("passes now: take it off not-yet.txt").isNotEmpty();
                    } else {
                      assertThat(mismatches).isEmpty();
                    }
                  });
            });
  }

  @Test
  void theListNamesOnlyTranscriptsThatExist() throws IOException {
    for (String name : Files.readAllLines(COPIES.resolve("not-yet.txt"))) {
      assertThat(COPIES.resolve(name)).exists();
    }
  }

  @Test
  void theCopiesAreEqualToTheRecordedTranscripts() throws IOException {
    assumeTrue(
        Files.isDirectory(RECORDED), "the recorded transcripts are not beside this checkout");
    var different = new ArrayList<String>();
    for (Path recorded : transcripts(RECORDED).toList()) {
      String name = RECORDED.relativize(recorded).toString().replace('\\', '/');
      Path copy = COPIES.resolve(name);
      boolean quotesThePage = name.startsWith("lesson/");
      if (!quotesThePage && !(Files.exists(copy) && Files.mismatch(recorded, copy) == -1)) {
        different.add(name);
      }
    }
    assertThat(different).isEmpty();
  }

  private static Stream<Path> transcripts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".iexs")).sorted().toList().stream();
    }
  }

  /** An error of ours is a failure of its transcript, so that the others still run. */
  private static List<Mismatch> play(Path file) throws IOException {
    Transcript transcript = Transcript.parse(file.toString(), Files.readString(file));
    try {
      return TranscriptPlayer.play(transcript, SimulatedStage.withSeed(1));
    } catch (AssertionError | RuntimeException e) {
      return List.of(new Mismatch(0, "", List.of(), List.of(e.toString())));
    }
  }
}
