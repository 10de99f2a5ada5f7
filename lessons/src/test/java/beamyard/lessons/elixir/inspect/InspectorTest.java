package beamyard.lessons.elixir.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectorTest {
  @Test
  void randomTermsPrintAsElixirPrintedThem() throws IOException {
    var wrong = new ArrayList<String>();
    for (String line : lines("inspected.txt")) {
      String[] parts = line.split(" ");
      int limit =
          parts[1].equals("infinity") ? InspectOptions.UNLIMITED : Integer.parseInt(parts[1]);
      InspectOptions options =
          InspectOptions.PRETTY.withWidth(Integer.parseInt(parts[0])).withLimit(limit);
      String expected = new String(Base64.getDecoder().decode(parts[3]), StandardCharsets.UTF_8);
      String actual =
          Inspector.inspect(EtfReader.read(Base64.getDecoder().decode(parts[2])), options);
      if (!actual.equals(expected)) {
        wrong.add(parts[0] + " " + limit + "\nexpected " + expected + "\nactual   " + actual);
      }
    }
    assertThat(wrong).as("of %d", lines("inspected.txt").size()).isEmpty();
  }

  private static List<String> lines(String resource) throws IOException {
    try (var in = InspectorTest.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
