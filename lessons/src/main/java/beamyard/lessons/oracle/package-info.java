/**
 * Plays a lesson on real Elixir nodes of this machine, where Elixir is installed: the judge of what the yard shows.
 *
 * <p>Called by {@code ui.terminal} and by tests. Implements {@code lessons.script}'s stage with processes of the operating
 * system. Unlike the rest of {@code lessons} it lives in the machine's time.
 */
@NullMarked
package beamyard.lessons.oracle;

import org.jspecify.annotations.NullMarked;
