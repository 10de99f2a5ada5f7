package beamyard.lessons.elixir.formatter;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parsed;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recordings are made by {@code src/tools/format.exs}. */
class FormatterTest {
  private static final Path LIBRARY = Path.of("src/main/resources/beamyard/lessons/elixir/stdlib");

  private static String resource(String name) throws IOException {
    try (InputStream in = FormatterTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String formatted(String text, int lineLength) {
    FormatOptions options = FormatOptions.USUAL.withLineLength(lineLength);
    return switch (Formatter.format(Source.of("nofile", text), options)) {
      case Formatter.Formatted.Text(String formatted) -> formatted;
      case Formatter.Formatted.Failed(var problem) -> problem.message();
    };
  }

  private static String formatted(String text) {
    return formatted(text, 98);
  }

  private static Term quoted(String text) {
    return Parser.quoted(Source.of("nofile", text), ParseOptions.LINES);
  }

  @ParameterizedTest
  @ValueSource(ints = {98, 40})
  void aFileIsFormattedAsARealElixirFormatsIt(int lineLength) throws IOException {
    assertThat(formatted(resource("yard.ex"), lineLength) + "\n")
        .isEqualTo(resource("yard." + lineLength + ".txt"));
  }

  @Test
  void aQuotedFormIsShownAsARealElixirShowsIt() throws IOException {
    assertThat(Formatter.text(quoted(resource("yard.ex")), FormatOptions.USUAL) + "\n")
        .isEqualTo(resource("yard.quoted.txt"));
  }

  static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.list(LIBRARY)) {
      return files.filter(file -> file.toString().endsWith(".ex")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void formattingChangesNoMeaningAndIsDoneOnce(Path file) throws IOException {
    String text = Files.readString(file);
    String once = formatted(text, 80);
    assertThat(withoutPlaces(quoted(once)).equals(withoutPlaces(quoted(text)))).isTrue();
    assertThat(formatted(once, 80)).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void whatAQuotedFormIsShownAsIsElixir(Path file) throws IOException {
    String shown = Formatter.text(quoted(Files.readString(file)), FormatOptions.USUAL);
    assertThat(Parser.parse(Source.of("nofile", shown), ParseOptions.LINES))
        .isInstanceOf(Parsed.Quoted.class);
  }

  private static Term withoutPlaces(Term term) {
    return switch (term) {
      case Tuple form when form.size() == 3 && form.get(1) instanceof ListTerm ->
          Tuple.of(withoutPlaces(form.get(0)), ListTerm.empty(), withoutPlaces(form.get(2)));
      case Tuple pair when pair.size() == 2 ->
          Tuple.of(withoutPlaces(pair.get(0)), withoutPlaces(pair.get(1)));
      case Cons list ->
          ListTerm.of(list.toList().stream().map(FormatterTest::withoutPlaces).toList());
      default -> term;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-123456 | -123_456",
        "1..3//2 | 1..3//2",
        "%{a: 1} | %{a: 1}",
        "[{:a, 1}, 2] | [{:a, 1}, 2]",
        "foo a, b: 1 | foo(a, b: 1)",
        "& &1 | & &1",
        "not (a in b) | a not in b",
        "(fn -> 1 end).() | (fn -> 1 end).()",
        "<<\"a\"::binary>> | <<\"a\"::binary>>",
        "\"#{a}b\" | \"#{a}b\""
      })
  void aFormIsShownOnOneLine(String source, String shown) {
    assertThat(Formatter.text(quoted(source), FormatOptions.USUAL)).isEqualTo(shown);
  }

  @Test
  void aCommentBehindALineGoesBeforeIt() {
    assertThat(formatted("a # why\nb")).isEqualTo("# why\na\nb");
  }

  @Test
  void severalEmptyLinesBecomeOne() {
    assertThat(formatted("a\n\n\n\nb\n\n\n# c\n\n\n")).isEqualTo("a\n\nb\n\n# c");
  }

  @Test
  void nothingIsFormattedToNothing() {
    assertThat(formatted("")).isEmpty();
    assertThat(formatted("\n\n")).isEmpty();
  }

  @Test
  void aTextThatIsNoElixirSaysWhy() {
    assertThat(formatted("a + )")).startsWith("unexpected token: ");
  }
}
