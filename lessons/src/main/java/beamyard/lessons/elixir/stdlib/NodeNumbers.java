package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.lessons.elixir.inspect.Surroundings;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.PortableHash;
import beamyard.simulator.term.Term;

/**
 * What printing must know of a node: its own processes have number 0, those of other nodes a number that is the same for
 * a node's name everywhere. Unlike OTP, where the number is a place in the atom table.
 *
 * @param structs knows the structs of the node
 */
record NodeNumbers(Atom node, java.util.function.Function<Atom, StructShape> structs)
    implements Surroundings {
  private static final int LOWEST = 8000;
  private static final int RANGE = 10_000;

  /** The text of a term as {@code inspect} prints it in one line, structs as the maps they are. */
  static String inspected(ProcessContext self, Term term) {
    return new Inspector(of(self)).text(term, InspectOptions.ONE_LINE);
  }

  /** The numbers as a process's node gives them. */
  static NodeNumbers of(ProcessContext self) {
    return new NodeNumbers(self.node(), _ -> new StructShape.Unknown());
  }

  @Override
  public long nodeNumber(Atom of) {
    return of == node ? 0 : LOWEST + PortableHash.phash2(of, RANGE);
  }

  @Override
  public StructShape struct(Atom module) {
    return structs.apply(module);
  }

  @Override
  public String origin(Closure function) {
    return Surroundings.NONE.origin(function);
  }
}
