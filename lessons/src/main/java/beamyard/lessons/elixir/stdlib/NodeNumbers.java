package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.inspect.AtomText;
import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.lessons.elixir.inspect.Surroundings;
import beamyard.lessons.elixir.machine.CodeServer;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Closure;
import beamyard.simulator.term.PortableHash;
import beamyard.simulator.term.Term;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What printing must know of a node: its own processes have number 0, those of other nodes a number that is the same for
 * a node's name everywhere. Unlike OTP, where the number is a place in the atom table.
 *
 * @param structs knows the structs of the node
 * @param names what closures are called in their modules, as far as the node has those
 */
record NodeNumbers(
    Atom node, Function<Atom, StructShape> structs, Function<Closure, Optional<Atom>> names)
    implements Surroundings {
  private static final Pattern PARENT = Pattern.compile("-(.+/\\d+)-fun-\\d+-");

  private static final int LOWEST = 8000;
  private static final int RANGE = 10_000;

  /** The text of a term as {@code inspect} prints it in one line, structs as the maps they are. */
  static String inspected(ProcessContext self, Term term) {
    return new Inspector(of(self)).text(term, InspectOptions.ONE_LINE);
  }

  /** The numbers as a process's node gives them. */
  static NodeNumbers of(ProcessContext self) {
    return of(self, _ -> new StructShape.Unknown());
  }

  /** The numbers as a process's node gives them, and how it prints structs. */
  static NodeNumbers of(ProcessContext self, Function<Atom, StructShape> structs) {
    return new NodeNumbers(self.node(), structs, self.owned(CodeServer.class)::nameOf);
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
    String module = Surroundings.NONE.origin(function);
    return function.carried().isPresent()
        ? module
        : names
            .apply(function)
            .map(name -> PARENT.matcher(name.name()))
            .filter(Matcher::matches)
            .map(parent -> module + "." + shown(parent.group(1)))
            .orElse(module);
  }

  /** {@code area/1}, with the name as it is written in a remote call. */
  private static String shown(String function) {
    int slash = function.lastIndexOf('/');
    return AtomText.function(Atom.of(function.substring(0, slash))) + function.substring(slash);
  }
}
