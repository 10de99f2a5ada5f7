/**
 * The command line and the shells in a terminal.
 *
 * <p>Called by the launcher. Calls {@code lessons}, {@code exercises} and the simulator's handle. Knows nothing of JavaFX.
 */
@NullMarked
package beamyard.ui.terminal;

import org.jspecify.annotations.NullMarked;
