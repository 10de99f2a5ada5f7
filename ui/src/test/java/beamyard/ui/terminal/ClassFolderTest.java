package beamyard.ui.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * A class of fifteen hands in an exercise: three good solutions, and twelve that are wrong, unfinished or hostile. One call judges
 * them all.
 */
class ClassFolderTest {
  /** What each is to get; empty for what cannot be judged. */
  private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put("anna/hello.ex", "8 of 8");
    EXPECTED.put("ben/hello.exs", "8 of 8");
    EXPECTED.put("carla/Hello.java", "8 of 8");
    EXPECTED.put("dan/hello.ex", "not judged");
    EXPECTED.put("eva/hello.ex", "not judged");
    EXPECTED.put("finn/hello.exs", "0 of 8");
    EXPECTED.put("gina/hello.ex", "0 of 8");
    EXPECTED.put("hans/hello.ex", "0 of 8");
    EXPECTED.put("ida/Hello.java", "not judged");
    EXPECTED.put("jan/Hello.java", "0 of 8");
    EXPECTED.put("kim/hello.ex", "not judged");
    EXPECTED.put("leo/hello.ex", "not judged");
    EXPECTED.put("mia/hello.ex", "not judged");
    EXPECTED.put("noah/hello.ex", "0 of 8");
    EXPECTED.put("ola/Hello.java", "not judged");
  }

  @TempDir private Path folder;

  @BeforeEach
  void theClassHandsIn() throws IOException, URISyntaxException {
    URL there = Objects.requireNonNull(getClass().getResource("/class-of-fifteen"));
    Path handedIn = Path.of(there.toURI());
    try (Stream<Path> files = Files.walk(handedIn)) {
      files.filter(Files::isRegularFile).forEach(file -> copy(file, handedIn.relativize(file)));
    }
    Files.createDirectory(folder.resolve("leo"));
    Files.write(
        folder.resolve("leo/hello.ex"), new byte[] {'d', 'e', 'f', (byte) 0xff, 0, 1, (byte) 0xfe});
  }

  private void copy(Path file, Path relative) {
    try {
      Files.createDirectories(folder.resolve(relative).getParent());
      Files.copy(file, folder.resolve(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String judged(String... options) {
    var out = new StringWriter();
    var err = new StringWriter();
    var arguments =
        Stream.concat(
            Stream.of("exercise", "check", "hello", folder.toString()), Stream.of(options));
    int status =
        Beamyard.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    assertThat(status).isEqualTo(Beamyard.FAILED);
    assertThat(err.toString()).isEmpty();
    return out.toString();
  }

  @Test
  void eachGetsItsPointsWhateverTheOthersHandIn() throws IOException {
    Path trials = folder.resolveSibling("trials-" + folder.getFileName());
    List<String> lines = judged("--save", trials.toString()).lines().toList();
    EXPECTED.forEach(
        (solution, points) -> assertThat(lines).contains("%-10s  %s".formatted(points, solution)));
    assertThat(lines.getLast()).isEqualTo("3 passed, 12 failed");
    assertThat(lines).noneMatch(line -> line.contains("passwd") || line.startsWith("\tat "));
    // each keeps trials of its own, though many files have the same name
    try (Stream<Path> kept = Files.list(trials)) {
      assertThat(kept.map(file -> file.getFileName().toString()))
          .contains("finn-hello.exs.1.trial", "gina-hello.ex.1.trial", "jan-Hello.java.5.trial");
    }
  }

  @Test
  void theReportForBuildServersIsValidAndCountsRight() throws Exception {
    String report = judged("--report", "junit");
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(getClass().getResource("/junit-report.xsd"))
        .newValidator()
        .validate(new StreamSource(new StringReader(report)));
    NodeList suites =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(report)))
            .getElementsByTagName("testsuite");
    assertThat(suites.getLength()).isEqualTo(15);
    for (int i = 0; i < suites.getLength(); i++) {
      var suite = (Element) suites.item(i);
      String solution = List.copyOf(EXPECTED.keySet()).get(i);
      assertThat(suite.getAttribute("name")).endsWith(solution);
      for (var counted :
          List.of(
              List.of("tests", "testcase"),
              List.of("failures", "failure"),
              List.of("errors", "error"))) {
        assertThat(suite.getAttribute(counted.get(0)))
            .as(solution)
            .isEqualTo("" + suite.getElementsByTagName(counted.get(1)).getLength());
      }
      boolean refused = EXPECTED.get(solution).equals("not judged");
      assertThat(suite.getAttribute("errors")).as(solution).isEqualTo(refused ? "1" : "0");
    }
  }

  @Test
  void theReportForProgramsHasThePointsOfEach() throws IOException {
    List<Object> all = JSON.std.listFrom(judged("--report", "json"));
    assertThat(all).hasSize(15);
    for (Object each : all) {
      var one = (Map<?, ?>) each;
      String solution = folder.relativize(Path.of((String) one.get("solution"))).toString();
      String points = one.get("points") + " of " + one.get("points_max");
      String expected = EXPECTED.get(solution);
      assertThat(one.containsKey("refusal") ? "not judged" : points)
          .as(solution)
          .isEqualTo(expected);
      assertThat((String) one.get("refusal"))
          .matches(why -> why == null || why.lines().count() <= 4, "a paragraph at most");
    }
  }
}
