import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.time.Duration;
import java.util.Optional;

public final class Hello {
  public static Term greeting(Self self, Atom node) {
    self.call("Node", "spawn_link", node, Atom.of("Elixir.Hello"), Atom.of("read"), ListTerm.of(self.pid()));
    Optional<Term> answer =
        self.receive(
            each -> each instanceof Tuple tuple && tuple.isTagged(Atom.of("greeting"), 2),
            Duration.ofSeconds(5));
    return answer
        .map(tuple -> ((Tuple) tuple).get(1))
        .orElse(Tuple.of(Atom.of("error"), Atom.of("unreachable")));
  }

  public static void read(Self self, Pid caller) {
    Term result =
        self.readFile("greeting.txt")
            .<Term>map(text -> Tuple.of(Atom.of("ok"), Bits.of(text.strip())))
            .orElse(Tuple.of(Atom.of("error"), Atom.of("no_greeting")));
    self.send(caller, Tuple.of(Atom.of("greeting"), result));
  }
}
