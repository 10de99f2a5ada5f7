/**
 * The time bar: play, pause, steps, speed, the track with its faults and bookmarks.
 *
 * <p>Called by the window. Calls {@code yard} and {@code drawing}.
 */
@NullMarked
package beamyard.ui.desktop.time;

import org.jspecify.annotations.NullMarked;
