/**
 * What every view draws with: pens for the screen and for SVG, inks of the theme, icons, highlighted code, prose, and the style sheet.
 *
 * <p>Called by every view. Calls JavaFX. Knows nothing of nodes, of runs and of lessons.
 */
@NullMarked
package beamyard.ui.desktop.drawing;

import org.jspecify.annotations.NullMarked;
