import beamyard.exercises.straight.Self;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/** A helper of its own does the waiting, and its last words are the answer. */
public final class LastWords {
  public static Term of(Self self, Pid pid) {
    Self.Monitored helper = self.spawnMonitor(self.node(), "watch", pid);
    return ((Tuple) self.receive(helper::isDown)).get(4);
  }

  public static void watch(Self self, Pid pid) {
    Self.Monitored watched = self.monitor(pid);
    Term reason = ((Tuple) self.receive(watched::isDown)).get(4);
    if (reason.equals(Atom.of("noproc"))) {
      throw self.exit(Atom.of("unknown"));
    }
    throw self.exit(
        reason.equals(Atom.of("noconnection"))
            ? Tuple.of(Atom.of("lost"), pid.node())
            : Tuple.of(Atom.of("ended"), reason));
  }
}
