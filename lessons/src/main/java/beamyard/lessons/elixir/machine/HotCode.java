package beamyard.lessons.elixir.machine;

/**
 * A function as bytecode of the JVM: the instructions that are quick and cannot fail. Whatever else there is, a call, a slow
 * operation, an error, is left to the interpreter, which comes back afterwards; so both always do the same.
 */
interface HotCode {
  /**
   * Runs from an instruction to the next one that is left to the interpreter.
   *
   * @param base where the frame begins in the stack
   * @param state the index of the instruction, and above it the reductions that may be used; see {@link #state}
   * @return the state at the instruction that is not performed
   */
  long run(Object[] stack, Object[] constants, int base, long state);

  /** The index of an instruction and reductions as one number. Neither is negative. */
  static long state(int pc, int budget) {
    return (long) budget << Integer.SIZE | pc;
  }

  /** The index of the instruction. */
  static int pc(long state) {
    return (int) state;
  }

  /** The reductions left. */
  static int budget(long state) {
    return (int) (state >>> Integer.SIZE);
  }
}
