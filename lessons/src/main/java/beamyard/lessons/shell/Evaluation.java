package beamyard.lessons.shell;

import beamyard.lessons.elixir.compiler.Compiler;
import beamyard.lessons.elixir.compiler.Compiler.CompiledExpression;
import beamyard.lessons.elixir.compiler.Environment;
import beamyard.lessons.elixir.machine.AtomTable;
import beamyard.lessons.elixir.machine.ModuleDefiner;
import beamyard.lessons.elixir.machine.Nested;
import beamyard.lessons.elixir.machine.Raise;
import beamyard.lessons.elixir.syntax.ParseOptions;
import beamyard.lessons.elixir.syntax.Parsed;
import beamyard.lessons.elixir.syntax.Parser;
import beamyard.lessons.elixir.syntax.Source;
import beamyard.lessons.elixir.syntax.SyntaxProblem;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.MapTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One input of a shell: parsed, compiled and evaluated in the evaluator. Returns {@code {value, Value}}, {@code incomplete}, or
 * {@code nothing} for an input without an expression; raises what the parser, the compiler or the code raises.
 */
final class Evaluation implements Routine, Nested {
  private static final Atom VALUE = Atom.of("value");
  private static final Atom INCOMPLETE = Atom.of("incomplete");
  private static final Atom NOTHING = Atom.of("nothing");

  /**
   * What a real evaluator does between the end of an expression and the request to print its value takes 10 microseconds and more
   * (measured by tracing one): bindings are pruned, the history is kept.
   */
  private static final int REDUCTIONS_AFTERWARDS = 1000;

  private final int session;
  private final String code;
  private final int line;
  private @Nullable CompiledExpression compiled;
  private @Nullable Routine running;
  private @Nullable Outcome ended;

  Evaluation(int session, String code, int line) {
    this.session = session;
    this.code = code;
    this.line = line;
  }

  @Override
  public void bringUpToDate(UnaryOperator<Term> present) {
    if (running != null) {
      running.bringUpToDate(present);
    }
    if (ended instanceof Outcome.Returned(Term value)) {
      ended = new Outcome.Returned(present.apply(value));
    }
  }

  /** What is being evaluated; empty before it is compiled. */
  @Override
  public Optional<Routine> running() {
    return Optional.ofNullable(running);
  }

  @Override
  public Routine copy() {
    var copy = new Evaluation(session, code, line);
    copy.compiled = compiled;
    copy.running = running == null ? null : running.copy();
    copy.ended = ended;
    return copy;
  }

  @Override
  public Outcome run(ProcessContext self) {
    if (ended != null) {
      return ended;
    }
    Routine routine = running;
    if (routine == null) {
      try {
        Outcome early = begin(self);
        if (early != null) {
          return early;
        }
      } catch (Raise raise) {
        return new Outcome.Raised(
            raise.exceptionClass(), raise.reason(), raise.trace().orElse(Nil.NIL));
      }
      routine = running;
    }
    Outcome outcome = java.util.Objects.requireNonNull(routine).run(self);
    return outcome instanceof Outcome.Returned(Term returned) ? end(self, returned) : outcome;
  }

  /** Parses and compiles; an outcome if there is nothing to evaluate. */
  private @Nullable Outcome begin(ProcessContext self) {
    ShellSessions.Session known = self.owned(ShellSessions.class).get(session);
    var source = new Source("iex", code, line, 1);
    switch (Parser.parse(source, ParseOptions.LINES)) {
      case Parsed.Incomplete _ -> {
        return new Outcome.Returned(INCOMPLETE);
      }
      case Parsed.Failed(SyntaxProblem problem) -> throw Raise.error(exception(problem, source));
      case Parsed.Quoted(Term form) -> {
        if (form instanceof Tuple block
            && block.size() == 3
            && block.get(0) == Atom.of("__block__")
            && block.get(2) == Nil.NIL) {
          return new Outcome.Returned(NOTHING);
        }
        AtomTable.of(self).read(form);
        Compiler compiler = (Compiler) self.owned(ModuleDefiner.class);
        Environment environment = known.environment().withLine(line);
        CompiledExpression expression = compiler.compileExpression(self, form, environment);
        compiled = expression;
        running = compiler.evaluate(expression, known.values(self::upToDate));
        return null;
      }
    }
  }

  /** What has reached the evaluator by then (a linked process may have died) comes before the value is printed. */
  private Outcome end(ProcessContext self, Term returned) {
    self.consume(REDUCTIONS_AFTERWARDS);
    CompiledExpression expression = java.util.Objects.requireNonNull(compiled);
    self.owned(ShellSessions.class)
        .set(
            session,
            new ShellSessions.Session(
                expression.environment(), Compiler.values(expression, returned)));
    ended = new Outcome.Returned(Tuple.of(VALUE, ((Tuple) returned).get(0)));
    return Outcome.YIELDED;
  }

  /** The exception struct that Elixir raises for a text that cannot be parsed. */
  private static Term exception(SyntaxProblem problem, Source source) {
    Atom module =
        switch (problem.kind()) {
          case TOKEN_MISSING -> Atom.of("Elixir.TokenMissingError");
          case SYNTAX_ERROR -> Atom.of("Elixir.SyntaxError");
        };
    Term snippet =
        problem
            .snippet(source)
            .<Term>map(
                shown ->
                    MapTerm.of(
                        Atom.of("content"), Bits.of(shown.content()),
                        Atom.of("offset"), SmallInt.of(shown.offset())))
            .orElse(Atom.NIL);
    return MapTerm.of(
        Atom.of("__struct__"),
        module,
        Atom.of("__exception__"),
        Atom.TRUE,
        Atom.of("file"),
        Bits.of("iex"),
        Atom.of("line"),
        SmallInt.of(problem.line()),
        Atom.of("column"),
        problem.column() == 0 ? Atom.NIL : SmallInt.of(problem.column()),
        Atom.of("snippet"),
        snippet,
        Atom.of("description"),
        Bits.of(problem.description()));
  }
}
