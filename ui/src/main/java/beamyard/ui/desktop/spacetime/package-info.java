/**
 * The space-time diagram: lanes, arrows with their fate, causal cones and vector clocks.
 *
 * <p>Called by the window and by the inspector. Calls {@code yard}, {@code drawing}, and {@code map} for how a packet looks.
 */
@NullMarked
package beamyard.ui.desktop.spacetime;

import org.jspecify.annotations.NullMarked;
