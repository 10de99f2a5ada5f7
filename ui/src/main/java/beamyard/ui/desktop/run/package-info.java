/**
 * What a run of the yard is: its commands, the positions one can go back to, what happened, in words; and the files it is kept in.
 *
 * <p>Called by {@code yard} and by every view. Calls the simulator and {@code lessons}. Knows nothing of JavaFX and of threads: the
 * same commands give the same run, to the byte.
 */
@NullMarked
package beamyard.ui.desktop.run;

import org.jspecify.annotations.NullMarked;
