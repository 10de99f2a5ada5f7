import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

public final class LastWords {
  public static Term of(Self self, Pid pid) {
    Self.Monitored watched = self.monitor(pid);
    Term reason = ((Tuple) self.receive(watched::isDown)).get(4);
    return reason.equals(Atom.of("noproc")) ? Atom.of("unknown") : Tuple.of(Atom.of("ended"), reason);
  }
}
