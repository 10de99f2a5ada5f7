/**
 * Elixir source to Elixir's own quoted form: the lexer, the parser and what is wrong with a text that is no Elixir.
 *
 * <p>Called by the compiler, IEx, the lesson player and the {@code ast} command. Calls {@code simulator.term}. Knows
 * nothing of macros, modules, processes or evaluation: {@code |>} and {@code def} are ordinary calls here.
 */
@NullMarked
package beamyard.lessons.elixir.syntax;

import org.jspecify.annotations.NullMarked;
