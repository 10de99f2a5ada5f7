import beamyard.exercises.straight.Raised;
import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

public final class Hello {
  public static Term greeting(Self self, Atom node) {
    Term answer;
    try {
      answer =
          self.call("erpc", "call", node, Atom.of("Elixir.Hello"), Atom.of("read"), ListTerm.empty());
    } catch (Raised lost) {
      answer = Tuple.of(Atom.of("error"), Atom.of("unreachable"));
    }
    return answer;
  }

  public static Term read(Self self) {
    Tuple read = (Tuple) self.call("Elixir.File", "read", Bits.of("greeting.txt"));
    if (read.get(0) == Atom.of("error")) {
      return Tuple.of(Atom.of("error"), Atom.of("no_greeting"));
    }
    return Tuple.of(Atom.of("ok"), self.call("Elixir.String", "trim", read.get(1)));
  }
}
