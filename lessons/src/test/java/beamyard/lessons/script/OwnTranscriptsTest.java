package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.script.TranscriptPlayer.Mismatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Transcripts of the project's own, recorded from real nodes as those of {@link ConformanceTest} are. All pass. */
class OwnTranscriptsTest {
  private static final Path RECORDED = Path.of("src", "test", "resources", "conformance-own");
  private static final int SEED = 2;

  @TestFactory
  Stream<DynamicTest> everyTranscriptPasses() throws IOException {
    List<Path> transcripts;
    try (Stream<Path> files = Files.walk(RECORDED)) {
      transcripts = files.filter(file -> file.toString().endsWith(".iexs")).sorted().toList();
    }
    return transcripts.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    RECORDED.relativize(file).toString().replace('\\', '/'),
                    () -> assertThat(play(file)).isEmpty()));
  }

  private static List<Mismatch> play(Path file) throws IOException {
    Transcript transcript = Transcript.parse(file.toString(), Files.readString(file));
    return TranscriptPlayer.play(transcript, SimulatedStage.withSeed(SEED));
  }
}
