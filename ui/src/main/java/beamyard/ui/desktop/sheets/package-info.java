/**
 * The views that are tables: inspector, beliefs, locks, supervision and the comparison of branches, each a model that fills a sheet,
 * and the one pane that shows any sheet.
 *
 * <p>Called by the window. Calls {@code yard}, {@code run}, and {@code map} and {@code spacetime} for what they know of links and causes.
 */
@NullMarked
package beamyard.ui.desktop.sheets;

import org.jspecify.annotations.NullMarked;
