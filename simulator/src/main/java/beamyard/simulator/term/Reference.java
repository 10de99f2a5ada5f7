package beamyard.simulator.term;

/** A reference, unique to one incarnation of a node. The words are OTP's: {@code low} is the first, 18 bits. */
public record Reference(Atom node, int creation, int low, int middle, int high) implements Term {}
