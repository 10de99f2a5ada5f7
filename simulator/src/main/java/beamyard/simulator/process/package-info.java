/**
 * The processes of one node: mailboxes, signals, links, monitors, timers, names, reductions and what runs in a process.
 *
 * <p>Called by {@code distribution}, {@code kernel} and the language. Calls {@code engine}, {@code term} and {@code trace}.
 * Knows nothing of the network: what leaves the node goes through {@link SignalRoute}.
 */
@NullMarked
package beamyard.simulator.process;

import org.jspecify.annotations.NullMarked;
