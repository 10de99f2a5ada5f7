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
public record Closure(Atom module, int index, int uniq, int arity, List<Term> free, Optional<FunctionCode> carried)
    implements Fun {
  /** Immutable code of a function, opaque here; the machine that made it runs it. */
  public interface FunctionCode {}
}
