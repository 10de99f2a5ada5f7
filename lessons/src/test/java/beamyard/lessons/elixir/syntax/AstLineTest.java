package beamyard.lessons.elixir.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Small texts and the line that real Elixir 1.14 printed for each ({@code golden.txt}: a text, a line {@code ----}, the
 * line, a line {@code ====}).
 */
class AstLineTest {
  @TestFactory
  List<DynamicTest> theLineIsTheOneThatRealElixirPrinted() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String pair : golden().split("\n====\n")) {
      String[] sides = pair.split("\n----\n", -1);
      String text = sides[0];
      tests.add(
          DynamicTest.dynamicTest(
              "<" + text + ">",
              () -> assertThat(AstLine.of(Source.of("nofile", text))).isEqualTo(sides[1])));
    }
    return tests;
  }

  private static String golden() throws IOException {
    try (InputStream stream = AstLineTest.class.getResourceAsStream("golden.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
