package beamyard.lessons.elixir.machine;

import beamyard.lessons.elixir.core.Core;
import beamyard.lessons.elixir.core.Variable;
import beamyard.simulator.process.Language;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.Outcome.Raised;
import beamyard.simulator.process.Outcome.Returned;
import beamyard.simulator.process.Outcome.Waiting;
import beamyard.simulator.process.Outcome.Yielded;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/** Runs Elixir. Stateless: what runs is an {@link Execution}, what it runs is in the node's {@link CodeServer}. */
public final class Machine implements Language {
  @Override
  public Execution call(Atom module, Atom function, List<Term> arguments) {
    return Execution.ofCall(module, function, arguments);
  }

  @Override
  public Execution apply(Term function, List<Term> arguments) {
    return Execution.ofApply(function, arguments);
  }

  /**
   * The evaluation of an expression at a prompt. It returns {@code {Value, Values}}: the value of the expression, and
   * the
   * list of the values of {@code out} after it. Functions made by it carry their code.
   *
   * @param in values of variables that the expression may use
   * @param out variables of {@code in} or bound by the expression itself, not inside a clause
   * @param file as stack traces show it
   */
  public Execution evaluate(
      Core expression, SequencedMap<Variable, Term> in, List<Variable> out, String file) {
    var variables = new ArrayList<>(in.sequencedKeySet());
    int line = expression.line();
    var whole = new Core.MakeTuple(line, List.of(expression, new Core.Bindings(line, out)));
    Code code = CompiledModule.expression(variables, whole, file);
    return Execution.ofExpression(code, new ArrayList<>(in.sequencedValues()));
  }

  /** The evaluation of what stands in a module, outside of its functions. Returns as {@link #evaluate} does. */
  public Execution evaluateBody(Core expression, SequencedMap<Variable, Term> in, String file) {
    int line = expression.line();
    var whole = new Core.MakeTuple(line, List.of(expression, new Core.Bindings(line, List.of())));
    Code code = CompiledModule.body(new ArrayList<>(in.sequencedKeySet()), whole, file);
    return Execution.ofExpression(code, new ArrayList<>(in.sequencedValues()));
  }

  /** The evaluation of a file: returns the value of its last expression. */
  public Execution evaluateFile(Core expression, String file) {
    return Execution.ofExpression(CompiledModule.script(expression, file), List.of());
  }

  /**
   * Calls a function and runs it to its end at once, inside the calling process: a macro.
   *
   * @param reductionLimit how many reductions it may use
   * @return its value
   * @throws Raise if it raises; {@code {must_not_wait, MFA}} or {@code {too_many_reductions, MFA}} if it would not end
   */
  public Term callNow(
      ProcessContext self, Atom module, Atom function, List<Term> arguments, long reductionLimit) {
    Execution execution = call(module, function, arguments);
    Term name = Tuple.of(module, function, SmallInt.of(arguments.size()));
    execution.allow(reductionLimit);
    while (true) {
      Outcome outcome = execution.run(self);
      switch (outcome) {
        case Returned(var value) -> {
          return value;
        }
        case Raised(var exceptionClass, var reason, var trace) ->
            throw new Raise(exceptionClass, reason).withTrace(trace);
        case Waiting _ -> throw Raise.error("must_not_wait", name);
        case Yielded _ -> {
          if (execution.allowance() == 0) {
            throw Raise.error("too_many_reductions", name);
          }
        }
      }
    }
  }
}
