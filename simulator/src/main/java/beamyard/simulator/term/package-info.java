/**
 * Erlang terms: what they are, how they compare and how they look as bytes.
 *
 * <p>Called by everybody. Calls nobody. Knows nothing of processes, nodes that run, or time.
 */
@NullMarked
package beamyard.simulator.term;

import org.jspecify.annotations.NullMarked;
