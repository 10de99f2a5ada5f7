package beamyard.lessons.elixir.formatter;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.simulator.term.Term;
import java.util.List;
import java.util.function.Function;

/**
 * How code is to be formatted.
 *
 * @param lineLength columns that a line should not exceed
 * @param localsWithoutParens calls without parentheses, besides Elixir's own
 * @param blocks whether {@code do:} keywords become blocks
 * @param modifiers whether the modifiers of bitstrings lose needless parentheses and others get them
 * @param inspect the text of a term that cannot be part of code, such as a pid
 * @see <a href="https://hexdocs.pm/elixir/1.14/Code.html#format_string!/2-options">Elixir, Code</a>
 */
public record FormatOptions(
    int lineLength,
    List<LocalCall> localsWithoutParens,
    Blocks blocks,
    Modifiers modifiers,
    Function<Term, String> inspect) {
  /** What Elixir does if nothing else is said. */
  public static final FormatOptions USUAL =
      new FormatOptions(
          98,
          List.of(),
          Blocks.AS_WRITTEN,
          Modifiers.NORMALIZED,
          term -> Inspector.inspect(term, InspectOptions.ONE_LINE));

  /** What becomes of {@code do: expression}. */
  public enum Blocks {
    AS_WRITTEN,
    FORCED
  }

  /** What becomes of the modifiers of bitstrings. */
  public enum Modifiers {
    AS_WRITTEN,
    NORMALIZED
  }

  public FormatOptions withLineLength(int length) {
    return new FormatOptions(length, localsWithoutParens, blocks, modifiers, inspect);
  }

  public FormatOptions withInspect(Function<Term, String> other) {
    return new FormatOptions(lineLength, localsWithoutParens, blocks, modifiers, other);
  }

  boolean omitsParens(String name, int arity) {
    return arity > 0
        && (localsWithoutParens.stream().anyMatch(call -> call.allows(name, arity))
            || LocalCall.USUAL.stream().anyMatch(call -> call.allows(name, arity)));
  }
}
