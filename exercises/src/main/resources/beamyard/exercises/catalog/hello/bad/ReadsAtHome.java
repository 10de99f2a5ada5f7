import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

public final class Hello {
  public static Term greeting(Self self, Atom node) {
    return self.readFile("greeting.txt")
        .<Term>map(text -> Tuple.of(Atom.of("ok"), Bits.of(text.strip())))
        .orElse(Tuple.of(Atom.of("error"), Atom.of("no_greeting")));
  }
}
