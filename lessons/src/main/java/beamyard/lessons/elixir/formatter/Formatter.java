package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.inspect.Doc;
import beamyard.lessons.elixir.inspect.Layout;
import beamyard.lessons.elixir.syntax.Comment;
import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parsed;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.lessons.elixir.syntax.SyntaxProblem;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * Source text as Elixir 1.14 lays it out.
 *
 * @see <a href="https://hexdocs.pm/elixir/1.14/Code.html#format_string!/2">Elixir, Code</a>
 */
public final class Formatter {
  private Formatter() {}

  /** What became of a text. */
  public sealed interface Formatted {
    /** The text anew, without a line end behind it. */
    record Text(String text) implements Formatted {}

    /** The text is no Elixir. */
    record Failed(SyntaxProblem problem) implements Formatted {}
  }

  /** Formats a text: {@code Code.format_string!}. */
  public static Formatted format(Source source, FormatOptions options) {
    var comments = new ArrayList<Comment>();
    return switch (Parser.parse(source, ParseOptions.FORMATTING, comments::add)) {
      case Parsed.Quoted(Term form) ->
          new Formatted.Text(
              Layout.format(document(form, comments, options), options.lineLength()));
      case Parsed.Failed(SyntaxProblem problem) -> new Formatted.Failed(problem);
      case Parsed.Incomplete(SyntaxProblem problem) -> new Formatted.Failed(problem);
    };
  }

  /**
   * The document of a quoted form whose literals are wrapped, as {@link ParseOptions#FORMATTING} gives it.
   *
   * @param comments those of the text that the form is of, in their order
   */
  public static Doc document(Term wrapped, List<Comment> comments, FormatOptions options) {
    return new Writer(options, Remarks.of(comments)).program(wrapped);
  }

  /** The text of any quoted form: {@code Macro.to_string}. */
  public static String text(Term quoted, FormatOptions options) {
    Term wrapped = new Normalizer(options, Normalizer.Escapes.NEEDED).normalized(quoted);
    return Layout.format(document(wrapped, List.of(), options), options.lineLength());
  }
}
