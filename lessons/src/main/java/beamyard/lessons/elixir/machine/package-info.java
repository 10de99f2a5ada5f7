/**
 * Runs core forms: code, frames on an explicit stack, closures, exceptions, modules of a node.
 *
 * <p>Called by {@code compiler} (to run macros and module bodies), {@code shell} and the node (as its {@code
 * Language}).
 * Calls the simulator. Knows nothing of Elixir's syntax.
 */
@NullMarked
package beamyard.lessons.elixir.machine;

import org.jspecify.annotations.NullMarked;
