/**
 * The cluster map: nodes, links, packets and partitions, faults by direct manipulation, and what can be done with the selection.
 *
 * <p>Called by the window; other views take its notes of links and its painting of packets. Calls {@code yard} and {@code drawing}.
 */
@NullMarked
package beamyard.ui.desktop.map;

import org.jspecify.annotations.NullMarked;
