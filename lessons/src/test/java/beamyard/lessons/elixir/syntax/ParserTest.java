package beamyard.lessons.elixir.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.syntax.ParseOptions.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  private static final ParseOptions PROMPT = ParseOptions.LINES.with(Start.AFTER_VALUE);

  private static String quoted(String text, ParseOptions options) {
    return QuotedPrinter.print(Parser.quoted(Source.of("iex", text), options));
  }

  private static String error(Source source, ParseOptions options) {
    return switch (Parser.parse(source, options)) {
      case Parsed.Quoted(var form) -> throw new AssertionError("is right: " + form);
      case Parsed.Failed(var problem) -> "failed: " + problem.message(source);
      case Parsed.Incomplete(var problem) -> "incomplete: " + problem.message(source);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo(",
        "[1,",
        "{",
        "%{a: 1",
        "<<1",
        "fn x ->",
        "if a do",
        "if a do\n1\nelse",
        "\"abc",
        "'abc",
        "\"\"\"\nabc\n",
        "~s(abc",
        "\"#{",
        "\"#{1 +}\"",
        "1 +",
        "x = ",
        "a |>",
        "a.",
        "not",
        "@",
        "&",
        "foo a,",
        "a when",
        "\\"
      })
  void whatMoreTextCouldCompleteIsIncomplete(String text) {
    assertThat(Parser.parse(Source.of("iex", text), ParseOptions.LINES))
        .isInstanceOf(Parsed.Incomplete.class);
  }

  @Test
  void anErrorShowsTheLineAndACaret() {
    assertThat(error(Source.of("iex", "1 +* 2"), ParseOptions.LINES))
        .isEqualTo(
            """
            failed: iex:1:4: syntax error before: '*'
                |
              1 | 1 +* 2
                |    ^""");
  }

  @Test
  void linesOfTheShellCountOn() {
    assertThat(error(new Source("iex", "foo(\n1))", 12, 1), ParseOptions.LINES))
        .isEqualTo(
            """
            failed: iex:13:3: unexpected token: )
                |
             13 | 1))
                |   ^""");
  }

  @Test
  void anAmbiguousCallIsPlacedByLineAloneWithoutColumns() {
    assertThat(error(Source.of("iex", "[a b, c]"), ParseOptions.LINES))
        .startsWith("failed: iex:1: unexpected comma.");
    assertThat(error(Source.of("iex", "[a b, c]"), ParseOptions.LINES_AND_COLUMNS))
        .startsWith("failed: iex:1:2: unexpected comma.");
  }

  @Test
  void metadataHasColumnsOnlyWhenAsked() {
    assertThat(quoted("foo(1)", ParseOptions.LINES)).isEqualTo("{:foo, [line: 1], [1]}");
    assertThat(quoted("foo(1)", ParseOptions.LINES_AND_COLUMNS))
        .isEqualTo("{:foo, [line: 1, column: 1], [1]}");
  }

  @Test
  void anOperatorAtThePromptContinuesTheLastValue() {
    assertThat(quoted("|> foo", PROMPT))
        .isEqualTo(
            "{:|>, [line: 1], [{:v, [line: 1], [{:-, [line: 1], [1]}]}, {:foo, [line: 1], nil}]}");
  }

  @Test
  void aSignAtThePromptIsASign() {
    assertThat(quoted("-1", PROMPT)).isEqualTo("{:-, [line: 1], [1]}");
  }

  @Test
  void anOperatorAfterAMatchIsRefused() {
    var options = ParseOptions.LINES.with(Start.AFTER_MATCH);
    assertThat(error(Source.of("iex", "|> foo"), options))
        .startsWith(
            "failed: iex:1:1: pipe shorthand is not allowed immediately after a match expression in IEx.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "[",
        "{",
        "fn -> ",
        "if a do ",
        "f ",
        "f(",
        "- ",
        "a = ",
        "%{a: ",
        "\"#{",
        "a.b ",
        "@",
        "%!"
      })
  void textNestedTooDeeplyIsRefusedRatherThanOverflowingTheStack(String text) {
    assertThat(Parser.parse(Source.of("iex", text.repeat(50_000)), ParseOptions.LINES))
        .isNotInstanceOf(Parsed.Quoted.class);
  }

  @Test
  void longListsAndChainsAreNoNesting() {
    String list = "[" + "1, ".repeat(100_000) + "1]";
    String chain = "a" + " |> a".repeat(100_000);
    assertThat(Parser.parse(Source.of("iex", list), ParseOptions.LINES))
        .isInstanceOf(Parsed.Quoted.class);
    assertThat(Parser.parse(Source.of("iex", chain), ParseOptions.LINES))
        .isInstanceOf(Parsed.Quoted.class);
  }
}
