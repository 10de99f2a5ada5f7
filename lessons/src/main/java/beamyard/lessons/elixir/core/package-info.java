/**
 * What is left of Elixir when macros are expanded: the form between {@code compiler}, which makes it, and {@code machine},
 * which turns it into code.
 *
 * <p>Data only. Knows nothing of syntax, processes or nodes.
 */
@NullMarked
package beamyard.lessons.elixir.core;

import org.jspecify.annotations.NullMarked;
