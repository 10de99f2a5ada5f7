import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** A monitor tells it all: the reason, or that nobody can know. */
public final class LastWords {
  public static Term of(Self self, Pid pid) {
    Self.Monitored watched = self.monitor(pid);
    Tuple down = (Tuple) self.receive(watched::isDown);
    Atom reason = down.get(4) instanceof Atom word ? word : Atom.of("other");
    return switch (reason.name()) {
      case "noproc" -> Atom.of("unknown");
      case "noconnection" -> Tuple.of(Atom.of("lost"), pid.node());
      default -> Tuple.of(Atom.of("ended"), down.get(4));
    };
  }
}
