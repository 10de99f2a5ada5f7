package beamyard.simulator.term;

/** A function: named by its module, or a closure. */
public sealed interface Fun extends Term permits ExternalFun, Closure {
  int arity();
}
