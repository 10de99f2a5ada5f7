package beamyard.lessons.elixir.syntax;

import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Elixir 1.14 text to quoted forms, exactly as {@code Code.string_to_quoted} gives them. */
public final class Parser {
  private Parser() {}

  /** Parses a whole text; answers why not rather than throwing, whatever the text is. */
  public static Parsed parse(Source source, ParseOptions options) {
    return parse(source, options, _ -> {});
  }

  /** As {@link #parse(Source, ParseOptions)}; tells {@code comments} those of the text in their order. */
  public static Parsed parse(Source source, ParseOptions options, Consumer<Comment> comments) {
    try {
      List<Token> read = Lexer.tokens(source, options.texts(), comments);
      List<Token> tokens = started(read, source, options);
      return new Parsed.Quoted(new Grammar(tokens, options).program());
    } catch (SyntaxFailure failure) {
      SyntaxProblem problem = failure.problem();
      return switch (problem.kind()) {
        case SYNTAX_ERROR -> new Parsed.Failed(problem);
        case TOKEN_MISSING -> new Parsed.Incomplete(problem);
      };
    }
  }

  /** The quoted form of a text that is known to be right. */
  public static Term quoted(Source source, ParseOptions options) {
    return switch (parse(source, options)) {
      case Parsed.Quoted(var form) -> form;
      case Parsed.Failed(var problem) -> throw new AssertionError(problem.message(source));
      case Parsed.Incomplete(var problem) -> throw new AssertionError(problem.message(source));
    };
  }

  /** What a text with the escapes of a string means; empty if an escape is wrong. For sigils, which come as written. */
  public static Optional<Bits> unescaped(String text) {
    try {
      return Optional.of(Escapes.replaced(text));
    } catch (Escapes.Invalid invalid) {
      return Optional.empty();
    }
  }

  private static List<Token> started(List<Token> tokens, Source source, ParseOptions options) {
    if (options.start() == ParseOptions.Start.EXPRESSION
        || tokens.isEmpty()
        || !continues(tokens.getFirst())) {
      return tokens;
    }
    if (options.start() == ParseOptions.Start.AFTER_MATCH) {
      throw new SyntaxFailure(
          source.firstLine(),
          source.firstColumn(),
          "pipe shorthand is not allowed immediately after a match expression in IEx. To make it work, surround the"
              + " whole pipeline with parentheses ",
          "'" + tokens.getFirst().operator().text() + "'");
    }
    List<Token> all =
        new ArrayList<>(
            Lexer.tokens(
                new Source(source.file(), "v(-1)", source.firstLine(), source.firstColumn()),
                options.texts(),
                _ -> {}));
    all.addAll(tokens);
    return all;
  }

  /** Whether IEx takes the operator for one that continues the last value. */
  private static boolean continues(Token first) {
    return switch (first.kind()) {
      case OR_OP, AND_OP, COMP_OP, REL_OP, ARROW_OP, IN_OP, CONCAT_OP, MULT_OP -> true;
      default -> false;
    };
  }
}
