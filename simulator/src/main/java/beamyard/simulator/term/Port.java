package beamyard.simulator.term;

/** A port identifier. */
public record Port(Atom node, long number, int creation) implements Term {}
