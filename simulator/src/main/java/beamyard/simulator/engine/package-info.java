/**
 * Virtual time: the clock, the queue of events and every choice that could go either way.
 *
 * <p>Called by the packages of the simulator that let something happen later. Calls nobody. Knows no word of the BEAM.
 */
@NullMarked
package beamyard.simulator.engine;

import org.jspecify.annotations.NullMarked;
