package beamyard.simulator.term;

/** {@code &Module.function/arity}: looked up where and when it is called. */
public record ExternalFun(Atom module, Atom function, int arity) implements Fun {}
