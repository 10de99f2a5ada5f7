/**
 * IEx on simulated nodes: the console as an IO device, the evaluator's environment and bindings, and what is installed on a
 * node so that it has a shell.
 *
 * <p>The library's Elixir sources are compiled by the build ({@code LibraryCompiler}) into a {@code LibraryArchive}, of which a
 * module is read when it is first used; where there is none, {@code StandardLibrary} compiles the source then.
 *
 * <p>Called by {@code script} and {@code ui}. Calls the compiler, the machine and the simulator. Knows nothing of windows.
 */
@NullMarked
package beamyard.lessons.shell;

import org.jspecify.annotations.NullMarked;
