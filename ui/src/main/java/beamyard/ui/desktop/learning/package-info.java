/**
 * Lessons, exercises and counterexamples: the page beside the cluster, its steps, its marks, its editors and its verdicts.
 *
 * <p>Called by the window. Calls {@code yard}, {@code lessons} and {@code exercises}. Knows nothing of the other views.
 */
@NullMarked
package beamyard.ui.desktop.learning;

import org.jspecify.annotations.NullMarked;
