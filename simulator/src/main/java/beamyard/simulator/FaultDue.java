package beamyard.simulator;

import beamyard.simulator.engine.Event;

/** A fault that was asked for earlier happens now. */
record FaultDue(Fault fault) implements Event {}
