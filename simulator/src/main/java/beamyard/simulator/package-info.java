/**
 * The handle of a simulated cluster: boot nodes, break the network, let time pass, copy it all. {@link
 * beamyard.simulator.Cluster} is the one for tests of Java programs, {@link beamyard.simulator.Simulation} what lies under
 * it and under everything else.
 *
 * <p>Called by {@code lessons} and by whoever embeds the simulator. Calls every package below. Knows no language: what runs
 * on a node is given as {@link beamyard.simulator.NodeSoftware}.
 */
@NullMarked
package beamyard.simulator;

import org.jspecify.annotations.NullMarked;
