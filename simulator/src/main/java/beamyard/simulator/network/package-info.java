/**
 * The network between operating system processes: hosts, streams as TCP gives them, latency, cuts and heals.
 *
 * <p>Called by {@code distribution} and the simulation. Calls {@code engine} and {@code trace}. Knows no node, process or
 * term: what a stream carries is opaque.
 */
@NullMarked
package beamyard.simulator.network;

import org.jspecify.annotations.NullMarked;
