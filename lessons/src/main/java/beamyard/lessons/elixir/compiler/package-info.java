/**
 * From quoted forms to core forms: environments, macro expansion, the special forms, {@code Kernel}'s macros, modules.
 *
 * <p>Called by {@code shell}, {@code script} and the machine (for {@code defmodule} and {@code Code.eval_*}). Calls {@code
 * syntax} and {@code machine}. Knows nothing of how code runs.
 */
@NullMarked
package beamyard.lessons.elixir.compiler;

import org.jspecify.annotations.NullMarked;
