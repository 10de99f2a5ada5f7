import beamyard.exercises.straight.Raised;
import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** Calls over there by erpc, whose errors tell a lost node from all else. */
public final class Hello {
  private static final Tuple UNREACHABLE = Tuple.of(Atom.of("error"), Atom.of("unreachable"));

  public static Term greeting(Self self, Atom node) {
    try {
      Tuple read =
          (Tuple) self.call("erpc", "call", node, Atom.of("Elixir.File"), Atom.of("read"), path());
      return read.isTagged(Atom.of("ok"), 2)
          ? Tuple.of(Atom.of("ok"), Bits.of(((Bits) read.get(1)).text().strip()))
          : Tuple.of(Atom.of("error"), Atom.of("no_greeting"));
    } catch (Raised raised) {
      return UNREACHABLE;
    }
  }

  private static Term path() {
    return beamyard.simulator.term.ListTerm.of(Bits.of("greeting.txt"));
  }
}
