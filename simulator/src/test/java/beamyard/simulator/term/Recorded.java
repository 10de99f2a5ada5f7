package beamyard.simulator.term;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What {@code record_terms.escript} recorded of OTP 25. */
final class Recorded {
  private Recorded() {}

  static List<String> lines(String file) {
    try (InputStream in = Recorded.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("no recording " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
