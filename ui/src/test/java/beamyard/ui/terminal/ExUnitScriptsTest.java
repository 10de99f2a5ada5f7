package beamyard.ui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test files as {@code elixir FILE.exs} ran them, but for what takes time, which varies there. */
class ExUnitScriptsTest {
  @ParameterizedTest
  @ValueSource(strings = {"assertions", "logs", "modules"})
  void aTestFileIsReportedAsByARealElixir(String name) throws IOException, URISyntaxException {
    Path script = Path.of(getClass().getResource("exunit/" + name + ".exs").toURI());
    var out = new StringWriter();
    var err = new StringWriter();
    Beamyard.run(new PrintWriter(out), new PrintWriter(err), "run", script.toString());
    assertThat(err.toString()).isEmpty();
    String printed =
        out.toString()
            .replace(script.toString(), name + ".exs")
            .replaceAll("(?m)^Finished in .*", "Finished")
            .replaceAll("\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d", "TIME");
    assertThat(printed).isEqualTo(Files.readString(script.resolveSibling(name + ".txt")));
  }
}
