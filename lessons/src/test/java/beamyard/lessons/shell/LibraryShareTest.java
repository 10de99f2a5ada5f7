package beamyard.lessons.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LibraryShareTest {
  @Test
  void thePageStatesWhatTheYardHas() throws IOException {
    assertThat(LibraryShare.measure().page())
        .as("print the page anew: java -jar ui/target/beamyard.jar library > lessons/LIBRARY.md")
        .isEqualTo(Files.readString(Path.of("LIBRARY.md")));
  }
}
