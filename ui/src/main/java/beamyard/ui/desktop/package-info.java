/**
 * The window: a model per view with read-only properties and commands, dumb panes, style sheets beside them.
 *
 * <p>Called by the command line. Calls {@code lessons} and reads the simulator's trace. Knows nothing of how the simulator
 * works inside.
 */
@NullMarked
package beamyard.ui.desktop;

import org.jspecify.annotations.NullMarked;
