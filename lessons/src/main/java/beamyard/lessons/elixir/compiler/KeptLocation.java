package beamyard.lessons.elixir.compiler;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Cons;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.Optional;

/**
 * What {@code quote location: :keep} (and {@code file:}) notes in metadata: the file and line where the code was quoted. Definitions
 * made of such code stand in stack traces with those.
 */
final class KeptLocation {
  private static final Atom KEEP = Atom.of("keep");

  private KeptLocation() {}

  /** Metadata with the place of quoting instead of a line. */
  static ListTerm mark(ListTerm meta, String file, Term line) {
    ListTerm rest = Quoted.without(meta, Quoted.LINE);
    return Quoted.with(rest, KEEP, Tuple.of(Bits.of(file), line));
  }

  /** The file in the metadata of a definition's head; empty if it was not kept. */
  static Optional<String> file(ListTerm meta) {
    return Quoted.get(meta, KEEP) instanceof Tuple place && place.get(0) instanceof Bits file
        ? Optional.of(file.text())
        : Optional.empty();
  }

  /** A form whose lines are those where it was quoted. */
  static Term lines(Term form) {
    return switch (form) {
      case Tuple node when node.size() == 3 && node.get(1) instanceof ListTerm meta ->
          Tuple.of(lines(node.get(0)), linesOf(meta), lines(node.get(2)));
      case Tuple tuple ->
          Tuple.of(tuple.elements().stream().map(KeptLocation::lines).toArray(Term[]::new));
      case Cons list -> new Cons(lines(list.head()), lines(list.tail()));
      default -> form;
    };
  }

  private static ListTerm linesOf(ListTerm meta) {
    return Quoted.get(meta, KEEP) instanceof Tuple place && place.get(1) instanceof SmallInt line
        ? Quoted.with(Quoted.without(meta, KEEP), Quoted.LINE, line)
        : meta;
  }
}
