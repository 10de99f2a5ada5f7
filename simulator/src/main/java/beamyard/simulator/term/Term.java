package beamyard.simulator.term;

/**
 * An Erlang term: immutable, so it may be shared by processes, nodes and copies of a simulation.
 *
 * <p>{@link Object#equals} is Erlang's exact equality ({@code =:=}); {@link TermOrder} has the standard order.
 */
public sealed interface Term
    permits Atom, Bits, Float64, Fun, IntegerTerm, ListTerm, MapTerm, Pid, Port, Reference, Tuple {}
