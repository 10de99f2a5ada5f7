/**
 * Runs core forms: code, frames on an explicit stack, closures, exceptions, modules of a node.
 *
 * <p>A {@code FunctionCompiler} turns a function into instructions; an {@code Interpreter} runs them on a {@code CallStack}. A
 * function in which time slices keep ending is hot: a {@code BytecodeCompiler} turns what is quick in it into bytecode of the JVM,
 * with the same effect to the last reduction. A {@code ModuleWriter} makes bytes of a compiled module, a {@code ModuleReader} the
 * module of them: so the build keeps the library.
 *
 * <p>Called by {@code compiler} (to run macros and module bodies), {@code shell} and the node (as its {@code
 * Language}). Calls the simulator. Knows nothing of Elixir's syntax.
 */
@NullMarked
package beamyard.lessons.elixir.machine;

import org.jspecify.annotations.NullMarked;
