import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

public final class Hello {
  public static Term greeting(Self self, Atom node) {
    self.spawn(node, "read", self.pid());
    Term answer = self.receive(each -> each instanceof Tuple tuple && tuple.isTagged(Atom.of("greeting"), 2));
    return ((Tuple) answer).get(1);
  }

  public static void read(Self self, Pid caller) {
    Term result =
        self.readFile("greeting.txt")
            .<Term>map(text -> Tuple.of(Atom.of("ok"), Bits.of(text.strip())))
            .orElse(Tuple.of(Atom.of("error"), Atom.of("no_greeting")));
    self.send(caller, Tuple.of(Atom.of("greeting"), result));
  }
}
