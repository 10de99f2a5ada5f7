/**
 * How terms look as text: Elixir's {@code inspect}, its documents and their layout.
 *
 * <p>Called by {@code stdlib}, {@code shell} and by views that show terms. Calls {@code simulator.term} only. Knows nothing
 * of processes and modules: what it must know of them it asks {@link beamyard.lessons.elixir.inspect.Surroundings}.
 */
@NullMarked
package beamyard.lessons.elixir.inspect;

import org.jspecify.annotations.NullMarked;
