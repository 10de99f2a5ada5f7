import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

public final class Hello {
  /** What greeting.txt on the node says. */
  public static Term greeting(Self self, Term node) {
    return Tuple.of(Atom.of("ok"), Bits.of(self.readFile("greeting.txt").orElse("")));
  }
}
