/**
 * Pages and transcripts: what is written in them, and the player that runs them on simulated nodes and compares.
 *
 * <p>Called by {@code ui} and {@code exercises}. Calls {@code shell}. Knows nothing of windows and terminals.
 */
@NullMarked
package beamyard.lessons.script;

import org.jspecify.annotations.NullMarked;
