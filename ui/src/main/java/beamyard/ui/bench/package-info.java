/**
 * The benchmarks: how fast the simulator and the Elixir in it are, beside the goals and, where it is installed, beside real
 * Elixir in the same run.
 *
 * <p>Called by {@code ui.terminal}. Reads the wall's clock, as nothing below {@code ui} may. Knows nothing of the window.
 */
@NullMarked
package beamyard.ui.bench;

import org.jspecify.annotations.NullMarked;
