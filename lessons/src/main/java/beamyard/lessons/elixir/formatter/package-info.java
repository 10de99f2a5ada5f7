/**
 * Quoted forms as source text: Elixir's formatter, and {@code Macro.to_string} on top of it.
 *
 * <p>{@link beamyard.lessons.elixir.formatter.Normalizer} brings any quoted form into the shape that the parser gives for
 * formatting, {@link beamyard.lessons.elixir.formatter.Writer} makes a document of it, which {@code inspect} lays out.
 * Called by {@code compiler}, {@code stdlib} and the {@code format} command. Calls {@code syntax}, {@code inspect} and
 * {@code simulator.term}. Knows nothing of processes, modules and evaluation.
 */
@NullMarked
package beamyard.lessons.elixir.formatter;

import org.jspecify.annotations.NullMarked;
