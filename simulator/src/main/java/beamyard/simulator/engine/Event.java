package beamyard.simulator.engine;

/**
 * Something that will happen at an instant of virtual time. Immutable data that names its target by number or name, never
 * by reference, so that a queue of events can be shared by copies of a simulation.
 */
public interface Event {}
