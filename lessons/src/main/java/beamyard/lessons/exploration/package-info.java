/**
 * Searches the schedules of Elixir programs for one that breaks what the program states: programs with {@code
 * Sandbox.always}, {@code sometimes} and {@code eventually}, run from many seeds under faults; and counterexamples, made small.
 *
 * <p>Called by the command line and graders. Calls {@code script}, {@code shell} and the simulator. Knows no terminal.
 */
@NullMarked
package beamyard.lessons.exploration;

import org.jspecify.annotations.NullMarked;
