package beamyard.simulator.trace;

/** Something that happened: an immutable record named in the past tense. */
public interface Fact {}
