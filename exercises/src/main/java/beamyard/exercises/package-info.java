/**
 * Exercises: one folder each with its statement, hints, starter, solutions and known-bad solutions; and their grader.
 *
 * <p>Called by {@code ui}. Calls {@code lessons} and the simulator. Knows nothing of windows and terminals.
 */
@NullMarked
package beamyard.exercises;

import org.jspecify.annotations.NullMarked;
