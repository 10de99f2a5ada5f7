/**
 * How nodes find, check and lose each other: EPMD, the handshake, connections, ticks, and signals that cross them.
 *
 * <p>Called by the simulation and by {@code kernel}. Calls {@code process} and {@code network}; implements {@link
 * beamyard.simulator.process.NodeLink} and {@link beamyard.simulator.process.SignalRoute}. Knows nothing of the mesh,
 * global names or any other service that is built on connections.
 */
@NullMarked
package beamyard.simulator.distribution;

import org.jspecify.annotations.NullMarked;
