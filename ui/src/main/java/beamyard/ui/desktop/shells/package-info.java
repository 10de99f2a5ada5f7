/**
 * The shells of the nodes, one line for many of them, and the list of events.
 *
 * <p>Called by the window. Calls {@code yard}, whose model of a shell it shows, and {@code drawing}.
 */
@NullMarked
package beamyard.ui.desktop.shells;

import org.jspecify.annotations.NullMarked;
