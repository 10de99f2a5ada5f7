package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.term.Term;
import java.util.List;

/**
 * An exception of a macro of {@code Kernel} that is written in Java here: with the functions that a real node's macro calls, of
 * which the innermost fails.
 */
final class KernelFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Raise raise;
  private final transient List<Term> inside;

  /**
   * A failure.
   *
   * @param inside entries of the stack trace, the innermost first
   */
  KernelFailure(Raise raise, Term... inside) {
    super(raise.getMessage(), null, false, false);
    this.raise = raise;
    this.inside = List.of(inside);
  }

  /** As the exception that whoever uses the macro sees. */
  Raise in(NameArity macro, int line, Environment env) {
    return ExpansionTrace.under(raise, inside, Quoted.KERNEL, macro, line, env);
  }
}
