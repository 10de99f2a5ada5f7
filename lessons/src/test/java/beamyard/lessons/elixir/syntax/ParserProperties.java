package beamyard.lessons.elixir.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ParserProperties {
  private static final List<String> TOKENS =
      List.of(
          "a",
          "foo ",
          "f(",
          "g[",
          "x.",
          ".y",
          ".(",
          "A",
          "A.{",
          ":a",
          ":\"b c\"",
          "1",
          "2.5",
          "?q",
          "\"s\"",
          "'c'",
          "\"i#{",
          "}\"",
          "~s(",
          "~w|a b|a",
          "true",
          "nil",
          "fn ",
          "->",
          "do ",
          "do:",
          "end ",
          "else ",
          "after ",
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "<<",
          ">>",
          "%{",
          "%A{",
          ",",
          ";",
          "\n",
          " ",
          "=>",
          "|",
          "::",
          " when ",
          " in ",
          "not ",
          "!",
          "@",
          "&",
          "&1",
          "+",
          " -",
          "*",
          "/",
          "//",
          "..",
          "...",
          "<>",
          "|>",
          "<-",
          "\\\\",
          "=",
          "==",
          " and ",
          "||",
          "**",
          "a: ",
          "\"k\": ",
          "# comment",
          "\"\"\"\n",
          "\\",
          "#{",
          "é",
          "\u202E",
          "\uD83D\uDE00",
          "\0");

  @Provide
  Arbitrary<String> soup() {
    return Arbitraries.of(TOKENS).list().ofMaxSize(30).map(tokens -> String.join("", tokens));
  }

  @Property(tries = 5000)
  void anyTextIsQuotedOrRefusedOrIncomplete(@ForAll("soup") String text) {
    Parsed parsed = Parser.parse(Source.of("nofile", text), ParseOptions.LINES_AND_COLUMNS);
    switch (parsed) {
      case Parsed.Quoted(var form) -> assertThat(form).isNotNull();
      case Parsed.Failed(var problem) -> assertThat(problem.token()).isNotEmpty();
      case Parsed.Incomplete(var problem) -> assertThat(problem.token()).isEmpty();
    }
  }

  @Property(tries = 1000)
  void anErrorCanBeShownWhateverTheTextIs(@ForAll("soup") String text) {
    var source = Source.of("iex", text);
    switch (Parser.parse(source, ParseOptions.LINES_AND_COLUMNS)) {
      case Parsed.Quoted _ -> {}
      case Parsed.Failed(var problem) -> assertThat(problem.message(source)).startsWith("iex:");
      case Parsed.Incomplete(var problem) -> assertThat(problem.message(source)).startsWith("iex:");
    }
  }

  @Property(tries = 1000)
  void aCommentAtTheEndChangesNothing(@ForAll("soup") String text) {
    var options = ParseOptions.LINES;
    if (Parser.parse(Source.of("nofile", text), options) instanceof Parsed.Quoted) {
      Parsed commented = Parser.parse(Source.of("nofile", text + "\n# more"), options);
      assertThat(commented).isInstanceOf(Parsed.Quoted.class);
    }
  }

  @Property(tries = 1000)
  void leavingOutColumnsChangesNothingElse(@ForAll("soup") String text) {
    var source = Source.of("nofile", text);
    Parsed with = Parser.parse(source, ParseOptions.LINES_AND_COLUMNS);
    Parsed without = Parser.parse(source, ParseOptions.LINES);
    assertThat(without).hasSameClassAs(with);
  }
}
