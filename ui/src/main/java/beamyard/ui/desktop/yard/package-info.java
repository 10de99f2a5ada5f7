/**
 * The yard behind the window: the thread that simulates, the errands it is sent on, what it publishes to be shown, and the model
 * that all views share.
 *
 * <p>Called by every view and by the window. Calls {@code run}. Knows no view; what it publishes is read on the thread of JavaFX.
 */
@NullMarked
package beamyard.ui.desktop.yard;

import org.jspecify.annotations.NullMarked;
