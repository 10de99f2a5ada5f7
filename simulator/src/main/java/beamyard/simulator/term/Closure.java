package beamyard.simulator.term;

import java.util.List;
import java.util.Optional;

/**
 * A function with its environment. One made in a module is {@code {module, version, index}} and needs that module where
 * it is called; one made at a prompt carries its code and runs anywhere.
 *
 * @param uniq tells versions of the module apart
 * @param free the values of its free variables, in an order that the code knows
 * @param carried the code, if the function carries it; empty for a function of a module
 */
public record Closure(
    Atom module, int index, int uniq, int arity, List<Term> free, Optional<FunctionCode> carried)
    implements Fun {
  /** Immutable code of a function, opaque here; the machine that made it runs it. */
  public interface FunctionCode {
    /**
     * The code as a term, as OTP keeps it in the environment of a function made at a prompt: functions that differ in
     * nothing else are ordered and hashed by it, and it is written with the environment. The same in every run, equal for
     * equal codes; where different codes have the same, their functions cannot be ordered.
     */
    default Term asTerm() {
      return Atom.of("code");
    }
  }

  /** The free variables and the carried code, as OTP has them in one environment. */
  Term[] environment() {
    Term[] terms = free.toArray(new Term[free.size() + (carried.isPresent() ? 1 : 0)]);
    carried.ifPresent(code -> terms[terms.length - 1] = code.asTerm());
    return terms;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Closure that && TermEquality.equal(this, that);
  }

  @Override
  public int hashCode() {
    return TermEquality.hash(this);
  }
}
