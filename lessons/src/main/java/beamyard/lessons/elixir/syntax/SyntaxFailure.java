package beamyard.lessons.elixir.syntax;

import org.jspecify.annotations.Nullable;

/** Ends lexing or parsing; never leaves this package. */
final class SyntaxFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SyntaxProblem problem;

  SyntaxFailure(int line, int column, String message, @Nullable String suffix, String token) {
    super(message, null, false, false);
    this.problem = SyntaxProblem.of(line, column, message, suffix, token);
  }

  SyntaxFailure(int line, int column, String message, String token) {
    this(line, column, message, null, token);
  }

  SyntaxProblem problem() {
    return problem;
  }
}
