package beamyard.lessons.shell;

import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.List;

/**
 * A module whose functions are not written in Elixir, though Elixir calls them like any other: each call is a routine that runs
 * inside the calling process. It is shared by all nodes, so it may hold nothing that changes.
 */
public interface ForeignModule {
  /** As Elixir writes it: {@code Hello}. */
  String name();

  /** The file it comes from, as stack traces show it. */
  String file();

  /** What can be called. */
  List<Function> functions();

  /**
   * A function by its name in Elixir.
   *
   * @param line where it is in the file, from 1
   */
  record Function(String name, int arity, int line) {}

  /** A call of one of the functions. */
  Routine call(Atom function, List<Term> arguments);
}
