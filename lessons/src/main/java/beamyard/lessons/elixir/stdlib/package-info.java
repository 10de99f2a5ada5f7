/**
 * What every Elixir program finds there: the functions of OTP and Elixir written in Java ({@link
 * beamyard.lessons.elixir.stdlib.Stdlib#builtins}), and the index of those written in Elixir.
 *
 * <p>Called by the assembly of a node and by {@code shell}. Calls {@code machine}'s contracts and the simulator. Knows
 * nothing of syntax, the compiler or lessons.
 */
@NullMarked
package beamyard.lessons.elixir.stdlib;

import org.jspecify.annotations.NullMarked;
