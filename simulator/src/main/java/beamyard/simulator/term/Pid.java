package beamyard.simulator.term;

/**
 * A process identifier. Two incarnations of a node differ in {@code creation}, so their pids differ although they print
 * the same.
 */
public record Pid(Atom node, long number, long serial, int creation) implements Term {}
