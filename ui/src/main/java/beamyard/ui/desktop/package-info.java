/**
 * The window: what frames the views, its actions, keys, dialogs and files, and what it remembers.
 *
 * <p>Called by the command line. Calls every room below it; these call each other only downwards: {@code run} and {@code drawing}, then
 * {@code yard}, then {@code map}, {@code spacetime} and {@code sheets}; {@code time}, {@code shells} and {@code learning} stand beside
 * them. A model per view with read-only properties and commands, dumb panes, one style sheet. Knows nothing of how the simulator
 * works inside.
 */
@NullMarked
package beamyard.ui.desktop;

import org.jspecify.annotations.NullMarked;
