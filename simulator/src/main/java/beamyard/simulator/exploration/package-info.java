/**
 * Many runs of clusters in trouble: scenarios as values with a text, what they must not break, shrinking of those that do, and
 * a pool that runs them on all cores.
 *
 * <p>Called by tests, by {@code lessons} and by the command line. Calls everything below. Only {@link
 * beamyard.simulator.exploration.WorkerPool} knows threads: every run is deterministic by itself.
 */
@NullMarked
package beamyard.simulator.exploration;

import org.jspecify.annotations.NullMarked;
