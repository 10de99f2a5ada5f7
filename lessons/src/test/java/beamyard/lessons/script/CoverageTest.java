package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code COVERAGE.md} says is covered is covered where it says. */
class CoverageTest {
  private static final Pattern PLACE = Pattern.compile("`([^`]+)`");
  private static final Pattern TEST = Pattern.compile("\\w+(Test|Properties)");
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private static List<String> rows() throws IOException {
    return Files.readAllLines(Path.of("COVERAGE.md")).stream()
        .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
        .filter(line -> !line.equals("| what | where |"))
        .toList();
  }

  private static List<String> places(String row) {
    String second = row.substring(row.lastIndexOf('|', row.length() - 2));
    return PLACE.matcher(second).results().map(MatchResult::group).map(CoverageTest::bare).toList();
  }

  private static String bare(String quoted) {
    return quoted.substring(1, quoted.length() - 1);
  }

  private static boolean exists(String place) throws IOException {
    if (place.contains(" § ")) {
      String[] parts = place.split(" § ", 2);
      return Course.find(parts[0]).stream()
          .flatMap(entry -> entry.lesson().sections().stream())
          .anyMatch(section -> section.title().equals(parts[1]));
    }
    if (TEST.matcher(place).matches()) {
      for (Path tests :
          List.of(Path.of("src", "test"), Path.of("..", "simulator", "src", "test"))) {
        try (Stream<Path> files = Files.walk(tests)) {
          if (files.anyMatch(file -> file.endsWith(place + ".java"))) {
            return true;
          }
        }
      }
      return false;
    }
    return Files.exists(RESOURCES.resolve(place));
  }

  @Test
  void everyPlaceIsThere() throws IOException {
    for (String row : rows()) {
      assertThat(places(row)).as(row).isNotEmpty();
      for (String place : places(row)) {
        assertThat(exists(place)).as("%s in: %s", place, row).isTrue();
      }
    }
  }

  @Test
  void everySectionThatTeachesIsNamed() throws IOException {
    List<String> named = rows().stream().flatMap(row -> places(row).stream()).toList();
    for (Course.Entry entry : Course.entries()) {
      for (Lesson.Section section : entry.lesson().sections()) {
        boolean teaches =
            !section.title().isEmpty()
                && !List.of("Your turn", "What you have seen").contains(section.title());
        if (teaches) {
          assertThat(named).contains(entry.name() + " § " + section.title());
        }
      }
    }
  }
}
