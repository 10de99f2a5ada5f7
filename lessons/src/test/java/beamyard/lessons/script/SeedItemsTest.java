package beamyard.lessons.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each item of the published page is in {@code SEED_ITEMS.md}, and shown where it says. */
class SeedItemsTest {
  private static final Path ITEMS = Path.of("SEED_ITEMS.md");
  private static final Path CHECKLIST = Path.of("..", "..", "shared", "seed", "CHECKLIST.md");
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern NUMBER = Pattern.compile("(?:(\\d+)\\.|T)(\\d+)");
  private static final int SECTIONS = 9;
  private static final int TRAPS = 14;

  /** A row: its number, what must occur, and where. */
  private record Item(String number, List<String> needles, List<String> places) {}

  private static List<Item> items() throws IOException {
    var items = new ArrayList<Item>();
    for (String line : Files.readAllLines(ITEMS)) {
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      if (cells.length == 6 && NUMBER.matcher(cells[1].strip()).matches()) {
        items.add(new Item(cells[1].strip(), quoted(cells[3]), quoted(cells[4])));
      }
    }
    return items;
  }

  private static List<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map(it -> it.group(1).replace("\\|", "|")).toList();
  }

  /** How many items each section has; traps are section 0. */
  private static Map<Integer, List<Integer>> numbers() throws IOException {
    var numbers = new LinkedHashMap<Integer, List<Integer>>();
    for (Item item : items()) {
      Matcher number = NUMBER.matcher(item.number());
      assertThat(number.matches()).isTrue();
      int section = number.group(1) == null ? 0 : Integer.parseInt(number.group(1));
      numbers
          .computeIfAbsent(section, _ -> new ArrayList<>())
          .add(Integer.parseInt(number.group(2)));
    }
    return numbers;
  }

  /** What stands at a place. */
  private static String text(String place) throws IOException {
    if (place.contains(" § ")) {
      String[] parts = place.split(" § ", 2);
      return Course.find(parts[0]).stream()
          .flatMap(entry -> entry.lesson().sections().stream())
          .filter(section -> section.title().equals(parts[1]))
          .findFirst()
          .map(Object::toString)
          .orElseThrow(() -> new AssertionError("no section " + place));
    }
    if (Files.exists(RESOURCES.resolve(place))) {
      return Files.readString(RESOURCES.resolve(place));
    }
    try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
      Path source =
          sources
              .filter(file -> file.endsWith(place + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no such test: " + place));
      return Files.readString(source);
    }
  }

  @Test
  void itemsAreNumberedWithoutAGap() throws IOException {
    Map<Integer, List<Integer>> numbers = numbers();
    assertThat(numbers.keySet()).hasSize(SECTIONS + 1);
    numbers.forEach(
        (section, counted) ->
            assertThat(counted)
                .as("section %d", section)
                .isEqualTo(IntStream.rangeClosed(1, counted.size()).boxed().toList()));
    assertThat(numbers.get(0)).hasSize(TRAPS);
  }

  @Test
  void eachPlaceIsThereAndShowsTheItem() throws IOException {
    for (Item item : items()) {
      assertThat(item.places()).as(item.number()).isNotEmpty();
      var shown = new StringBuilder();
      for (String place : item.places()) {
        shown.append(text(place)).append('\n');
      }
      for (String needle : item.needles()) {
        assertThat(shown.toString()).as("%s with %s", item.number(), needle).contains(needle);
      }
    }
  }

  @Test
  void asManyItemsAsTheListOfThePageHas() throws IOException {
    assumeTrue(Files.exists(CHECKLIST), "read only beside a checkout");
    var listed = new LinkedHashMap<Integer, Integer>();
    int section = 0;
    for (String line : Files.readAllLines(CHECKLIST)) {
      Matcher heading = Pattern.compile("## (\\d+)\\..*").matcher(line);
      if (heading.matches()) {
        section = Integer.parseInt(heading.group(1));
      } else if (line.startsWith("- [ ]")) {
        listed.merge(section, 1, Integer::sum);
      }
    }
    Map<Integer, List<Integer>> numbers = numbers();
    for (int each = 1; each <= SECTIONS; each++) {
      assertThat(numbers.get(each)).as("section %d", each).hasSize(listed.get(each));
    }
  }
}
