/**
 * Solutions in Java: compiled in memory, held to what a guest of the yard may use, and run as straight-line code inside the
 * processes of virtual nodes. What a solution sees of the yard is {@link beamyard.exercises.straight.Self} and the terms.
 *
 * <p>Called by {@code exercises}. Calls {@code lessons.shell} and the simulator. Knows nothing of exercises and checks.
 */
@NullMarked
package beamyard.exercises.straight;

import org.jspecify.annotations.NullMarked;
