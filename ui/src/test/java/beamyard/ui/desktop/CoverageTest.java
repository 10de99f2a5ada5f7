package beamyard.ui.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code COVERAGE.md} says the window does is done by the test that it names. */
class CoverageTest {
  private static final Path TESTS = Path.of("src", "test", "java", "beamyard", "ui", "desktop");
  private static final Pattern PLACE = Pattern.compile("`(\\w+#\\w+)`");
  private static final Pattern METHOD =
      Pattern.compile(
          "@(?:Test|Property|ParameterizedTest)\\b(?:(?!;\n).){0,400}?\\bvoid (\\w+)\\(",
          Pattern.DOTALL);
  private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\".*?\"\"\"", Pattern.DOTALL);

  private static List<String> rows() throws IOException {
    return Files.readAllLines(Path.of("COVERAGE.md")).stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
        .filter(line -> !line.equals("| what | where |"))
        .toList();
  }

  private static List<String> places(String row) {
    return PLACE.matcher(row).results().map(match -> match.group(1)).toList();
  }

  /** Every test of the window, as {@code Class#method}. */
  private static List<String> tests() throws IOException {
    var all = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        String code = TEXT_BLOCK.matcher(Files.readString(file)).replaceAll("text");
        METHOD
            .matcher(code)
            .results()
            .map((MatchResult method) -> name + "#" + method.group(1))
            .forEach(all::add);
      }
    }
    return all;
  }

  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    List<String> tests = tests();
    for (String row : rows()) {
      assertThat(places(row)).as(row).isNotEmpty();
      assertThat(places(row).stream().filter(place -> !tests.contains(place))).as(row).isEmpty();
    }
  }

  @Test
  void everyTestThatDrivesAWindowShowsSomethingThatIsPromised() throws IOException {
    List<String> named = rows().stream().flatMap(row -> places(row).stream()).toList();
    List<String> driving = tests().stream().filter(test -> test.contains("WindowTest#")).toList();
    assertThat(driving).hasSizeGreaterThan(60);
    assertThat(driving.stream().filter(test -> !named.contains(test))).isEmpty();
  }
}
