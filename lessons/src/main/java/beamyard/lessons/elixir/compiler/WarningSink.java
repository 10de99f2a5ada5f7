package beamyard.lessons.elixir.compiler;

import beamyard.simulator.process.ProcessContext;

/** Where the warnings of the compiler of one node go: to the standard error of the node, in life. */
@FunctionalInterface
public interface WarningSink {
  /** Forgets them all: for the library, which has been looked through before. */
  WarningSink NONE = (_, _) -> {};

  /**
   * Takes a warning at the moment at which Elixir prints it.
   *
   * @param self the process that compiles
   * @param text all that is printed, with the empty line after it
   */
  void warn(ProcessContext self, String text);
}
